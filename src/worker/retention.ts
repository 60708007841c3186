import { take } from "../conversation/receive.ts";
import { KEEP } from "../domain/keep.ts";
import type { Deps } from "./deps.ts";
import { eraseKey, erasePerson } from "./person.ts";

const HOUR = 60 * 60 * 1000;
const LIMIT = 500;

/** Forgets what may no longer be kept, every hour. */
export async function runRetention(deps: Deps, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await retain(deps).catch((error: unknown) =>
      deps.log.error({ error }, "forgetting failed; trying again in an hour"),
    );
    await deps.clock.sleep(deps.clock.now() + HOUR, stop);
  }
}

export async function retain(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  await deps.conversations.prune({
    conversations: now - KEEP.conversation,
    seen: now - KEEP.seen,
    jobs: now - KEEP.jobs,
  });
  await deps.records.letters.prune(now - KEEP.letters);
  await deps.records.poison.prune(now - KEEP.letters);
  await eraseLater(deps);
  for (const ref of await deps.ledger.forgettable(now - KEEP.paid, LIMIT)) {
    await deps.ledger.forgetPerson(ref, now);
    await deps.records.proofs.erase(ref);
  }
  const { requests } = deps.ledger;
  for (const ref of await requests.forgettable(now - KEEP.request, LIMIT)) await requests.forgetPerson(ref, now);
}

/** HAPUS DATA of people whose payment was under way then: what has ended meanwhile is erased, and they hear of it. */
async function eraseLater(deps: Deps): Promise<void> {
  const waiting = (await deps.records.tasks.list("open", LIMIT)).filter(({ kind }) => kind === "erase-later");
  for (const { id, chat } of waiting) {
    if (chat === undefined || (await erasePerson(deps, chat)) !== undefined) continue;
    // The task is closed after it: a crash in between must not say it twice.
    const seen = { key: chat, id: `erased:${id}` };
    await take(deps, chat, () => ({ type: "erased", busy: undefined }), { seen });
    const why = "the payment has ended and was erased";
    await deps.records.tasks.closeKey(eraseKey(chat), "loket", why, deps.clock.now());
  }
}
