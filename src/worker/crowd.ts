import type { ConversationKey } from "../conversation/message.ts";

const HOUR = 60 * 60 * 1000;
/** Inquiries of one address in an hour: a family or a small office, but not somebody who opens tab after tab. */
const PER_HOUR = 20;
/** How many chats, and how many addresses, are remembered. */
const REMEMBERED = 10_000;

/**
 * How much one address asks where an identity costs nothing (the web chat): there the limit of a chat alone would be got
 * round by opening another tab (security: enumeration). Kept in memory: a restart forgets an hour.
 */
export interface Crowd {
  /** A message came from there; channels whose people have an identity of their own give no address. */
  seen(chat: ConversationKey, address: string | undefined): void;
  /** Counts one inquiry of the chat's address; until when it must wait, ms, when it has had its share. */
  enter(chat: ConversationKey, now: number): number | undefined;
}

export function makeCrowd(): Crowd {
  const addresses = new Map<ConversationKey, string>();
  const asked = new Map<string, readonly number[]>();
  return {
    seen(chat, address) {
      if (address !== undefined) remember(addresses, chat, address);
    },
    enter(chat, now) {
      const address = addresses.get(chat);
      if (address === undefined) return undefined;
      const lately = (asked.get(address) ?? []).filter((at) => at > now - HOUR);
      const first = lately[lately.length - PER_HOUR];
      if (first !== undefined) return first + HOUR;
      remember(asked, address, [...lately, now]);
      return undefined;
    },
  };
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
}
