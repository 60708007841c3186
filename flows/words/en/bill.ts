import { showRupiah } from "../../../src/domain/rupiah.ts";
import { bold } from "../../../src/domain/text.ts";
import { showTime } from "../../../src/domain/time.ts";
import type { BillValues, bill as id } from "../id/bill.ts";
import { amounts, line } from "../lines.ts";
import type { How } from "../words.ts";
import { when } from "./times.ts";
import { vehicle, vehicleFirst } from "./vehicle.ts";

/** The Indonesian abbreviations stay: they are what is printed on the proof and on the papers. */
function sums(v: BillValues): string {
  return amounts([
    ["Vehicle tax (PKB)", v.pkb, "always"],
    ["Accident cover (SWDKLLJ)", v.swdkllj, "always"],
    ["Transfer duty (BBN)", v.bbn, "if-any"],
    ["PKB penalty", v.pkbPenalty, "if-any"],
    ["SWDKLLJ penalty", v.swdklljPenalty, "if-any"],
    ["BBN penalty", v.bbnPenalty, "if-any"],
    ["Other components", v.other, "if-any"],
    ["Admin fee", v.fee, "always"],
  ]);
}

export const bill: typeof id = {
  checking: () => "We are checking the bill now.",
  waiting: () => "Checking the bill, usually less than 1 minute.",
  bill: (v) => `Bill found
${line(v.plate === "" ? "No plate given" : v.plate, v.vehicle, v.color)}
Owner: ${v.owner}
${sums(v)}
${bold(`Total: ${showRupiah(v.total)}`)}
Valid until ${showTime(v.until)}. A payment that succeeded cannot be cancelled.`,
  bill_sandbox: () => "SIMULATION: this is not a real bill.",
  bill_plate_differs: (v) => `Please note: this is ${v.bill}, not ${v.typed} as you typed.`,
  bill_late: () => "After midnight the bill may get a penalty.",
  bill_midnight: () => "Close to midnight we do not pay. Check again after 00.00 WIB by typing RESUME.",
  bill_ask: (v, how) =>
    how.style === "buttons"
      ? "Are the name and the plate right?"
      : `Name and plate right? Reply PAY ${v.code}. Wrong? Reply CHANGE.`,
  bill_relay: (v) =>
    [
      v.text,
      v.contact === "" ? "To pay, type STAFF." : `To pay, contact our staff: ${v.contact}, or type STAFF.`,
      "Do not hand over money before our staff have answered.",
    ]
      .filter((sentence) => sentence !== "")
      .join(" "),
  deposit_low: () =>
    "The counter takes no payments for a while. Do not hand over any money yet; try again later by typing RESUME. Nothing was paid.",
  bill_over_max: (v) => `Bills above ${showRupiah(v.max)} go through our staff only. Type STAFF.`,
  bill_over: (v, how) =>
    `The bill for ${vehicle(v.plate)} (${showRupiah(v.total)}) is old by now. ${how.style === "buttons" ? "Tap Check again" : "Type RESUME"} to check it again; nothing was paid.`,
  bill_expired: (v, how) =>
    `The bill for ${vehicle(v.plate)} had run out of time; we checked it again and the sum is still ${showRupiah(v.total)}, valid until ${showTime(v.until)}. ${toPay(v.code, how)}`,
  bill_changed: (v, how) =>
    `The sum has changed from ${showRupiah(v.from)} to ${bold(showRupiah(v.to))}${v.penalty > 0 ? ` (PKB penalty ${showRupiah(v.penalty)})` : ""}. Do you agree? ${toPay(v.code, how)}`,
  button_stale: (_, how) =>
    `That ${how.style === "buttons" ? "button" : "code"} is from an old bill. Here is the latest:`,
  stale_nothing: () =>
    "That bill is old by now, so we do not pay it. Type MENU to check again, or STATUS for your payments.",
  confirm_mismatch: (v, how) =>
    how.style === "buttons"
      ? `Nothing was paid yet. To pay ${showRupiah(v.total)} for ${vehicle(v.plate)}, tap the Pay button.`
      : `Nothing was paid yet. To pay ${showRupiah(v.total)} for ${vehicle(v.plate)}, reply PAY ${v.code}.`,
  not_payable_here: (v) =>
    v.contact === ""
      ? "Paying in this chat is not open yet. Type STAFF to pay; nothing was paid."
      : `Paying in this chat is not open yet. Contact our staff: ${v.contact}; nothing was paid.`,

  bill_not_found: (v) =>
    `Nothing found for ${v.region}, NIK ${v.nik}, chassis ${v.chassis}.${v.reason === "" ? "" : `\nThe system says: "${v.reason}"`}`,
  not_found_next: () =>
    "Just type the right number, or choose what to change. The NIK must belong to the name on the STNK.",
  not_found_third: (v) =>
    `Not found three times now. Compare letter by letter: the region, the NIK of the name on the STNK, the line NOMOR RANGKA. Need help? Type STAFF.${v.at === undefined ? "" : ` You can check again at ${when(v.at, v.now)}.`}`,
  already_paid: () => "According to the system, the tax of this vehicle is already paid. There is nothing to pay.",
  closed_by_biller: (v) =>
    `${v.region} takes no checks at the moment. Your answers are kept; try again later with RESUME. Nothing was paid.`,
  bill_bad: () =>
    "We cannot read the bill from the system with certainty, so we do not process it. We have told our staff.",
  biller_slow: (v) =>
    `The payment system is slow. We keep trying until ${when(v.until, v.now)}, then let you know. Nothing was paid.`,
  biller_down: () =>
    "The payment system is out of order. Your answers are kept; we will tell you when it works again. Nothing was paid.",
  biller_still_down: () =>
    "The payment system is still out of order, so we have stopped checking. Nothing was paid. Type RESUME at any time to try again.",
  biller_back: () => "The payment system works again.",
  rate_limited: (v) => `Too many checks. You can check again at ${when(v.at, v.now)}. Urgent? Type STAFF.`,
  invoice_used: () =>
    "We have sent this bill before, and our staff are checking what became of it. We do not pay it twice.",
  vehicle_busy: (v) =>
    `A payment for ${vehicle(v.plate)} has been under way since ${when(v.since, v.now)}${v.ref === "" ? "" : ` (${v.ref})`}. We do not pay it twice.${v.ref === "" && v.contact !== "" ? ` Questions: ${v.contact}.` : ""}`,
  paid_lately: (v) =>
    v.ref === ""
      ? `${vehicleFirst(v.plate)} was paid just now. There is no need to pay again.`
      : `${vehicleFirst(v.plate)} is already paid at this counter (${v.ref}). Type PROOF ${v.proof} for the proof.`,
};

function toPay(code: string, how: How): string {
  return how.style === "buttons" ? "Tap the Pay button." : `Reply PAY ${code}.`;
}
