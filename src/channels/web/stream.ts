import type { Clock } from "../../clock.ts";
import type { ConversationKey } from "../../conversation/message.ts";
import type { Nudge, WebInbox } from "./inbox.ts";

/** How often an idle stream says that it is alive, and looks for what nobody told it of, ms: proxies cut the silent. */
const BEAT = 15_000;

/** How many saved events are read at once. */
const PAGE = 100;

/**
 * What a tab hears. live: everything saved so far was given; `seq` is the number of the tab's last event (0 for none).
 * typing and cleared are not saved.
 */
export type StreamItem =
  | { readonly kind: "event"; readonly seq: number; readonly event: string }
  | { readonly kind: "live"; readonly seq: number }
  | { readonly kind: "typing" }
  | { readonly kind: "cleared" }
  | { readonly kind: "beat" };

/** The ear of one open stream: a nudge that comes while nobody waits is kept. */
export interface Watch {
  nudge(what: Nudge): void;
  /** Resolves to what came since the last call, at once if there is something, else at the first nudge, time or stop. */
  take(clock: Clock, until: number, stop: AbortSignal): Promise<ReadonlySet<Nudge>>;
}

export function makeWatch(): Watch {
  let came = new Set<Nudge>();
  let wake = () => {};
  return {
    nudge(what) {
      came.add(what);
      wake();
    },
    async take(clock, until, stop) {
      if (came.size === 0 && !stop.aborted) {
        const woken = new AbortController();
        wake = () => woken.abort();
        stop.addEventListener("abort", wake, { once: true });
        await clock.sleep(until, woken.signal);
        stop.removeEventListener("abort", wake);
        wake = () => {};
      }
      const taken = came;
      came = new Set();
      return taken;
    },
  };
}

export interface Followed {
  readonly key: ConversationKey;
  readonly inbox: WebInbox;
  readonly watch: Watch;
  readonly clock: Clock;
}

/** First what was saved behind `from`, then what comes, until `stop` aborts. Rejects when the inbox cannot be read. */
export async function* follow(of: Followed, from: number, stop: AbortSignal): AsyncGenerator<StreamItem, void> {
  // A number from before the database was put back would hide what came since: the page starts anew on seeing `live`.
  let seq = Math.min(from, await of.inbox.last(of.key));
  for await (const item of saved(of, seq)) {
    if (stop.aborted) return;
    seq = item.seq;
    yield item;
  }
  yield { kind: "live", seq };
  while (!stop.aborted) {
    const came = await of.watch.take(of.clock, of.clock.now() + BEAT, stop);
    if (stop.aborted) return;
    if (came.size === 0) yield { kind: "beat" };
    if (came.has("cleared")) yield { kind: "cleared" };
    // Before the messages: the sign announces one, and a sign behind it would stay.
    if (came.has("typing")) yield { kind: "typing" };
    for await (const item of saved(of, seq)) {
      if (stop.aborted) return;
      seq = item.seq;
      yield item;
    }
  }
}

async function* saved(of: Followed, from: number): AsyncGenerator<StreamItem & { readonly kind: "event" }, void> {
  let seq = from;
  for (;;) {
    const page = await of.inbox.since(of.key, seq, PAGE);
    for (const { seq: number, event } of page) {
      seq = number;
      yield { kind: "event", seq, event };
    }
    if (page.length < PAGE) return;
  }
}
