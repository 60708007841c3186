import { createHash } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { type ConversationKey, conversationKey } from "../../conversation/message.ts";
import type { Nudge } from "./inbox.ts";
import { type Bucket, draw, isFull } from "./limits.ts";
import { makeWatch, type Watch } from "./stream.ts";
import { makeVisitors, type PerAddress } from "./visitors.ts";

/** Of one tab: 5 messages a second, 20 at once. */
const POSTS = { rate: 5, burst: 20 };

/** A tab that just came in is remembered at least so long, ms. */
const FRESH = 60_000;

/** A tab that is open or wrote lately. */
export interface Tab {
  readonly key: ConversationKey;
  readonly watches: Set<Watch>;
  posts: Bucket | undefined;
  /** When it last asked for something, by the clock that never goes back. */
  seenAt: number;
  /** Resolves when the last post has ended, to whether it was taken; never rejects. */
  behind: Promise<boolean>;
  /** How many posts have not ended. */
  waiting: number;
}

/** Whose conversation a tab's token stands for; undefined when it is no token. The token itself goes no further. */
export function keyOfToken(token: string): ConversationKey | undefined {
  if (!/^[\w-]{22,64}$/.test(token)) return undefined;
  return conversationKey("web", createHash("sha256").update(token).digest("hex").slice(0, 24));
}

export type Admission =
  | { readonly kind: "tab"; readonly tab: Tab }
  | { readonly kind: "bad-token" | "too-many-tabs" | "again" };

/** The tabs that this process knows of, and what each of them may still do. */
export interface Tabs {
  admit(token: string, address: string): Promise<Admission>;
  /** Undefined when the address has too many streams. `leave` may be called twice. */
  join(tab: Tab, address: string): { readonly watch: Watch; readonly leave: () => void } | undefined;
  /** False when the tab writes too fast. */
  mayPost(tab: Tab): boolean;
  /** Tells every open stream of the tab; without a key, of every tab. */
  nudge(key: ConversationKey | undefined, what: Nudge): void;
  /** Forgets who is idle. */
  sweep(): void;
}

/** `known` tells whether the tab was here before; undefined when that cannot be told now. */
export function makeTabs(
  clock: Clock,
  perAddress: PerAddress,
  known: (key: ConversationKey) => Promise<boolean | undefined>,
): Tabs {
  const tabs = new Map<ConversationKey, Tab>();
  const visitors = makeVisitors(clock, perAddress);
  return {
    async admit(token, address) {
      const key = keyOfToken(token);
      if (key === undefined) return { kind: "bad-token" };
      const isKnown = tabs.has(key) || (await known(key));
      const seenAt = clock.monotonic();
      const found = tabs.get(key);
      if (found !== undefined) return { kind: "tab", tab: Object.assign(found, { seenAt }) };
      if (isKnown === undefined) return { kind: "again" };
      if (!isKnown && !visitors.mayArrive(address)) return { kind: "too-many-tabs" };
      const tab = newTab(key, seenAt);
      tabs.set(key, tab);
      return { kind: "tab", tab };
    },
    join: (tab, address) => {
      if (!visitors.mayOpen(address)) return undefined;
      const watch = makeWatch();
      tab.watches.add(watch);
      return { watch, leave: () => void (tab.watches.delete(watch) && visitors.left(address)) };
    },
    mayPost: (tab) => drawsPost(tab, clock.monotonic()),
    nudge(key, what) {
      const nudged = key === undefined ? [...tabs.values()] : [tabs.get(key)];
      for (const tab of nudged) for (const watch of tab?.watches ?? []) watch.nudge(what);
    },
    sweep() {
      visitors.sweep();
      for (const [key, tab] of tabs) if (isIdle(tab, clock.monotonic())) tabs.delete(key);
    },
  };
}

function newTab(key: ConversationKey, seenAt: number): Tab {
  return { key, watches: new Set(), posts: undefined, seenAt, behind: Promise.resolve(true), waiting: 0 };
}

function drawsPost(tab: Tab, now: number): boolean {
  const next = draw(tab.posts, now, POSTS);
  if (next !== undefined) tab.posts = next;
  return next !== undefined;
}

function isIdle({ watches, waiting, posts, seenAt }: Tab, now: number): boolean {
  if (watches.size > 0 || waiting > 0 || now - seenAt < FRESH) return false;
  return posts === undefined || isFull(posts, now, POSTS);
}

/**
 * Runs `work` once all that the tab posted before has ended: a conversation is received in its order. When one was not
 * taken, those that wait behind it are not either (`otherwise`): they come again behind it.
 */
export async function inOrder<T>(tab: Tab, work: () => Promise<T>, otherwise: T): Promise<T> {
  const before = tab.waiting === 0 ? Promise.resolve(true) : tab.behind;
  let end = (_: boolean) => {};
  tab.behind = new Promise((resolve) => {
    end = resolve;
  });
  tab.waiting++;
  let outcome = otherwise;
  try {
    if (await before) outcome = await work();
  } finally {
    tab.waiting--;
    end(outcome !== otherwise);
  }
  return outcome;
}
