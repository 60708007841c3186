import type { Notice, PaidFacts, PaymentNotice } from "../../src/domain/notice.ts";
import { showRef } from "../../src/domain/ref.ts";
import { endorsementOf, regionName } from "../../src/domain/region.ts";
import { zoneOf } from "../../src/domain/time.ts";
import type { Say, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import { KEEP } from "./answers.ts";
import { type Context, missing, type Shown } from "./context.ts";
import { offersBelow, saying } from "./questions.ts";
import { heardOfRequest, isCustomers, requestsOf } from "./relay-context.ts";
import { requestNoticeSay } from "./relay-talk.ts";
import { strayNoticeSay } from "./stray-notices.ts";

/** A notice in words. */
export function noticeSay(notice: Notice, context: Context, world: World): Say {
  if (!("payment" in notice)) {
    const isHis = "request" in notice && isCustomers(notice);
    return isHis ? requestNoticeSay(notice, context, world) : strayNoticeSay(notice, world);
  }
  switch (notice.kind) {
    case "under-way":
      return saying(part("under_way", { ref: showRef(notice.payment.ref), nextAt: notice.nextAt, now: world.at }));
    case "still-asking":
      return saying(stillAsking(notice, world));
    case "withdrawn":
      return saying(withdrawn(notice, context, world));
    case "paid":
      return { ...saying(...newsOfPaid(notice.payment, world)), ...offersBelow(context, world) };
    case "not-paid": {
      const values = { plate: notice.payment.plate, ref: showRef(notice.payment.ref) };
      return saying(notice.how === "refunded" ? part("refunded", values) : part("not_charged", values));
    }
    case "changed-its-word":
      return saying(
        part("changed_its_word", {
          plate: notice.payment.plate,
          ref: showRef(notice.payment.ref),
          contact: world.policy.contact,
        }),
      );
  }
}

function stillAsking(notice: Extract<Notice, { kind: "still-asking" }>, world: World): Part {
  const values = {
    ref: showRef(notice.payment.ref),
    contact: world.policy.contact,
    nextAt: notice.nextAt,
    now: world.at,
  };
  switch (notice.stage) {
    case "minute":
      return part("still_minute", values);
    case "half-hour":
      return part("still_half_hour", values);
    case "three-hours":
      return part("still_three_hours", values);
    case "day":
      return part("still_day", values);
  }
}

function withdrawn(notice: Extract<Notice, { kind: "withdrawn" }>, context: Context, world: World): Part {
  const { plate, product } = notice.payment;
  if (isConfirmedAnew(context, notice)) return part("withdrawn_older", { plate });
  switch (notice.why) {
    case "expired":
      return part("withdrawn_expired", { plate });
    case "cancelled":
      return part("withdrawn_cancelled", { plate });
    case "region-closed":
      return part("withdrawn_region", { plate, region: regionName(product) });
    case "regions-unknown":
      return part("withdrawn_biller", { plate });
    case "paused":
      return part("paying_paused", {});
    case "day-cap":
      return part("pay_cap", {});
    case "restart":
      return part(isAskedAgain(context, notice, world) ? "withdrawn_again" : "withdrawn_slow", { plate });
    case "too-slow":
      return part("withdrawn_slow", { plate });
  }
}

function newsOfPaid(paid: PaidFacts, world: World): readonly Part[] {
  return paid.decided === true ? decidedParts(paid, world) : paidParts(paid, world);
}

/** The operator's word, and plainly not the biller's: nothing that could be taken for a proof. */
function decidedParts(paid: PaidFacts, { policy: { contact, sandbox } }: World): readonly Part[] {
  const { plate, vehicle, total, paidAt, product, reference } = paid;
  const ref = showRef(paid.ref);
  return [
    part("paid_decided", { plate, vehicle, total, paidAt, zone: zoneOf(product), ref }),
    ...(sandbox ? [part("paid_sandbox", {})] : []),
    part("proof_decided", { ref, plate, reference, contact }),
  ];
}

function paidParts(paid: PaidFacts, world: World): readonly Part[] {
  const place = endorsementOf(paid.product, paid.plate);
  return [
    part("paid", {
      plate: paid.plate,
      vehicle: paid.vehicle,
      total: paid.total,
      paidAt: paid.paidAt,
      zone: zoneOf(paid.product),
      ref: showRef(paid.ref),
    }),
    ...(world.policy.sandbox ? [part("paid_sandbox", {})] : []),
    part("paid_next", { place }),
    ...(place === "general" ? [] : [part("paid_skkp", {})]),
    part("paid_refs", { reference: paid.reference, trace: paid.trace, code: paid.code }),
  ];
}

/** What the conversation remembers of a notice: which bill it is about, and how that stands. */
export function heard(before: Context, notice: Notice, world: World): Context {
  const context = heardOfRequest(before, notice, world);
  if (!("payment" in notice)) return context;
  const { ref, plate } = notice.payment;
  const state = stateAfter(notice);
  const about = aboutBill(context, notice);
  const bills = context.bills.map((one) => (one === about ? { ...one, ref, state } : one));
  if (notice.kind !== "paid") return { ...context, bills };
  const isKnown = about !== undefined && missing(about.answers) === undefined;
  return {
    ...context,
    bills: bills.map((one) => (one.ref === ref ? { ...one, at: world.at } : one)),
    offer: { proof: notice.payment.decided === true ? undefined : ref },
    // Below the proof stands a list of its own.
    overlay: world.place === "idle" || world.place === "watching" ? undefined : context.overlay,
    last: isKnown ? { answers: { ...about.answers, plate: undefined }, plate } : context.last,
  };
}

function stateAfter(notice: PaymentNotice): Shown["state"] {
  switch (notice.kind) {
    case "paid":
      return "paid";
    case "withdrawn":
    case "not-paid":
      return "ended";
    default:
      return "live";
  }
}

/**
 * The bill that a notice is about: by its reference, or, while that is not known, by its plate. Of two that were confirmed
 * it is the first: the ledger takes them in this order, one at a time. A payment that was never sent is opened again under
 * its reference when the biller gives the same invoice again: what then begins is another bill of this chat.
 */
function aboutBill(context: Context, notice: PaymentNotice): Shown | undefined {
  const { plate } = notice.payment;
  const known = knownBill(context, notice);
  if (known !== undefined && !(known.state === "ended" && begins(notice))) return known;
  const waiting = context.bills.find(
    (one) => (one.state === "asked" || one.state === "relayed") && one.ref === undefined && one.plate === plate,
  );
  return waiting ?? known;
}

/** The bill that a notice is about, once that was remembered. */
function knownBill(context: Context, { payment: { ref } }: PaymentNotice): Shown | undefined {
  return context.bills.findLast((one) => one.ref === ref);
}

/** What is said of a payment first. Once it has ended, nothing of the kind is said of it again. */
function begins({ kind }: PaymentNotice): boolean {
  return kind === "under-way" || kind === "withdrawn";
}

/** Whether the view of what is under way has nothing more to wait for. */
export function isSettled(context: Context): boolean {
  if (requestsOf(context).length > 0) return false;
  return context.bills.every(({ state }) => state === "open" || state === "paid" || state === "ended");
}

/** A payment came to nothing: LANJUT, which its news names, means its vehicle. All from here on is asked after `heard`. */
export function ended(context: Context, notice: Notice, at: number): Partial<Context> {
  if (notice.kind !== "not-paid" && notice.kind !== "withdrawn") return {};
  const about = knownBill(context, notice);
  if (about === undefined || missing(about.answers) !== undefined || at - about.at > KEEP) return {};
  if (isConfirmedAnew(context, notice)) return {};
  return { kept: { answers: about.answers, at, first: true } };
}

/** Whether the vehicle was confirmed once more since: what became of the first says nothing of its money any more. */
function isConfirmedAnew(context: Context, notice: PaymentNotice): boolean {
  const about = knownBill(context, notice);
  const { plate } = notice.payment;
  return context.bills.some(
    (one) =>
      one !== about &&
      one.plate === plate &&
      one.at >= (about?.at ?? 0) &&
      (one.state === "asked" || one.state === "live" || one.state === "paid"),
  );
}

/** A bill that was never sent because the program stopped is asked for again where its payer waits for it. */
export function isAskedAgain(context: Context, notice: Notice, world: World): boolean {
  const waits = world.place === "confirming" || world.place === "watching";
  return (
    waits &&
    notice.kind === "withdrawn" &&
    notice.why === "restart" &&
    ended(context, notice, world.at).kept !== undefined
  );
}
