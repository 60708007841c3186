/** What the end of a connection asks for. */
export type End =
  | { readonly kind: "again"; readonly at: "once" | "later"; readonly says: string }
  /** Nothing helps but a human; `unlink`: the keys are worthless. */
  | { readonly kind: "over"; readonly unlink: boolean; readonly says: string };

/**
 * By WhatsApp's code. 515 follows a fresh link and wants a new connection at once; 401, 403, 411 and 440 do not get better
 * by trying (a program that tries all the same is what gets a number banned); everything else is tried for ever.
 */
export function endOf(code: number | undefined): End {
  switch (code) {
    case 515:
      return { kind: "again", at: "once", says: "WhatsApp asks for a new connection" };
    case 401:
      return {
        kind: "over",
        unlink: true,
        says: "the phone has removed this device. Link it again: npx loket whatsapp pair",
      };
    case 403:
      return {
        kind: "over",
        unlink: false,
        says: "WhatsApp has blocked this number. Open WhatsApp on the phone and ask for a review; do not start again before",
      };
    case 411:
      return {
        kind: "over",
        unlink: true,
        says: "the phone's WhatsApp is too old for linked devices. Update it, then: npx loket whatsapp pair",
      };
    case 440:
      return {
        kind: "over",
        unlink: false,
        says: "another program uses this linked device. Stop it, then start this one again",
      };
    case 405:
      return {
        kind: "again",
        at: "later",
        says: "WhatsApp refuses this version of the library. It is tried again; update the program if it stays so",
      };
    default:
      return { kind: "again", at: "later", says: "the connection to WhatsApp ended" };
  }
}

const SECOND = 1000;
const PAUSES = [1, 2, 5, 10, 20, 40, 60] as const;

/** The pause before the `tries`-th new try, ms: longer each time up to a minute, half of it by chance. */
export function pauseBefore(tries: number, random: number): number {
  const base = (PAUSES[Math.min(tries, PAUSES.length) - 1] ?? PAUSES[0]) * SECOND;
  return base / 2 + random * base;
}
