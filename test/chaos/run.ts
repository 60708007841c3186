import { setMaxListeners } from "node:events";
import { systemClock } from "../../src/clock.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { type Counter, makeCounter } from "../program/counter.ts";
import { NIK, onTelegram } from "../program/customer.ts";
import type { WhenOver } from "../program/program.ts";
import { randomFrom } from "../program/random.ts";
import { openTab } from "../program/tab.ts";
import { violationsOf } from "./audit.ts";
import { type BillerTrouble, billerTrouble } from "./biller-trouble.ts";
import type { Chance } from "./chance.ts";
import { type Killed, killAgainAndAgain, type Pace } from "./killer.ts";
import { type Denial, isLate, watchNothingPaid } from "./nothing-paid.ts";
import { type Chat, type End, live } from "./person.ts";
import { comeToRest, type Ledger, type Until } from "./rest.ts";
import { telegramTrouble } from "./telegram-trouble.ts";
import { newVehicles } from "./vehicles.ts";

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
  const crowd = crowdOf(options, counter, { chance, stop: calm.signal });
  const faults = telegramTrouble(counter.telegram, chance("telegram"), calm.signal);
  const killed = await kills(options, counter, { trouble, chance: chance("kills"), began });
  calm.abort();
  const killingSeconds = (systemClock.monotonic() - began) / 1000;
  options.progress(`${killed.kills} kills; everybody stops, the program goes on`);
  await crowd.over;
  const ledger = await comeToRest(counter, options.until, options.progress);
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
    violations: [...lies(crowd.denials, ledger), ...endsOf(killed), ...leaks(written), ...violationsOf(books)],
    errors: errorsIn(written),
  };
}

/** Each concern has a row of its own, so that one that draws more often does not shift the others. */
function chances(seed: number): (concern: string) => Chance {
  return (concern) => randomFrom([...concern].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), seed));
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

interface Stirring {
  readonly chance: (concern: string) => Chance;
  readonly stop: AbortSignal;
}

function crowdOf({ users, whenOver }: ChaosOptions, { telegram, home, biller }: Counter, { chance, stop }: Stirring) {
  const chats: Chat[] = [];
  const byName = new Map<string, Chat>();
  const ends = new Map<End, number>();
  const newVehicle = newVehicles(chance("vehicles"));
  const denials = watchNothingPaid({
    telegram,
    chatOf: (name) => byName.get(name),
    isDebited: ({ chassis }) => biller.moneyOf(chassis).debits > 0,
  });
  const opened = (name: string, customer: Chat["customer"]) => {
    const chat = { name, customer, vehicles: [] };
    chats.push(chat);
    byName.set(name, chat);
    return chat;
  };
  const people = Array.from({ length: users }, (_, at) => {
    let count = 0;
    const newChat = () => {
      const id = (at + 1) * 10_000 + count++;
      // A tab costs a stream for as long as it is looked at: one each is enough.
      if (at % 5 === 0 && count === 1) return opened(`web ${id}`, openTab(home.open, whenOver));
      return opened(`telegram:${id}`, onTelegram(telegram.user(id)));
    };
    return live({
      ...{ chance: chance(`person ${at}`), stop, newChat, newVehicle },
      onEnd: (end) => ends.set(end, (ends.get(end) ?? 0) + 1),
    });
  });
  return { chats, denials, ends, over: Promise.all(people) };
}

function lies(denials: readonly Denial[], ledger: Ledger): readonly string[] {
  return denials
    .filter((denial) => !isLate(denial, ledger))
    .map(({ chat, vehicle, text }) => `${chat} is told "${text}", and the debit of ${vehicle.plate} stands`);
}

function endsOf({ ownEnds }: Killed): readonly string[] {
  return ownEnds.map(
    ({ code, signal, stderr }) => `the program ended by itself (${signal ?? code}): ${stderr.slice(-500)}`,
  );
}

/** I12: no KTP number and no chassis number in a log. */
function leaks(written: readonly string[]): readonly string[] {
  return written.some((text) => text.includes(NIK) || text.includes("MH1SBX"))
    ? ["a log names a person or a vehicle"]
    : [];
}

function errorsIn(written: readonly string[]): ReadonlyMap<string, number> {
  const errors = new Map<string, number>();
  for (const [, said = ""] of written.join("\n").matchAll(/^.*"level":(?:50|60|"error"|"fatal").*"msg":"([^"]*)"/gm)) {
    errors.set(said, (errors.get(said) ?? 0) + 1);
  }
  return errors;
}
