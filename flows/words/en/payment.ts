import { showRupiah } from "../../../src/domain/rupiah.ts";
import { bold } from "../../../src/domain/text.ts";
import { showDateEn, showDateTimeEn } from "../../../src/domain/time.ts";
import type { payment as id } from "../id/payment.ts";
import { line } from "../lines.ts";
import { when } from "./times.ts";
import { vehicle, vehicleFirst } from "./vehicle.ts";

const PLACES: Readonly<Record<Parameters<typeof id.paid_next>[0]["place"], string>> = {
  jabar: "a Samsat office in West Java, a Bank BJB branch, or an appointed police station (call first)",
  "jabar-b": "the Samsat of Depok, Cinere or Bekasi",
  general: "the Samsat office that issued the STNK",
};

const STATES: Readonly<Record<Parameters<typeof id.history_line>[0]["state"], string>> = {
  live: "under way",
  paid: "paid",
  "not-paid": "not paid",
  refunded: "not paid, money returned",
};

function staff(contact: string): string {
  return contact === "" ? "A member of our staff" : contact;
}

export const payment: typeof id = {
  under_way: (v) =>
    `Payment under way. No. ${v.ref}. Please do not pay elsewhere. Next news by ${when(v.nextAt, v.now)}.`,
  still_minute: (v) =>
    `The payment system has not answered yet (${v.ref}). We keep checking; you need not do anything. Please do not pay elsewhere. Next news by ${when(v.nextAt, v.now)}.`,
  still_half_hour: (v) =>
    `We are still checking ${v.ref}. ${staff(v.contact)} is on it. Next news by ${when(v.nextAt, v.now)}.`,
  still_three_hours: (v) => `No result for ${v.ref} yet. We check every hour. Next news by ${when(v.nextAt, v.now)}.`,
  still_day: (v) =>
    `The result of ${v.ref} is not certain after 24 hours. ${staff(v.contact)} is handling it personally and will contact you. Do not pay elsewhere before you hear from us.`,
  second_tap: (v) =>
    v.ref === ""
      ? "We already have your confirmation and are checking it. We will not pay twice."
      : `Under way (${v.ref}). We will not pay twice.`,
  sent_already: (v) =>
    v.ref === ""
      ? "We have already passed on your confirmation, so it cannot be cancelled. We will tell you the result."
      : `${v.ref} has been sent and cannot be cancelled. We will tell you the result.`,
  paid_already: (v) =>
    `${vehicleFirst(v.plate)} is already paid at this counter (${v.ref}). Type PROOF ${v.proof} for the proof.`,
  paid_final: (v) =>
    `The payment for ${vehicle(v.plate)}${v.ref === "" ? "" : ` (${v.ref})`} has succeeded and cannot be cancelled. Type MENU for another vehicle.`,
  ended_already: (v) =>
    `That payment${v.ref === "" ? "" : ` (${v.ref})`} did not succeed. Type RESUME to check the bill again.`,

  paid: (v) => `Payment successful ✅
${line(v.plate, v.vehicle, bold(showRupiah(v.total)))}
${showDateTimeEn(v.paidAt, v.zone)} · No. ${v.ref}`,
  paid_decided: (v) => `Payment declared paid by our staff
${line(v.plate, v.vehicle, bold(showRupiah(v.total)))}
${showDateTimeEn(v.paidAt, v.zone)} · No. ${v.ref}`,
  paid_sandbox: () => "SIMULATION: no tax has really been paid.",
  paid_next: (v) =>
    `Next, have the STNK (registration) endorsed: take a print of this proof, the owner's original KTP (identity card) and the original STNK to ${PLACES[v.place]}.`,
  paid_skkp: () => "There you receive the e-SKKP (tax settlement sheet). This proof does not replace it.",
  paid_refs: (v) =>
    line(`Bank ref. ${v.reference}`, v.trace === "" ? "" : `Trace no. ${v.trace}`, `Genuine code ${v.code}`),
  proof_caption: (v) => `Proof of payment for ${vehicle(v.plate)} (${v.ref})`,
  proof_decided: (v) =>
    `Our staff's word on ${vehicle(v.plate)} (${v.ref}): paid${v.reference === "" ? "" : `, reference ${v.reference}`}. The payment system has not confirmed it, so this message is not a proof of payment. Our staff see to the proof; ask ${v.contact === "" ? "by typing STAFF" : `them at ${v.contact}`}.`,

  not_charged: (v) =>
    `The payment for ${vehicle(v.plate)} has not succeeded; the tax is not paid (${v.ref}). You may try again: type RESUME.`,
  refunded: (v) =>
    `The payment for ${vehicle(v.plate)} has not succeeded; the tax is not paid and the money was returned (${v.ref}). You may try again: type RESUME.`,
  changed_its_word: (v) =>
    `News about ${vehicle(v.plate)} (${v.ref}): the payment system has changed its answer. ${staff(v.contact)} is checking it and will contact you. Please do not pay elsewhere.`,

  withdrawn_expired: (v) =>
    `The bill for ${vehicle(v.plate)} ran out of time before the payment was sent. Nothing was paid; type RESUME to check again.`,
  withdrawn_cancelled: (v) => `The payment for ${vehicle(v.plate)} was cancelled. Nothing was paid.`,
  withdrawn_region: (v) =>
    `${v.region} has just closed, so we have not paid for ${vehicle(v.plate)}. Your answers are kept: type RESUME later.`,
  withdrawn_biller: (v) =>
    `The payment system is out of order, so we have not paid for ${vehicle(v.plate)}. Your answers are kept: type RESUME later.`,
  withdrawn_again: (v) =>
    `Our system stopped for a moment before the payment for ${vehicle(v.plate)} was sent. Nothing was paid; we check the bill again.`,
  withdrawn_slow: (v) =>
    `We did not get to send the payment for ${vehicle(v.plate)}. Nothing was paid; type RESUME to try again.`,
  withdrawn_older: (v) =>
    `We did not send your earlier confirmation for ${vehicle(v.plate)}. Your later one stays in progress; we will tell you how it ends.`,
  pay_cap: () =>
    "Today's limit for payments has been reached. Nothing was paid; you can pay again tomorrow, or type STAFF.",
  paying_paused: () =>
    "We have paused payments for a short check. Nothing was paid; try again later with RESUME, or type STAFF.",

  status_none: () => "No payment is under way. Type MENU to check a tax.",
  status_none_last: (v) =>
    `No payment is under way. Last: ${vehicle(v.plate)}, ${STATES[v.state]} ${showDateEn(v.at)} (${v.ref}).`,
  status_live: (v) =>
    `${line(v.ref, v.plate, showRupiah(v.total), "under way")}.${v.nextAt === undefined ? "" : ` Next news by ${when(v.nextAt, v.now)}.`} Please do not pay elsewhere.`,
  history: () => "Your payments, the latest first:",
  history_none: () => "No payments from this chat yet. Type MENU to check a tax.",
  history_line: (v) => line(showDateEn(v.at), v.plate, showRupiah(v.total), STATES[v.state], v.ref),
  history_tail: () => "For a proof, type PROOF and its number, for example: PROOF 7K2MQ.",
  proof_none: () => "There is no proof of payment in this chat yet. Type HISTORY for your payments.",
  proof_unknown: (v) => `There is no proof ${v.ref} in this chat. Check the number, or type HISTORY.`,
  proof_not_paid: (v) => `${v.ref} has no proof yet: ${STATES[v.state]}. Type STATUS to see how it stands.`,
  proof_erased: (v) => `The proof ${v.ref} has been deleted. The payment itself stays on record.`,
  authentic_yes: (v) =>
    `GENUINE. Code ${v.code}: ${v.plate === "" ? "" : `${v.plate}, `}${showRupiah(v.total)}, paid ${showDateTimeEn(v.at)}.`,
  authentic_no: (v) =>
    `We do not know the code ${v.code}. Do not accept a proof with that code before you have asked our staff.`,
  authentic_how: () => "Type GENUINE and the code on the proof, for example: GENUINE 7K2MQ-94QD.",
  system: (v) =>
    `Something is wrong with our system, not with your data. Your answers are kept; try again in a moment. Code ${v.code}.`,
  back_online: () =>
    "Sorry, we have only just reconnected. Your answers are kept; please send your last message again.",
};
