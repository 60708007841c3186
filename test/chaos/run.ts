import { setMaxListeners } from "node:events";
import { systemClock } from "../../src/clock.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { type Counter, makeCounter } from "../program/counter.ts";
import type { WhenOver } from "../program/program.ts";
import { violationsOf } from "./audit.ts";
import { type BillerTrouble, billerTrouble } from "./biller-trouble.ts";
import type { Chance } from "./chance.ts";
import { chances, startCrowd } from "./crowd.ts";
import { type Killed, killAgainAndAgain, type Pace } from "./killer.ts";
import { isLate } from "./nothing-paid.ts";
import type { Chat, End } from "./person.ts";
import { comeToRest, type Ledger, readLedger, type Until } from "./rest.ts";
import { telegramTrouble } from "./telegram-trouble.ts";
import { endsOf, errorsIn, leaks, lies } from "./written.ts";

export interface ChaosOptions {
  readonly seed: number;
  /** How many people pay at the same time; every fifth begins in the web chat. */
  readonly users: number;
  /** Whether it is enough, with so many kills and after so long (ms). Then everybody stops. */
  readonly enough: (kills: number, ms: number) => boolean;
  readonly until: Until;
  readonly pace: Pace;
  readonly progress: (line: string) => void;
  readonly whenOver: WhenOver;
}

export interface Ran {
  readonly counter: Counter;
  readonly ledger: Ledger;
  readonly chats: readonly Chat[];
  readonly killed: Killed;
  readonly ends: ReadonlyMap<End, number>;
  readonly billerFaults: ReadonlyMap<string, number>;
  readonly telegramFaults: number;
  /** The kills, and the whole run. */
  readonly killingSeconds: number;
  readonly seconds: number;
  /** "Nothing was paid" of a first confirmation, that arrived after the second was paid. */
  readonly lateDenials: number;
  readonly violations: readonly string[];
  /** Errors that the program wrote, each sentence once. */
  readonly errors: ReadonlyMap<string, number>;
}

/** Between two lines of progress, kills. */
const TELL = 10;

/**
 * The built program, killed with SIGKILL again and again while people pay; then everybody stops, the program comes to
 * rest, and the books are compared. Money: the deposit is endless and the day's cap high, so that nothing else stops it.
 */
export async function chaos(options: ChaosOptions): Promise<Ran> {
  const began = systemClock.monotonic();
  const chance = chances(options.seed);
  const calm = new AbortController();
  // All people and all that goes wrong wait for it.
  setMaxListeners(0, calm.signal);
  const trouble = billerTrouble(chance("biller"), calm.signal);
  const counter = await makeCounter({
    whenOver: options.whenOver,
    trouble: trouble.trouble,
    biller: { pendingMs: 4_000, slowMs: 1_000, deposit: rupiah(10_000_000_000_000) },
    settings: { PAY_MAX_DAY: "9000000000000", LOG_LEVEL: "warn" },
  });
  const { users, whenOver } = options;
  const crowd = startCrowd({ ...counter, users, whenOver, open: counter.home.open, chance, stop: calm.signal });
  const faults = telegramTrouble(counter.telegram, chance("telegram"), calm.signal);
  const killed = await kills(options, counter, { trouble, chance: chance("kills"), began });
  calm.abort();
  const killingSeconds = (systemClock.monotonic() - began) / 1000;
  options.progress(`${killed.kills} kills; everybody stops, the program goes on`);
  await crowd.over;
  const ledger = await comeToRest({
    ...{ ...options, biller: counter.biller },
    read: () => readLedger(counter.home.database),
  });
  await killed.program.stop();
  const written = [...killed.output, killed.program.output()];
  const books = { biller: counter.biller.sandbox.book, ledger, chats: crowd.chats };
  return {
    ...{ counter, ledger, killed, chats: crowd.chats, ends: crowd.ends },
    billerFaults: trouble.counts,
    telegramFaults: await faults,
    killingSeconds,
    seconds: (systemClock.monotonic() - began) / 1000,
    lateDenials: crowd.denials.filter((denial) => isLate(denial, ledger)).length,
    violations: [...lies(crowd.denials, ledger), ...endsOf(killed.ownEnds), ...leaks(written), ...violationsOf(books)],
    errors: errorsIn(written),
  };
}

function kills(
  options: ChaosOptions,
  { home, telegram, biller }: Counter,
  { trouble, chance, began }: { readonly trouble: BillerTrouble; readonly chance: Chance; readonly began: number },
): Promise<Killed> {
  return killAgainAndAgain({
    ...{ home, telegram, trouble, chance, pace: options.pace },
    enough: (count) => options.enough(count, systemClock.monotonic() - began),
    onKill(count) {
      if (count % TELL !== 0) return;
      const { pays, debits } = biller.sandbox.book;
      const seconds = Math.round((systemClock.monotonic() - began) / 1000);
      options.progress(`${seconds} s: ${count} kills, ${pays.length} pays with the biller, ${debits.length} debits`);
    },
  });
}
