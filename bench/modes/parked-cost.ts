import { type Driven, drive, oneTurn } from "../drive.ts";
import type { Context } from "../mode.ts";
import { FIRST_USER } from "./speed.ts";

export interface ParkedCostOptions {
  /** How many are parked while the turns are measured, one step after the other: ascending. */
  readonly steps: readonly number[];
  readonly ms: number;
  readonly warmTurns: number;
}

export interface ParkedCost {
  readonly steps: readonly (Driven & { readonly parked: number; readonly redisBytes: number | undefined })[];
}

const IN_FLIGHT = 64;
const PARKED_FROM = 100_000_001;
/** Each step has users of its own. */
const APART = 10_000_000;

/** What a turn costs when so many others wait in the same store. */
export async function parkedCost(context: Context, { steps, ms, warmTurns }: ParkedCostOptions): Promise<ParkedCost> {
  const { system, redis, world } = context;
  await redis?.empty();
  const running = await system.start(world);
  if (running.park === undefined) throw new Error(`${system.name} cannot park`);
  for (let turn = 0; turn < 3; turn++) await oneTurn(running, FIRST_USER, turn);
  const measured: ParkedCost["steps"][number][] = [];
  let parked = 0;
  for (const step of steps) {
    await running.park(FIRST_USER, PARKED_FROM + parked, step - parked);
    parked = step;
    const row = await drive(running, {
      inFlight: IN_FLIGHT,
      warmMs: ms / 3,
      warmTurns,
      runMs: ms,
      firstUser: FIRST_USER + APART * (measured.length + 1),
      ...(redis === undefined ? {} : { otherCpu: redis.cpu }),
    });
    measured.push({ ...row, parked, redisBytes: await redis?.used() });
  }
  await running.close();
  return { steps: measured };
}
