import { showRef } from "../../../src/domain/ref.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import { showDateEn } from "../../../src/domain/time.ts";
import type { PaymentBrief, PaymentShown } from "../../operator/events.ts";
import type { AgentCard, BillerWord, RequestBrief, Story, StoryLine } from "../../operator/results.ts";
import { line } from "../lines.ts";
import { storyTime } from "../story-time.ts";
import { when } from "./times.ts";

export const STATES: Readonly<Record<PaymentShown, string>> = {
  sent: "BEING SENT",
  checking: "BEING CHECKED",
  review: "NEEDS A DECISION",
  paid: "PAID",
  refunded: "MONEY RETURNED",
  "not-charged": "NOT DEBITED",
  withdrawn: "NOT SENT",
};

const REQUESTS: Readonly<Record<RequestBrief["state"], string>> = {
  asked: "WAITS FOR A COUNTER",
  taken: "WAITS FOR THE MONEY",
  received: "MONEY RECEIVED",
  paying: "BEING PAID",
  unpaid: "NOT PAID YET",
  done: "DONE",
  closed: "CLOSED",
};

const SAID: Readonly<Record<BillerWord, string>> = {
  confirm: "CONFIRM",
  pending: "PENDING",
  refund: "REFUND",
  no: "refuses",
  failure: "FAILURE",
  inquiry: "not paid yet",
  "not-sent": "could not be reached",
  silent: "no answer",
};

const NEWS: Readonly<Record<Extract<StoryLine, { what: "told" }>["news"], string>> = {
  "under-way": "under way",
  "still-asking": "still being checked",
  withdrawn: "was not sent",
  paid: "paid",
  "not-paid": "not paid",
  "changed-its-word": "the system changed its answer",
};

export function paymentLine({ ref, plate, total, state }: PaymentBrief): string {
  return line(showRef(ref), plate, showRupiah(total), STATES[state]);
}

export function requestLine({ ref, plate, total, state }: RequestBrief): string {
  return line(`Request ${ref}`, plate, showRupiah(total), REQUESTS[state]);
}

export function agentLine({ id, name, balance, suspended, pin, onDuty }: AgentCard): string {
  const marks = [suspended ? "suspended" : "", pin === "locked" ? "PIN locked" : "", onDuty ? "on duty" : ""];
  return line(id, name, `balance ${showRupiah(balance)}`, ...marks);
}

function happened(told: StoryLine): string {
  switch (told.what) {
    case "asked":
      return `asked for (${told.who})`;
    case "confirmed":
      return `confirmed (${told.who})`;
    case "taken":
      return `taken by ${told.agent}`;
    case "received":
      return `${told.agent}: money received`;
    case "said-paid":
      return `customer: HANDED OVER${told.photo ? ", with a photo" : ""}`;
    case "sent":
      return "sent to MMBC";
    case "says":
      return `${told.from === "pay" ? "MMBC" : "status"}: ${SAID[told.said]}${told.times > 1 ? ` (${told.times} times)` : ""}`;
    case "decided":
      return `decided by staff: ${told.detail}`;
    case "told":
      return `${told.who} ${told.arrived ? "was told" : "has not been reached"}: ${NEWS[told.news]}`;
    case "ended":
      return told.state === "request-closed" ? "request closed" : `ended: ${STATES[told.state]}`;
  }
}

export function storyText({ payment, request, lines, nextAt, knownAt, agent }: Story, now: number): string {
  const head = [payment === undefined ? "" : paymentLine(payment), request === undefined ? "" : requestLine(request)];
  const ahead = [
    agent === "" ? "" : `Agent: ${agent}.`,
    nextAt === undefined ? "" : `Next look ${when(nextAt, now)}.`,
    knownAt === undefined ? "" : `The customer knows since ${when(knownAt, now)}.`,
  ];
  const told = lines.map((one) => `${storyTime(one.at, now, showDateEn)} ${happened(one)}`);
  return [...head, ...told, ahead.filter((one) => one !== "").join(" ")].filter((one) => one !== "").join("\n");
}
