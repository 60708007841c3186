import { showRef } from "../../../src/domain/ref.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import type { Usage } from "../../operator/events.ts";
import type { Changed, NotDone, StaysWhy } from "../../operator/results.ts";
import { depositOf } from "./operator-alerts.ts";
import { agentLine, requestLine, STATES } from "./operator-story.ts";
import { when } from "./times.ts";

export function changedText(done: Changed): string {
  switch (done.kind) {
    case "resent":
      return `The proof of ${showRef(done.ref)} is sent once more to ${done.who}.`;
    case "told":
      return `${done.who} is told how ${showRef(done.ref)} stands.`;
    case "resolved":
      return `${showRef(done.ref)} is decided: ${STATES[done.state]}. The payer is told.`;
    case "topped-up": {
      const heard = done.told ? "He is told." : "He has no chat yet: tell him yourself.";
      return `${showRupiah(done.amount)} added for ${done.name}: the balance is ${showRupiah(done.balance)} now. ${heard}`;
    }
    case "wish-declined":
      return `${done.name} is told: ${showRupiah(done.amount)} is not in yet.`;
    case "opened":
      return OPENED[done.how].replace("{}", done.name);
    case "deposit-in":
      return `${showRupiah(done.amount)} added to the deposit. ${depositOf(done.deposit)}`;
    case "replied":
      return `Sent to ${done.who} (#${done.id}). What he answers is passed on to here. Dealt with? Type DONE ${done.id}.`;
    case "closed":
      return done.human
        ? `#${done.id} is done. The customer's chat is the counter's again.`
        : `#${done.id} is done, noted under your name.`;
    case "waits-for-second":
      return done.others === 0
        ? `Above the limit: it takes a second operator, and none is linked yet. Kept as #${done.id}.`
        : `Above the limit: it waits for another operator's yes (#${done.id}).`;
    case "rejected":
      return `#${done.id} is rejected. Nothing was changed.`;
    case "request-given":
      return `${requestLine(done.request)}. It is in the hand of ${done.name} now; he and the customer are told.`;
    case "request-closed":
      return `${requestLine(done.request)}. The customer and its agent are told.`;
    case "paying-goes-on":
      return "Paying goes on.";
  }
}

const OPENED = {
  unlock: "The PIN of {} is open again; the old one still holds.",
  "new-pin":
    "The PIN of {} is taken away. He sets a new one with his next message; be sure that the phone is in his hand.",
  resume: "{} is active again.",
} as const;

export function notDoneText(no: NotDone, now: number): string {
  switch (no.kind) {
    case "no-proof":
      return `${showRef(no.ref)} has no proof yet.`;
    case "no-payment":
      return `There is no payment ${showRef(no.ref)}.`;
    case "not-resolved":
      return notResolved(no);
    case "no-agent":
      return `There is no agent “${no.asked}”. Type AGENTS for the list.`;
    case "which-agent":
      return [`Which one is “${no.asked}”?`, ...no.agents.map(agentLine)].join("\n");
    case "how-open":
      return `${agentLine(no.agent)}\nWhat is to be opened?`;
    case "twice": {
      const whose = no.name === "" ? "deposit" : no.name;
      return `The same top-up (${showRupiah(no.amount)}, ${whose}) was booked ${when(no.since, now)}. Add another one?`;
    }
    case "deposit-not-started":
      return "The deposit has no sum to start from. Say it on the computer first: npx loket deposit start.";
    case "no-task":
      return `There is no task #${no.id}. Type TASKS.`;
    case "handled":
      return `#${no.id} was dealt with by ${no.by}, ${when(no.at, now)}.`;
    case "not-for-that":
      return `#${no.id} is no task for that. Type TASKS ${no.id}.`;
    case "own-approval":
      return `#${no.id} is your own wish: another operator must agree.`;
    case "unreachable":
      return `The customer's chat of #${no.id} takes no messages any more. Reach him another way.`;
    case "no-request":
      return `There is no request ${no.request}.`;
    case "request-stays":
      return requestStays(no);
    case "not-paused":
      return "Paying is not paused.";
    case "refused":
      return "This chat is no operator's any more. Nothing was changed.";
  }
}

function requestStays({ request, why, detail }: Extract<NotDone, { kind: "request-stays" }>): string {
  return `${requestLine(request)}. Nothing was changed: ${STAYS[why]}.${detail === "" ? "" : ` Details: ${detail}`}`;
}

const STAYS: Readonly<Record<StaysWhy, string>> = {
  short: "the agent's balance does not cover it",
  capped: "it is above what the agent may confirm in a day",
  "no-chat": "the agent has no chat yet",
  impossible: "it cannot be now",
};

function notResolved({ ref, why, state, detail }: Extract<NotDone, { kind: "not-resolved" }>): string {
  switch (why) {
    case "biller-confirms":
      return `MMBC says CONFIRM for ${showRef(ref)}: it can only be decided as PAID.`;
    case "ended":
      return `${showRef(ref)} has just ended: ${STATES[state]}.`;
    case "changed":
      return `${showRef(ref)} has just changed. Look again: FIND ${ref}.`;
    case "impossible":
      return `${showRef(ref)} (${STATES[state]}) cannot be decided now.${detail === "" ? "" : ` Details: ${detail}`}`;
  }
}

export const USAGES: Readonly<Record<Usage, string>> = {
  find: "Type FIND and a plate number, a TRX, the last digits of a phone number, or an agent's name. Example: FIND F 1234 AB",
  resolve:
    "Type RESOLVE, its number, then PAID and the bank's ref., RETURNED, or NOT and the reason. Example: RESOLVE 7K2MQ PAID 5A834FE7",
  why: "There must be a reason, for example: RESOLVE 7K2MQ NOT absent from MMBC's list",
  resend: "Type RESEND and its number. Example: RESEND 7K2MQ",
  "top-up": "Type TOPUP, the agent's name or code, then the sum. Example: TOPUP Cibinong 500000",
  open: "Type UNLOCK and the agent's name or code. Example: UNLOCK K7QM",
  reply: "Type ANSWER, the task's number, then your words. Example: ANSWER 12 Please come tomorrow.",
  give: "Type GIVE, the request's number, then the agent's name or code. Example: GIVE 7K2MQ K7QM",
  close: "There must be a reason, and where the customer's money is. Example: CLOSE 7K2MQ the money went back",
  number: "Say the task's number, for example: DONE 12. The list: TASKS",
  sum: "The sum cannot be read. Examples: 500000, 500.000, 500rb, 1,5jt",
};
