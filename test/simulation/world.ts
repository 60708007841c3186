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
import { checkViews } from "./oracle/views.ts";
import { operatorOf } from "./people/operator.ts";
import { people } from "./people/people.ts";
import type { User } from "./people/user.ts";
import { type Platform, platformOf } from "./platform/platform.ts";
import { startProgram } from "./program.ts";
import { makeSim, type Sim, type Violation } from "./sim.ts";
import { type Boss, bossOf } from "./staff/boss.ts";
import { type Crew, crewOf, hire } from "./staff/crew.ts";
import { type Purse, purseOf } from "./staff/purse.ts";
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
  /** Whether customers pay through agents. Drawn from the seed when it is not given. */
  readonly staffed?: boolean | undefined;
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
const EAGER = 0.05;
/** How many worlds have conversations; the others are tills: a payment there costs a fourth, or a tenth of one with agents. */
const WHOLE = 0.12;
/** In how many of them customers pay through agents. */
const STAFFED = 0.4;
/** What customers and agents bring to their counters. */
const VEHICLES = { whole: 10, till: 30, staffed: 26 } as const;

/** One small world: a biller, some people, and the program between them, from a seed to the end of all payments. */
export async function live(options: WorldOptions): Promise<Lived> {
  const { seed, database, lies = false, traced = false, without = new Set(), silent = new Set() } = options;
  database.reset();
  const dues = duesOf(database);
  const sim = makeSim({ seed, lies, traced, without, nextDue: () => nextDue(dues, sim, staffed) });
  const kind = options.kind ?? (sim.random("kind").chance(WHOLE) ? "whole" : "till");
  const staffed = kind === "whole" && (options.staffed ?? sim.random("staff").chance(STAFFED));
  const world = build(sim, { kind, staffed }, options, dues);
  if (world.crew !== undefined) await hire(world.crew, world.machine.open(), sim.time.wall());
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
  /** Where customers pay through agents. */
  readonly crew: Crew | undefined;
  readonly purse: Purse;
  readonly boss: Boss | undefined;
}

interface Sort {
  readonly kind: Kind;
  readonly staffed: boolean;
}

function build(sim: Sim, { kind, staffed }: Sort, { database, bug }: WorldOptions, dues: Dues): World {
  const random = sim.random("world");
  const books = booksOf(VEHICLES[staffed ? "staffed" : kind], random);
  const crew = staffed ? crewOf(sim) : undefined;
  const purse = purseOf(sim);
  const users = new Map<ConversationKey, User>();
  // Where a backup may be put back, a forgetful biller would be paid twice: the promise is a pause of 15 min, no more.
  const counter = counterOf({
    sim,
    books,
    forgetful: random.chance(0.4) && !sim.restores && !sim.lies,
    moves: staffed,
  });
  const maxDay = random.chance(0.15) ? random.between(400_000, 900_000) : undefined;
  const desk = deskOf(sim, books);
  const events = { onTask: () => operator.wakes(), onHeard: desk.heard };
  const oracle = oracleOf({ sim, books, counter, maxDay, events, database, crew });
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
  const tool = () => ({ ...machine.tool(), clock, log });
  const boss = crew === undefined ? undefined : bossOf({ sim, crew, purse, tool, orders: crew.orders });
  const operator = operatorOf({ sim, books, tool, boss });
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
    relay: crew,
    boot: kind === "whole" ? startProgram : startTill,
    dues: random.chance(EAGER) ? undefined : dues,
    onRestored: () => {
      if (random.chance(0.5)) operator.tellsOfRestore();
    },
  });
  return { sim, kind, books, counter, platform, oracle, machine, users, crew, purse, boss };
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

function nextDue(dues: Dues, sim: Sim, staffed: boolean): number | undefined {
  const quiet = dues.quiet();
  const soon = quiet < sim.time.wall() + SILENCE ? quiet : Number.POSITIVE_INFINITY;
  const due = Math.min(
    dues.jobs(QUEUES),
    dues.payments(),
    dues.notices(),
    soon,
    staffed ? dues.requests() : Number.POSITIVE_INFINITY,
  );
  return due === Number.POSITIVE_INFINITY ? undefined : due;
}

async function check({ sim, kind, books, oracle, machine, platform, users, crew }: World): Promise<void> {
  const { conversations, ledger, records } = machine.open();
  if (sim.time.steady() > LONGEST) sim.cover.count("outcomes", "never at rest");
  const { told, running, payments } = oracle;
  const held = (invoice: string) => payments.byInvoice(invoice)?.payment.ref;
  await checkEnd({ sim, books, ledger, records, told, running, held });
  const tasks = await records.tasks.list("all", 10_000);
  const keys = [...users.keys()].filter((key) => crew?.of(key) === undefined);
  if (kind === "whole") await checkViews({ sim, conversations, ledger, keys, tasks });
  await oracle.staff?.end(machine.open());
  const poisoned = (await records.poison.list(1_000)).map(({ chat, inboundId }) => `${chat} ${inboundId}`);
  oracle.outbox.check(platform.inbox.confirmed(), poisoned);
  if (platform.inbox.waiting() > 0) sim.violate("I7", `${platform.inbox.waiting()} messages were never taken`);
}
