/** What the end of a connection asks for. */
export type End =
  | { readonly kind: "again"; readonly at: "once" | "later"; readonly says: string }
  /** Nothing helps but a human. `unlink`: the keys are worthless. `links`: a new QR may be shown at once. */
  | { readonly kind: "over"; readonly unlink: boolean; readonly links: boolean; readonly says: string };

const AGAIN: Readonly<Partial<Record<number, End>>> = {
  515: { kind: "again", at: "once", says: "WhatsApp asks for a new connection" },
  405: {
    kind: "again",
    at: "later",
    says: "WhatsApp refuses this version of the library. It is tried again; update the program if it stays so",
  },
};

const OVER: Readonly<Partial<Record<number, End>>> = {
  401: {
    kind: "over",
    unlink: true,
    links: true,
    says: "the phone has removed this device, and its keys were deleted. Scan the new QR that is shown now, or stop the counter and link again: npx loket whatsapp pair",
  },
  403: {
    kind: "over",
    unlink: false,
    links: false,
    says: "WhatsApp has blocked this number. Open WhatsApp on the phone and ask for a review; do not start the counter on it before",
  },
  411: {
    kind: "over",
    unlink: true,
    links: false,
    says: "the phone's WhatsApp does not know linked devices of this kind. Update it, then stop the counter and link again: npx loket whatsapp pair",
  },
  440: {
    kind: "over",
    unlink: false,
    links: false,
    says: "another program uses this linked device. Stop that one, then start this one again",
  },
};

/**
 * By WhatsApp's code. 515 follows a fresh link and wants a new connection at once; 401, 403, 411 and 440 do not get better
 * by trying (a program that tries all the same is what gets a number banned); everything else is tried for ever.
 */
export function endOf(code: number | undefined): End {
  const known = code === undefined ? undefined : (OVER[code] ?? AGAIN[code]);
  return known ?? { kind: "again", at: "later", says: "the connection to WhatsApp ended" };
}

const SECOND = 1000;
const PAUSES = [1, 2, 5, 10, 20, 40, 60] as const;

/** The pause before the `tries`-th new try, ms: longer each time up to a minute, half of it by chance. */
export function pauseBefore(tries: number, random: number): number {
  const base = (PAUSES[Math.min(tries, PAUSES.length) - 1] ?? PAUSES[0]) * SECOND;
  return base / 2 + random * base;
}
