import type { Notice, PaymentNotice } from "../../src/domain/notice.ts";
import { showRef } from "../../src/domain/ref.ts";
import { newContext as newCounterContext } from "../counter/context.ts";
import { saying } from "../counter/questions.ts";
import { requestNoticeSay } from "../counter/relay-talk.ts";
import type { Asked, Say, World } from "../flow.ts";
import { withdrawnKey } from "../unpaid-why.ts";
import { type Part, part } from "../words/words.ts";
import { agentOf } from "./balance.ts";
import { replaced } from "./batch.ts";
import { resultOf, resultPart } from "./confirming.ts";
import { batchOf, type Context, changed, type Entry, type EntryState, type Question } from "./context.ts";
import { heardOfHand, isAgents } from "./hands.ts";
import { openRows } from "./open.ts";
import { askedChoices } from "./question.ts";
import { handNoticeSay } from "./requests.ts";

/** The vehicle that a notice is about: by its reference, or, while that is not known, by its plate. */
export function aboutEntry(context: Context, { payment: { ref, plate } }: PaymentNotice): Entry | undefined {
  return (
    context.entries.find((entry) => entry.ref === ref) ??
    context.entries.find(
      ({ state, ref: known, quote }) => state === "asked" && known === undefined && quote?.bill.plate === plate,
    )
  );
}

function stateAfter(notice: PaymentNotice): EntryState {
  switch (notice.kind) {
    case "paid":
      return "paid";
    case "withdrawn":
    case "not-paid":
      return "unpaid";
    default:
      return "live";
  }
}

/** What is remembered of a notice: how its vehicle stands, and what the agent still has to say about its money. */
export function heard(before: Context, notice: Notice, world: World): Context {
  const context = heardOfHand(before, notice, world);
  if (notice.kind === "duty-over") return { ...context, dutySince: undefined };
  if (!("payment" in notice)) return context;
  const { ref, plate } = notice.payment;
  const state = stateAfter(notice);
  const entry = aboutEntry(context, notice);
  const after =
    entry === undefined ? context : changed(context, entry.number, (one) => ({ ...one, ref, state, at: world.at }));
  const others = after.questions.filter((question) => question.about !== "unpaid" || question.ref !== ref);
  const question: Question = { about: "unpaid", ref, plate };
  return { ...after, questions: state === "unpaid" ? [...others, question] : others };
}

/** The first news of a table was told. */
export function reported(context: Context, notice: Notice): Context {
  const batch = batchOfNotice(context, notice);
  return batch === undefined ? context : { ...context, batches: replaced(context, { ...batch, reported: true }) };
}

function batchOfNotice(context: Context, notice: Notice) {
  return "payment" in notice ? batchOf(context, aboutEntry(context, notice)?.batch) : undefined;
}

/** A notice in an agent's words. `context` knows of it already. */
export function noticeSay(notice: Notice, context: Context, world: World): Say {
  if (notice.kind === "balance") return balanceSay(notice, context, world);
  if ("request" in notice) {
    if (isAgents(notice)) return handNoticeSay(notice, context, world);
    // He was a customer when he asked: it is said to him as to every customer.
    return requestNoticeSay(notice, newCounterContext(context.language, world.at), world);
  }
  const entry = aboutEntry(context, notice);
  const row = rowPart(notice, context, entry);
  const parts = row === undefined ? plainParts(notice, world) : [row, ...besideRow(notice, world)];
  if (stateAfter(notice) !== "unpaid") return saying(...parts);
  return { ...saying(...parts), ...askedChoices(context, world, notice.payment.ref) };
}

/** Of a table the first news is of all its rows, and then a line each. */
function rowPart(notice: PaymentNotice, context: Context, entry: Entry | undefined): Part | undefined {
  const batch = batchOf(context, entry?.batch);
  const isLine = notice.kind === "under-way" || notice.kind === "paid";
  if (batch === undefined || entry === undefined || !isLine) return undefined;
  return batch.reported ? part("table_result", { rows: [resultOf(entry)] }) : resultPart(context, batch);
}

function besideRow(notice: PaymentNotice, world: World): readonly Part[] {
  return notice.kind === "paid" ? besidePaid(notice, world) : [];
}

/** What is said with it in the sandbox, and of what the operator decided: that there is no proof for the customer. */
function besidePaid(
  { payment: { ref, plate, reference, decided } }: Extract<Notice, { kind: "paid" }>,
  { policy: { contact, sandbox } }: World,
): readonly Part[] {
  return [
    ...(sandbox ? [part("paid_sandbox", {})] : []),
    ...(decided === true ? [part("proof_decided", { ref: showRef(ref), plate, reference, contact })] : []),
  ];
}

function plainParts(notice: PaymentNotice, world: World): readonly Part[] {
  const { plate, total } = notice.payment;
  const ref = showRef(notice.payment.ref);
  const { contact } = world.policy;
  switch (notice.kind) {
    case "under-way":
      return [part("desk_under_way", { plate, ref })];
    case "still-asking":
      return [stillAsking(notice, world)];
    case "paid":
      return [part("desk_paid", { plate, ref }), ...besidePaid(notice, world)];
    case "not-paid":
      return [part("desk_unpaid", { plate, ref, total })];
    case "withdrawn":
      return [part("desk_withdrawn", { plate, ref, total, why: withdrawnKey(notice.why) })];
    case "changed-its-word":
      return [part("changed_its_word", { plate, ref, contact })];
  }
}

/** A8: after a minute the customer may go with the slip; later the promises are those of every payer. */
function stillAsking(notice: Extract<Notice, { kind: "still-asking" }>, world: World): Part {
  const { stage, nextAt, payment } = notice;
  const { contact } = world.policy;
  const values = { ref: showRef(payment.ref), contact, nextAt, now: world.at };
  switch (stage) {
    case "minute":
      return part("desk_pending", { plate: payment.plate, ref: values.ref, nextAt, now: world.at });
    case "half-hour":
      return part("still_half_hour", values);
    case "three-hours":
      return part("still_three_hours", values);
    case "day":
      return part("still_day", values);
  }
}

/** The file behind the news: the slip of what takes long, the proof of what is paid. */
export function fileOf(notice: Notice, context: Context, world: World): Asked {
  const { language } = context;
  if ("payment" in notice && notice.relayed === true) return { kind: "nothing" };
  if (notice.kind === "still-asking" && notice.stage === "minute") {
    return { kind: "document", ref: notice.payment.ref, form: "slip", language };
  }
  if (notice.kind !== "paid" || notice.payment.decided === true) return { kind: "nothing" };
  return { kind: "document", ref: notice.payment.ref, form: agentOf(world).proofForm, language };
}

/** A5, filled: what still waits for it is named. */
function balanceSay({ what, amount }: Extract<Notice, { kind: "balance" }>, context: Context, world: World): Say {
  const bills = openRows(context, world)
    .filter(({ code }) => code !== "")
    .map(({ name, code }) => ({ plate: name, code }));
  const { balance } = agentOf(world);
  return saying(
    part("desk_balance", { what, amount, balance }),
    ...(bills.length > 0 && amount > 0 ? [part("desk_still_waiting", { bills })] : []),
  );
}
