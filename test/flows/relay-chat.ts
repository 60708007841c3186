import type { ActResult, CustomerAct, RequestView } from "../../flows/index.ts";
import type { CustomerNotice, RequestFacts } from "../../src/domain/notice.ts";
import { rupiah, ZERO } from "../../src/domain/rupiah.ts";
import type { RequestRef } from "../../src/domain/staff.ts";
import { billOf, type FlowChat, MINUTE } from "../fakes/flow-chat.ts";
import { COUNTERS, chatAt, type Options, relays, tells } from "./chats.ts";

export const REQUEST = "9PXM2" as RequestRef;

/** A bill where agents pay for customers. */
export function atBill(options: Options = {}, counters = COUNTERS): FlowChat {
  const chat = chatAt("bill", options);
  relays(chat, counters);
  // The bill as it is shown with agents on duty.
  chat.says("kembali");
  chat.says("MH1JFZ110HK123456");
  chat.billed({ kind: "bill", bill: billOf() });
  return chat;
}

export function facts(over: Partial<RequestFacts> = {}): RequestFacts {
  const vehicle = "YAMAHA 28D (AL115S/MIO) 2010";
  const base = { ref: REQUEST, plate: "F 0001 Z", vehicle, product: "SAMSAT_JABAR" };
  return { ...base, total: rupiah(183_500), markup: ZERO, ...over };
}

const CIBINONG = { id: COUNTERS[0]?.id ?? ("K7QM" as never), name: "Loket Cibinong" };

type Kinds = CustomerNotice["kind"];

/** The news as the desk writes them, at the time of the chat. */
export function news(chat: FlowChat, kind: Kinds, over: Partial<RequestFacts> = {}, more: object = {}): string {
  const at = chat.now;
  const request = facts(over);
  const agent = CIBINONG;
  const nextAt = at + 10 * MINUTE;
  const until = at + 30 * MINUTE;
  const all: { readonly [K in Kinds]: Extract<CustomerNotice, { kind: K }> } = {
    asked: { kind: "asked", agent: undefined, nextAt, request },
    taken: { kind: "taken", agent, handover: "Jalan Raya 1, Cibinong", until, request },
    received: { kind: "received", agent, receivedAt: at, nextAt, request },
    "sum-moved": { kind: "sum-moved", agent, was: rupiah(183_500), nextAt, request },
    "bill-late": { kind: "bill-late", agent, nextAt, request },
    "no-answer": { kind: "no-answer", agent, request },
    nobody: { kind: "nobody", request },
    "silent-agent": { kind: "silent-agent", agent, saidAt: at, nextAt, request },
    "let-go": { kind: "let-go", agent, nextAt, request },
    expired: { kind: "expired", agent, request },
    "passed-on": { kind: "passed-on", agent, request },
    "unpaid-with-agent": { kind: "unpaid-with-agent", agent, tried: "7K2MQ" as never, why: "not-paid", request },
    returned: { kind: "returned", agent, request },
    shut: { kind: "shut", agent, request },
  };
  return tells(chat, { ...all[kind], ...more } as CustomerNotice);
}

/** The customer has asked, and the desk has it. */
export function requested(options: Options = {}): FlowChat {
  const chat = chatAt("requested", options);
  chat.hears({ type: "requested", nonce: nonceOf(chat), result: { kind: "asked", ref: REQUEST } });
  news(chat, "asked");
  return chat;
}

export function nonceOf(chat: FlowChat): string {
  return chat.context.requests?.at(-1)?.nonce ?? "";
}

/** What the desk says to an act: done, or how the request stands. */
export function answers(
  chat: FlowChat,
  act: CustomerAct,
  over: Partial<RequestView> = {},
  kind: "done" | "impossible" = "done",
  passedOn = false,
): string {
  const base = {
    ...facts(),
    state: "taken",
    agent: "Loket Cibinong",
    mine: false,
    said: false,
    received: false,
    declined: false,
    closed: undefined,
  } as const;
  const result: ActResult = { kind, request: { ...base, ...over } };
  const passed = passedOn ? ({ passedOn } as const) : {};
  return chat.hears({ type: "customer-acted", act, ref: REQUEST, result, ...passed });
}
