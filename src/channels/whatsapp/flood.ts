const MINUTE = 60_000;
/** No person writes more messages in a minute: what comes beyond is heard and not answered. */
const MOST = 30;
const MANY = 1000;

/** Tells a storm, which would drive the number into a ban if each message of it were answered. */
export interface Flood {
  /** Whether this message, sent at that time, is one too many of its chat. */
  tooMany(chat: string, at: number): boolean;
}

export function makeFlood(): Flood {
  const heard = new Map<string, readonly number[]>();
  return {
    tooMany(chat, at) {
      // By the time of sending: what was written over hours comes at once after an outage.
      const lately = (heard.get(chat) ?? []).filter((one) => Math.abs(at - one) < MINUTE);
      if (lately.length >= MOST) return true;
      heard.delete(chat);
      heard.set(chat, [...lately, at]);
      const [oldest] = heard.keys();
      if (heard.size > MANY && oldest !== undefined) heard.delete(oldest);
      return false;
    },
  };
}
