import { take } from "../conversation/receive.ts";
import { makeDoorbell } from "../payments/doorbell.ts";
import type { OwedNotice } from "../payments/payment.ts";
import type { Deps } from "./deps.ts";

/** How long a notice that was handed over may take to be told before it is handed over again, ms. */
const LEASE = 2 * 60 * 1000;
const LIMIT = 64;
/** Looked for at least this often, ms: what another process of `npx loket` writes rings no bell here. */
const LOOK = 5_000;
/** Instead of the platform's id of the message: there was none. */
const MOOT = "moot";

/**
 * Hands what the ledger owes to the conversations. A notice is an event with the seen id `n:<notice>`: twice is once.
 * It is told when the `say` that it became was delivered.
 */
export async function runNotices(deps: Deps, stop: AbortSignal): Promise<void> {
  const bell = makeDoorbell(deps.clock, [deps.ledger.wake(stop)]);
  while (!stop.aborted) {
    const handed = await handOver(deps);
    if (handed < LIMIT) await bell.wait(deps.clock.now() + LOOK, stop);
  }
}

/** Resolves to how many were owed. */
export async function handOver(deps: Deps): Promise<number> {
  const owed = await deps.ledger.owed(deps.clock.now(), LEASE, LIMIT).catch((error: unknown) => {
    deps.log.error({ error }, "what payers are owed could not be fetched; trying again");
    return [];
  });
  for (const notice of owed) await one(deps, notice);
  return owed.length;
}

async function one(deps: Deps, owed: OwedNotice): Promise<void> {
  const { id, to, notice, language } = owed;
  // Looked at in the step: who lets his request go meanwhile moves the conversation on, and it is looked at again.
  const event = async () => ((await isLetGo(deps, owed)) ? undefined : ({ type: "notice", id, notice } as const));
  try {
    const taken = await take(deps, to, event, { seen: { key: to, id: `n:${id}` }, sender: { language } });
    if (taken === "moot") await deps.ledger.told(id, MOOT, deps.clock.now());
  } catch (error) {
    deps.log.error({ error, notice: id }, "a notice could not be handed over; it stays owed");
  }
}

/** The customer has let his request go, and heard it: what was owed to him of it before is said no more. */
async function isLetGo({ ledger }: Deps, { to, notice }: OwedNotice): Promise<boolean> {
  if (!("request" in notice)) return false;
  const request = await ledger.requests.load(notice.request.ref);
  return request?.customer.chat === to && request.closed?.why === "cancelled";
}
