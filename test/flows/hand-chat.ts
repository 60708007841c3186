import type { ActResult, AgentAct, RequestView } from "../../flows/index.ts";
import type { AgentNotice, Notice, RequestFacts } from "../../src/domain/notice.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { type AgentChat, agentChat } from "../fakes/agent-chat.ts";
import { MINUTE } from "../fakes/flow-chat.ts";
import { facts, REQUEST } from "./relay-chat.ts";

export type Kinds = AgentNotice["kind"];

/** News of a request as the desk writes them. */
export function news(chat: AgentChat, kind: Kinds, over: Partial<RequestFacts> = {}, more: object = {}): string {
  const request = facts(over);
  const at = chat.now;
  const all: { readonly [K in Kinds]: Extract<AgentNotice, { kind: K }> } = {
    offer: { kind: "offer", request },
    "offer-gone": { kind: "offer-gone", why: "taken", request },
    yours: { kind: "yours", until: at + 30 * MINUTE, request },
    "customer-paid": { kind: "customer-paid", saidAt: at, photo: false, request },
    reminder: { kind: "reminder", saidAt: at, request },
    "customer-cancelled": { kind: "customer-cancelled", request },
    "not-yours": { kind: "not-yours", why: "expired", request },
    "sum-asked": { kind: "sum-asked", was: rupiah(183_500), request },
    "sum-agreed": { kind: "sum-agreed", request },
    "bill-wait": { kind: "bill-wait", nextAt: at + 10 * MINUTE, request },
    unpaid: { kind: "unpaid", tried: "7K2MQ" as never, why: "not-paid", request },
    "duty-over": { kind: "duty-over", request },
  };
  return chat.tells({ ...all[kind], ...more } as Notice);
}

/** It was offered to him, and is his. */
export function taken(options: Parameters<typeof agentChat>[0] = {}, open = agentChat): AgentChat {
  const chat = open(options);
  news(chat, "offer");
  news(chat, "yours");
  return chat;
}

/** What is asked of the desk, in all. */
export function acts(chat: AgentChat): readonly string[] {
  return chat.tasks.flatMap((task) => (task.kind === "agent-act" ? [`${task.act} ${task.ref}`] : []));
}

/** What the desk says to an act. */
export function answers(
  chat: AgentChat,
  act: AgentAct,
  kind: Exclude<ActResult["kind"], "unknown">,
  over: Partial<RequestView> = {},
): string {
  const base = {
    ...facts(),
    agent: "Loket Cibinong",
    mine: true,
    said: false,
    received: false,
    declined: false,
    closed: undefined,
    state: "taken",
  } as const;
  const request = { ...base, ...over };
  const result: ActResult = kind === "short" ? { kind, missing: rupiah(63_500), request } : { kind, request };
  return chat.hears({ type: "agent-acted", act, ref: REQUEST, result });
}
