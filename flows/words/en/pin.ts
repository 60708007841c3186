import { showRupiah } from "../../../src/domain/rupiah.ts";
import type { pin as id } from "../id/pin.ts";
import { when } from "./times.ts";

function keepSecret(forgets: boolean): string {
  return forgets ? "" : " Then delete that PIN message from your phone.";
}

function opener(contact: string): string {
  return contact === "" ? "Our staff" : contact;
}

export const pin: typeof id = {
  pin_first: () => "You have no PIN yet. Set one first; the bill is kept.",
  pin_new: (v) => `Choose a PIN: type 6 digits, not a birthday and not digits in a row.${keepSecret(v.forgets)}`,
  pin_weak: () => "That PIN is easy to guess, or is not 6 digits. Type 6 other digits.",
  pin_again: (v) => `Type that PIN once more.${keepSecret(v.forgets)}`,
  pin_there: (v) => `You have a PIN already. Type that one.${keepSecret(v.forgets)}`,
  pin_differs: (v) =>
    `Not the same as the first PIN. Type the first one, tries left: ${v.left}; forgotten? Our staff can take it away.${keepSecret(v.forgets)}`,
  pin_done: () => "The PIN is saved. Tell it to nobody, not even to our staff.",
  pin_later: () => "All right. We ask for a PIN again when you want to pay.",
  pin_ask: (v) => `Type your PIN (6 digits), or CANCEL.${keepSecret(v.forgets)}`,
  pin_for: (v) => `Type your PIN to pay ${showRupiah(v.total)}.${keepSecret(v.forgets)}`,
  pin_wrong: (v) => `Wrong PIN, tries left: ${v.left}.${v.forgets ? "" : " Delete that PIN message."}`,
  pin_locked: (v) => `The PIN is locked. ${opener(v.contact)} can open it. Your bills are kept; nothing has been paid.`,
  pin_unasked: (v) =>
    v.forgets ? "No PIN was asked for. We delete that message." : "No PIN was asked for. Delete that message.",
  pin_right_late: () => "The PIN is right, but that confirmation is old. Nothing has been paid.",
  session_locked: () => "Locked. We ask for the PIN again before the next payment.",

  enrol_done: () => "This chat is registered now.",
  enrol_wrong: () =>
    "That ENROL code does not count: a slip, used already, or older than 24 hours. Ask our staff for a new one.",
  enrol_rest: () => "Too many wrong codes. Try again in an hour, or ask our staff.",
  enrol_taken: () => "This chat is registered to somebody else. Our staff can release it.",
  agent_only: () => "That command is for registered agents. Type MENU to check a tax.",
  code_rest: (v) => `Too many wrong proof codes. You can try again at ${when(v.at, v.now)}, or type STAFF.`,
};
