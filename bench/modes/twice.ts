import { TURNS } from "../drive.ts";
import type { Context } from "../mode.ts";
import { FIRST_USER } from "./speed.ts";

export interface Twice {
  /** Of six users, whose first, second … message came twice: how many were answered twice. */
  readonly answeredTwice: number;
  /** How many went a step too far by it. */
  readonly wentOn: number;
  /** How often pay was called when the message that pays came twice. */
  readonly pays: number;
}

/** The same update again, after it was answered: what Telegram does when its call was not confirmed in time. */
export async function twice({ system, redis, world }: Context): Promise<Twice> {
  await redis?.empty();
  const replies = new Map<number, number[]>();
  let pays = 0;
  const running = await system.start({
    ...world,
    told: (user, stage) => void replies.set(user, [...(replies.get(user) ?? []), stage]),
    paid: () => void pays++,
  });
  let answeredTwice = 0;
  let wentOn = 0;
  const turns = Math.min(TURNS, system.payTurn + 1);
  for (let last = 0; last < turns; last++) {
    const user = FIRST_USER + last;
    pays = 0;
    for (let turn = 0; turn <= last; turn++) {
      await running.deliver(user, user * 10 + turn, turn);
      await running.settled?.();
    }
    replies.delete(user);
    await running.deliver(user, user * 10 + last, last);
    await running.settled?.();
    const again = replies.get(user) ?? [];
    if (again.length > 0) answeredTwice++;
    if (again.some((stage) => stage > last + 1)) wentOn++;
  }
  await running.close();
  return { answeredTwice, wentOn, pays };
}
