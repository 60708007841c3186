import type { Content, ConversationKey } from "../../../src/conversation/message.ts";
import type { Books, Sheet } from "../biller/books.ts";
import type { Counter } from "../biller/counter.ts";
import type { WorldDb } from "../database.ts";
import { readShown } from "../people/reads.ts";
import type { Shown, Try } from "../platform/platform.ts";
import type { Sim } from "../sim.ts";
import type { Crew } from "../staff/crew.ts";
import { type StaffOracle, staffOracle } from "../staff/oracle.ts";
import { type Confirmations, confirmationsOf } from "./confirmations.ts";
import { firstByte } from "./first-byte.ts";
import { type OutboxBook, outboxBook } from "./outbox.ts";
import { type PaymentBook, type PaymentEvents, paymentBook } from "./payments.ts";
import { type Running, runningOf } from "./running.ts";
import { type ToldBook, toldBook } from "./shown.ts";

/** Watches whether the laws hold: on the biller's own books, and on what people were shown. */
export interface Oracle {
  readonly running: Running;
  readonly payments: PaymentBook;
  readonly outbox: OutboxBook;
  readonly told: ToldBook;
  readonly confirmations: Confirmations;
  /** Where there are agents. */
  readonly staff: StaffOracle | undefined;
  onFirstByte(sheet: Sheet): void;
  onShown(shown: Shown): void;
  onTry(one: Try): void;
  onAct(key: ConversationKey, content: Content): void;
  /** A line of the log (I12). */
  onLog(line: string): void;
}

export interface OracleOptions {
  readonly sim: Sim;
  readonly books: Books;
  readonly counter: Counter;
  readonly maxDay: number | undefined;
  readonly events: PaymentEvents;
  readonly database: WorldDb;
  readonly crew: Crew | undefined;
}

export function oracleOf({ sim, books, counter, maxDay, events, database, crew }: OracleOptions): Oracle {
  const running = runningOf(sim);
  const payments = paymentBook(sim, running, events);
  const outbox = outboxBook(sim, running);
  const told = toldBook({ sim, books, payments, running });
  const confirmations = confirmationsOf(sim);
  const staff = crew === undefined ? undefined : staffOracle({ sim, database, crew, payments, running });
  return {
    running,
    payments,
    outbox,
    told,
    confirmations,
    staff,
    onFirstByte: firstByte({ sim, counter, payments, running, confirmations, approvals: staff?.approvals, maxDay }),
    onTry: outbox.tried,
    onShown(shown) {
      const read = readShown(shown);
      outbox.shown(shown);
      confirmations.shown(shown.key, read);
      told.shown(shown, read);
      staff?.onShown(shown);
    },
    onAct(key, content) {
      confirmations.acted(key, content);
      outbox.acted(key);
      staff?.onAct(key, content);
    },
    onLog(line) {
      sim.note(() => `log: ${line.replace(/"time":"[^"]*",|"stack":"[^"]*",?/g, "").trim()}`);
      if (books.vehicles.some(({ nik, chassis }) => line.includes(nik) || line.includes(chassis))) {
        sim.violate("I12", `the log says: ${line}`);
      }
    },
  };
}
