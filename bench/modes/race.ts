import type { Context } from "../mode.ts";
import type { Running } from "../system.ts";
import { FIRST_USER } from "./speed.ts";

export interface Race {
  readonly users: number;
  /** Whose two messages (KTP and chassis number at once) were not both taken: no bill came, or the next message found another place. */
  readonly lost: number;
  /** Who tapped twice to pay, and how many of them were debited twice. */
  readonly payers: number;
  readonly paidTwice: number;
}

/** The stage at which the bill is shown. */
const BILL = 4;

/** Two messages of one user in the same instant, many users side by side. */
export async function race({ system, redis, world }: Context, { users }: { users: number }): Promise<Race> {
  await redis?.empty();
  const reached = new Map<number, number>();
  const pays = new Map<number, number>();
  const running = await system.start({
    ...world,
    told: (user, stage) => void reached.set(user, Math.max(reached.get(user) ?? 0, stage)),
    // Loket's biller knows a payer by the last digits alone.
    paid: (user) => void pays.set(user % 1_000_000, (pays.get(user % 1_000_000) ?? 0) + 1),
  });
  const answers = Array.from({ length: users }, (_, at) => FIRST_USER + at);
  await each(running, answers, [0]);
  await each(running, answers, [1]);
  await each(running, answers, [2, 3]);
  const billed = answers.filter((user) => reached.get(user) === BILL);
  await each(running, billed, [4]);
  const lost = users - billed.filter((user) => (reached.get(user) ?? 0) > BILL).length;
  const payers = Array.from({ length: Math.ceil(users / 4) }, (_, at) => FIRST_USER + users + at);
  for (let turn = 0; turn < system.payTurn; turn++) await each(running, payers, [turn]);
  await each(running, payers, [system.payTurn, system.payTurn], 500);
  const paidTwice = payers.filter((user) => (pays.get(user % 1_000_000) ?? 0) > 1).length;
  await running.close();
  return { users, lost, payers: payers.length, paidTwice };
}

/** These messages of each user at once, all users at once; the second of the same is another update. */
async function each(running: Running, users: readonly number[], turns: readonly number[], apart = 0): Promise<void> {
  const one = (user: number, turn: number, place: number) =>
    running.deliver(user, user * 100 + turn + place * (10 + apart), turn);
  await Promise.allSettled(users.flatMap((user) => turns.map((turn, place) => one(user, turn, place))));
  await running.settled?.();
}
