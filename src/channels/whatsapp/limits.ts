import type { Clock } from "../../clock.ts";

/** WhatsApp says that the number writes to too many strangers: nobody new is answered for a while (it bans otherwise). */
export interface Limits {
  /** It refused a message with that code: whether it means the number, and not the message. */
  refused(code: string): boolean;
  /** It told us so of its own accord; until when is known, or not. */
  told(until: number | undefined): void;
  /** How long a new chat has to wait, ms; 0 for not at all. */
  newChatsWait(): number;
}

const HOUR = 60 * 60 * 1000;
/** 463: too many strangers. 429: too many messages. */
const OF_THE_NUMBER: ReadonlySet<string> = new Set(["463", "429"]);

export function makeLimits(clock: Clock, alarm: (key: string, text: string) => void): Limits {
  let from = 0;
  const limit = (until: number, why: string) => {
    from = Math.max(from, until);
    const text = `WhatsApp limits the number (${why}): it writes too much for WhatsApp's taste. New chats wait until the limit ends, at least an hour; look at the number's state on the phone, and answer urgent ones by hand.`;
    alarm("whatsapp:limited", text);
  };
  return {
    refused(code) {
      const is = OF_THE_NUMBER.has(code);
      if (is) limit(clock.now() + HOUR, `code ${code}`);
      return is;
    },
    told: (until) => limit(Math.max(until ?? 0, clock.now() + HOUR), "its own notice"),
    newChatsWait: () => Math.max(0, from - clock.now()),
  };
}
