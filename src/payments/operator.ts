import type { Biller, Settlement } from "../biller/biller.ts";
import type { Clock } from "../clock.ts";
import { channelOf, chatOf } from "../conversation/message.ts";
import { type PaymentRef, showRef } from "../domain/ref.ts";
import { showRupiah } from "../domain/rupiah.ts";
import { showDateTimeEn } from "../domain/time.ts";
import type { Log } from "../log.ts";
import type { Records } from "../records/records.ts";
import type { Ledger } from "./ledger.ts";
import type { Outcome } from "./life/step.ts";
import type { Payment, PaymentState } from "./payment.ts";
import { FLAGS, heardOf, orderOf } from "./settle/deps.ts";
import { type Happened, happen } from "./settle/happen.ts";
import { enterRestored } from "./settle/restored.ts";

/** What the operator's own tool works with; it runs beside the program, on the same stores. */
export interface OperatorDeps {
  readonly ledger: Ledger;
  readonly records: Pick<Records, "tasks" | "flags" | "audit">;
  readonly biller: Pick<Biller, "status">;
  readonly clock: Clock;
  readonly log: Log;
}

/** `text` is for the terminal, in English. `done`: whether what was asked for happened. */
export interface Told {
  readonly done: boolean;
  readonly text: string;
}

export interface Decision {
  readonly outcome: Outcome;
  /** Who decides, and why: kept in the audit log and beside the payment. */
  readonly by: string;
  readonly why: string;
}

/** One line a payment, newest first. */
export async function listPayments(
  { ledger, records }: OperatorDeps,
  query: { readonly states?: readonly PaymentState[]; readonly limit?: number } = {},
): Promise<Told> {
  const payments = await ledger.find(query);
  const paused = await records.flags.get(FLAGS.paused);
  const head =
    paused === undefined ? [] : [`PAYING IS PAUSED: ${paused}. To go on: npx loket payments resume --why "…"`];
  const lines = payments.length === 0 ? ["No payments."] : payments.map(lineOf);
  return { done: true, text: [...head, ...lines].join("\n") };
}

/** The whole story of one payment. */
export async function showPayment({ ledger, clock }: OperatorDeps, ref: PaymentRef): Promise<Told> {
  const payment = await ledger.load(ref);
  if (payment === undefined) return unknown(ref);
  const sightings = await ledger.sightings(ref);
  const { sentAt, openedAt, endedAt, dueAt, state, heard, payer } = payment;
  const story: [number, string][] = [
    [openedAt, `confirmed (${channelOf(payer)} …${chatOf(payer).slice(-3)})`],
    ...(sentAt === undefined ? [] : ([[sentAt, "sent to the biller"]] as [number, string][])),
    ...sightings.map(({ at, from, settlement, detail }): [number, string] => [
      at,
      `${from} says ${settlement}${detail === "" ? "" : `: ${detail}`}`,
    ]),
    ...(endedAt === undefined ? [] : ([[endedAt, `ended as ${state}`]] as [number, string][])),
  ];
  const ahead = dueAt === undefined ? "" : `Next look: ${showDateTimeEn(Math.max(dueAt, clock.now()))}.`;
  const asked = heard.asks === 0 ? "" : `Asked ${heard.asks} times, last word "${heard.last}".`;
  const lines = [...story].sort(([a], [b]) => a - b).map(([at, what]) => `${showDateTimeEn(at)}  ${what}`);
  return { done: true, text: [lineOf(payment), ...lines, asked, ahead].filter((line) => line !== "").join("\n") };
}

/** What became of a decision. */
export type Decided =
  | { readonly kind: "decided"; readonly payment: Payment }
  | { readonly kind: "unknown" | "no-reason" }
  /** The biller, asked once more, ended it. */
  | { readonly kind: "ended"; readonly state: PaymentState }
  /** The biller says CONFIRM: it can only be decided as paid. */
  | { readonly kind: "biller-confirms" }
  /** `why` in English. */
  | { readonly kind: "not-now"; readonly why: string }
  /** The program changed it just now. */
  | { readonly kind: "changed" };

/**
 * Ends a payment in review by the operator's word; a suspect one he takes over first. The biller is asked once more: what
 * it says now is kept, and against its CONFIRM nothing is decided.
 */
export async function decidePayment(deps: OperatorDeps, ref: PaymentRef, decision: Decision): Promise<Decided> {
  const { ledger, records, clock } = deps;
  const payment = await ledger.load(ref);
  if (payment === undefined) return { kind: "unknown" };
  if (decision.why.trim() === "") return { kind: "no-reason" };
  const { happened: asked, says } = await takeOver(deps, payment, decision.by);
  if (asked.kind !== "done") return undecided(asked);
  const now = asked.payment;
  if (now.state !== "review") return { kind: "ended", state: now.state };
  if (says === "paid" && decision.outcome.kind !== "paid") return { kind: "biller-confirms" };
  const at = clock.now();
  const resolved = await happen(ledger, { payment: now, lease: undefined }, { kind: "resolve", at, ...decision });
  if (resolved.kind !== "done") return undecided(resolved);
  const detail = `${decision.outcome.kind}: ${decision.why}`;
  await records.audit.write({ at, who: decision.by, what: "payment resolved", ref, detail });
  return { kind: "decided", payment: resolved.payment };
}

/** The same, for the terminal. */
export async function resolvePayment(deps: OperatorDeps, ref: PaymentRef, decision: Decision): Promise<Told> {
  const decided = await decidePayment(deps, ref, decision);
  switch (decided.kind) {
    case "decided":
      return { done: true, text: `${showRef(ref)} is ${decided.payment.state}. The payer will be told.` };
    case "unknown":
      return unknown(ref);
    case "no-reason":
      return { done: false, text: "Say why: it is kept beside the payment." };
    case "ended":
      return { done: false, text: `${showRef(ref)} has just ended: it is ${decided.state}.` };
    case "biller-confirms":
      return { done: false, text: `${showRef(ref)}: the biller says CONFIRM, so it can only be resolved as paid.` };
    case "not-now":
      return refused(ref, decided.why);
    case "changed":
      return refused(ref, "it was changed by the program just now: look again");
  }
}

/** Asks the biller now what became of it, and writes down what it says. Undefined: there is no such payment. */
export async function checkPayment(deps: OperatorDeps, ref: PaymentRef): Promise<Payment | undefined> {
  const { ledger } = deps;
  const payment = await ledger.load(ref);
  if (payment === undefined || (payment.state !== "suspect" && payment.state !== "review")) return payment;
  await heardNow(deps, payment);
  return ledger.load(ref);
}

/** Lets paying go on after a pause. */
export async function resumePaying({ records, clock }: OperatorDeps, by: string, why: string): Promise<Told> {
  const at = clock.now();
  const paused = await records.flags.get(FLAGS.paused);
  if (paused === undefined) return { done: false, text: "Paying is not paused." };
  // Older refusals count no more, or the next payment would find the same three in a row.
  await records.flags.set(FLAGS.resumedAt, String(at), at);
  await records.flags.set(FLAGS.paused, undefined, at);
  await records.tasks.closeKey("refused-in-a-row", by, why, at);
  await records.audit.write({ at, who: by, what: "paying resumed", ref: "", detail: why });
  return { done: true, text: "Paying goes on." };
}

/** The operator put an older copy of the database in place (`npx loket restored`). */
export async function markRestored(deps: OperatorDeps, by: string): Promise<Told> {
  const { reviewed } = await enterRestored(deps, by, "the operator says so");
  return {
    done: true,
    text: `Quotes from before now are void, nothing is paid for 15 minutes, and ${reviewed} payments wait for your decision.`,
  };
}

interface Asked {
  readonly happened: Happened;
  readonly says: Settlement["kind"] | undefined;
}

/** Asks the biller, and takes a suspect payment into review. */
async function takeOver(deps: OperatorDeps, payment: Payment, by: string): Promise<Asked> {
  if (payment.state !== "suspect" && payment.state !== "review") {
    const why = `it is ${payment.state}, and only what is suspect or in review can be`;
    return { happened: { kind: "impossible", why }, says: undefined };
  }
  const { happened: heard, says } = await heardNow(deps, payment);
  if (heard.kind !== "done" || heard.payment.state !== "suspect") return { happened: heard, says };
  const held = { payment: heard.payment, lease: undefined };
  return { happened: await happen(deps.ledger, held, { kind: "escalate", at: deps.clock.now(), by }), says };
}

async function heardNow({ ledger, clock, biller, log }: OperatorDeps, payment: Payment): Promise<Asked> {
  const askedAt = clock.now();
  const settlement = await heardOf(log, () => biller.status(orderOf(payment)));
  const at = clock.now();
  // This process does not know how long it surely is since the call: what it hears moves no limit of rule 6 on.
  const known = payment.heard.sureAt ?? payment.sentAt ?? askedAt;
  const sure = { askedAt: known, at: known };
  const answer = { kind: "answer", from: "status", settlement, askedAt, sure, at, jitter: 0 } as const;
  return { happened: await happen(ledger, { payment, lease: undefined }, answer), says: settlement.kind };
}

function lineOf({ ref, bill, state, openedAt, refused }: Payment): string {
  const marks = refused ? " (pay was refused)" : "";
  return `${showRef(ref)}  ${showDateTimeEn(openedAt)}  ${bill.plate}  ${showRupiah(bill.total)}  ${state}${marks}`;
}

function unknown(ref: PaymentRef): Told {
  return { done: false, text: `There is no payment ${showRef(ref)}.` };
}

function undecided(happened: Happened): Decided {
  return happened.kind === "impossible" ? { kind: "not-now", why: happened.why } : { kind: "changed" };
}

function refused(ref: PaymentRef, why: string): Told {
  return { done: false, text: `${showRef(ref)} cannot be resolved: ${why}.` };
}
