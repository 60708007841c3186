import { showRupiah } from "../../../src/domain/rupiah.ts";
import type { greeting as id } from "../id/greeting.ts";
import { when } from "./times.ts";

export const greeting: typeof id = {
  greeting: (v) =>
    `Welcome to ${v.loket}, a counter for the yearly vehicle tax. We are not a Samsat (government vehicle tax) office.
Checking is free; the admin fee of ${showRupiah(v.fee)} applies only if you pay.
Not possible here: the five-yearly change of plates, vehicles in a company's name, or tax that falls due 6 months from now or later.
We send your NIK (the 16 digits on the KTP identity card) to our payment partner for this purpose only, show it masked, and delete it after 24 hours (90 days if you pay). Details: PRIVACY.`,
  greeting_sandbox: () => "SIMULATION: no real money, and the data is made up.",
  greeting_back: () => "Welcome back.",
  ask_region: () => "In which region is the vehicle registered?",
  ask_region_tail: (_, how) =>
    how.style === "buttons"
      ? "Tap a button, or type a town or the plate number. Example: F 1234 AB"
      : "Reply with a number, a town, or the plate number. Example: F 1234 AB",
  no_regions: () =>
    "We could not get the list of regions because the payment system is out of order. Type MENU in a few minutes. Nothing was paid.",
  help: (_, how) => (how.style === "buttons" ? "How can we help?" : "How can we help? Reply with the number."),
  help_tail: () => "We never ask for an OTP and never send APK files.",
  where_chassis: () =>
    `The chassis number is on the STNK (registration certificate), line "NOMOR RANGKA/NIK/VIN": usually 17 letters and digits. Not NOMOR MESIN, the engine number.
On the vehicle: on the frame near the handlebars (motorcycle), or in the engine bay or on the door pillar (car).`,
  privacy: (v) =>
    `Personal data at ${v.loket}:
We ask for the NIK, the chassis number and the region to find the bill, and send them to our payment partner for that only.
If you check without paying, we delete them after 24 hours. If you pay, we keep them for 90 days for the proof; after that only the sum and the reference, for our books.
Everything is stored encrypted; the NIK is always shown masked.
Your rights under Law 27/2022: type DELETE MY DATA to have it deleted, STAFF to ask a question.`,
  erase_ask: () =>
    "Delete your NIK, chassis number, history and proofs from this counter? We cannot send a deleted proof again.",
  erase_busy: (v) =>
    `Payment ${v.ref} is still open. We have deleted your other data; what belongs to it we delete when it is finished.`,
  erased: () => "We have deleted your data. We keep only the sums and references, for our books.",
  not_erased: () => "All right, nothing was deleted.",
  language_now: () => "All right, we use English. (Untuk bahasa Indonesia: INDONESIA)",
  thanks: () => "You're welcome.",
  human: (v) =>
    `We are passing you to our staff (${v.hours}).${v.contact === "" ? "" : ` Phone: ${v.contact}.`} Automatic replies pause for now; type MENU to return. We still send the results of payments.`,
  human_closed: (v) =>
    `Our staff are back ${when(v.opens, v.now)}. Write your message; it will be read. MENU for the automatic service.`,
  human_took: () =>
    "Our staff are looking after you here. Automatic replies pause for now; type MENU to return. We still send the results of payments.",
  human_heard: () => "We have kept your message for our staff. Type MENU for the automatic service.",
  media_voice: (v) => `We cannot listen to voice messages yet. ${v.asked}`,
  media_photo: (v) => `We cannot read photos yet, and do not keep them. ${v.asked}`,
  media_call: (v) =>
    v.contact === ""
      ? "This number takes no calls. Type here, or type STAFF."
      : `This number takes no calls. Type here, or contact our staff: ${v.contact} (${v.hours}).`,
  media_other: (v) => `We cannot read that kind of message yet. ${v.asked}`,
  type_region: () => "Please type a town or the plate number.",
  type_nik: () => "Please type the NIK: the 16 digits on the KTP (identity card).",
  type_chassis: () => "Please type the chassis number, or type STAFF.",
  type_human: () => "Just write your message; our staff read it.",
  type_words: () => "Please type it in words, or type STAFF.",
};
