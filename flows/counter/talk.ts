import { groupChassis } from "../../src/domain/chassis.ts";
import { maskNik } from "../../src/domain/mask.ts";
import { showRef } from "../../src/domain/ref.ts";
import { regionName } from "../../src/domain/region.ts";
import { minuteOfDay, startOfDay } from "../../src/domain/time.ts";
import type {
  Asked,
  FlowEvent,
  InquiryResult,
  LookResult,
  OpenResult,
  PaymentLine,
  Say,
  Task,
  World,
} from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import { named } from "./choices.ts";
import { type Context, liveBill } from "./context.ts";
import { regionOpened } from "./moves.ts";
import { offersBelow, saying } from "./questions.ts";

const MINUTE = 60 * 1000;

/** M16. `took`: the human is already there. */
export function humanSay(world: World, took: boolean): Say {
  if (took) return saying(part("human_took", {}));
  const { hours, contact } = world.policy;
  const minute = minuteOfDay(world.at);
  if (minute >= hours.from && minute < hours.to) return saying(part("human", { hours: hours.text, contact }));
  const day = startOfDay(world.at) + (minute < hours.from ? 0 : 24 * 60 * MINUTE);
  return saying(part("human_closed", { opens: day + hours.from * MINUTE, now: world.at }));
}

export function inquireTask(context: Context): Asked {
  const { product, nik, chassis } = context.answers;
  if (product === undefined || nik === undefined || chassis === undefined) return { kind: "nothing" };
  return { kind: "inquire", number: context.inquiry, product, nik, chassis };
}

export function payTask(context: Context): Asked {
  const { quote, language } = context;
  if (quote === undefined) return { kind: "nothing" };
  const { bill, nonce, inquiredAt, expiresAt } = quote;
  return { kind: "pay", nonce, bill, inquiredAt, expiresAt, language };
}

/** BATAL after the confirmation: whether it came in time the ledger knows. */
export function cancelTask(context: Context): Asked {
  const live = liveBill(context);
  if (live === undefined) return { kind: "nothing" };
  return { kind: "cancel", plate: live.plate, total: live.total, since: live.at };
}

/** The next try of a biller that gave no answer. */
export function pause(context: Context, at: number, pauses: readonly number[]): Task {
  const tries = context.retry?.tries ?? 0;
  const wait = pauses[Math.min(tries, pauses.length - 1)] ?? MINUTE;
  return { kind: "timer", name: "retry", number: context.inquiry, at: at + wait };
}

/** M7: what was looked for, and what the biller said of it. From the third time on what to compare. */
export function notFoundParts(context: Context, world: World, result: InquiryResult): readonly Part[] {
  const { product, nik, chassis } = context.answers;
  const sought = part("bill_not_found", {
    region: regionName(product ?? ""),
    nik: nik === undefined ? "" : maskNik(nik),
    chassis: chassis === undefined ? "" : groupChassis(chassis),
    reason: result.kind === "not-found" ? result.reason : "",
  });
  return context.misses >= 3 ? [sought, part("not_found_third", { at: context.restUntil, now: world.at })] : [sought];
}

/** What is said when there is no bill, and nothing to be typed again: the chat is idle then. */
export function noBillSay(result: InquiryResult, context: Context, around: World): Say {
  const world: World = { ...around, place: "idle" };
  switch (result.kind) {
    case "already-paid":
      return { ...saying(part("already_paid", {})), ...offersBelow(context, world) };
    case "closed":
      return saying(part("closed_by_biller", { region: regionName(context.answers.product ?? "") }));
    case "bad-bill":
      return saying(part("bill_bad", {}));
    case "invoice-used":
      return saying(part("invoice_used", {}));
    case "vehicle-busy":
    case "paid-lately":
      return elsewhere(result, context, world);
    case "crowded":
      return saying(part("rate_limited", { at: result.until, now: world.at }));
    case "unavailable":
      return saying(part("biller_still_down", {}));
    case "bill":
    case "not-found":
      return saying(part("stale_nothing", {}));
  }
}

type Elsewhere = Extract<InquiryResult, { kind: "vehicle-busy" | "paid-lately" }>;

function elsewhere(result: Elsewhere, context: Context, world: World): Say {
  const ref = result.ref === undefined ? "" : showRef(result.ref);
  if (result.kind === "paid-lately") {
    const said = saying(part("paid_lately", { plate: result.plate, ref, proof: result.ref ?? "" }));
    return { ...said, ...offersBelow(context, world) };
  }
  const { plate, since } = result;
  return saying(part("vehicle_busy", { plate, since, now: world.at, ref, contact: world.policy.contact }));
}

/** Why a confirmation did not become a payment. */
export function notOpened(result: OpenResult, context: Context, world: World): Say {
  switch (result.kind) {
    case "opened":
      return saying(part("second_tap", { ref: showRef(result.ref) }));
    case "vehicle-busy":
    case "paid-lately":
      return elsewhere(result, context, world);
    case "bill-too-old":
    case "quotes-void":
      return saying(part("stale_nothing", {}));
    case "invoice-used":
      return saying(part("invoice_used", {}));
    case "sales-paused":
      return saying(part("deposit_low", {}));
    // Those of an agent, should the chat have been one's when it was confirmed.
    case "short":
    case "capped":
    case "suspended":
    case "over-cap": {
      const { mayPay, payMax, contact } = world.policy;
      return saying(mayPay ? part("bill_over_max", { max: payMax }) : part("not_payable_here", { contact }));
    }
  }
}

/** DAFTAR. When it worked, the flow of the role says so. */
export function enrolledSay(result: Extract<FlowEvent, { type: "enrolled" }>["result"]): Say {
  switch (result) {
    case "done":
      return saying(part("enrol_done", {}));
    case "wrong":
      return saying(part("enrol_wrong", {}));
    case "rest":
      return saying(part("enrol_rest", {}));
    case "taken":
      return saying(part("enrol_taken", {}));
  }
}

export function lookedSay(result: LookResult, world: World): Say | undefined {
  switch (result.what) {
    case "status":
      return statusSay(result.payments, world);
    case "history":
      return historySay(result.payments);
    case "proof":
      return proofSay(result);
    case "crowded":
      return saying(part("code_rest", { at: result.until, now: world.at }));
    case "authentic": {
      const { found, code } = result;
      if (found === undefined) return saying(part("authentic_no", { code }));
      return saying(part("authentic_yes", { code, plate: found.plate, total: found.total, at: found.at }));
    }
  }
}

function statusSay(payments: readonly PaymentLine[], world: World): Say {
  const live = payments.filter(({ state }) => state === "live");
  if (live.length > 0) {
    return saying(
      ...live.map(({ ref, plate, total, nextAt }) =>
        part("status_live", { ref: showRef(ref), plate, total, nextAt, now: world.at }),
      ),
    );
  }
  const [last] = payments;
  if (last === undefined) return saying(part("status_none", {}));
  const { plate, state, at, ref } = last;
  return saying(part("status_none_last", { plate, state, at, ref: showRef(ref) }));
}

function historySay(payments: readonly PaymentLine[]): Say {
  if (payments.length === 0) return saying(part("history_none", {}));
  const lines = payments.map(({ ref, plate, total, state, at }) =>
    part("history_line", { ref: showRef(ref), plate, total, state, at }),
  );
  return saying(part("history", {}), ...lines, part("history_tail", {}));
}

/** Said when there is no proof to send; when there is one, the document itself is the answer. */
function proofSay(result: Extract<LookResult, { what: "proof" }>): Say | undefined {
  const { found, asked } = result;
  if (found === undefined) {
    return saying(asked === undefined ? part("proof_none", {}) : part("proof_unknown", { ref: showRef(asked) }));
  }
  const { ref, state } = found;
  return state === "paid" ? undefined : saying(part("proof_not_paid", { ref: showRef(ref), state }));
}

/** A button leads on; where there are none, the sentence says what to type: its number would be another list's. */
export function regionOpenSay(context: Context, world: World): Say {
  const product = regionOpened(context, world) ?? "";
  const go = named(`region:${product}`, part("label_check_pay", {}));
  return { ...saying(part("region_open", { region: regionName(product) })), choices: [go], stays: true };
}

/** BUKTI: by a reference of this chat, by the whole code of any proof, or the last one. */
export function proofLook({ ref, code }: Pick<Extract<FlowEvent, { type: "word" }>, "ref" | "code">): Asked {
  return { kind: "look", what: "proof", ref, ...(code === undefined ? {} : { code }) };
}

/** The proof that follows the news of it. */
export function proofOf(event: FlowEvent, { language }: Context): Asked {
  if (event.type === "notice" && event.notice.kind === "paid") {
    // Of what the operator decided there is none, and its news says so.
    if (event.notice.payment.decided === true) return { kind: "nothing" };
    return { kind: "document", ref: event.notice.payment.ref, form: "pdf", language };
  }
  if (event.type === "looked" && event.result.what === "proof" && event.result.found?.state === "paid") {
    const { found, code } = event.result;
    return { kind: "document", ref: found.ref, form: "pdf", language, ...(code === undefined ? {} : { code }) };
  }
  return { kind: "nothing" };
}
