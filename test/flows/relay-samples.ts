import fc from "fast-check";
import type { UnpaidKey } from "../../flows/unpaid-why.ts";
import type { hands } from "../../flows/words/id/hands.ts";
import type { relay } from "../../flows/words/id/relay.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { Values } from "./samples.ts";

type RelayKey = keyof typeof relay | keyof typeof hands;

const MINUTE = 60_000;
const none = fc.constant({});
const said = fc.boolean();
const sum = fc.integer({ min: 0, max: 10_000_000 }).map(rupiah);
const now = fc.integer({ min: Date.UTC(2019, 6, 1), max: Date.UTC(2031, 0, 1) });
const times = fc
  .tuple(now, fc.integer({ min: 0, max: 4000 }))
  .map(([at, minutes]) => ({ now: at, later: at + minutes * MINUTE }));
const orEmpty = (some: fc.Arbitrary<string>) => fc.oneof(some, fc.constant(""));
const plate = orEmpty(fc.constantFrom("F 0001 Z", "B 1234 ABC", "DK 4321 XYZ"));
const vehicle = orEmpty(fc.constantFrom("YAMAHA 28D (AL115S/MIO) 2010", "TOYOTA AVANZA 1.3 G M/T 2019"));
const ref = fc.constantFrom("7K2MQ", "9PXM2");
const agent = fc.constantFrom("Loket Cibinong", "Agen Pak Haji Somad Parung Panjang", "Sari");
const contact = orEmpty(fc.constantFrom("Bu Sari 0812-3456-7890", "0812-3456-7890"));
const code = fc.integer({ min: 100, max: 999 }).map(String);
const tried = orEmpty(fc.constantFrom("TRX-7K2MQ"));
const handover = orEmpty(fc.constantFrom("Jalan Raya 1, Cibinong\nTransfer BCA 123456 a.n. Sari"));

const unpaidWhy = fc.constantFrom<UnpaidKey>("region", "cap", "late", "stopped", "refunded", "refused", "no-bill", "");

const ofRequest = { ref, plate, cash: sum };
const ofAgent = { ...ofRequest, agent };
const maybeAgent = { ...ofRequest, agent: orEmpty(agent) };

/** With the time of the next word. */
function nextly<T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return fc.tuple(times, fc.record(fields)).map(([{ now, later }, rest]) => ({ now, nextAt: later, ...rest }));
}

/** With a time that has passed. */
function since<T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return fc.tuple(times, fc.record(fields)).map(([{ now, later }, rest]) => ({ now: later, saidAt: now, ...rest }));
}

const opens = times.map(({ now, later }) => ({ now, opens: later }));
const moved = { plate, total: sum, until: now, code };
const byRef = fc.record({ ref });
const back = fc.record({ ref, total: sum });
const notPaid = { plate, ref, total: sum };

export const RELAY_SAMPLES: { readonly [K in RelayKey]: fc.Arbitrary<Values<K>> } = {
  bill_relay_ask: fc.record({ code }),
  relay_mismatch: fc.record({ plate, total: sum, code }),
  relay_unchanged: fc.record(moved),
  relay_changed: fc.record({ from: sum, to: sum, code }),
  choose_counter: none,
  not_that_counter: none,
  nobody_on_duty: fc.oneof(
    opens,
    now.map((at) => ({ now: at, opens: undefined })),
  ),
  late_night: opens,
  duty_wait: none,
  duty_open: none,
  duty_wait_over: none,
  label_relay: none,
  label_counter: fc.record({ name: agent }),
  label_any_counter: none,
  label_tell_duty: none,
  label_done: none,
  request_asking: none,
  request_known: none,
  request_exists: byRef,
  request_asked: nextly(maybeAgent),
  request_waits: fc.record(ofRequest),
  request_no_answer: fc.record(maybeAgent),
  request_others: fc.record(ofRequest),
  request_wait_on: fc.record(ofRequest),
  request_nobody: fc.record(ofRequest),
  request_taken: fc
    .tuple(times, fc.record({ ...ofAgent, markup: sum, total: sum, handover }))
    .map(([{ now, later }, rest]) => ({ now, until: later, ...rest })),
  request_hand_over: fc.record(ofAgent),
  request_said: fc.record(ofAgent),
  request_photo: fc.record(ofAgent),
  request_photo_passed: fc.record(ofAgent),
  request_said_before: fc.record(ofAgent),
  request_received: nextly({ ...ofAgent, receivedAt: now }),
  request_paying: fc.record(ofAgent),
  request_cannot_stop: fc.record(ofAgent),
  request_bill_late: nextly(ofAgent),
  request_sum_moved: nextly({ ...ofAgent, was: fc.option(sum, { nil: undefined }), total: sum }),
  request_agreed: fc.record(ofAgent),
  request_silent_agent: fc
    .tuple(times, fc.record({ ...ofAgent, contact, saidAt: now }))
    .map(([{ now, later }, rest]) => ({ now, nextAt: later, ...rest })),
  request_let_go: nextly(ofAgent),
  request_expired: fc.record({ ...ofAgent, contact }),
  request_passed_on: fc.record(ofAgent),
  request_unpaid: fc.record({ ...ofAgent, tried, contact, why: unpaidWhy }),
  request_paid_elsewhere: fc.record({ ...ofAgent, contact }),
  request_taken_back: fc.record({ ...ofAgent, contact }),
  request_returned: fc.record({ ...ofAgent, contact }),
  request_shut: fc.record({ ...maybeAgent, contact }),
  request_cancelled: fc.record(ofRequest),
  request_handed_over: fc.record(ofAgent),
  request_done: fc.record(ofRequest),
  request_closed: fc.record(ofRequest),
  request_none: none,
  request_agent_has_it: fc.record({ ...ofAgent, contact }),
  label_handed_over: none,
  label_not_yet: none,
  label_handed: none,
  label_others: none,
  label_wait: none,
  label_agree: none,
  label_money_back: none,

  offer: fc.record({ ref, plate, vehicle, total: sum, markup: sum, free: sum }),
  offer_gone: byRef,
  offer_closed: byRef,
  offer_skipped: byRef,
  offer_unknown: byRef,
  hand_yours: fc
    .tuple(times, fc.record({ ref, plate, total: sum, cash: sum, code }))
    .map(([{ now, later }, rest]) => ({ now, until: later, ...rest })),
  hand_picture: fc.record(ofRequest),
  hand_picture_lost: fc.record(ofRequest),
  hand_customer_paid: fc.record({ ref, plate, cash: sum, photo: said, code }),
  hand_reminder: since({ ref, cash: sum, code }),
  hand_cancelled: back,
  hand_expired: back,
  hand_passed_on: back,
  hand_shut: back,
  hand_let_go: back,
  hand_sum_asked: fc.record({ ref, plate, was: sum, total: sum }),
  hand_sum_agreed: fc.record({ ref, plate, cash: sum, code }),
  hand_bill_wait: nextly({ ref, plate }),
  hand_unpaid: fc.record({ ...notPaid, why: unpaidWhy }),
  hand_paid_elsewhere: fc.record(notPaid),
  hand_balance: fc.record(notPaid),
  hand_taken_back: fc.record({ ...notPaid, cash: sum }),
  hand_paying: byRef,
  hand_done: fc.record({ ref, plate }),
  hand_returned: byRef,
  hand_not_now: byRef,
  hand_waits_yes: byRef,
  hand_after_said: byRef,
  hand_short: fc.record({ ref, missing: sum }),
  hand_capped: byRef,
  hand_paused: byRef,
  hand_suspended: fc.record({ ref, contact }),
  hand_open: fc.record({
    ref,
    plate,
    total: sum,
    code: orEmpty(code),
    how: fc.constantFrom("taken" as const, "unpaid" as const),
  }),
  duty_over: none,
  duty_closed: none,
  stray_balance: fc.record({ what: fc.constantFrom("top-up", "adjustment"), amount: sum, contact }),
  stray_request: fc.record({ ref, plate, money: fc.boolean(), contact }),
  label_take: none,
  label_skip: none,
  label_money_here: none,
  label_let_go: none,
};
