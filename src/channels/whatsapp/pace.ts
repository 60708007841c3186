import type { Clock } from "../../clock.ts";

export interface PaceOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Between two messages of one chat, ms, least and most. */
  readonly perChat: readonly [number, number];
  /** Most messages of the number in a minute. */
  readonly perMinute: number;
}

/** Against bans: a person types one message after the other, and not forty a second. */
export interface Pace {
  /** Resolves when a message to this chat may go. */
  turn(chat: string, stop: AbortSignal): Promise<void>;
}

const MINUTE = 60_000;

export function makePace({ clock, random, perChat, perMinute }: PaceOptions): Pace {
  const [least, most] = perChat;
  const free = new Map<string, number>();
  let sent: number[] = [];
  return {
    async turn(chat, stop) {
      const now = clock.now();
      sent = sent.filter((at) => at > now - MINUTE);
      const crowded = sent.length < perMinute ? now : (sent[sent.length - perMinute] ?? now) + MINUTE;
      const at = Math.max(now, free.get(chat) ?? 0, crowded);
      // Taken at once, so that two who ask in the same moment get two turns.
      sent.push(at);
      free.set(chat, at + least + random() * (most - least));
      forget(free, now);
      await clock.sleep(at, stop);
    },
  };
}

function forget(free: Map<string, number>, now: number): void {
  if (free.size < 5000) return;
  for (const [chat, at] of free) if (at < now) free.delete(chat);
}
