import { showRupiah } from "../../../src/domain/rupiah.ts";
import { showDateEn } from "../../../src/domain/time.ts";
import type { operator as id, operatorLabels as idLabels } from "../id/operator.ts";
import { label, line } from "../lines.ts";
import { storyTime } from "../story-time.ts";
import { alertText, depositOf, kindOf, newsText, todayText } from "./operator-alerts.ts";
import { changedText, notDoneText, USAGES } from "./operator-results.ts";
import { agentLine, paymentLine, requestLine, STATES, storyText } from "./operator-story.ts";

export const operator: typeof id = {
  op_welcome: (v) =>
    `Welcome, ${v.name}. This chat is an operator's of ${v.loket} now. What needs you is told to you here.`,
  op_menu: () =>
    [
      "FIND a plate, TRX, last digits of a phone, or an agent",
      "TASKS: what waits for you · TODAY: the summary",
      "RESOLVE TRX PAID ref · RETURNED · NOT reason",
      "RESEND TRX: the proof once more",
      "AGENTS: all balances · TOPUP agent sum · UNLOCK agent",
      "DEPOSIT: what is in it · DEPOSIT sum: paid in",
      "ANSWER number words: to a customer · DONE number",
      "GIVE request agent · CLOSE request reason",
      "LOCK: the PIN is asked again",
    ].join("\n"),
  op_not_understood: () => "We did not understand that. Type HELP for the commands.",
  op_media: () => "This chat reads text alone. Type HELP for the commands.",
  op_usage: (v) => USAGES[v.usage],
  op_sums: () => "Which sum?",
  op_cancelled: () => "Cancelled. Nothing was changed.",
  op_nothing_waiting: () => "There is nothing to cancel.",
  op_pin_first: () => "You have no PIN yet, and every change takes it. Set one first.",
  op_pin_later: () => "All right. We ask for the PIN when you want to change something.",
  op_pin_locked: () =>
    "The PIN is locked. Another operator can open it with UNLOCK and your name; or link anew on the computer: npx loket operator unlink, then link.",
  op_pin_lapsed: () => "The PIN was not typed, so it was dropped. Nothing was changed.",
  op_session_locked: () => "Locked. We ask for the PIN again before the next change.",
  op_reply_to: (v) => `Type your words for the customer of #${v.id}. CANCEL: no words.`,
  op_back_online: () => "We have just come back. Please send that message again.",

  op_story: (v) => storyText(v.story, v.now),
  op_found: (v) =>
    [
      "What fits, newest first:",
      ...v.payments.map((one) => `${storyTime(one.openedAt, v.now, showDateEn)} ${paymentLine(one)}`),
      ...v.requests.map(requestLine),
      ...v.agents.map(agentLine),
    ].join("\n"),
  op_nothing: (v) =>
    `Nothing fits “${v.asked}”. Try a plate number, a TRX, the last digits of a phone number, or an agent's name.`,
  op_tasks: (v) =>
    v.tasks.length === 0
      ? "No tasks. All is well."
      : [
          "Open tasks, type TASKS and a number:",
          ...v.tasks.map((one) =>
            line(`#${one.id}`, storyTime(one.at, v.now, showDateEn), kindOf(one.kind), one.ref ?? "", one.who),
          ),
          ...(v.more === 0 ? [] : [`and ${v.more} more`]),
        ].join("\n"),
  op_agents: (v) =>
    v.agents.length === 0 ? "There are no agents yet." : ["Agents:", ...v.agents.map(agentLine)].join("\n"),
  op_agent: (v) =>
    [
      `Agent ${agentLine(v.agent)}`,
      v.payments.length === 0 ? "No payments yet." : "Last payments:",
      ...v.payments.map((one) => `${storyTime(one.openedAt, v.now, showDateEn)} ${paymentLine(one)}`),
    ].join("\n"),
  op_deposit: (v) =>
    v.deposit.started ? `${depositOf(v.deposit)} Under way: ${showRupiah(v.deposit.underWay)}.` : depositOf(v.deposit),
  op_today: (v) => todayText(v.today),
  op_how_resolve: (v) =>
    [
      `${v.ref} (${STATES[v.state]}). Ask MMBC first, then type one of:`,
      `RESOLVE ${v.bare} PAID and the bank's ref.`,
      `RESOLVE ${v.bare} RETURNED`,
      `RESOLVE ${v.bare} NOT and the reason`,
    ].join("\n"),
  op_not_asked: (v) => `${v.ref}: ${STATES[v.state]}. There is nothing to ask MMBC.`,
  op_changed: (v) => changedText(v.done),
  op_not_done: (v) => notDoneText(v.no, v.now),
  op_alert: (v, how) => alertText(v.alert, how),
  op_news: (v) => newsText(v.news),

  staff_says: (v) => `Staff: ${v.text}`,
  handed_back: () => "Our staff are done. The automatic service is back: type MENU to check a tax.",
  wish_not_in: (v) =>
    `Top-up of ${showRupiah(v.amount)}: we have not seen the money yet. Send the transfer's slip to our staff, then ask again.`,
};

export const operatorLabels: typeof idLabels = {
  label_op_check: () => "Check now",
  label_op_task: (v) => `See #${v.id}`,
  label_op_tell: () => "Tell the customer",
  label_op_resolve: () => "Decide",
  label_op_got: () => "It is in",
  label_op_not_got: () => "Not yet",
  label_op_agree: () => "Agree",
  label_op_reject: () => "Reject",
  label_op_reply: () => "Answer",
  label_op_close: () => "Done",
  label_op_look: () => "Look",
  label_op_go_on: () => "Go on paying",
  label_op_unlock: () => "Open, old PIN",
  label_op_new_pin: () => "New PIN",
  label_op_resume: () => "Make active again",
  label_op_again: (v) => `Add ${showRupiah(v.amount)}`,
  label_op_no: () => "No",
  label_op_sum: (v) => `Yes, ${showRupiah(v.amount)}`,
  label_op_agent: (v, how) => label(`Agent ${v.id} ${v.name}`, how),
  label_op_payment: (v) => `See ${v.ref}`,
};
