import { showRef } from "../../../src/domain/ref.ts";
import { addRupiah, showRupiah } from "../../../src/domain/rupiah.ts";
import type { Alert, AlertKind, DepositShown, DeskNews, ErrandShown, Verdict } from "../../operator/events.ts";
import type { Today } from "../../operator/results.ts";
import type { How } from "../words.ts";
import { paymentLine } from "./operator-story.ts";

const KINDS: Readonly<Record<AlertKind, string>> = {
  suspect: "not certain",
  review: "needs a decision",
  undelivered: "proof or news not delivered",
  human: "asks for a human",
  wish: "asks for a top-up",
  approval: "needs a second yes",
  paused: "paying is paused",
  deposit: "deposit",
  channel: "chat channel",
  login: "MMBC login",
  bill: "odd bill",
  request: "request is stuck",
  restored: "older database",
  erase: "erase data",
  fault: "fault of the program",
};

export function kindOf(kind: AlertKind): string {
  return KINDS[kind];
}

export function verdictOf(verdict: Verdict): string {
  if (verdict.kind === "paid") return `PAID (ref. ${verdict.reference})`;
  return verdict.kind === "refunded" ? "MONEY RETURNED" : "NOT DEBITED";
}

export function depositOf({ started, sum, bills, floor, paused }: DepositShown): string {
  if (!started) return "The deposit is not known: say what it is on the computer, npx loket deposit start.";
  const about = bills === undefined ? "" : `, about ${bills} bills more`;
  const ends = floor === undefined ? "" : ` Sales pause by themselves below ${showRupiah(floor)}.`;
  return `Deposit ${showRupiah(sum)}${about}.${paused ? " Sales are paused." : ends}`;
}

function what(alert: Alert): string {
  const { kind, payment, who, text } = alert;
  const about = payment === undefined ? "" : ` ${paymentLine(payment)}.`;
  const from = who === "" ? "" : ` ${who}.`;
  switch (kind) {
    case "suspect":
      return `Needs you, not certain for 30 minutes:${about}${from}`;
    case "review":
      return `Needs your decision:${about}${from} Ask MMBC what became of it, then decide.`;
    case "undelivered":
      return `A proof or news did not arrive.${about}${from} Send it again, or tell him another way.`;
    case "human":
      return `${who === "" ? "A customer" : who} asks for a human.`;
    case "wish":
    case "approval":
      return errandOf(alert.errand);
    case "paused":
      return "Paying is paused: three refusals in a row. Look at the deposit and at MMBC's list first.";
    case "deposit":
      return alert.deposit === undefined ? text : lowDeposit(alert.deposit);
    case "login":
      return "MMBC refuses our login or our address. Check MMBC_USERNAME, MMBC_PASSWORD, and MMBC's list of addresses.";
    case "erase":
      return "A customer asked to be erased. It is done by itself when his payment has ended.";
    case "restored":
      return "An older database was put back. Compare the payments with MMBC's list.";
    case "channel":
    case "bill":
    case "request":
    case "fault":
      return `${KINDS[kind].charAt(0).toUpperCase()}${KINDS[kind].slice(1)}.${about}${from}\nDetails: ${text}`;
  }
}

function errandOf(errand: ErrandShown | undefined): string {
  if (errand === undefined) return "Something waits for your answer.";
  if (errand.kind === "resolve") {
    return `${errand.by} decides ${showRef(errand.ref)}: ${verdictOf(errand.verdict)}. Do you agree?`;
  }
  const { name, amount, balance, by } = errand;
  const after = `(balance from ${showRupiah(balance)} to ${showRupiah(addRupiah(balance, amount))})`;
  return by === ""
    ? `${name} asks for a top-up of ${showRupiah(amount)} ${after}. Is the money in?`
    : `${by} wants to add to ${name} ${showRupiah(amount)} ${after}. Do you agree?`;
}

function lowDeposit(deposit: DepositShown): string {
  const { sum, underWay, bills, floor, paused } = deposit;
  if (paused) {
    return `Sales pause: the deposit is ${showRupiah(sum)}, under way ${showRupiah(underWay)}. Pay in at MMBC, then type DEPOSIT and the sum.`;
  }
  const ends =
    floor === undefined
      ? ""
      : ` Sales pause by themselves below ${showRupiah(floor)}, before a customer's money is taken.`;
  return `The deposit lasts for about ${bills ?? 0} bills (${showRupiah(sum)}).${ends}`;
}

function acts({ id, kind, payment }: Alert): string {
  const ref = payment === undefined ? "" : payment.ref;
  switch (kind) {
    case "suspect":
    case "review":
      return ref === "" ? `Reply DONE ${id}.` : `Reply FIND ${ref}.`;
    case "undelivered":
      return ref === "" ? `Reply DONE ${id}.` : `Reply RESEND ${ref}, then DONE ${id}.`;
    case "human":
      return `Reply ANSWER ${id} and your words, then DONE ${id}.`;
    case "wish":
      return `Reply IN ${id} or NOT ${id}.`;
    case "approval":
      return `Reply AGREE ${id} or REJECT ${id}.`;
    case "paused":
      return "Reply RESUME PAY.";
    default:
      return `Dealt with? Reply DONE ${id}.`;
  }
}

export function alertText(alert: Alert, how: How): string {
  const letters = alert.letters.map((letter) => `“${letter}”`);
  return [`#${alert.id} ${what(alert)}`, ...letters, ...(how.style === "numbers" ? [acts(alert)] : [])].join("\n");
}

export function newsText(news: DeskNews): string {
  switch (news.kind) {
    case "handled":
      return news.how === "closed"
        ? `#${news.id} was dealt with by ${news.by}.`
        : `#${news.id} is being answered by ${news.by}.`;
    case "wrote":
      return `#${news.id} from ${news.who}: “${news.text}”`;
    case "many":
      return `There are ${news.count} open tasks. Type TASKS.`;
    case "evening":
      return todayText(news.today);
  }
}

export function todayText({ count, total, profit, unsure, undelivered, openTasks, deposit }: Today): string {
  const refs = (all: readonly (typeof unsure)[number][]) =>
    all.length === 0 ? "0" : `${all.length} (${all.slice(0, 5).map(showRef).join(", ")})`;
  return [
    `Today ${count} paid, ${showRupiah(total)}, profit ${showRupiah(profit)}.`,
    `Not certain: ${refs(unsure)}. Proofs not delivered: ${refs(undelivered)}. Open tasks: ${openTasks}.`,
    depositOf(deposit),
  ].join("\n");
}
