import type { Clock } from "../../clock.ts";
import type { Inbound } from "../../conversation/message.ts";
import type { Log } from "../../log.ts";
import type { WebEvent } from "./event.ts";
import type { WebInbox } from "./inbox.ts";
import { addressGroup } from "./limits.ts";
import { type Post, readPost } from "./post.ts";
import { inOrder, type Tab, type Tabs } from "./tabs.ts";

/** Why a tab is turned away. `again`: not taken now, the same post may be tried again. */
export type Refusal =
  | "bad-token"
  | "too-many-tabs"
  | "too-many-streams"
  | "too-fast"
  | "too-long"
  | "unreadable"
  | "again";

export interface Refused {
  readonly kind: "refused";
  readonly why: Refusal;
}

/** "taken" once `receive` resolved. */
export type Posted = { readonly kind: "taken" } | Refused;

type Receive = (inbound: Inbound) => Promise<void>;

export interface Posting {
  post(token: string, body: unknown, address: string): Promise<Posted>;
  /** From now on posts go there; undefined: they are to be tried again later. */
  hearWith(receive: Receive | undefined): void;
  isHeard(): boolean;
  /** Resolves when every post that is under way has ended. */
  drained(): Promise<void>;
}

export interface PostingOptions {
  readonly clock: Clock;
  readonly inbox: WebInbox;
  readonly log: Log;
  readonly tabs: Tabs;
}

const TAKEN: Posted = { kind: "taken" };
const AGAIN: Posted = { kind: "refused", why: "again" };

export function makePosting(options: PostingOptions): Posting {
  const { tabs } = options;
  const underWay = new Set<Promise<unknown>>();
  let receive: Receive | undefined;
  return {
    async post(token, body, address) {
      const reading = readPost(body);
      if (reading.kind !== "post") return { kind: "refused", why: reading.kind };
      const origin = addressGroup(address);
      const admitted = await tabs.admit(token, origin);
      if (admitted.kind !== "tab") return { kind: "refused", why: admitted.kind };
      const { tab } = admitted;
      if (!tabs.mayPost(tab)) return { kind: "refused", why: "too-fast" };
      // Asked when its turn comes: the program may have stopped meanwhile.
      const done = inOrder(tab, () => take(options, receive, inboundOf(tab, reading.post, origin)), AGAIN);
      underWay.add(done);
      return done.finally(() => underWay.delete(done));
    },
    hearWith(hear) {
      receive = hear;
    },
    isHeard: () => receive !== undefined,
    drained: async () => void (await Promise.allSettled(underWay)),
  };
}

async function take(
  { clock, inbox, log, tabs }: PostingOptions,
  receive: Receive | undefined,
  inbound: Inbound,
): Promise<Posted> {
  if (receive === undefined) return AGAIN;
  const at = clock.now();
  try {
    // Kept before it is taken: posted again it is the same event, and no answer can stand before it.
    await inbox.append(inbound.key, { id: `in:${inbound.id}`, event: JSON.stringify(ownEvent(inbound, at)), at });
    tabs.nudge(inbound.key, "saved");
    await receive(inbound);
    return TAKEN;
  } catch (error) {
    log.warn({ chat: inbound.key, error }, "a message of the web chat was not taken; the page offers it again");
    return AGAIN;
  }
}

function inboundOf({ key }: Tab, { id, content }: Post, origin: string): Inbound {
  const own = content.kind === "text" ? { messageRef: id } : {};
  return { id, key, sender: { origin }, content, ...own };
}

function ownEvent({ id, content }: Inbound, at: number): WebEvent {
  if (content.kind === "tap") return { kind: "tapped", at, id, data: content.data, on: content.on };
  return { kind: "you", at, id, text: content.kind === "text" ? content.text : "" };
}
