import { createHash } from "node:crypto";

const SECOND = 1000;
/** A human who wrote has the chat for so long (script rule 12). */
export const TAKEOVER = 30 * 60 * SECOND;
const DAY = 24 * 60 * 60 * SECOND;
/** The phone's own greeting or away message follows an inbound this closely. */
const GREETING = 15 * SECOND;
/** How many of the day's texts are remembered. */
const REMEMBERED = 2000;

/** Tells the owner who types on his phone from the phone that greets by itself (script rule 12). */
export interface OwnerWatch {
  /** A customer wrote. */
  heard(chat: string, at: number): void;
  /** A message of ours that the program did not send: whether a human typed it. */
  typed(chat: string, text: string, at: number): boolean;
}

export function makeOwnerWatch(): OwnerWatch {
  const lastHeard = new Map<string, number>();
  const said = new Map<string, { readonly chat: string; readonly at: number }>();
  return {
    heard(chat, at) {
      remember(lastHeard, chat, at);
    },
    typed(chat, text, at) {
      const mark = createHash("sha256").update(text).digest("base64url");
      const before = said.get(mark);
      const elsewhere = before !== undefined && before.chat !== chat && at - before.at < DAY;
      if (!elsewhere) remember(said, mark, { chat, at });
      return !elsewhere && at - (lastHeard.get(chat) ?? 0) > GREETING;
    },
  };
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
}
