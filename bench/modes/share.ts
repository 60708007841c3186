import { pause } from "../measure.ts";
import type { Context } from "../mode.ts";
import type { Running } from "../system.ts";

export interface ShareOptions {
  /** Which of the processes this is, from 0. */
  readonly place: number;
  readonly inFlight: number;
  readonly ms: number;
  readonly warmMs: number;
  /** When to begin, ms since 1970: all processes at once. */
  readonly at: number;
}

export interface Shared {
  /** Replies that this process sent while it was measured. */
  readonly replies: number;
  readonly seconds: number;
  readonly nodeCpu: number;
}

/** A user has a number of its own in each process that begins with it. */
const APART = 1_000_000;
const LAST = 6;

/**
 * One of several processes on one Redis. Whoever sends a reply also speaks next for that user, because the outbox is
 * everybody's: a conversation wanders between the processes as it would between those of a real deployment.
 */
export async function share({ system, world }: Context, options: ShareOptions): Promise<Shared> {
  const { place, inFlight, ms, warmMs, at } = options;
  const seen = { replies: 0, users: 0, ends: false };
  let running: Running | undefined;
  const say = (user: number, turn: number) => {
    if (seen.ends || running === undefined) return;
    running.deliver(user, user * 10 + turn, turn).catch((error: unknown) => {
      process.stderr.write(`${error}\n`);
    });
  };
  const begin = () => say(700_000_000 + place * APART + seen.users++, 0);
  running = await system.start({
    ...world,
    told(user, stage) {
      if (stage === 0) return;
      seen.replies++;
      if (stage === LAST) begin();
      else say(user, stage);
    },
  });
  await pause(Math.max(0, at - Date.now()));
  for (let user = 0; user < inFlight; user++) begin();
  await pause(warmMs);
  const [replies, began, cpu] = [seen.replies, performance.now(), process.cpuUsage()];
  await pause(ms);
  const used = process.cpuUsage(cpu);
  const shared = {
    replies: seen.replies - replies,
    seconds: (performance.now() - began) / 1000,
    nodeCpu: used.user + used.system,
  };
  seen.ends = true;
  await pause(500);
  return shared;
}
