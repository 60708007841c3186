import type { Content, ConversationKey } from "../../../src/conversation/message.ts";
import type { Ledger } from "../../../src/payments/ledger.ts";
import type { WorldDb } from "../database.ts";
import type { PaymentBook } from "../oracle/payments.ts";
import type { Running } from "../oracle/running.ts";
import type { Shown } from "../platform/platform.ts";
import type { Sim } from "../sim.ts";
import type { Stores } from "../stores.ts";
import { type Approvals, approvalsOf } from "./approvals.ts";
import type { Crew } from "./crew.ts";
import { checkRequests } from "./end.ts";
import { pageOf } from "./phone.ts";
import { reckoningOf } from "./reckoning.ts";
import { type RequestBook, requestBook } from "./request-book.ts";
import { requestsTold } from "./told.ts";

/** Watches agents, their balances, and what customers ask of them. */
export interface StaffOracle {
  readonly book: RequestBook;
  readonly approvals: Approvals;
  tap(ledger: Ledger): Ledger;
  onShown(shown: Shown): void;
  onAct(key: ConversationKey, content: Content): void;
  /** When the world has come to rest. */
  end(stores: Stores): Promise<void>;
}

export interface StaffOracleOptions {
  readonly sim: Sim;
  readonly database: WorldDb;
  readonly crew: Crew;
  readonly payments: PaymentBook;
  readonly running: Running;
}

export function staffOracle({ sim, database, crew, payments, running }: StaffOracleOptions): StaffOracle {
  const reckoning = reckoningOf(sim, database);
  const approvals = approvalsOf({ sim, crew, running });
  const events = { onOpened: payments.relayed, onTask: payments.tasked };
  const book = requestBook({ sim, crew, running, approvals, reckoning, ...events });
  const told = requestsTold({ sim, crew, running, book });
  return {
    book,
    approvals,
    tap: book.tap,
    onShown(shown) {
      const page = pageOf(shown);
      approvals.shown(shown.key, page);
      told.shown(shown.key, page);
    },
    onAct(key, content) {
      approvals.acted(key, content);
      book.acted(key, content);
      if (content.kind === "text") told.acted(key, content.text);
      else if (content.kind === "tap") told.acted(key, content.data);
    },
    end: (stores) => checkRequests({ ...stores, sim, crew, running, reckoning, told }),
  };
}
