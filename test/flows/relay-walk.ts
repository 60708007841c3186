import type { ActResult, CustomerAct, RequestedResult, RequestView } from "../../flows/index.ts";
import type { CustomerNotice } from "../../src/domain/notice.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { RequestRef } from "../../src/domain/staff.ts";
import type { FlowChat } from "../fakes/flow-chat.ts";
import { COUNTERS } from "./chats.ts";
import { facts, news, REQUEST } from "./relay-chat.ts";

type Pick = <T>(all: readonly T[], how: number) => T;

const TEXTS = [
  "sudah",
  "sudah transfer",
  "sudah 9pxm2",
  "setuju",
  "loket lain",
  "tunggu",
  "batal",
  "belum",
  "ya",
  "status",
];
const TAPS = [
  "counter:any",
  "counter:K7QM",
  "counter:P2RG",
  "counter:Z9ZZ",
  "counter:x",
  "tell-duty",
  "req:said:9PXM2",
];
const MORE_TAPS = [
  "req:others:9PXM2",
  "req:wait:9PXM2",
  "req:yes:9PXM2:183500",
  "req:taken-back:8ZZZZ",
  "hand:take:9PXM2",
];
const ACTS: readonly CustomerAct[] = ["others", "cancelled", "taken-back", "said", "said-with-photo", "yes"];
const STATES: readonly RequestView["state"][] = ["asked", "taken", "received", "paying", "unpaid", "done", "closed"];
const RESULTS: readonly RequestedResult["kind"][] = ["asked", "asked", "exists", "nobody", "not-that-one", "late"];
const NEWS: readonly CustomerNotice["kind"][] = [
  ...(["asked", "taken", "taken", "taken", "received", "sum-moved", "bill-late", "no-answer", "nobody"] as const),
  ...(["silent-agent", "let-go", "expired", "passed-on", "unpaid-with-agent", "returned", "shut"] as const),
];

/** What a person who has asked, his agents and the desk may do at any time. */
export function relayAct(chat: FlowChat, how: number, pick: Pick): void {
  const turn = Math.floor(how * 100) % 10;
  const rest = (how * 1000) % 1;
  switch (turn) {
    case 0:
    case 1:
      return void chat.says(pick(TEXTS, rest));
    case 2:
      return void chat.tapsId(pick([...TAPS, ...MORE_TAPS], rest));
    case 3:
    case 4:
      return void answersRequest(chat, pick(RESULTS, rest));
    case 5:
    case 6:
      return void tellsNews(chat, pick(NEWS, rest));
    case 7:
      return void answersAct(chat, pick(ACTS, rest), (how * 17) % 1);
    case 8:
      return void (chat.world.counters !== undefined && changesCounters(chat, rest));
    default:
      return void chat.sends("photo");
  }
}

function answersRequest(chat: FlowChat, kind: RequestedResult["kind"]): void {
  const asking = chat.context.requests?.find(({ stage }) => stage === "asking");
  if (asking === undefined) return;
  const result: RequestedResult = kind === "asked" || kind === "exists" ? { kind, ref: refOf(asking.nonce) } : { kind };
  chat.hears({ type: "requested", nonce: asking.nonce, result });
}

/** Each bill has one of its own. */
function refOf(nonce: string): RequestRef {
  const sign = "23456789"[Number(nonce.slice(-2)) % 8] ?? "2";
  return `${REQUEST.slice(0, 4)}${sign}` as RequestRef;
}

function tellsNews(chat: FlowChat, kind: CustomerNotice["kind"]): void {
  const request = chat.context.requests?.at(-1);
  const about = request === undefined ? {} : { ref: request.ref ?? refOf(request.nonce), plate: request.plate };
  news(chat, kind, { ...about, total: rupiah(kind === "sum-moved" ? 196_300 : 183_500) });
}

function answersAct(chat: FlowChat, act: CustomerAct, how: number): void {
  const request = chat.context.requests?.at(-1);
  const ref = request?.ref ?? REQUEST;
  const state = STATES[Math.floor(how * STATES.length)] ?? "taken";
  const none = { mine: false, declined: false, closed: undefined } as const;
  const view = { ...facts({ ref }), ...none, state, agent: how < 0.5 ? "Loket Cibinong" : "", said: how > 0.3 };
  const result: ActResult =
    how > 0.95
      ? { kind: "unknown" }
      : { kind: how < 0.6 ? "done" : "impossible", request: { ...view, received: how > 0.7 } };
  chat.hears({ type: "customer-acted", act, ref, result });
}

function changesCounters(chat: FlowChat, how: number): void {
  chat.world.counters = how < 0.3 ? [] : how < 0.5 ? COUNTERS.slice(2) : COUNTERS;
}
