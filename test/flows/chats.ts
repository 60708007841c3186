import type { CounterView, OpenResult, Place, Policy } from "../../flows/index.ts";
import type { Notice, PaymentFacts, WithdrawnWhy } from "../../src/domain/notice.ts";
import type { PaymentRef } from "../../src/domain/ref.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { StaffId } from "../../src/domain/staff.ts";
import { billOf, CHASSIS, type FlowChat, flowChat, MINUTE, NIK } from "../fakes/flow-chat.ts";

export const REF = "7K2MQ" as PaymentRef;
export const OTHER_CHASSIS = "MH1JFZ110HK654321";

export const STYLES = ["buttons", "numbers"] as const;

export type Options = Parameters<typeof flowChat>[0];

/** Every place in which a conversation can rest. */
export const PLACES: readonly Place[] = [
  "idle",
  "region",
  "nik",
  "chassis",
  "doubt",
  "closed",
  "inquiring",
  "slow",
  "down",
  "bill",
  "notFound",
  "again",
  "confirming",
  "watching",
  "counters",
  "nobody",
  "requested",
  "human",
];

/** A chat that has come to this place the plain way. */
export function chatAt(place: Place, options: Options = {}): FlowChat {
  const chat = flowChat(options);
  if (RELAYED.includes(place)) relays(chat, place === "nobody" ? [] : COUNTERS);
  walkTo(chat, place);
  if (chat.place !== place) throw new Error(`the chat is at ${chat.place}, not at ${place}`);
  return chat;
}

const TO_INQUIRY = ["menu", "Jawa Barat", NIK, CHASSIS];

/** What is typed to come to each place, or to the inquiry before it. */
const WAYS: Readonly<Record<Place, readonly string[]>> = {
  idle: ["menu", "batal"],
  region: ["menu"],
  nik: ["menu", "Jawa Barat"],
  chassis: ["menu", "Jawa Barat", NIK],
  doubt: ["menu", "Jawa Barat", NIK, "MH1JFZI10HK123456"],
  closed: ["menu", "Jawa Tengah"],
  human: ["menu", "petugas"],
  inquiring: TO_INQUIRY,
  slow: TO_INQUIRY,
  down: TO_INQUIRY,
  bill: TO_INQUIRY,
  notFound: TO_INQUIRY,
  again: TO_INQUIRY,
  confirming: TO_INQUIRY,
  watching: TO_INQUIRY,
  counters: TO_INQUIRY,
  nobody: TO_INQUIRY,
  requested: TO_INQUIRY,
};

/** Walks a new chat to a place the plain way, if its policy lets it. */
export function walkTo(chat: FlowChat, place: Place): void {
  for (const text of WAYS[place]) chat.says(text);
  switch (place) {
    case "slow":
      chat.billed(unavailable);
      break;
    case "down":
      goDown(chat);
      break;
    case "bill":
      chat.billed({ kind: "bill", bill: billOf() });
      break;
    case "notFound":
      chat.billed({ kind: "not-found", reason: "Maaf, Datamu Tidak Ketemu." });
      break;
    case "again":
      chat.billed({ kind: "already-paid", reason: "" });
      chat.says("kendaraan lain");
      break;
    case "confirming":
    case "watching":
      chat.billed({ kind: "bill", bill: billOf() });
      pays(chat);
      if (place === "watching") opens(chat);
      break;
    case "counters":
    case "nobody":
    case "requested":
      chat.billed({ kind: "bill", bill: billOf() });
      pays(chat);
      if (place === "requested") chat.tapsId("counter:any");
  }
}

/** Places to which a bill leads where agents pay for customers. */
const RELAYED: readonly Place[] = ["counters", "nobody", "requested"];

export const COUNTERS: readonly CounterView[] = [
  { id: "K7QM" as StaffId, name: "Loket Cibinong", place: "Cibinong" },
  { id: "P2RG" as StaffId, name: "Loket Parung", place: "Parung" },
  { id: "A5AA" as StaffId, name: "Pak Asep", place: "" },
];

/** Customers do not pay themselves here: these agents are on duty. */
export function relays(chat: FlowChat, counters: readonly CounterView[]): void {
  chat.world.policy = { ...chat.world.policy, mayPay: false };
  chat.world.counters = counters;
}

/** The biller does not answer until it counts as down. */
export function goDown(chat: FlowChat): void {
  while (chat.place !== "down") {
    if (chat.place === "inquiring") chat.billed(unavailable);
    else chat.waits(MINUTE);
  }
}

export const unavailable = { kind: "unavailable", why: "timeout", reason: "" } as const;

/** Confirms the bill on offer with its code, which works on every channel. */
export function pays(chat: FlowChat): string {
  return chat.says(`BAYAR ${codeOf(chat)}`);
}

export function codeOf(chat: FlowChat): string {
  const code = chat.context.quote?.code;
  if (code === undefined) throw new Error("there is no bill on offer");
  return code;
}

/** The id in the button of the bill on offer. */
export function payButton(chat: FlowChat): string {
  return `pay:${chat.context.quote?.nonce}`;
}

/** The ledger answers the last confirmation. */
export function opens(chat: FlowChat, result: OpenResult = { kind: "opened", ref: REF, state: "live" }): string {
  const asked = chat.context.bills.findLast(({ state }) => state === "asked");
  if (asked === undefined) throw new Error("nothing was confirmed");
  return chat.hears({ type: "opened", nonce: asked.nonce, result });
}

export function factsOf(over: Partial<PaymentFacts> = {}): PaymentFacts {
  return {
    ref: REF,
    plate: "F 0001 Z",
    vehicle: "YAMAHA 28D (AL115S/MIO) 2010",
    product: "SAMSAT_JABAR",
    total: rupiah(183_500),
    ...over,
  };
}

let notices = 0;

export function tells(chat: FlowChat, notice: Notice): string {
  notices += 1;
  return chat.hears({ type: "notice", id: `n${notices}`, notice });
}

export function paid(chat: FlowChat, over: Partial<PaymentFacts> = {}): string {
  return tells(chat, {
    kind: "paid",
    payment: {
      ...factsOf(over),
      paidAt: chat.now,
      reference: "5A834FE7A6394BA0A387EA9E8EFB1E48",
      trace: "245209",
      code: "7K2MQ-94QD" as never,
    },
  });
}

export function underWay(chat: FlowChat, over: Partial<PaymentFacts> = {}): string {
  return tells(chat, { kind: "under-way", nextAt: chat.now + MINUTE, payment: factsOf(over) });
}

export function notPaid(chat: FlowChat, over: Partial<PaymentFacts> = {}): string {
  return tells(chat, { kind: "not-paid", how: "not-charged", payment: factsOf(over) });
}

export function withdrawn(chat: FlowChat, why: WithdrawnWhy, over: Partial<PaymentFacts> = {}): string {
  return tells(chat, { kind: "withdrawn", why, payment: factsOf(over) });
}

/** The kinds of the tasks of the last step. */
export function kindsOf(chat: Pick<FlowChat, "last">): readonly string[] {
  return chat.last.map(({ kind }) => kind);
}

/** How often a payment was asked for in this chat. */
export function payTasks(chat: FlowChat) {
  return chat.tasks.flatMap((task) => (task.kind === "pay" ? [task] : []));
}

export const RELAY: Partial<Policy> = { mayPay: false };
