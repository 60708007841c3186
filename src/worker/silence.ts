import { take } from "../conversation/receive.ts";
import { makeDoorbell } from "../payments/doorbell.ts";
import type { Deps } from "./deps.ts";

const LIMIT = 64;
/** The shortest silence that is answered is ten minutes: a look this often is soon enough, ms. */
const LOOK = 5000;

/** Answers silence: the nudge, the parking, and that what was said is forgotten. */
export async function runSilence(deps: Deps, stop: AbortSignal): Promise<void> {
  const bell = makeDoorbell(deps.clock);
  while (!stop.aborted) {
    const answered = await answerSilence(deps);
    if (answered < LIMIT) await bell.wait(deps.clock.now() + LOOK, stop);
  }
}

/** Resolves to how many conversations were silent. */
export async function answerSilence(deps: Deps): Promise<number> {
  const now = deps.clock.now();
  const keys = await deps.conversations.quiet(now, LIMIT).catch((error: unknown) => {
    deps.log.error({ error }, "silent conversations could not be fetched; trying again");
    return [];
  });
  for (const key of keys) {
    await take(deps, key, () => ({ type: "quiet" }), {}).catch((error: unknown) =>
      deps.log.error({ error, chat: key }, "a silence could not be answered; it is looked at again"),
    );
  }
  return keys.length;
}
