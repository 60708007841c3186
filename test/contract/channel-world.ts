import { onTestFinished } from "vitest";
import type { Channel } from "../../src/channels/channel.ts";
import type { ConversationKey, Inbound, MediaKind } from "../../src/conversation/message.ts";

/** What a platform can do; the laws that need more are not asked of it. */
export interface Traits {
  /** What was not confirmed comes again after a kill (`ChannelWorld.again`). */
  readonly redelivers: boolean;
  /** A chat can end, so that a send is answered "gone" (`Person.leave`). */
  readonly leaves: boolean;
  /** The platform is another machine, which can be busy or out of reach (`ChannelWorld.busyOnce`, `cut`). */
  readonly remote: boolean;
  /** Buttons are shown and can be tapped. */
  readonly buttons: boolean;
  /** A user's own message can be deleted. */
  readonly forgets: boolean;
  /** What else than text people can send there. */
  readonly media: readonly MediaKind[];
}

/** One message of ours as the eye sees it: markup applied, invisible characters dropped. */
export interface Shown {
  /** A document's or picture's text is its caption. */
  readonly text: string;
  /** The stretches that are bold. */
  readonly bold: readonly string[];
  /** The labels of the buttons that can still be tapped. */
  readonly buttons: readonly string[];
  readonly file?: { readonly name: string; readonly mime: string; readonly bytes: Uint8Array };
}

/** Somebody in a chat with us. */
export interface Person {
  readonly key: ConversationKey;
  /** Resolves once the platform has it; whether we have it is another matter. */
  say(text: string): Promise<void>;
  /** Taps the newest button of that label. */
  tap(label: string): Promise<void>;
  send(kind: MediaKind): Promise<void>;
  /** The next message of ours that `next` has not given yet; waits for it. */
  next(): Promise<Shown>;
  /** Our messages as they are shown now, oldest first. */
  shown(): readonly Shown[];
  /** The person's own texts that are still shown, oldest first. */
  own(): readonly string[];
  /** Takes no more messages from us. */
  leave(): Promise<void>;
}

/** A platform of one's own with one channel on it. */
export interface ChannelWorld {
  readonly channel: Channel;
  /** The same number is the same person. */
  person(number: number): Person;
  /** Another channel on the same platform, as after a kill: what the first one does from now on has no effect. */
  again(): Promise<Channel>;
  /** Turns the next send away, surely undelivered. */
  busyOnce(): void;
  /** Puts the platform out of reach. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

/** A world that ends with the test. */
export type Open = () => Promise<ChannelWorld>;

/** What `receive` was given, and a hold on its answers. */
export interface Inbox {
  readonly receive: (inbound: Inbound) => Promise<void>;
  /** Everything that `receive` was called with, rejected ones too. */
  readonly offered: readonly Inbound[];
  /** Only what it resolved for. */
  readonly taken: readonly Inbound[];
  /** Most calls of one conversation that ran at the same time. */
  readonly overlap: () => number;
  /** Resolves once so many were taken. */
  readonly took: (count: number) => Promise<readonly Inbound[]>;
}

/** `answer` decides how each call ends: its promise is the call's. */
export function makeInbox(answer: (inbound: Inbound) => Promise<void> = async () => {}): Inbox {
  const offered: Inbound[] = [];
  const taken: Inbound[] = [];
  const running = new Map<string, number>();
  const waiting = new Set<() => void>();
  let most = 0;
  const receive = async (inbound: Inbound) => {
    offered.push(inbound);
    const now = (running.get(inbound.key) ?? 0) + 1;
    running.set(inbound.key, now);
    most = Math.max(most, now);
    try {
      await answer(inbound);
      taken.push(inbound);
      for (const look of waiting) look();
    } finally {
      running.set(inbound.key, (running.get(inbound.key) ?? 1) - 1);
    }
  };
  const took = (count: number) =>
    new Promise<readonly Inbound[]>((resolve) => {
      const look = () => {
        if (taken.length < count) return;
        waiting.delete(look);
        resolve([...taken]);
      };
      waiting.add(look);
      look();
    });
  return { receive, offered, taken, overlap: () => most, took };
}

/** Listens, at most as long as the test; `stop` resolves when `listen` has. `ended` tells whether it has. */
export function listening(channel: Channel, receive: Inbox["receive"]) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  let over = false;
  const done = channel.listen(receive, stop.signal).finally(() => {
    over = true;
  });
  return {
    ended: () => over,
    abort: () => stop.abort(),
    stop: async () => {
      stop.abort();
      await done;
    },
  };
}

/** A promise with its resolver outside. */
export function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), passed };
}
