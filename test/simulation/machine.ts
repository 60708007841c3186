import type { Biller } from "../../src/biller/biller.ts";
import type { Log } from "../../src/log.ts";
import type { PayPolicy } from "../../src/payments/settle/deps.ts";
import { memoryCounter } from "../../src/store/sqlite/counter.ts";
import { billerClient, type Office } from "./biller/client.ts";
import type { Bug } from "./bugs/bug.ts";
import { lifeClock } from "./clock.ts";
import type { WorldDb } from "./database.ts";
import { doomOf } from "./doom.ts";
import { type Dues, quickConversations, quickLedger } from "./dues.ts";
import { type Gate, gated, gateOf } from "./gate.ts";
import { plan } from "./mishaps.ts";
import type { Oracle } from "./oracle/oracle.ts";
import type { Platform } from "./platform/platform.ts";
import type { Parts, Program } from "./program.ts";
import type { Random } from "./random.ts";
import type { Sim } from "./sim.ts";
import type { Terms } from "./staff/room.ts";
import { openStores, type Stores } from "./stores.ts";
import { endLife, type Life, newLife } from "./timeline.ts";

export interface MachineOptions {
  readonly sim: Sim;
  readonly database: WorldDb;
  readonly office: Office;
  readonly platform: Platform;
  readonly oracle: Oracle;
  readonly log: Log;
  readonly pay: PayPolicy;
  readonly onRestored: () => void;
  /** Undefined: every look is taken, as it is in earnest. */
  readonly dues: Dues | undefined;
  readonly bug: Bug | undefined;
  readonly kind: "whole" | "till";
  /** Where customers pay through agents. */
  readonly relay: Terms | undefined;
  /** Starts a program from its parts. */
  readonly boot: (parts: Parts) => Program;
}

/** The computer that the program runs on: it crashes, stands still, is full, and is started again. */
export interface Machine {
  start(): void;
  /** Does something in the program, as soon as it is awake; false while there is none. */
  visit(act: (program: Program) => void): boolean;
  /** The stores and the biller as a tool beside the program sees them. */
  tool(): Stores & { readonly biller: Biller };
  /** Nothing runs any more, and nothing is held on to. */
  end(): void;
  /** The stores as they are, for the end. */
  open(): Stores;
}

export interface State extends MachineOptions {
  readonly random: Random;
  readonly stores: () => Stores;
  readonly doom: ReturnType<typeof doomOf>;
  life: Life | undefined;
  program: Program | undefined;
  lives: number;
  /** The next change of a store is made, and its answer lost. */
  losesNext: boolean;
}

const MINUTE = 60_000;
/** How many of the looks that find nothing are taken all the same. */
const IDLE = 0.05;

export function machineOf(options: MachineOptions): Machine {
  const { sim, database, oracle } = options;
  const counter = memoryCounter();
  const random = sim.random("machine");
  const refs = sim.random("refs");
  const { payments, outbox, staff } = oracle;
  const onTask = payments.tasked;
  const stores = () => openStores({ database, counter, random: refs, payments, outbox, onTask, staff });
  const kill = (life: Life, where: string) => die(state, life, where);
  const doom = doomOf({ sim, kind: options.kind, staffed: options.relay !== undefined, kill });
  const state: State = {
    ...options,
    random,
    stores,
    doom,
    life: undefined,
    program: undefined,
    lives: 0,
    losesNext: false,
  };
  const hand = newLife("tool");
  const gate = gateOf({ sim, life: hand, doom: { strikes: () => false }, loses: () => false });
  const tool = { ...behind(stores(), gate), biller: billerClient(options.office, hand, gate) };
  return {
    start() {
      plan(state, (life, where) => die(state, life, where));
      start(state);
    },
    end() {
      if (state.life !== undefined) endLife(state.life);
      endLife(hand);
    },
    visit(act) {
      const { life, program } = state;
      if (life === undefined || program === undefined) return false;
      sim.time.after(0, life, () => act(program));
      return true;
    },
    open: stores,
    tool: () => tool,
  };
}

function behind({ conversations, ledger, records }: Stores, gate: Gate): Stores {
  return {
    conversations: gated("conversations", conversations, gate, ["wake"]),
    ledger: gated("ledger", ledger, gate, ["wake"]),
    records: gated("records", records, gate),
  };
}

/** In front of the gate: a look that is not taken cannot be the last thing that a program does. */
function looking(stores: Stores, { sim, dues }: State): Stores {
  if (dues === undefined) return stores;
  const random = sim.random("looks");
  const skips = () => !random.chance(IDLE);
  return {
    ...stores,
    conversations: quickConversations(stores.conversations, dues, skips),
    ledger: quickLedger(stores.ledger, dues, skips),
  };
}

function start(state: State): void {
  const { sim, office, platform, oracle, log, pay, random, doom } = state;
  state.lives += 1;
  const life = newLife(`life ${state.lives}`);
  state.life = life;
  sim.note(() => `${life.name} begins`);
  oracle.running.backAt();
  const gate = gateOf({ sim, life, doom, loses: (label) => loses(state, label) });
  const real: Parts = {
    ...looking(behind(state.stores(), gate), state),
    biller: billerClient(office, life, gate),
    channels: platform.channels(life, gate),
    clock: lifeClock(sim.time, life, state.dues === undefined),
    log,
    random,
    pay,
    relay: state.relay,
  };
  const parts = state.bug?.wrong(real, { rawLog: oracle.onLog }) ?? real;
  const program = state.boot(parts);
  state.program = program;
  program.ended.then(
    () => ended(state, life),
    (error: unknown) => {
      sim.note(() => `${life.name} gives up: ${String(error)}`);
      if (life.alive) sim.cover.count("crashes", "gave up");
      die(state, life, "gave up");
    },
  );
}

/** Stopped in order, and started again. */
function ended(state: State, life: Life): void {
  const { sim, oracle, random } = state;
  if (!life.alive) return;
  endLife(life);
  state.life = undefined;
  sim.note(() => `${life.name} has stopped`);
  oracle.outbox.ended(life.name, "stop");
  oracle.running.died();
  sim.time.after(random.between(500, 10 * MINUTE), undefined, () => start(state));
}

function die(state: State, life: Life, where: string): void {
  if (!life.alive) return;
  const { sim, oracle, random } = state;
  endLife(life);
  state.life = undefined;
  sim.note(() => `${life.name} dies: ${where}`);
  oracle.outbox.ended(life.name, "crash");
  oracle.running.died();
  const ms = random.chance(0.9) ? random.between(200, 20_000) : random.between(MINUTE, 40 * MINUTE);
  sim.time.after(ms, undefined, () => start(state));
}

const CHANGES: readonly string[] = ["ledger.commit", "ledger.open", "ledger.told", "conversations.commit"];

function loses(state: State, label: string): boolean {
  if (!state.losesNext || !CHANGES.includes(label)) return false;
  state.losesNext = false;
  state.oracle.running.excuse();
  state.sim.note(() => `${label} is done, and its answer lost`);
  return true;
}
