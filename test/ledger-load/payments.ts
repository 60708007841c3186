import type { Settlement } from "../../src/biller/biller.ts";
import { rupiah, ZERO } from "../../src/domain/rupiah.ts";
import type { LeasedPayment } from "../../src/payments/ledger.ts";
import type { Happening } from "../../src/payments/life/step.ts";
import { decide } from "../../src/payments/life.ts";
import type { NewPayment, Payment } from "../../src/payments/payment.ts";
import { happenOnce } from "../../src/payments/settle/happen.ts";
import { receiptOf, said } from "../contract/ledger-samples.ts";
import { aPayment } from "../fakes/bills.ts";
import { AGENTS, billOf, customerOf, limitsOf } from "./people.ts";
import { count, type Player } from "./player.ts";
import { move, sourceOf, tallyPayment } from "./tally.ts";

const LEASE = 90_000;

/** Somebody confirms: for himself, or an agent for a customer. */
export async function openOne(player: Player): Promise<void> {
  const { ledger, random, at, tally } = player;
  const agent = random.chance(0.8) ? random.pick(AGENTS) : undefined;
  const bill = billOf(player);
  const base = aPayment(at, {
    bill,
    payer: agent?.chat ?? customerOf(player),
    markup: random.chance(0.5) ? rupiah(5_000) : ZERO,
  });
  const reached = agent === undefined ? undefined : { id: agent.id, chat: agent.chat };
  const payment: NewPayment = { ...base, agent: reached };
  const limits = agent === undefined ? undefined : limitsOf(agent, at);
  const opened = await ledger.open(payment, at, limits);
  count(player, `open: ${opened.kind}`);
  if (opened.kind === "opened") move(tally, sourceOf(payment), "holds", bill.total);
}

/** Brings one due payment on, as a settler does. */
export async function payOn(player: Player): Promise<void> {
  const { ledger, random, at } = player;
  const [leased] = await ledger.claim(at, LEASE, 1);
  if (leased === undefined) return count(player, "claim: nothing is due");
  // A process that dies with it in hand: another takes it over.
  if (random.chance(0.02)) return count(player, "claim: left");
  await happens(player, leased, happeningTo(player, leased.payment));
}

/** The operator decides about one in review. */
export async function resolveOne(player: Player): Promise<void> {
  const { ledger, random, at, reviews } = player;
  const ref = reviews.splice(random.below(reviews.length), 1)[0];
  const payment = ref === undefined ? undefined : await ledger.load(ref);
  if (payment?.state !== "review") return count(player, "resolve: nothing is in review");
  const outcome = random.pick([
    { kind: "paid", reference: "R" },
    { kind: "refunded" },
    { kind: "not-charged" },
  ] as const);
  await happens(player, { payment }, { kind: "resolve", outcome, by: "ops", why: "phoned", at });
}

async function happens(
  player: Player,
  held: Pick<LeasedPayment, "payment"> & { readonly lease?: string },
  happening: Happening,
): Promise<void> {
  const { payment, lease } = held;
  const step = decide(payment, happening);
  if (step.kind === "impossible") throw new Error(`${payment.state}, ${happening.kind}: ${step.why}`);
  const happened = await happenOnce(player.ledger, { payment, lease }, happening);
  count(player, happened.kind === "done" ? `${payment.state} -> ${step.next.state}` : `commit: ${happened.kind}`);
  if (happened.kind !== "done") return;
  tallyPayment(player.tally, payment, happened.payment);
  if (happened.payment.state === "review") player.reviews.push(payment.ref);
}

function happeningTo({ random, at }: Player, payment: Payment): Happening {
  const answer = (settlement: Settlement, from: "pay" | "status" = "status") => said(from, settlement, at);
  const confirm: Settlement = { kind: "paid", receipt: receiptOf(payment) };
  switch (payment.state) {
    case "intended":
      return random.chance(0.8) && at < payment.expiresAt
        ? { kind: "send", at }
        : { kind: "withdraw", why: "cancelled", at };
    case "sending": {
      const way = random.weighted({ paid: 12, notSent: 5, lost: 2 });
      if (way === "lost") return { kind: "lost", at, jitter: 0 };
      return answer(way === "paid" ? confirm : { kind: "not-sent", cause: "mayGo" }, "pay");
    }
    case "suspect":
      return answer(random.chance(0.3) ? confirm : { kind: "failure", reason: "Failure" });
    case "refunded":
    case "not-charged":
      return answer(random.chance(0.2) ? { kind: "pending" } : { kind: "failure", reason: "Failure" });
    default:
      return { kind: "due", at, jitter: 0 };
  }
}
