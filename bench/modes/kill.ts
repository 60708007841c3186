import { appendFileSync } from "node:fs";
import { pause } from "../measure.ts";
import type { Context } from "../mode.ts";
import { FIRST_USER } from "./speed.ts";

export interface KillOptions {
  /** What happened, a line each: "pay", or the stage of a reply. */
  readonly trace: string;
  /** true: this process ends itself when the biller has taken the money, before it can say so. */
  readonly dies: boolean;
}

/** How long the second life is watched, ms: Loket asks the biller after 5 s what became of it. */
const WATCHED = 20_000;

/**
 * One of two lives of a program: the first is killed inside pay, the second starts on what the first left, and is given
 * the update again that Telegram never heard was taken.
 */
export async function kill({ system, redis, world }: Context, { trace, dies }: KillOptions): Promise<{ ended: true }> {
  if (dies) await redis?.empty();
  const note = (what: string | number) => appendFileSync(trace, `${what}\n`);
  let proven = false;
  const running = await system.start({
    ...world,
    told: (_, stage) => {
      note(stage);
      proven ||= stage === 6;
    },
    paid: () => {
      note("pay");
      if (dies) process.kill(process.pid, "SIGKILL");
    },
  });
  const user = FIRST_USER;
  const deliver = async (turn: number) => {
    await running.deliver(user, user * 10 + turn, turn);
    await running.settled?.();
  };
  if (dies) for (let turn = 0; turn <= system.payTurn; turn++) await deliver(turn);
  else await deliver(system.payTurn);
  for (let waited = 0; waited < (running.settled === undefined ? 0 : WATCHED) && !proven; waited += 100)
    await pause(100);
  await running.close();
  return { ended: true };
}
