import { showRupiah } from "../../../src/domain/rupiah.ts";
import { bold } from "../../../src/domain/text.ts";
import type { hands as id } from "../id/hands.ts";
import { line } from "../lines.ts";
import { because } from "./reasons.ts";
import { when } from "./times.ts";
import { vehicle } from "./vehicle.ts";

export const hands: typeof id = {
  offer: (v, how) =>
    `Request ${v.ref}: ${line(v.plate, v.vehicle, showRupiah(v.total))}${v.markup > 0 ? ` + counter fee ${showRupiah(v.markup)}` : ""}. Free balance ${showRupiah(v.free)}.${how.style === "buttons" ? "" : ` Reply TAKE ${v.ref} or SKIP ${v.ref}.`}`,
  offer_gone: (v) => `${v.ref} has been taken by another counter.`,
  offer_closed: (v) => `${v.ref} has been closed.`,
  offer_skipped: (v) => `${v.ref} skipped.`,
  offer_unknown: (v) => `There is no request ${v.ref} that you could take. Check the code.`,
  hand_yours: (v, how) =>
    `${v.ref} (${vehicle(v.plate)}) is yours until ${when(v.until, v.now)}; ${showRupiah(v.total)} of your balance is held. ${how.style === "buttons" ? `Tap only when ${showRupiah(v.cash)} is in your hand.` : `${showRupiah(v.cash)} in your hand? Reply PAY ${v.code}. Not after all? RELEASE ${v.ref}.`}`,
  hand_customer_paid: (v, how) =>
    `The customer of ${v.ref} (${vehicle(v.plate)}) says that ${showRupiah(v.cash)} was handed over${v.photo ? " and has a picture of it" : ""}. ${how.style === "buttons" ? "Have you got it? Tap Money received." : `Have you got it? Reply PAY ${v.code}.`}`,
  hand_picture: (v) =>
    `A picture from the customer of ${v.ref} (${vehicle(v.plate)}). Pictures can be forged: look for ${showRupiah(v.cash)} in your own account before you say that you have it.`,
  hand_picture_lost: (v) =>
    `The customer of ${v.ref} (${vehicle(v.plate)}) sent a picture that we cannot pass on. Look for ${showRupiah(v.cash)} in your own account.`,
  hand_reminder: (v, how) =>
    `The customer of ${v.ref} has been waiting since ${when(v.saidAt, v.now)}: have you got ${showRupiah(v.cash)}? ${how.style === "buttons" ? "Tap Money received" : `Reply PAY ${v.code}`}, or type STAFF.`,
  hand_cancelled: (v) =>
    `The customer has cancelled ${v.ref}. ${showRupiah(v.total)} of your balance is free again. Take no money.`,
  hand_expired: (v) =>
    `The time of ${v.ref} is up and the request is closed. ${showRupiah(v.total)} of your balance is free again. Take no money; got it already? Type STAFF.`,
  hand_passed_on: (v) =>
    `Our staff have given ${v.ref} to another counter. ${showRupiah(v.total)} of your balance is free again.`,
  hand_shut: (v) => `Our staff have closed ${v.ref}. ${showRupiah(v.total)} of your balance is free again.`,
  hand_let_go: (v) => `${v.ref} released. ${showRupiah(v.total)} of your balance is free again.`,
  hand_sum_asked: (v) =>
    `The bill for ${vehicle(v.plate)} (${v.ref}) has changed from ${showRupiah(v.was)} to ${bold(showRupiah(v.total))}; it is not paid yet. We ask the customer; keep the money meanwhile.`,
  hand_sum_agreed: (v, how) =>
    `The customer of ${v.ref} agrees to the new sum. Exactly ${bold(showRupiah(v.cash))} in your hand? ${how.style === "buttons" ? "Tap Money received." : `Reply PAY ${v.code}.`}`,
  hand_bill_wait: (v) =>
    `The payment system is slow, so ${vehicle(v.plate)} (${v.ref}) is not paid yet. We keep trying. Next news by ${when(v.nextAt, v.now)}.`,
  hand_unpaid: (v) =>
    `${vehicle(v.plate)} has not succeeded (${v.ref})${because(v.why)}. ${showRupiah(v.total)} of your balance is free again. You still have the customer's money.`,
  hand_paid_elsewhere: (v) =>
    `According to the system ${vehicle(v.plate)} is paid already, so it was not paid (${v.ref}). ${showRupiah(v.total)} of your balance is free again. Give the customer the money back.`,
  hand_balance: (v) =>
    `The sum of ${vehicle(v.plate)} has risen and your balance does not cover it, so it is not paid (${v.ref}). ${showRupiah(v.total)} is free again; you still have the customer's money. Fill your balance and try again, or give the money back.`,
  hand_taken_back: (v) =>
    `The customer has cancelled ${v.ref} (${vehicle(v.plate)}) and wants ${showRupiah(v.cash)} back. ${showRupiah(v.total)} of your balance is free again. Given back, or never received? Say so here.`,
  hand_paying: (v) => `Noted: the money of ${v.ref} is in your hand. We pay the tax.`,
  hand_done: (v) => `${v.ref} is finished: the tax of ${vehicle(v.plate)} is paid.`,
  hand_returned: (v) => `Noted: the money of ${v.ref} is back with the customer. We tell the customer.`,
  hand_not_now: (v) => `${v.ref} does not go that way any more. Type STATUS to see what is open.`,
  hand_waits_yes: (v) =>
    `The sum of ${v.ref} has changed and the customer has not agreed yet. We tell you as soon as he does.`,
  hand_after_said: (v) =>
    `The customer of ${v.ref} says that the money was handed over, so only our staff can move it. Type STAFF.`,
  hand_short: (v) =>
    `Your balance lacks ${showRupiah(v.missing)} for ${v.ref}. Do not take money yet. Type TOPUP and the sum to ask for more.`,
  hand_capped: (v) => `${v.ref} goes beyond your limit of today. Take no money.`,
  hand_paused: (v) => `The counter takes no payments for a while, so ${v.ref} cannot be taken now. Take no money.`,
  hand_suspended: (v) =>
    `Your account is suspended, so we do not pay ${v.ref}. ${v.contact === "" ? "Our staff" : v.contact} has been told; keep the money meanwhile.`,
  hand_open: (v, how) =>
    v.how === "unpaid"
      ? `${line(v.ref, v.plate, showRupiah(v.total))}: not paid, you have the customer's money. TRY AGAIN ${v.ref} or GIVEN BACK ${v.ref}.`
      : `${line(v.ref, v.plate, showRupiah(v.total))}: yours.${how.style === "buttons" || v.code === "" ? "" : ` Money in your hand? Reply PAY ${v.code}.`}`,
  duty_over: () => "Three offers in a row went unanswered, so we have ended your duty. Type DUTY to start again.",
  duty_closed: () =>
    "The counter has closed for the day, so we have ended your duty. What you have taken stays yours. Type DUTY to start again.",
  label_take: () => "Take",
  label_skip: () => "Skip",
  label_money_here: () => "Money received",
  label_let_go: () => "Release",
};
