import { codeFrom, type PaymentRef, readRef } from "../../src/domain/ref.ts";
import type { Happening, Step } from "../../src/payments/life/step.ts";
import { decide } from "../../src/payments/life.ts";
import { NOTHING_HEARD, type Payment } from "../../src/payments/payment.ts";
import { aPayment, must } from "../fakes/bills.ts";

/** 10.00 WIB. */
export const MORNING = Date.UTC(2019, 6, 7, 3, 0, 0);
/** 22.00 WIB. */
export const NIGHT = Date.UTC(2019, 6, 7, 15, 0, 0);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

const REF: PaymentRef = must(readRef("7K2MQ"));

export function intended(at = MORNING): Payment {
  return {
    ...aPayment(at),
    ref: REF,
    code: codeFrom(REF, new Uint8Array(8)),
    revision: 1,
    state: "intended",
    openedAt: at,
    sentAt: undefined,
    endedAt: undefined,
    heard: NOTHING_HEARD,
    receipt: undefined,
    paidAt: undefined,
    withdrawnWhy: undefined,
    told: 0,
    watched: 0,
    dueAt: at,
    refused: false,
  };
}

/** What must be possible. */
export function step(payment: Payment, happening: Happening): Step {
  const decided = decide(payment, happening);
  if (decided.kind === "impossible") throw new Error(`${payment.state}, ${happening.kind}: ${decided.why}`);
  return decided;
}

export function lived(payment: Payment, ...happenings: readonly Happening[]): Payment {
  return happenings.reduce((now, happening) => step(now, happening).next, payment);
}

export function sending(at = MORNING): Payment {
  return lived(intended(at), { kind: "send", at });
}

/** A call that got no answer within its 65 s. */
export function suspect(at = MORNING): Payment {
  return lived(sending(at), { kind: "lost", at: at + 66 * SECOND, jitter: 0 });
}
