import type { ConversationKey } from "../../src/conversation/message.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { makeLog } from "../../src/log.ts";
import { type Books, booksOf } from "./biller/books.ts";
import type { Office } from "./biller/client.ts";
import { type Counter, counterOf } from "./biller/counter.ts";
import { deskOf } from "./biller/desk.ts";
import type { Bug } from "./bugs/bug.ts";
import { lifeClock } from "./clock.ts";
import type { Coverage } from "./coverage.ts";
import type { WorldDb } from "./database.ts";
import { type Dues, duesOf, QUEUES } from "./dues.ts";
import type { FaultKind } from "./faults.ts";
import { type Machine, machineOf } from "./machine.ts";
import { checkEnd } from "./oracle/end.ts";
import { type Oracle, oracleOf } from "./oracle/oracle.ts";
import { operatorOf } from "./people/operator.ts";
import { people } from "./people/people.ts";
import type { User } from "./people/user.ts";
import { type Platform, platformOf } from "./platform/platform.ts";
import { startProgram } from "./program.ts";
import { makeSim, type Sim, type Violation } from "./sim.ts";
import { startTill } from "./till/till.ts";
import { newLife } from "./timeline.ts";

/** With conversations and all that belongs to them, or with a till: settler and ledger alone. */
export type Kind = "whole" | "till";

export interface WorldOptions {
  readonly seed: string;
  readonly database: WorldDb;
  readonly lies?: boolean;
  readonly traced?: boolean;
  readonly without?: ReadonlySet<FaultKind>;
  readonly bug?: Bug | undefined;
  /** Drawn from the seed when it is not given. */
  readonly kind?: Kind | undefined;
  /** Chats that keep silent. */
  readonly silent?: ReadonlySet<string>;
}

export interface Lived {
  readonly seed: string;
  readonly violations: readonly Violation[];
  readonly cover: Coverage;
  readonly history: readonly string[];
  readonly kind: Kind;
  readonly payments: number;
  readonly users: readonly string[];
  /** Virtual ms. */
  readonly lasted: number;
  readonly happened: number;
}

const HOUR = 3_600_000;
/** Nothing is waited for longer than that. */
const LONGEST = 300 * HOUR;
/** A program that does so many things turns round and round: ten times what the busiest world needs. */
const RESTLESS = 200_000;
/** How many worlds take every look at their stores. */
const EAGER = 0.1;
/** How many worlds have conversations; the others are tills. */
const WHOLE = 0.3;

/** One small world: a biller, some people, and the program between them, from a seed to the end of all payments. */
export async function live(options: WorldOptions): Promise<Lived> {
  const { seed, database, lies = false, traced = false, without = new Set(), silent = new Set() } = options;
  database.reset();
  const dues = duesOf(database);
  const sim = makeSim({ seed, lies, traced, without, nextDue: () => nextDue(dues, sim) });
  const kind = options.kind ?? (sim.random("kind").chance(WHOLE) ? "whole" : "till");
  const world = build(sim, kind, options, dues);
  const users = people(world, silent);
  world.machine.start();
  const isRestless = () => sim.time.happened > RESTLESS;
  await sim.time.live(() => sim.time.steady() > LONGEST || sim.violations.length > 20 || isRestless());
  if (isRestless()) sim.violate("restless", `more than ${RESTLESS} things happened, and there was no end`);
  await check(world);
  world.machine.end();
  return {
    seed,
    violations: sim.violations,
    cover: sim.cover,
    history: sim.history,
    kind,
    payments: world.oracle.payments.all.size,
    users,
    lasted: sim.time.steady(),
    happened: sim.time.happened,
  };
}

export interface World {
  readonly sim: Sim;
  readonly kind: Kind;
  readonly books: Books;
  readonly counter: Counter;
  readonly platform: Platform;
  readonly oracle: Oracle;
  readonly machine: Machine;
  readonly users: Map<ConversationKey, User>;
}

function build(sim: Sim, kind: Kind, { database, bug }: WorldOptions, dues: Dues): World {
  const random = sim.random("world");
  const books = booksOf(kind === "whole" ? 10 : 30, random);
  const users = new Map<ConversationKey, User>();
  // Where a backup may be put back, a forgetful biller would be paid twice: the promise is a pause of 15 min, no more.
  const counter = counterOf({ sim, books, forgetful: random.chance(0.4) && !sim.restores && !sim.lies });
  const maxDay = random.chance(0.15) ? random.between(400_000, 900_000) : undefined;
  const desk = deskOf(sim, books);
  const events = { onTask: () => operator.wakes(), onHeard: desk.heard };
  const oracle = oracleOf({ sim, books, counter, maxDay, events });
  const platform = platformOf(sim, {
    onTry: oracle.onTry,
    onShown(shown) {
      oracle.onShown(shown);
      users.get(shown.key)?.sees(shown);
    },
    onAct: oracle.onAct,
  });
  const office: Office = {
    sim,
    books,
    counter,
    desk,
    isDown: outage(sim),
    onFirstByte: oracle.onFirstByte,
    onFreeze(ms) {
      oracle.running.excuse(sim.time.steady() + ms);
      oracle.running.away(sim.time.steady(), sim.time.steady() + ms);
    },
  };
  const log = makeLog("warn", oracle.onLog);
  const clock = lifeClock(sim.time, newLife("tool"), true);
  const operator = operatorOf({ sim, books, tool: () => ({ ...machine.tool(), clock, log }) });
  const machine = machineOf({
    sim,
    database,
    office,
    platform,
    oracle,
    log,
    pay: { maxOne: undefined, maxDay: maxDay === undefined ? undefined : rupiah(maxDay) },
    bug,
    kind,
    boot: kind === "whole" ? startProgram : startTill,
    dues: random.chance(EAGER) ? undefined : dues,
    onRestored: () => {
      if (random.chance(0.5)) operator.tellsOfRestore();
    },
  });
  return { sim, kind, books, counter, platform, oracle, machine, users };
}

/** When nothing reaches the biller, drawn once. */
function outage(sim: Sim): () => boolean {
  const random = sim.random("outage");
  if (!sim.fault("outage", random)) return () => false;
  const from = random.between(0, 40 * 60_000);
  const to = from + random.between(5_000, random.chance(0.8) ? 20 * 60_000 : 20 * HOUR);
  return () => sim.time.steady() >= from && sim.time.steady() < to;
}

/** Parked conversations and nudges are waited for, what silence does after a day is not. */
const SILENCE = 40 * 60_000;

function nextDue(dues: Dues, sim: Sim): number | undefined {
  const quiet = dues.quiet();
  const soon = quiet < sim.time.wall() + SILENCE ? quiet : Number.POSITIVE_INFINITY;
  const due = Math.min(dues.jobs(QUEUES), dues.payments(), dues.notices(), soon);
  return due === Number.POSITIVE_INFINITY ? undefined : due;
}

async function check({ sim, books, oracle, machine, platform }: World): Promise<void> {
  const { ledger, records } = machine.open();
  if (sim.time.steady() > LONGEST) sim.cover.count("outcomes", "never at rest");
  await checkEnd({ sim, books, ledger, records, told: oracle.told, running: oracle.running });
  const poisoned = (await records.poison.list(1_000)).map(({ chat, inboundId }) => `${chat} ${inboundId}`);
  oracle.outbox.check(platform.inbox.confirmed(), poisoned);
  if (platform.inbox.waiting() > 0) sim.violate("I7", `${platform.inbox.waiting()} messages were never taken`);
}
