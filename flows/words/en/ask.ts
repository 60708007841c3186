import type { ask as id } from "../id/ask.ts";
import { when } from "./times.ts";
import { vehicle } from "./vehicle.ts";

type FieldName = Parameters<typeof id.nudge>[0]["field"];

const NAMES: Readonly<Record<FieldName, string>> = {
  region: "the region",
  nik: "the NIK",
  chassis: "the chassis number",
};

function place(v: { readonly region: string; readonly nik: string }): string {
  return [v.region, v.nik === "" ? "" : `NIK ${v.nik}`].filter((word) => word !== "").join(", ");
}

function digits(count: number): string {
  return count === 1 ? "1 digit" : `${count} digits`;
}

/** `letter I`, `letters I, O`. */
function named(what: "letter" | "digit", list: string): string {
  return `${what}${list.includes(",") ? "s" : ""} ${list}`;
}

function characters(count: number): string {
  return count === 1 ? "1 character" : `${count} characters`;
}

function stands(v: Parameters<typeof id.cancelled>[0]): string {
  switch (v.paying) {
    case "no":
      return "Nothing was paid.";
    case "live":
      return `${v.which === "" ? "The payment before it" : `Payment ${v.which}`} goes on; we will tell you the result.`;
    case "paid":
      return `The payment for ${vehicle(v.which)} stays as it is: paid.`;
  }
}

export const ask: typeof id = {
  ask_nik:
    () => `Type the owner's NIK: the 16 digits on the KTP (identity card), of the name on the STNK (registration).
Bought second-hand and not yet transferred? Use the previous owner's NIK.`,
  nik_consent: () => "By sending the NIK you declare that you may use it to look up this bill.",
  ask_chassis: () => `Type the chassis number, usually 17 letters and digits.
On the STNK: line "NOMOR RANGKA/NIK/VIN", not NOMOR MESIN (engine number). Example: MH1JFZ110HK123456`,
  got_region: (v) =>
    v.guessed
      ? `Region: ${v.region}${v.plate === "" ? "" : `, by the plate ${v.plate}`}. If that is wrong, type CHANGE REGION.`
      : `Region: ${v.region}.`,
  got_nik: (v) =>
    `NIK received: ${v.nik}. ${v.forgets ? "We delete your message when the bill is found." : "You may delete your message now."}`,
  got_chassis: (v) => `Chassis number noted: ${v.chassis}.`,
  got_plate: (v) => `We will compare plate ${v.plate} with the bill.`,
  same_nik: (v) => `We use again: ${place(v)}.`,

  region_unknown: (v) =>
    `We do not know the region "${v.typed}" yet. Type a town or the plate number, for example: F 1234 AB.`,
  region_absent: (v) =>
    `${v.region} cannot be paid at this counter yet. Type a town or the plate number of another region, for example: F 1234 AB.`,
  plate_absent: (v) => `The region of ${v.prefix} plates is not served here yet.`,
  region_none: () => "That message has no region in it yet. Type a town or the plate number, for example: F 1234 AB.",
  region_many: () => "Several regions match. Choose one:",
  region_closed: (v) => `${v.region} is closed at the moment, and we do not know yet when it opens.`,
  region_wait: (v) =>
    `All right. We will tell you here as soon as ${v.region} opens. Type MENU if you want another region.`,
  region_open: (v, how) =>
    `${v.region} is open again.${how.style === "buttons" ? "" : ` Type "${v.region}" to check the tax.`}`,

  nik_short: (v) =>
    `Only ${digits(v.count)} so far, ${16 - v.count} missing. Look at the KTP, then type the 16-digit NIK again.${v.keep ? " If the KTP really has 15, type KEEP." : ""}`,
  nik_long: (v) =>
    `That is ${digits(v.count)}, ${v.count - 16} too many. Look at the KTP, then type the 16-digit NIK again.`,
  nik_letters: (v) =>
    `A NIK has digits only. The ${named("letter", v.letters)} in it may be the ${named("digit", v.digits)}.`,
  nik_unusual: (v) =>
    `This NIK is built unusually (${v.nik}). Compare it with the KTP; type it again, or type KEEP if it is the same.`,
  nik_joined: (v) => `We joined your last two messages: ${v.nik}.`,
  nik_none: () => "That message has no NIK in it yet. Type the owner's NIK: the 16 digits on the KTP, no letters.",
  is_chassis: (v) => `That is the chassis number; we have noted it: ${v.chassis}.`,

  chassis_size: (v) =>
    `That is ${characters(v.count)}; a chassis number usually has 17. Look at the STNK, then type the chassis number again.`,
  chassis_length: (v) =>
    `That is ${characters(v.count)} (${v.chassis}); a chassis number usually has 17. Could it be the engine number?`,
  chassis_letters: (v) =>
    `Please check the chassis number: ${v.chassis}. The ${named("letter", v.letters)} ${v.letters.includes(",") ? "are" : "is"} rarely used; perhaps the ${named("digit", v.digits)}.`,
  chassis_none: () =>
    'That message has no chassis number in it yet. Type the chassis number: usually 17 letters and digits, on the STNK in the line "NOMOR RANGKA/NIK/VIN".',

  choice_invalid: (v, how) =>
    how.style === "buttons"
      ? "We do not know that choice. Tap one of the buttons."
      : v.choices === 1
        ? "We do not know that choice. Reply with 1."
        : `We do not know that choice. Reply with a number from 1 to ${v.choices}, for example: 1.`,
  not_understood: () => "Sorry, we did not understand that message.",
  tap_old: () => "That button no longer works.",
  look_again: () => "Need help? Type STAFF.",
  fix: () => "Which part needs changing?",
  again: (v) =>
    `${v.region === "" ? "" : `Region ${v.region}. `}${v.nik === "" ? "The same NIK?" : `The same NIK (${v.nik})?`} Or simply type the chassis number.`,
  nudge: (v) =>
    `We are still waiting for ${NAMES[v.field]}. Your answers are kept until ${when(v.until, v.now)}; reply whenever you like.`,
  resume: (v) => {
    const had = place(v);
    return `We had got to ${NAMES[v.field]}${had === "" ? "" : ` (${had})`}. Type ${NAMES[v.field]}, or reply RESTART.`;
  },
  cancelled: (v) =>
    `Cancelled. ${stands(v)} Your answers are kept for 24 hours: type RESUME when you need them, or MENU to start again.`,
  cancelled_nothing: () => "There is nothing to cancel. Type MENU to check a tax.",
  nothing_kept: () => "No answers are kept.",
  idle: () => "Type MENU to check a tax, STATUS for your payments, or HELP.",
};
