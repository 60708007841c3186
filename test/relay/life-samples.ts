import { type ConversationKey, conversationKey } from "../../src/conversation/message.ts";
import type { PaymentRef } from "../../src/domain/ref.ts";
import { rupiah, ZERO } from "../../src/domain/rupiah.ts";
import type { RequestRef, StaffId } from "../../src/domain/staff.ts";
import { asking } from "../../src/relay/life/asked.ts";
import type { Face, Faces, Happening, Step, Taker } from "../../src/relay/life/step.ts";
import { decide } from "../../src/relay/life.ts";
import type { NewRequest, Request } from "../../src/relay/request.ts";
import { ANI, aBill } from "../fakes/bills.ts";

/** 10.00 WIB. */
export const MORNING = Date.UTC(2019, 6, 7, 3, 0, 0);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export const TRX = "9PXM2" as PaymentRef;

export interface Counter extends Face, Taker {}

function counter(id: string, name: string): Counter {
  const chat: ConversationKey = conversationKey("telegram", id);
  const handover = `Jalan ${name} 1`;
  return { id: id as StaffId, name, chat, chats: [chat], handover, language: "id", suspended: false };
}

export const CIBINONG = counter("K7QM", "Loket Cibinong");
export const PARUNG = counter("P2RG", "Loket Parung");
export const BOGOR = counter("B3GR", "Loket Bogor");
export const DEPOK = counter("D4PK", "Loket Depok");
export const COUNTERS = [CIBINONG, PARUNG, BOGOR, DEPOK];

export const FACES: Faces = new Map(COUNTERS.map((one) => [one.id, one]));

export function newRequest(over: Partial<Parameters<typeof asking>[0]> = {}, at = MORNING): NewRequest {
  const bill = aBill();
  const quote = { bill, inquiredAt: at - MINUTE, expiresAt: at + 59 * MINUTE, debit: rupiah(183_500) };
  const money = { cashback: rupiah(2_000), markup: ZERO };
  const base = { customer: { chat: ANI, language: "id" as const }, ...quote, ...money, wanted: undefined };
  return asking({ ...base, ...over }, COUNTERS, at);
}

export function asked(over: Parameters<typeof newRequest>[0] = {}, at = MORNING): Request {
  return {
    ...newRequest(over, at),
    ref: "7K2MQ" as RequestRef,
    revision: 1,
    state: "asked",
    askedAt: at,
    taken: undefined,
    said: undefined,
    reminders: 0,
    receivedAt: undefined,
    payments: [],
    closed: undefined,
  };
}

/** What must be possible. */
export function step(request: Request, happening: Happening): Step {
  const decided = decide(request, happening, FACES);
  if (decided.kind === "impossible") throw new Error(`${request.state}, ${happening.kind}: ${decided.why}`);
  return decided;
}

export function lived(request: Request, ...happenings: readonly Happening[]): Request {
  return happenings.reduce((now, happening) => written(step(now, happening)), request);
}

/** As the ledger writes it: with the payment that it opens. */
export function written({ next, opens }: Step): Request {
  const ref = `${TRX.slice(0, 4)}${next.payments.length + 2}` as PaymentRef;
  return opens === undefined ? next : { ...next, payments: [...next.payments, ref] };
}

export const takes = (by: Taker = CIBINONG, at = MORNING): Happening<"taken"> => ({ kind: "taken", by, at });
export const due = (at: number, agents: readonly Counter[] = COUNTERS): Happening<"due"> => ({
  kind: "due",
  agents,
  live: false,
  at,
});
export const says = (at = MORNING): Happening<"said"> => ({ kind: "said", photo: false, at });
export const receives = (at = MORNING, fresh = false): Happening<"received"> => ({
  kind: "received",
  by: CIBINONG.id,
  fresh,
  at,
});
export function ends(request: Request, state: Happening<"ended">["state"], at = MORNING): Happening<"ended"> {
  return { kind: "ended", payment: request.payments.at(-1) ?? TRX, state, at };
}
export function bills(total: number, at = MORNING): Happening<"bill"> {
  const bill = aBill({ total: rupiah(total) });
  return { kind: "bill", bill, inquiredAt: at, expiresAt: at + HOUR, debit: undefined, cashback: ZERO, at };
}

export const taken = (at = MORNING): Request => lived(asked({}, at), takes(CIBINONG, at));
export const waitsForBill = (at = MORNING): Request => lived(taken(at), receives(at, true));
export const paying = (at = MORNING): Request => lived(taken(at), receives(at));
export const unpaid = (at = MORNING): Request => lived(paying(at), ends(paying(at), "refunded", at));

/** Who is told what, in order: `agent:offer`, `customer:taken`. */
export function told({ letters, next }: Pick<Step, "letters" | "next">): readonly string[] {
  const who = (to: ConversationKey) =>
    to === next.customer.chat ? "customer" : (COUNTERS.find(({ chat }) => chat === to)?.name.slice(6) ?? to);
  return letters.map(({ to, notice }) => `${who(to)}: ${notice.kind}`);
}
