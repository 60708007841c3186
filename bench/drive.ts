import { latencies, pause, rounded } from "./measure.ts";
import type { Running } from "./system.ts";

export const TURNS = 6;

/** ms. */
const LONGEST_WARM = 45_000;

export interface Drive {
  /** How many users are in a turn at once. */
  readonly inFlight: number;
  /** The warm-up takes so long, and longer until so many turns are done: code that is still cold shows nothing. */
  readonly warmMs: number;
  readonly warmTurns: number;
  readonly runMs: number;
  readonly firstUser: number;
  /** CPU of others that work for the turns (Redis), microseconds so far. */
  readonly otherCpu?: () => Promise<number>;
}

export interface Driven {
  readonly inFlight: number;
  readonly turns: number;
  readonly perSecond: number;
  /** ms, from the update to its reply. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds a turn, all threads of this process, the driving included. */
  readonly nodeCpu: number;
  readonly otherCpu: number | undefined;
  /** How many users went through all six turns, the warm-up included. */
  readonly users: number;
}

/** `inFlight` users at a time; each says its six messages one after another, then another user takes its place. */
export async function drive(running: Running, how: Drive): Promise<Driven> {
  const seen = { turns: 0, all: 0, users: 0, counts: false, ends: false };
  const times = latencies();
  const breathe = breathing();
  const user = async () => {
    while (!seen.ends) {
      const id = how.firstUser + seen.users++;
      for (let turn = 0; turn < TURNS; turn++) {
        const began = performance.now();
        await oneTurn(running, id, turn);
        seen.all++;
        if (seen.counts) {
          times.push(performance.now() - began);
          seen.turns++;
        }
        await breathe();
      }
    }
  };
  const users = Array.from({ length: how.inFlight }, user);
  const watched = Promise.all(users);
  await Promise.race([pause(how.warmMs), watched]);
  for (let waited = 0; waited < LONGEST_WARM && seen.all < how.warmTurns; waited += 50)
    await Promise.race([pause(50), watched]);
  const before = await reading(how);
  seen.counts = true;
  await Promise.race([pause(how.runMs), watched]);
  seen.counts = false;
  const after = await reading(how);
  seen.ends = true;
  await watched;
  const { turns } = seen;
  return {
    inFlight: how.inFlight,
    turns,
    perSecond: rounded((turns / (after.at - before.at)) * 1000),
    p50: rounded(times.at(0.5) ?? Number.NaN),
    p99: rounded(times.at(0.99) ?? Number.NaN),
    nodeCpu: rounded((after.cpu - before.cpu) / turns),
    otherCpu: how.otherCpu === undefined ? undefined : rounded((after.other - before.other) / turns),
    users: seen.users,
  };
}

/** One message, to its reply. Each is an update of its own. */
export async function oneTurn(running: Running, user: number, turn: number): Promise<void> {
  const replied = running.replied?.(user);
  await running.deliver(user, user * 10 + turn, turn);
  await replied;
}

async function reading({ otherCpu }: Drive) {
  const other = (await otherCpu?.()) ?? 0;
  const { user, system } = process.cpuUsage();
  return { at: performance.now(), cpu: user + system, other };
}

/** A system that never waits for anything would keep the timers that end the run from running. */
function breathing(): () => Promise<void> {
  let last = performance.now();
  let breath: Promise<void> | undefined;
  return async () => {
    if (performance.now() - last < 5) return;
    breath ??= new Promise((resolve) =>
      setImmediate(() => {
        breath = undefined;
        last = performance.now();
        resolve();
      }),
    );
    await breath;
  };
}
