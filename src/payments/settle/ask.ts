import type { LeasedPayment } from "../ledger.ts";
import { contradictsEnd } from "../life/answers.ts";
import { askDue, REVIEW_MS, stageDue } from "../life/schedule.ts";
import type { Happening } from "../life/step.ts";
import { LIVE, type Payment } from "../payment.ts";
import { type Asking, heardOf, jitterOf, LEASE_MS, orderOf } from "./deps.ts";
import { type Happened, happen, happenOnce } from "./happen.ts";

/** While another payment of the vehicle is live, an end cannot be opened again: it is tried again so much later, ms. */
const TRY_AGAIN_MS = 10 * 60_000;

/** Asks the biller what became of a payment. Always gives an answer, if only that there was none. */
export async function askStatus(deps: Asking, payment: Payment): Promise<Happening<"answer">> {
  const leave = await deps.statuses.wait();
  try {
    const askedAt = deps.clock.now();
    const sureAskedAt = deps.sure.now(payment);
    const settlement = await heardOf(deps.log, () => deps.biller.status(orderOf(payment)));
    const sure = { askedAt: sureAskedAt, at: deps.sure.now(payment) };
    return { kind: "answer", from: "status", settlement, askedAt, sure, at: deps.clock.now(), jitter: jitterOf(deps) };
  } finally {
    leave();
  }
}

/** suspect: tells what is due to be told, then asks what is due to be asked. */
export async function lookAtSuspect(deps: Asking, leased: LeasedPayment): Promise<void> {
  const { ledger, clock } = deps;
  const at = clock.now();
  const due = { kind: "due", at, jitter: jitterOf(deps) } as const;
  if (!askDue(leased.payment, at)) return void (await happenOnce(ledger, leased, due));
  let held = leased;
  // The word first: the question may take a minute. Past 24 h the question comes first, since the word ends the asking.
  if (stageDue(held.payment, at) !== undefined && at - (held.payment.sentAt ?? at) < REVIEW_MS) {
    const told = await happenOnce(ledger, held, due, { keepLeaseFor: LEASE_MS });
    if (told.kind !== "done") return;
    held = { ...held, payment: told.payment };
  }
  await happen(ledger, held, await askStatus(deps, held.payment));
}

/** intended, found after a restart or a takeover: the biller is asked before anything else (money rule 8). */
export async function lookAtFound(deps: Asking, leased: LeasedPayment): Promise<void> {
  const { settlement, at, jitter } = await askStatus(deps, leased.payment);
  await happenOnce(deps.ledger, leased, { kind: "found", settlement, at, jitter });
}

/** refunded, not-charged: looked at again, for three days and before a new payment of the vehicle (money rule 7). */
export async function lookAtEnd(deps: Asking, leased: LeasedPayment): Promise<void> {
  const answer = await askStatus(deps, leased.payment);
  const happened = await recordEnd(deps, leased.payment, answer, leased.lease);
  if (happened.kind !== "vehicle-busy") return;
  const busy = (await deps.ledger.ofVehicle(leased.payment.ref)).find(({ state }) => LIVE.includes(state));
  // One that was not sent yet makes room; one that was sent is beyond what the biller is assumed to do.
  if (busy?.state === "intended") {
    await happenOnce(
      deps.ledger,
      { payment: busy, lease: undefined },
      { kind: "withdraw", why: "paused", at: answer.at },
    );
    if ((await recordEnd(deps, leased.payment, answer, leased.lease)).kind !== "vehicle-busy") return;
  }
  await tellOfTwo(deps, leased.payment, answer);
  await deps.ledger.release(leased.payment.ref, leased.lease, answer.at + TRY_AGAIN_MS);
}

/** What the biller says of an end, written down. */
export function recordEnd(
  deps: Asking,
  payment: Payment,
  answer: Happening<"answer">,
  lease: string | undefined,
): Promise<Happened> {
  return happen(deps.ledger, { payment, lease }, answer);
}

async function tellOfTwo(deps: Asking, payment: Payment, answer: Happening<"answer">): Promise<void> {
  const { ref } = payment;
  const says = contradictsEnd(answer.settlement) ? answer.settlement.kind : "nothing";
  deps.log.error({ ref, says }, "an ended payment came to life while another one of its vehicle is under way");
  await deps.records.tasks.add(
    {
      key: `two-of-one:${ref}`,
      kind: "review",
      ref,
      text: `The biller says "${says}" of TRX-${ref}, which ended as ${payment.state}, while another payment of the same vehicle is under way. Call the biller now. See: npx loket payments show ${ref}`,
    },
    answer.at,
  );
}
