/**
 * What goes wrong, and how likely it is at each opportunity. All of it is within what money-rules.md assumes of the
 * biller, but for LIES.
 */
export const RATES = {
  // The biller, when it is paid.
  "connect-failed": 0.01,
  "slow-connect": 0.02,
  "lost-request": 0.02,
  "late-arrival": 0.03,
  "slow-pay": 0.06,
  "lost-answer": 0.05,
  "late-answer": 0.03,
  garbage: 0.03,
  untrusted: 0.02,
  "wrong-invoice": 0.015,
  "wrong-total": 0.015,
  "no-reference": 0.01,
  "lying-refusal": 0.025,
  refusal: 0.04,
  pending: 0.08,
  "pending-hours": 0.012,
  refund: 0.04,
  "refund-flicker": 0.015,
  "status-lag": 0.08,
  "failure-after-word": 0.3,
  // The biller, when it is asked.
  "status-lost": 0.05,
  "status-garbage": 0.05,
  "status-untrusted": 0.02,
  "status-other-invoice": 0.01,
  "status-slow": 0.04,
  "inquiry-lost": 0.01,
  "inquiry-slow": 0.04,
  "inquiry-garbage": 0.01,
  "bad-bill": 0.004,
  "same-invoice": 0.15,
  "rebilled-while-paying": 0.5,
  "rebilled-after-paid": 0.1,
  "regions-lost": 0.03,
  outage: 0.06,
  "biller-hangs": 0.06,
  "deposit-empty": 0.05,
  "region-off": 0.2,
  // The program and its machine.
  crash: 0.55,
  stop: 0.05,
  freeze: 0.12,
  "freeze-before-first-byte": 0.04,
  "freeze-in-call": 0.03,
  "clock-step": 0.08,
  "disk-full": 0.06,
  "write-fails": 0.08,
  "answer-of-store-lost": 0.06,
  "slow-disk": 0.03,
  restore: 0.02,
  // The platforms.
  "update-doubled": 0.05,
  "update-overtaken": 0.05,
  "sent-answer-lost": 0.02,
  "sent-and-ambiguous": 0.01,
  "not-taken": 0.02,
  "chat-blocked": 0.01,
  "file-refused": 0.02,
  "platform-down": 0.04,
  // People.
  "double-tap": 0.12,
  "old-button": 0.08,
  cancel: 0.12,
  "cancel-at-bill": 0.06,
  "cancel-while-asking": 0.03,
  "fast-typing": 0.08,
  "next-day": 0.02,
  nonsense: 0.04,
  "plain-yes": 0.08,
  "tap-at-expiry": 0.02,
  "thinks-long": 0.08,
  "at-midnight": 0.05,
  "second-vehicle": 0.15,
  "shared-vehicle": 0.15,
  rush: 0.08,
  // Customers who pay through agents, agents, and the operator.
  "sum-moves": 0.12,
  "brings-code": 0.2,
  "cancel-request": 0.06,
  "sudah-early": 0.06,
  "says-nothing": 0.15,
  "never-comes": 0.08,
  "forwarded-button": 0.3,
  "agent-ignores": 0.12,
  "agent-skips": 0.08,
  "agent-lets-go": 0.12,
  "agent-forgets": 0.06,
  "no-cash": 0.08,
  "wrong-pin": 0.08,
  "suspended-midway": 0.15,
  "asks-twice": 0.3,
  "top-up-twice": 0.3,
  "own-request": 0.15,
} as const satisfies Readonly<Record<string, number>>;

/** What the biller is trusted never to do. Only in the mode of that name. */
export const LIES = {
  "confirm-withdrawn": 0.05,
  "refund-then-confirm": 0.05,
  "failure-for-ever": 0.03,
  "applied-very-late": 0.05,
} as const satisfies Readonly<Record<string, number>>;

export type FaultKind = keyof typeof RATES | keyof typeof LIES;

export const FAULT_KINDS = Object.keys(RATES) as readonly (keyof typeof RATES)[];
export const LIE_KINDS = Object.keys(LIES) as readonly (keyof typeof LIES)[];

/** How likely a fault is here: less in calm worlds, so that something also goes well. */
export function rateOf(kind: FaultKind, mood: number): number {
  const rate = kind in LIES ? LIES[kind as keyof typeof LIES] : RATES[kind as keyof typeof RATES];
  return Math.min(rate * mood, 0.9);
}
