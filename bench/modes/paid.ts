import { latencies, rounded } from "../measure.ts";
import type { Context } from "../mode.ts";
import { FIRST_USER } from "./speed.ts";

export interface Paid {
  readonly payments: number;
  readonly perSecond: number;
  /** ms, from the tap to the sentence that it is paid. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of a whole conversation: its five messages, the ledger, the drawn proof. */
  readonly nodeCpu: number;
}

const IN_FLIGHT = 16;

/** Whole conversations up to the proof of payment, the ledger on the disk and the proof drawn. */
export async function paid({ system, redis, world }: Context, { payments }: { payments: number }): Promise<Paid> {
  await redis?.empty();
  const waiting = new Map<string, () => void>();
  const told = (user: number, stage: number) => waiting.get(`${user} ${stage}`)?.();
  const running = await system.start({ ...world, told });
  const reply = (user: number, stage: number) =>
    new Promise<void>((resolve) => waiting.set(`${user} ${stage}`, resolve));
  const times = latencies();
  let next = 0;
  const pay = async () => {
    while (next < payments) {
      const user = FIRST_USER + next++;
      const last = system.payTurn;
      for (let turn = 0; turn < last; turn++) {
        const replied = reply(user, turn + 1);
        await running.deliver(user, user * 10 + turn, turn);
        await replied;
      }
      const proven = reply(user, 6);
      const began = performance.now();
      await running.deliver(user, user * 10 + last, last);
      await proven;
      times.push(performance.now() - began);
    }
  };
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await Promise.all(Array.from({ length: IN_FLIGHT }, pay));
  await running.settled?.();
  const used = process.cpuUsage(cpu);
  const seconds = (performance.now() - began) / 1000;
  await running.close();
  return {
    payments,
    perSecond: rounded(payments / seconds),
    p50: rounded(times.at(0.5) ?? Number.NaN),
    p99: rounded(times.at(0.99) ?? Number.NaN),
    nodeCpu: rounded((used.user + used.system) / payments),
  };
}
