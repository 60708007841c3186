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
  /**
   * When a message to this chat may go. The same message asks for the same turn, so that one which was told to come back
   * finds its place kept.
   */
  turn(chat: string, message: string): number;
  /** Its turn was used. */
  used(message: string): void;
}

const MINUTE = 60_000;
/** A turn that nobody came back for is given up after this long. */
const KEEP = 10 * MINUTE;

export function makePace({ clock, random, perChat, perMinute }: PaceOptions): Pace {
  const [least, most] = perChat;
  const free = new Map<string, number>();
  const turns = new Map<string, number>();
  /** In order of time. */
  let taken: number[] = [];
  return {
    turn(chat, message) {
      const now = clock.now();
      const kept = turns.get(message);
      if (kept !== undefined) return kept;
      forget(turns, now - KEEP);
      forget(free, now);
      taken = taken.filter((at) => at > now - MINUTE);
      const crowded = taken.length < perMinute ? now : (taken[taken.length - perMinute] ?? now) + MINUTE;
      const at = Math.max(now, free.get(chat) ?? 0, crowded);
      taken.push(at);
      taken.sort((a, b) => a - b);
      free.set(chat, at + least + random() * (most - least));
      turns.set(message, at);
      return at;
    },
    used: (message) => void turns.delete(message),
  };
}

const MANY = 1000;

function forget(map: Map<string, number>, before: number): void {
  if (map.size < MANY) return;
  for (const [key, at] of map) if (at < before) map.delete(key);
}
