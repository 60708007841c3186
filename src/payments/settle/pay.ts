import { startOfDay } from "../../domain/time.ts";
import type { LeasedPayment } from "../ledger.ts";
import { CALL_OVER_MS, MAY_GO_MS, tellTime } from "../life/schedule.ts";
import type { Payment } from "../payment.ts";
import { recordEnd } from "./ask.ts";
import { objection } from "./before-pay.ts";
import { type Asking, heardOf, jitterOf, LEASE_MS, orderOf } from "./deps.ts";
import { type Happened, happen, happenOnce } from "./happen.ts";
import { pauseIfRefused } from "./refusals.ts";

/** intended: the checks, the commit of the intent, the call, the commit of its answer. In this order, and each once. */
export async function pay(deps: Asking, leased: LeasedPayment): Promise<void> {
  const no = await objection(deps, leased.payment);
  if (no !== undefined) {
    await happenOnce(deps.ledger, leased, { kind: "withdraw", why: no.why, at: deps.clock.now() });
    for (const { payment, answer } of no.ends) await recordEnd(deps, payment, answer, undefined);
    return;
  }
  const { clock } = deps;
  // Read before the commit: what the commit itself takes is part of the ten seconds.
  const began = { wall: clock.now(), steady: clock.monotonic() };
  const sent = await commitIntent(deps, leased, began.wall);
  if (sent.kind !== "done") return letGo(deps, leased, sent);
  deps.sure.began(sent.payment.ref, began);
  const order = orderOf(sent.payment);
  // The lease was renewed for longer by the same commit, so within these ten seconds it is ours.
  const mayGo = () => within(clock.now() - began.wall) && within(clock.monotonic() - began.steady);
  const call = heardOf(deps.log, () => deps.biller.pay(order, mayGo));
  const payment = await tellWhileWaiting(deps, { payment: sent.payment, lease: leased.lease }, call);
  const settlement = await call;
  const sure = { askedAt: began.wall, at: deps.sure.now(payment) };
  const asked = { from: "pay", askedAt: began.wall, sure, at: clock.now(), jitter: jitterOf(deps) } as const;
  await happen(deps.ledger, { payment, lease: leased.lease }, { kind: "answer", settlement, ...asked });
  if (settlement.kind === "refused") await pauseIfRefused(deps);
}

/** A clock that went back is no reason to go. */
function within(ms: number): boolean {
  return ms >= 0 && ms < MAY_GO_MS;
}

function commitIntent({ ledger, policy }: Asking, leased: LeasedPayment, at: number): Promise<Happened> {
  const cap = policy.maxDay === undefined ? {} : { cap: { since: startOfDay(at), max: policy.maxDay } };
  return happenOnce(ledger, leased, { kind: "send", at }, { keepLeaseFor: LEASE_MS, ...cap });
}

/** Not sent, and it never will be by us. */
async function letGo(deps: Asking, leased: LeasedPayment, not: Happened): Promise<void> {
  const at = deps.clock.now();
  if (not.kind === "capped") await happenOnce(deps.ledger, leased, { kind: "withdraw", why: "day-cap", at });
  if (not.kind === "impossible") await happenOnce(deps.ledger, leased, { kind: "withdraw", why: "expired", at });
}

/** The payer was promised a word within the minute, and the call may take longer. Gives the payment as it then stands. */
async function tellWhileWaiting(
  deps: Asking,
  held: { readonly payment: Payment; readonly lease: string },
  call: Promise<unknown>,
): Promise<Payment> {
  const { clock, ledger, log } = deps;
  const { payment } = held;
  const sentAt = payment.sentAt ?? clock.now();
  const tell = tellTime(payment, sentAt);
  if (tell === undefined || tell > sentAt + CALL_OVER_MS) return payment;
  const answered = new AbortController();
  void call.then(() => answered.abort());
  await clock.sleep(tell, answered.signal);
  if (answered.signal.aborted) return payment;
  const at = clock.now();
  try {
    const how = { keepLeaseFor: Math.max(1, sentAt + LEASE_MS - at) };
    const told = await happenOnce(ledger, held, { kind: "due", at, jitter: 0 }, how);
    return told.kind === "done" ? told.payment : payment;
  } catch (error) {
    log.error({ error, ref: payment.ref }, "a promised word could not be saved; the answer of pay is still awaited");
    return payment;
  }
}
