import { showRupiah } from "../../../src/domain/rupiah.ts";
import { bold } from "../../../src/domain/text.ts";
import { showTime } from "../../../src/domain/time.ts";
import type { relay as id } from "../id/relay.ts";
import { label } from "../lines.ts";
import { because } from "./reasons.ts";
import { when } from "./times.ts";
import { vehicle } from "./vehicle.ts";

function staff(contact: string): string {
  return contact === "" ? "our staff" : contact;
}

function next({ nextAt, now }: { readonly nextAt: number; readonly now: number }): string {
  return `Next news by ${when(nextAt, now)}.`;
}

export const relay: typeof id = {
  bill_relay_ask: (v, how) =>
    how.style === "buttons"
      ? "Are the name and the plate right? If so, we pass it on to a counter. Do not hand over any money yet."
      : `Name and plate right? Reply PAY ${v.code} and we pass it on to a counter. Do not hand over any money yet. Wrong? Reply CHANGE.`,
  relay_mismatch: (v, how) =>
    `Not passed on yet. To have a counter pay ${showRupiah(v.total)} for ${vehicle(v.plate)}, ${how.style === "buttons" ? "tap Ask to pay" : `reply PAY ${v.code}`}. Do not hand over any money yet.`,
  relay_unchanged: (v, how) =>
    `The bill for ${vehicle(v.plate)} had run out of time; we checked it again and the sum is still ${showRupiah(v.total)}, valid until ${showTime(v.until)}. ${how.style === "buttons" ? "Tap Ask to pay" : `Reply PAY ${v.code}`} and we pass it on to a counter. Do not hand over any money yet.`,
  relay_changed: (v, how) =>
    `The sum has changed from ${showRupiah(v.from)} to ${bold(showRupiah(v.to))}. Do you agree? ${how.style === "buttons" ? "Tap Ask to pay" : `Reply PAY ${v.code}`} and we pass it on to a counter. Do not hand over any money yet.`,
  choose_counter: () => "At which counter will you hand over the money? Wait for our word before you do.",
  not_that_counter: () => "That counter cannot serve you right now. Do not hand over any money yet.",
  nobody_on_duty: (v) =>
    `No counter is on duty now${v.opens === undefined ? "" : `; open again ${when(v.opens, v.now)}`}. Do not hand money to anybody.`,
  late_night: (v) =>
    `Requests to a counter close at 23.15 WIB. They start again ${when(v.opens, v.now)}; the bill may get a penalty. Do not hand over any money. Your answers are kept: type RESUME.`,
  duty_wait: () =>
    "All right. As soon as a counter is on duty we tell you (between 07.00 and 21.00 WIB, for a day at most). Do not hand over any money yet.",
  duty_open: () => "A counter is on duty now. Type RESUME to check the bill and ask again.",
  duty_wait_over: () =>
    "No counter came on duty for a day, so we stop waiting. No money has moved. Type RESUME any time.",
  label_relay: () => "Ask to pay",
  label_counter: (v, how) => label(v.name, how),
  label_any_counter: () => "Any counter",
  label_tell_duty: () => "Tell me when open",
  label_done: () => "Done",

  request_asking: () => "Your request is being passed on. Do not hand over any money yet.",
  request_known: () =>
    "We have your request for this bill already. Type STATUS to see how it stands. Do not hand over any money before we name the counter.",
  request_exists: (v) => `There is a request ${v.ref} for this vehicle already. Type STATUS to see how it stands.`,
  request_asked: (v) =>
    `Request ${v.ref} has been sent to ${v.agent === "" ? "the counters on duty" : v.agent}. Do not hand over any money yet. ${next(v)} You can still CANCEL.`,
  request_waits: (v) =>
    `Request ${v.ref} for ${vehicle(v.plate)} waits for a counter. Do not hand over any money yet. You can still CANCEL.`,
  request_no_answer: (v, how) =>
    `${v.agent === "" ? "No counter has taken" : `${v.agent} has not taken`} request ${v.ref} yet. Do not hand over any money yet.${how.style === "buttons" ? "" : " Reply OTHER COUNTER, WAIT, or CANCEL."}`,
  request_others: (v) => `We offer request ${v.ref} to other counters. Do not hand over any money yet.`,
  request_wait_on: (v) => `All right, we wait 10 more minutes for ${v.ref}. Do not hand over any money yet.`,
  request_nobody: (v) =>
    `No counter can serve you yet. We have closed request ${v.ref}; no money has moved. Your answers are kept for 24 hours: type RESUME any time.`,
  request_taken: (v, how) =>
    [
      `${v.agent} is ready to pay for ${vehicle(v.plate)}. Hand over ${bold(showRupiah(v.cash))}${v.markup > 0 ? ` (bill ${showRupiah(v.total)} and counter fee ${showRupiah(v.markup)})` : ""} before ${when(v.until, v.now)}${v.handover === "" ? "." : ":"}`,
      v.handover,
      `Name the code ${v.ref}. Afterwards ${how.style === "buttons" ? "tap Handed over" : "reply HANDED OVER"}; a picture of your transfer may be sent${how.style === "buttons" ? " (Telegram, WhatsApp)" : " here"}.`,
    ]
      .filter((text) => text !== "")
      .join("\n"),
  request_hand_over: (v, how) =>
    `${v.agent} waits for ${showRupiah(v.cash)} for ${vehicle(v.plate)}, code ${v.ref}. When it is handed over ${how.style === "buttons" ? "tap Handed over" : "reply HANDED OVER"}; changed your mind? CANCEL.`,
  request_said: (v) =>
    `Thank you. We have told ${v.agent} that ${showRupiah(v.cash)} was handed over; once confirmed, the tax is paid. You hear from us within 15 minutes.`,
  request_photo: (v) =>
    `Noted that there is a picture, and ${v.agent} knows. We do not keep this one and cannot pass it on: show it yourself when asked.`,
  request_photo_passed: (v) =>
    `We pass the picture on to ${v.agent} (${v.ref}) and do not keep it. What counts is the money that arrives.`,
  request_said_before: (v) =>
    `Noted already: ${showRupiah(v.cash)} handed over to ${v.agent} (${v.ref}). We wait for the confirmation.`,
  request_received: (v) =>
    `${v.agent} received ${showRupiah(v.cash)} at ${showTime(v.receivedAt)}. The tax is being paid. ${next(v)}`,
  request_paying: (v) =>
    `Your money for ${vehicle(v.plate)} is with ${v.agent}, and the tax is being paid (${v.ref}). We will not pay twice.`,
  request_cannot_stop: (v) =>
    `The tax of ${vehicle(v.plate)} is being paid (${v.ref}), so it cannot be cancelled any more. We will tell you the result.`,
  request_bill_late: (v) =>
    `Your ${showRupiah(v.cash)} is with ${v.agent}. The payment system is slow, so ${vehicle(v.plate)} is not paid yet. We keep trying. ${next(v)}`,
  request_sum_moved: (v, how) =>
    `${v.was === undefined ? `The bill for ${vehicle(v.plate)} is now` : `The bill for ${vehicle(v.plate)} has changed from ${showRupiah(v.was)} to`} ${bold(showRupiah(v.total))}, so it is not paid yet. Your money is with ${v.agent}. Do you agree? Settle the difference there, then ${how.style === "buttons" ? "tap I agree" : "reply AGREE"}. No? ${how.style === "buttons" ? "Tap Money back" : "Reply CANCEL"}. ${next(v)}`,
  request_agreed: (v) =>
    `All right. ${v.agent} pays for ${vehicle(v.plate)} as soon as the new sum, ${showRupiah(v.cash)}, is there.`,
  request_silent_agent: (v) =>
    `You said that you handed over ${showRupiah(v.cash)} at ${when(v.saidAt, v.now)}. We have reminded ${v.agent} and contacted ${staff(v.contact)}. ${next(v)}`,
  request_let_go: (v) =>
    `${v.agent} does not take request ${v.ref} after all. Do not hand over any money; we offer it to other counters. ${next(v)}`,
  request_expired: (v) =>
    `The time to hand over the money to ${v.agent} has passed, so we have closed request ${v.ref}. Do not hand over any money any more. Done already? Type STAFF. Not yet? Type RESUME to ask again.`,
  request_passed_on: (v) =>
    `Request ${v.ref} is now with ${v.agent}. What you handed over is on record; do not hand over anything again.`,
  request_unpaid: (v) =>
    `The payment for ${vehicle(v.plate)} has not succeeded; the tax is not paid (${v.tried === "" ? v.ref : v.tried})${because(v.why)}. Your ${showRupiah(v.cash)} is with ${v.agent}: ask for another try, or take it back. Questions: ${staff(v.contact)}.`,
  request_paid_elsewhere: (v) =>
    `According to the system the tax of ${vehicle(v.plate)} is paid already, so we do not pay it (${v.ref}). Your ${showRupiah(v.cash)} is with ${v.agent}: take it back there. Questions: ${staff(v.contact)}.`,
  request_taken_back: (v) =>
    `We do not pay it. Your ${showRupiah(v.cash)} is to come back from ${v.agent}, and we have contacted ${staff(v.contact)} (${v.ref}).`,
  request_returned: (v) =>
    `${v.agent} says that your ${showRupiah(v.cash)} has been returned. We have closed request ${v.ref}. Not received? Type STAFF.`,
  request_shut: (v) =>
    `Our staff have closed request ${v.ref}. ${v.agent === "" ? "No money has moved." : `Money that you handed over: ask ${v.agent} or ${staff(v.contact)}.`}`,
  request_cancelled: (v) =>
    `Request ${v.ref} is cancelled. Nothing was paid; do not hand over any money. Your answers are kept for 24 hours: type RESUME if you need them.`,
  request_handed_over: (v) => `Have you handed over ${showRupiah(v.cash)} to ${v.agent}?`,
  request_done: (v) =>
    `Request ${v.ref} is finished: the tax of ${vehicle(v.plate)} is paid. Type PROOF for the proof.`,
  request_closed: (v) =>
    `Request ${v.ref} for ${vehicle(v.plate)} is closed, so nobody waits for your money. Have you handed it over already? Type STAFF.`,
  request_none: () =>
    "No request waits for your money. Do not hand over any money before we name the counter. Done already? Type STAFF.",
  request_agent_has_it: (v) =>
    `Your ${showRupiah(v.cash)} for ${vehicle(v.plate)} is with ${v.agent} (${v.ref}): ask for another try, or take it back there. Questions: ${staff(v.contact)}.`,
  label_handed_over: () => "Handed over",
  label_not_yet: () => "Not yet, cancel",
  label_handed: () => "Yes, I have",
  label_others: () => "Other counters",
  label_wait: () => "10 more minutes",
  label_agree: () => "I agree",
  label_money_back: () => "Money back",

  stray_balance: (v) =>
    `An agent's balance was ${v.what === "top-up" ? "filled by" : "corrected by"} ${showRupiah(v.amount)}, but this chat is no agent's any more. Ask ${staff(v.contact)}.`,
  stray_request: (v) =>
    `Request ${v.ref} for ${vehicle(v.plate)} is an agent's matter, and this chat is no agent's any more. ${v.money ? `If you have the customer's money, ask ${staff(v.contact)} now.` : "There is nothing for you to do."}`,
};
