import fc from "fast-check";
import type { AccountLine, TableRow, UnreadItem } from "../../flows/index.ts";
import type { account } from "../../flows/words/id/account.ts";
import type { agent } from "../../flows/words/id/agent.ts";
import type { pin } from "../../flows/words/id/pin.ts";
import { PROVINCES } from "../../src/domain/data/provinces.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { Values } from "./samples.ts";

type AgentKey = keyof typeof agent | keyof typeof account | keyof typeof pin;

const MINUTE = 60_000;
const none = fc.constant({});
const said = fc.boolean();
const sum = fc.integer({ min: 0, max: 10_000_000 }).map(rupiah);
const more = fc.integer({ min: 1, max: 10_000_000 }).map(rupiah);
const signed = fc.integer({ min: -10_000_000, max: 10_000_000 }).map(rupiah);
const now = fc.integer({ min: Date.UTC(2019, 6, 1), max: Date.UTC(2031, 0, 1) });
const times = fc
  .tuple(now, fc.integer({ min: 0, max: 4000 }))
  .map(([at, minutes]) => ({ at: at + minutes * MINUTE, now: at }));
const next = times.map((v) => ({ nextAt: v.at, now: v.now }));
const since = times.map((v) => ({ since: v.now, now: v.at }));
const days = fc
  .tuple(now, fc.integer({ min: 0, max: 40 }))
  .map(([at, count]) => ({ since: at, last: at + count * 86_400_000 }));

const surePlate = fc.constantFrom("F 0001 Z", "B 1234 ABC", "DK 4321 XYZ", "L 8 X");
const orEmpty = (some: fc.Arbitrary<string>) => fc.oneof(some, fc.constant(""));
const plate = orEmpty(surePlate);
const ref = fc.constantFrom("TRX-7K2MQ", "TRX-9PXMA");
const code = fc.integer({ min: 100, max: 999 }).map(String);
const contact = orEmpty(fc.constantFrom("Bu Sari 0812-3456-7890", "0812-3456-7890"));
const region = fc.constantFrom(...PROVINCES.map(({ name }) => name), "SAMSAT_BARU");
const nik = orEmpty(fc.constant("3204********0001"));
const chassis = orEmpty(fc.constantFrom("MH1J FZ11 0HK1 2345 6", "MHKA B"));
const letters = fc.constantFrom("O", "O, I");
const item = fc.integer({ min: 1, max: 12 });
const form = fc.constantFrom("struk" as const, "pdf" as const, "image" as const);
const noBill = fc.constantFrom(
  ...([
    "asking",
    "not-found",
    "already-paid",
    "closed",
    "bad",
    "used",
    "busy",
    "paid-lately",
    "unavailable",
    "over",
  ] as const),
);
const what = fc.constantFrom("top-up" as const, "adjustment" as const);

const row: fc.Arbitrary<TableRow> = fc.oneof(
  fc.record({
    item,
    plate,
    owner: fc.constantFrom("JOR***", "***"),
    total: sum,
    typed: orEmpty(fc.constant("F 9 Z")),
    why: fc.constant("" as const),
  }),
  fc.record({
    item,
    plate: surePlate,
    owner: fc.constant(""),
    total: fc.constant(undefined),
    typed: fc.constant(""),
    why: noBill,
  }),
);
const unread: fc.Arbitrary<UnreadItem> = fc.record({
  item,
  text: orEmpty(fc.constantFrom("motornya yang merah", "3204… punya bu Siti")),
  why: fc.constantFrom(...(["unread", "no-nik", "no-chassis", "nik-length", "twice", "full"] as const)),
  number: fc.integer({ min: 1, max: 20 }),
});
const line: fc.Arbitrary<AccountLine> = fc.record({
  at: now,
  what: fc.constantFrom("hold", "release", "dispute", "top-up", "adjustment"),
  amount: signed,
  ref: fc.oneof(ref, fc.constant(undefined)),
});
const result = fc.record({
  item,
  plate,
  ref: orEmpty(ref),
  how: fc.constantFrom("paid" as const, "live" as const, "unpaid" as const),
});
const money = { total: sum, balance: signed, after: signed };
const many = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 });

function both<A, B>(first: fc.Arbitrary<A>, second: fc.Arbitrary<B>): fc.Arbitrary<A & B> {
  return fc.tuple(first, second).map(([a, b]) => ({ ...a, ...b }));
}

/** Values for every sentence that an agent's chat may say. */
export const AGENT_SAMPLES: { readonly [K in AgentKey]: fc.Arbitrary<Values<K>> } = {
  desk_welcome: fc.record({ name: fc.constant("Loket Cibinong"), loket: fc.constant("Loket Samsat Keliling") }),
  desk_menu: none,
  desk_hint: none,
  desk_missing: fc.record({
    field: fc.constantFrom("region" as const, "nik" as const, "chassis" as const),
    region: orEmpty(region),
    nik,
    chassis,
    plate,
  }),
  desk_region_many: fc.record({ count: fc.integer({ min: 2, max: 10 }) }),
  desk_nik_letters: fc.record({ letters, digits: fc.constantFrom("0", "0, 1") }),
  desk_closed: fc.record({ region }),
  desk_full: none,
  desk_checking: fc.record({ which: plate }),
  desk_checking_many: fc.record({ count: fc.integer({ min: 1, max: 10 }) }),
  desk_cancelled: none,
  desk_cancel_open: none,
  desk_erase: none,
  desk_media: fc.record({ media: fc.constantFrom("voice" as const, "photo" as const, "other" as const) }),
  desk_bill: fc.record({
    ...money,
    code,
    plate,
    vehicle: orEmpty(fc.constant("MIO 2010")),
    owner: fc.constant("JOR***"),
    markup: sum,
    take: sum,
  }),
  desk_ask: fc.record({ code }),
  desk_short: fc.record({ missing: more, has: sum, wish: fc.constantFrom("100000", "500000"), code: orEmpty(code) }),
  desk_moved: fc.record({ from: sum, to: sum }),
  desk_midnight: none,
  desk_stale: none,
  desk_no_bill: fc.record({ which: plate, why: noBill }),
  desk_no_cash: none,
  desk_correct: none,
  desk_doubt_letters: fc.record({ letters, fixed: fc.constant("MH1J FZ11 0HK1 2345 6") }),
  desk_doubt_length: fc.record({ count: fc.integer({ min: 5, max: 25 }) }),
  desk_code_unknown: none,
  desk_name_it: none,
  desk_open: fc.record({
    rows: fc.array(
      fc.record({ code: orEmpty(code), name: surePlate, total: sum, count: fc.integer({ min: 1, max: 10 }) }),
      { maxLength: 4 },
    ),
  }),
  desk_suspended: fc.record({ contact }),
  desk_capped: fc.record({ code: orEmpty(code) }),
  desk_sales_paused: fc.record({ code: orEmpty(code) }),
  desk_not_opened: fc.record({ plate }),
  desk_hand_back: none,
  desk_handed_back: none,
  desk_not_paid: none,
  desk_ended: fc.record({ plate }),
  desk_unpaid_already: fc.record({ plate, ref }),
  desk_gone: none,
  desk_under_way: fc.record({ plate, ref }),
  desk_pending: both(next, fc.record({ plate, ref })),
  desk_paid: fc.record({ plate, ref }),
  desk_unpaid: fc.record({ plate, ref, total: sum }),
  desk_withdrawn: fc.record({
    plate,
    ref,
    total: sum,
    why: fc.constantFrom(...(["region", "biller", "paused", "cap", "late", "cancelled", "stopped"] as const)),
  }),
  desk_returned: fc.record({ plate, ref }),
  desk_balance: fc.record({ what, amount: signed, balance: signed }),
  desk_still_waiting: fc.record({ bills: many(fc.record({ plate, code })) }),
  table_head: fc.record({ ...money, count: fc.integer({ min: 1, max: 10 }), take: sum }),
  table_none: none,
  table_rows: fc.record({ rows: many(row) }),
  table_unread: fc.record({ items: many(unread), more: fc.integer({ min: 0, max: 3 }) }),
  table_ask: fc.record({ code, example: item }),
  table_moved: none,
  table_result: fc.record({ rows: many(result) }),
  dropped: fc.record({ names: many(plate) }),
  drop_none: none,
  label_retry: fc.record({ plate }),
  label_returned: fc.record({ plate }),

  account_balance: fc.record({ balance: signed, held: sum, credit: sum }),
  account_lines: fc.record({ balance: signed }),
  account_no_lines: none,
  account_line_rows: fc.record({ rows: many(line) }),
  account_report: both(
    days,
    fc.record({ count: fc.integer({ min: 0, max: 500 }), total: sum, fees: sum, cashback: sum, markup: sum }),
  ),
  report_how: none,
  report_caption: days,
  wish_how: none,
  wish_which: none,
  wish_sent: fc.record({ amount: more }),
  wish_none: none,
  topup_twice: both(since, fc.record({ amount: more })),
  proof_form: fc.record({ form }),
  duty_on: none,
  duty_off: none,
  label_wish: fc.record({ amount: fc.integer({ min: 10_000, max: 1_000_000_000 }).map(rupiah) }),
  label_no_wish: none,

  pin_first: none,
  pin_new: fc.record({ forgets: said }),
  pin_weak: none,
  pin_again: fc.record({ forgets: said }),
  pin_there: fc.record({ forgets: said }),
  pin_differs: fc.record({ left: fc.integer({ min: 1, max: 4 }), forgets: said }),
  pin_done: none,
  pin_later: none,
  pin_ask: fc.record({ forgets: said }),
  pin_for: fc.record({ total: more, forgets: said }),
  pin_wrong: fc.record({ left: fc.integer({ min: 1, max: 4 }), forgets: said }),
  pin_locked: fc.record({ contact }),
  pin_unasked: fc.record({ forgets: said }),
  pin_right_late: none,
  session_locked: none,
  enrol_done: none,
  enrol_wrong: none,
  enrol_rest: none,
  enrol_taken: none,
  agent_only: none,
  code_rest: times,
};
