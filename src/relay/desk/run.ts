import type { RequestRef } from "../../domain/staff.ts";
import { makeDoorbell } from "../../payments/doorbell.ts";
import { endDuties } from "./agents.ts";
import type { DeskDeps } from "./deps.ts";
import { lookAt } from "./due.ts";

/** How many requests are looked at at once: one that asks for a bill takes up to a minute. */
const AT_ONCE = 16;
/** Looked again at the latest, ms: what another process of `npx loket` did rings no bell here. */
const IDLE_MS = 5_000;
/** The shortest rest while something stays due, ms; and after a fault. */
const BUSY_MS = 250;
const FAILED_MS = 1_000;
const DUTIES_MS = 60_000;

/** What is under way, by its request: none is looked at twice at once. */
export type InHand = Map<RequestRef, Promise<void>>;

/** Starts a look at each request whose time has come. Resolves to the looks, which never reject. */
export async function startDue(deps: DeskDeps, inHand: InHand, stop: AbortSignal): Promise<readonly Promise<void>[]> {
  const free = AT_ONCE - inHand.size;
  if (free <= 0) return [];
  const due = await deps.ledger.requests.due(deps.clock.now(), AT_ONCE + inHand.size);
  return due
    .filter(({ ref }) => !inHand.has(ref))
    .slice(0, free)
    .map((request) => {
      const look = lookAt(deps, request, stop).catch(async (error: unknown) => {
        deps.log.error({ error, request: request.ref, state: request.state }, "a request could not be brought on");
        await deps.clock.sleep(deps.clock.now() + FAILED_MS, stop);
      });
      inHand.set(request.ref, look);
      return look.finally(() => inHand.delete(request.ref));
    });
}

/** Until `stop` aborts; then what is under way ends, and no bill is waited for. */
export async function runDesk(deps: DeskDeps, stop: AbortSignal): Promise<void> {
  const { clock, ledger, log } = deps;
  const inHand: InHand = new Map();
  const bell = makeDoorbell(clock);
  const ringing = follow(ledger.wake(stop), bell.ring).catch((error: unknown) => {
    log.error({ error }, "the ledger rings no more; requests are looked at every few seconds");
  });
  let dutiesAt = 0;
  while (!stop.aborted) {
    const until = await careful(deps, async () => {
      for (const look of await startDue(deps, inHand, stop)) void look.finally(bell.ring);
      if (clock.now() - dutiesAt >= DUTIES_MS) {
        dutiesAt = clock.now();
        await endDuties(deps);
      }
      const next = (await ledger.requests.nextDue(clock.now())) ?? Number.POSITIVE_INFINITY;
      return Math.min(Math.max(next, clock.now() + BUSY_MS), clock.now() + IDLE_MS);
    });
    await bell.wait(until, stop);
  }
  await Promise.all([...inHand.values(), ringing]);
}

async function careful({ clock, log }: DeskDeps, turn: () => Promise<number>): Promise<number> {
  try {
    return await turn();
  } catch (error) {
    log.error({ error }, "requests could not be looked at; tried again in a second");
    return clock.now() + FAILED_MS;
  }
}

async function follow(source: AsyncIterable<void>, ring: () => void): Promise<void> {
  for await (const _ of source) ring();
}
