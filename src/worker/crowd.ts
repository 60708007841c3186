import { type Crowd, SHARE } from "../conversation/crowd.ts";
import type { ConversationKey } from "../conversation/message.ts";

/** How many chats, and how many addresses, are remembered. */
const REMEMBERED = 10_000;

/** In memory, for a program that works alone. */
export function makeCrowd(): Crowd {
  const addresses = new Map<ConversationKey, string>();
  const asked = new Map<string, readonly number[]>();
  return {
    async seen(chat, address) {
      if (address !== undefined) remember(addresses, chat, address);
    },
    async enter(chat, now, what = "inquiry") {
      const known = addresses.get(chat);
      if (known === undefined) return undefined;
      const address = `${what}:${known}`;
      const lately = (asked.get(address) ?? []).filter((at) => at > now - SHARE.span);
      const first = lately[lately.length - SHARE.most];
      if (first !== undefined) return first + SHARE.span;
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
