import fc, { type Arbitrary } from "fast-check";
import type { WordKey, Words } from "../../flows/words/words.ts";
import { PROVINCES } from "../../src/domain/data/provinces.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { AGENT_SAMPLES } from "./agent-samples.ts";
import { OPERATOR_SAMPLES } from "./operator-samples.ts";
import { RELAY_SAMPLES } from "./relay-samples.ts";

export type Values<K extends WordKey> = Parameters<Words[K]>[0];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const none = fc.constant({});
const said = fc.boolean();
/** Empty where the world may leave it empty. */
const orEmpty = (some: Arbitrary<string>) => fc.oneof(some, fc.constant(""));

const sum = fc.integer({ min: 0, max: 10_000_000 }).map(rupiah);
const count = fc.integer({ min: 1, max: 40 });
const now = fc.integer({ min: Date.UTC(2019, 6, 1), max: Date.UTC(2031, 0, 1) });
/** A time that is later by up to three days, or earlier by up to one. */
const later = fc
  .tuple(now, fc.integer({ min: -DAY / MINUTE, max: (3 * DAY) / MINUTE }))
  .map(([from, minutes]) => ({ now: from, at: from + minutes * MINUTE }));
const until = later.map((v) => ({ now: v.now, until: v.at }));
const next = later.map((v) => ({ now: v.now, nextAt: v.at }));

const surePlate = fc.constantFrom("F 0001 Z", "B 1234 ABC", "DK 4321 XY", "L 8 X");
const plate = orEmpty(surePlate);
const vehicle = orEmpty(
  fc.constantFrom("YAMAHA 28D (AL115S/MIO) 2010", "HONDA NF 125 TR 2012", "TOYOTA AVANZA 1.3 G M/T 2019"),
);
const ref = fc.constantFrom("TRX-7K2MQ", "TRX-9PXMA");
const proof = fc.constantFrom("7K2MQ", "9PXMA");
const genuine = fc.constantFrom("7K2MQ-94QD", "9PXMA-2B3C");
const code = fc.integer({ min: 100, max: 999 }).map(String);
const nik = fc.constantFrom("3204********0001", "3174********123");
const chassis = fc.constantFrom("MH1J FZ11 0HK1 2345 6", "MHKA B", "MH32 8D30 CAJ6 1234 5678 9");
const letters = fc.uniqueArray(fc.constantFrom("O", "I", "l", "B", "S"), { minLength: 1 }).map((all) => all.join(", "));
const digits = fc.uniqueArray(fc.constantFrom("0", "1", "8", "5"), { minLength: 1 }).map((all) => all.join(", "));
const region = fc.constantFrom(...PROVINCES.map(({ name }) => name), "SAMSAT_BARU");
const product = fc.constantFrom(
  ...PROVINCES.map((one) => `SAMSAT_${one.product}`),
  "SAMSAT_BARU",
  "SAMSAT KOTA BARU SEKALI",
);
const typed = fc.constantFrom("bandung", "jabar ya pak", "F 1234 AB", "motornya yang merah di rumah");
const contact = orEmpty(fc.constantFrom("Bu Sari 0812-3456-7890", "0812-3456-7890"));
const hours = fc.constantFrom("08.00–20.00 WIB", "08.00-16.00 WIB");
const field = fc.constantFrom("region" as const, "nik" as const, "chassis" as const);
const state = fc.constantFrom("live" as const, "paid" as const, "not-paid" as const, "refunded" as const);
const zone = fc.constantFrom("WIB" as const, "WITA" as const, "WIT" as const);
const asked = fc.constantFrom("Mohon ketik NIK: 16 angka di KTP.", "Please type a town or the plate number.");
const owner = fc.constantFrom("JOR***", "***");

const bill = fc.record({
  plate,
  vehicle,
  color: orEmpty(fc.constant("MERAH MARUN")),
  owner,
  pkb: sum,
  swdkllj: sum,
  bbn: sum,
  pkbPenalty: sum,
  swdklljPenalty: sum,
  bbnPenalty: sum,
  other: sum,
  fee: sum,
  total: sum,
  until: now,
});

/** Two samples as one. */
function both<A, B>(first: Arbitrary<A>, second: Arbitrary<B>): Arbitrary<A & B> {
  return fc.tuple(first, second).map(([a, b]) => ({ ...a, ...b }));
}

const live = both(next, fc.record({ ref }));

/** Values for every sentence, as the flows may fill them: a new sentence does not compile until it has some. */
export const SAMPLES: { readonly [K in WordKey]: Arbitrary<Values<K>> } = {
  ...AGENT_SAMPLES,
  ...RELAY_SAMPLES,
  greeting: fc.record({ loket: fc.constantFrom("Loket Samsat", "Loket Samsat Keliling Cibinong Raya"), fee: sum }),
  greeting_sandbox: none,
  greeting_back: none,
  ask_region: none,
  ask_region_tail: none,
  no_regions: none,
  help: none,
  help_tail: none,
  where_chassis: none,
  privacy: fc.record({ loket: fc.constantFrom("Loket Samsat", "Loket Samsat Keliling Cibinong Raya") }),
  erase_ask: none,
  erase_busy: fc.record({ ref }),
  erased: none,
  not_erased: none,
  language_now: none,
  thanks: none,
  human: fc.record({ hours, contact }),
  human_closed: fc.record({ opens: now, now }),
  human_took: none,
  human_heard: none,
  media_voice: fc.record({ asked }),
  media_photo: fc.record({ asked }),
  media_call: fc.record({ contact, hours }),
  media_other: fc.record({ asked }),
  type_region: none,
  type_nik: none,
  type_chassis: none,
  type_human: none,
  type_words: none,

  ask_nik: none,
  nik_consent: none,
  ask_chassis: none,
  got_region: fc.record({ region, guessed: said, plate: orEmpty(surePlate) }),
  got_nik: fc.record({ nik, forgets: said }),
  got_chassis: fc.record({ chassis }),
  got_plate: fc.record({ plate: surePlate }),
  same_nik: fc.oneof(fc.record({ nik, region: orEmpty(region) }), fc.record({ nik: orEmpty(nik), region })),
  region_unknown: fc.record({ typed }),
  region_absent: fc.record({ region }),
  plate_absent: fc.record({ prefix: fc.constantFrom("B", "PA", "PB") }),
  region_none: none,
  region_many: none,
  region_closed: fc.record({ region }),
  region_wait: fc.record({ region }),
  region_open: fc.record({ region }),
  nik_short: fc.record({ count: fc.integer({ min: 1, max: 15 }), keep: said }),
  nik_long: fc.record({ count: fc.integer({ min: 17, max: 40 }) }),
  nik_letters: fc.record({ letters, digits }),
  nik_unusual: fc.record({ nik }),
  nik_joined: fc.record({ nik }),
  nik_none: none,
  is_chassis: fc.record({ chassis }),
  chassis_size: fc.record({ count }),
  chassis_length: fc.record({ count, chassis }),
  chassis_letters: fc.record({ chassis, letters, digits }),
  chassis_none: none,
  choice_invalid: fc.record({ choices: count }),
  not_understood: none,
  tap_old: none,
  look_again: none,
  fix: none,
  again: fc.record({ region: orEmpty(region), nik: orEmpty(nik) }),
  nudge: both(until, fc.record({ field })),
  resume: fc.record({ field, region: orEmpty(region), nik: orEmpty(nik) }),
  cancelled: fc.oneof(
    fc.constant({ paying: "no" as const, which: "" }),
    fc.record({ paying: fc.constant("live" as const), which: orEmpty(ref) }),
    fc.record({ paying: fc.constant("paid" as const), which: plate }),
  ),
  cancelled_nothing: none,
  nothing_kept: none,
  idle: none,

  checking: none,
  waiting: none,
  bill,
  bill_sandbox: none,
  bill_plate_differs: fc.record({ bill: surePlate, typed: surePlate }),
  bill_late: none,
  bill_midnight: none,
  bill_ask: fc.record({ code }),
  bill_relay: fc.record({
    contact,
    text: orEmpty(fc.constant("Bayar tunai di Toko Sari, Jalan Raya Parung 12, buka setiap hari sampai sore.")),
  }),
  deposit_low: none,
  bill_over_max: fc.record({ max: sum }),
  bill_over: fc.record({ plate, total: sum }),
  bill_expired: fc.record({ plate, total: sum, until: now, code }),
  bill_changed: fc.record({ from: sum, to: sum, penalty: sum, code }),
  button_stale: none,
  stale_nothing: none,
  confirm_mismatch: fc.record({ total: sum, plate, code }),
  not_payable_here: fc.record({ contact }),
  bill_not_found: fc.record({
    region,
    nik,
    chassis,
    reason: orEmpty(fc.constant("Maaf, Datamu Tidak Ketemu. Silakan periksa kembali nomor rangka dan nomor KTP")),
  }),
  not_found_next: none,
  not_found_third: fc.oneof(
    later,
    now.map((from) => ({ now: from, at: undefined })),
  ),
  already_paid: none,
  closed_by_biller: fc.record({ region }),
  bill_bad: none,
  biller_slow: until,
  biller_down: none,
  biller_still_down: none,
  biller_back: none,
  rate_limited: later,
  invoice_used: none,
  vehicle_busy: fc.record({ plate, since: now, now, ref: orEmpty(ref), contact }),
  paid_lately: fc.record({ plate, ref: orEmpty(ref), proof }),

  under_way: live,
  still_minute: live,
  still_half_hour: both(live, fc.record({ contact })),
  still_three_hours: live,
  still_day: fc.record({ ref, contact }),
  second_tap: fc.record({ ref: orEmpty(ref) }),
  sent_already: fc.record({ ref: orEmpty(ref) }),
  paid_already: fc.record({ plate, ref, proof }),
  paid_final: fc.record({ plate, ref: orEmpty(ref) }),
  ended_already: fc.record({ ref: orEmpty(ref) }),
  paid: fc.record({ plate, vehicle, total: sum, paidAt: now, zone, ref }),
  paid_decided: fc.record({ plate, vehicle, total: sum, paidAt: now, zone, ref }),
  paid_sandbox: none,
  paid_next: fc.record({ place: fc.constantFrom("jabar" as const, "jabar-b" as const, "general" as const) }),
  paid_skkp: none,
  paid_refs: fc.record({
    reference: fc.constant("5A834FE7A6394BA0A387EA9E8EFB1E48"),
    trace: orEmpty(fc.constant("245209")),
    code: genuine,
  }),
  proof_caption: fc.record({ ref, plate }),
  proof_decided: fc.record({ ref, plate, reference: orEmpty(fc.constant("BJB-77")), contact }),
  not_charged: fc.record({ plate, ref }),
  refunded: fc.record({ plate, ref }),
  changed_its_word: fc.record({ plate, ref, contact }),
  withdrawn_expired: fc.record({ plate }),
  withdrawn_cancelled: fc.record({ plate }),
  withdrawn_region: fc.record({ plate, region }),
  withdrawn_biller: fc.record({ plate }),
  withdrawn_again: fc.record({ plate }),
  withdrawn_older: fc.record({ plate }),
  withdrawn_slow: fc.record({ plate }),
  pay_cap: none,
  paying_paused: none,
  status_none: none,
  status_none_last: fc.record({ plate, state, at: now, ref }),
  status_live: both(
    fc.oneof(
      next,
      now.map((from) => ({ now: from, nextAt: undefined })),
    ),
    fc.record({ ref, plate, total: sum }),
  ),
  history: none,
  history_none: none,
  history_line: fc.record({ ref, plate, total: sum, state, at: now }),
  history_tail: none,
  proof_none: none,
  proof_unknown: fc.record({ ref }),
  proof_not_paid: fc.record({ ref, state }),
  proof_erased: fc.record({ ref }),
  authentic_yes: fc.record({ code: genuine, plate, total: sum, at: now }),
  authentic_no: fc.record({ code: genuine }),
  authentic_how: none,
  system: fc.record({ code: fc.constantFrom("E-4821", "E-0007") }),
  back_online: none,

  label_region: fc.record({ product, open: said }),
  label_last: fc.record({ plate }),
  label_pay: fc.record({ total: sum }),
  label_wrong: none,
  label_cancel: none,
  label_help: none,
  label_fix_to: fc.record({ digits }),
  label_keep: none,
  label_keep_this: none,
  label_retype: none,
  label_right: none,
  label_other_region: none,
  label_change_region: none,
  label_change_nik: none,
  label_change_chassis: none,
  label_tell_open: none,
  label_another: none,
  label_picture: none,
  label_proof_again: none,
  label_same_nik: none,
  label_other_nik: none,
  label_check_pay: none,
  label_status: none,
  label_where_chassis: none,
  label_human: none,
  label_erase: none,
  label_not_erase: none,
  label_try_again: none,

  ...OPERATOR_SAMPLES,
};
