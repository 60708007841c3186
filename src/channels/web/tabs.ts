import { createHash } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { type ConversationKey, conversationKey } from "../../conversation/message.ts";
import { type Bucket, draw, isFull } from "./limits.ts";
import { makeWatch, type Watch } from "./stream.ts";

/** Of one tab: 5 messages a second, 20 at once. */
const POSTS = { rate: 5, burst: 20 };

export interface PerAddress {
  /** Streams open at the same time. */
  readonly streams: number;
  /** Tabs never seen before, a minute. */
  readonly newTabs: number;
}

/** A tab that is open or wrote lately. */
export interface Tab {
  readonly key: ConversationKey;
  readonly watches: Set<Watch>;
  posts: Bucket | undefined;
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

/** The tabs that this process knows of, and what each of them and each address may still do. */
export interface Tabs {
  admit(token: string, address: string): Promise<Admission>;
  /** Undefined when the address has too many streams. `leave` may be called twice. */
  join(tab: Tab, address: string): { readonly watch: Watch; readonly leave: () => void } | undefined;
  /** False when the tab writes too fast. */
  mayPost(tab: Tab): boolean;
  watches(key: ConversationKey): Iterable<Watch>;
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
  const streams = new Map<string, number>();
  const arrivals = new Map<string, Bucket>();
  const arriving = { rate: perAddress.newTabs / 60, burst: perAddress.newTabs };

  const mayArrive = (address: string) => {
    const next = draw(arrivals.get(address), clock.monotonic(), arriving);
    if (next !== undefined) arrivals.set(address, next);
    return next !== undefined;
  };
  return {
    async admit(token, address) {
      const key = keyOfToken(token);
      if (key === undefined) return { kind: "bad-token" };
      const isKnown = tabs.has(key) || (await known(key));
      const found = tabs.get(key);
      if (found !== undefined) return { kind: "tab", tab: found };
      if (isKnown === undefined) return { kind: "again" };
      if (!isKnown && !mayArrive(address)) return { kind: "too-many-tabs" };
      const tab: Tab = { key, watches: new Set(), posts: undefined, behind: Promise.resolve(true), waiting: 0 };
      tabs.set(key, tab);
      return { kind: "tab", tab };
    },
    join(tab, address) {
      const open = streams.get(address) ?? 0;
      if (open >= perAddress.streams) return undefined;
      streams.set(address, open + 1);
      const watch = makeWatch();
      tab.watches.add(watch);
      const leave = () => {
        if (!tab.watches.delete(watch)) return;
        const left = (streams.get(address) ?? 1) - 1;
        if (left > 0) streams.set(address, left);
        else streams.delete(address);
      };
      return { watch, leave };
    },
    mayPost(tab) {
      const next = draw(tab.posts, clock.monotonic(), POSTS);
      if (next !== undefined) tab.posts = next;
      return next !== undefined;
    },
    watches: (key) => tabs.get(key)?.watches ?? [],
    sweep() {
      const now = clock.monotonic();
      for (const [key, tab] of tabs) {
        const idle = tab.watches.size === 0 && tab.waiting === 0;
        if (idle && (tab.posts === undefined || isFull(tab.posts, now, POSTS))) tabs.delete(key);
      }
      for (const [address, bucket] of arrivals) if (isFull(bucket, now, arriving)) arrivals.delete(address);
    },
  };
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
