import type { Clock } from "../clock.ts";
import type { ConversationKey } from "../conversation/message.ts";
import type { Log } from "../log.ts";
import type { Channel } from "./channel.ts";
import type { WebFile, WebInbox } from "./web/inbox.ts";
import { addressGroup } from "./web/limits.ts";
import { makePosting, type Posted, type Refused } from "./web/posting.ts";
import { deliver } from "./web/sending.ts";
import { follow, type StreamItem } from "./web/stream.ts";
import { keyOfToken, makeTabs, type Tabs } from "./web/tabs.ts";
import type { PerAddress } from "./web/visitors.ts";

export interface WebChannelOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly inbox: WebInbox;
  /** How long events and files are kept, ms; default 24 h. */
  readonly keepMs?: number;
  readonly perAddress?: PerAddress;
}

export interface Visit {
  /** Where the request came from. */
  readonly address: string;
  /** The number of the last event that the page has; 0 for none. */
  readonly from: number;
  /** Aborts when the page is gone or the server stops. */
  readonly stop: AbortSignal;
}

export type Opened = { readonly kind: "stream"; readonly items: AsyncGenerator<StreamItem, void> } | Refused;

/**
 * The web chat. Each tab is a user of its own, known by a random token that its page made; no token is stored or
 * logged. Ids that a page gives to its messages are the inbound ids, so a message that is posted again is one message.
 */
export interface WebChannel extends Channel {
  /** `items` must be read to their end or returned, unless `visit.stop` aborts; they reject when the inbox fails. */
  open(token: string, visit: Visit): Promise<Opened>;
  /** `body` is the page's JSON (web/post). "taken" once `receive` resolved. */
  post(token: string, body: unknown, address: string): Promise<Posted>;
  /** A file that was sent to this tab and to no other. */
  file(token: string, id: string): Promise<WebFile | undefined>;
  /** Takes away what is kept of a tab and empties its page (HAPUS DATA). */
  erase(key: ConversationKey): Promise<void>;
}

const DAY = 24 * 60 * 60_000;
const SWEEP = 10 * 60_000;

/** Room for a family or a small office behind one address. */
const PER_ADDRESS: PerAddress = { streams: 20, newTabs: 30 };

export function webChannel(options: WebChannelOptions): WebChannel {
  const { clock, inbox } = options;
  const tabs = makeTabs(clock, options.perAddress ?? PER_ADDRESS, (key) => wasHere(options, key));
  const posting = makePosting({ ...options, tabs });
  return {
    name: "web",
    style: "buttons",
    forgets: true,
    keepsFiles: true,
    async listen(receive, stop) {
      posting.hearWith(receive);
      // A page's stream may hang on this process while another one answers it.
      const hangUp = inbox.listen((what, key) => tabs.nudge(key, what));
      while (!stop.aborted) {
        tabs.sweep();
        await prune(options);
        await clock.sleep(clock.now() + SWEEP, stop);
      }
      hangUp();
      posting.hearWith(undefined);
      await posting.drained();
    },
    async send(to, message, id) {
      const delivery = await deliver(options, to, message, id);
      if (delivery.kind === "delivered") tabs.nudge(to, "saved");
      return delivery;
    },
    async typing(to) {
      tabs.nudge(to, "typing");
      // A sign that does not arrive is no error.
      await inbox.typing(to).catch(() => {});
    },
    state: () => (posting.isHeard() ? { ready: true, detail: "listening" } : { ready: false, detail: "not listening" }),
    open: (token, visit) => open(options, tabs, token, visit),
    post: posting.post,
    async file(token, id) {
      const key = keyOfToken(token);
      return key === undefined ? undefined : inbox.file(key, id);
    },
    async erase(key) {
      await inbox.erase(key);
      tabs.nudge(key, "cleared");
    },
  };
}

async function open({ clock, inbox }: WebChannelOptions, tabs: Tabs, token: string, visit: Visit): Promise<Opened> {
  const address = addressGroup(visit.address);
  const admitted = await tabs.admit(token, address);
  if (admitted.kind !== "tab") return { kind: "refused", why: admitted.kind };
  const joined = tabs.join(admitted.tab, address);
  if (joined === undefined) return { kind: "refused", why: "too-many-streams" };
  visit.stop.addEventListener("abort", joined.leave, { once: true });
  if (visit.stop.aborted) joined.leave();
  const { key } = admitted.tab;
  return {
    kind: "stream",
    items: leaving(follow({ key, inbox, clock, watch: joined.watch }, visit.from, visit.stop), joined.leave),
  };
}

async function* leaving(items: AsyncGenerator<StreamItem, void>, leave: () => void): AsyncGenerator<StreamItem, void> {
  try {
    yield* items;
  } finally {
    leave();
  }
}

async function wasHere({ inbox, log }: WebChannelOptions, key: ConversationKey): Promise<boolean | undefined> {
  try {
    return (await inbox.last(key)) > 0;
  } catch (error) {
    log.warn({ chat: key, error }, "the inbox of the web chat could not be read; the page tries again");
    return undefined;
  }
}

async function prune({ clock, inbox, keepMs = DAY, log }: WebChannelOptions): Promise<void> {
  try {
    await inbox.prune(clock.now() - keepMs);
  } catch (error) {
    log.warn({ error }, "old messages of the web chat could not be taken away; tried again later");
  }
}
