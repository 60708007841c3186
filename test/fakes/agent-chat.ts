import type {
  AgentContext,
  AgentPlace,
  AgentView,
  InquiryResult,
  OpenResult,
  PinEvent,
  PinTyped,
  Policy,
} from "../../flows/index.ts";
import type { Notice, PaymentFacts } from "../../src/domain/notice.ts";
import type { AuthenticityCode, PaymentRef } from "../../src/domain/ref.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { StaffId } from "../../src/domain/staff.ts";
import { billOf, NOON, POLICY, REGIONS } from "./flow-chat.ts";
import { type ChatOptions, type PureChat, pureChat } from "./pure-chat.ts";

export const PIN = "274183";
export const AGENT = "K7QM" as StaffId;

export const AGENT_VIEW: AgentView = {
  id: AGENT,
  name: "Loket Cibinong",
  place: "Cibinong",
  suspended: false,
  pin: "set",
  balance: rupiah(2_140_000),
  credit: rupiah(0),
  daily: undefined,
  proofForm: "struk",
  onDuty: false,
  markup: rupiah(0),
  pinAlways: rupiah(2_000_000),
};

export interface AgentChat extends PureChat<AgentPlace, AgentContext> {
  /** What the world knows of the agent from now on. */
  becomes(change: Partial<AgentView>): void;
  /** The biller answers inquiries that are under way, the oldest first. */
  billed(...results: readonly InquiryResult[]): string;
  /** The ledger answers confirmations that are with it, the oldest first. */
  opens(...results: readonly OpenResult[]): string;
  tells(notice: Notice): string;
  /** The code of the bill or table that was shown last. */
  readonly code: string;
}

/** An agent's conversation, with a PIN that is judged as the staff's room does, and never locks by itself. */
export function agentChat(
  options: ChatOptions & { policy?: Partial<Policy>; at?: number; agent?: Partial<AgentView> } = {},
): AgentChat {
  const world = {
    policy: { ...POLICY, limits: undefined, ...options.policy },
    regions: REGIONS,
    who: { kind: "agent" as const, agent: { ...AGENT_VIEW, ...options.agent } },
  };
  let pin = PIN;
  let left = 5;
  const judgePin = ({ pin: typed, purpose, messageRef }: PinTyped): PinEvent => {
    const ref = messageRef === undefined ? {} : { messageRef };
    const { agent } = world.who;
    if (purpose === "new" && agent.pin === "none") {
      if (typed.length !== 6 || /^(\d)\1*$/.test(typed)) return { type: "pin", outcome: "weak", left: 0, ...ref };
      pin = typed;
      world.who.agent = { ...world.who.agent, pin: "set" };
      return { type: "pin", outcome: "new", left: 5, ...ref };
    }
    if (agent.pin === "none") return { type: "pin", outcome: "none", left: 0, ...ref };
    left = typed === pin ? 5 : left - 1;
    if (left === 0) world.who.agent = { ...world.who.agent, pin: "locked" };
    const outcome = typed === pin ? "right" : left === 0 ? "locked" : "wrong";
    return { type: "pin", outcome, left, ...ref };
  };
  const chat = pureChat<AgentPlace, AgentContext>({
    options,
    world,
    at: options.at ?? NOON,
    judgePin,
    openAs(open) {
      if (open.flow !== "agent") throw new Error(`the chat is in the flow ${open.flow}`);
      return open;
    },
  });
  let notices = 0;
  const each = <T>(all: readonly T[], answer: (one: T) => string) => all.map(answer).filter((text) => text !== "");
  const acts = {
    becomes(change: Partial<AgentView>) {
      world.who.agent = { ...world.who.agent, ...change };
    },
    billed: (...results: readonly InquiryResult[]) =>
      each(results, (result) => {
        const entry = chat.context.entries.find(({ state }) => state === "asking");
        if (entry === undefined) throw new Error("no inquiry is under way");
        return chat.hears({ type: "inquired", number: entry.number, result, inquiredAt: chat.now });
      }).join("\n---\n"),
    opens: (...results: readonly OpenResult[]) =>
      each(results, (result) => {
        const entry = chat.context.entries.find(({ state, quote }) => state === "asked" && quote !== undefined);
        if (entry === undefined) throw new Error("no confirmation is with the ledger");
        return chat.hears({ type: "opened", nonce: entry.quote?.nonce ?? "", result });
      }).join("\n---\n"),
    tells(notice: Notice) {
      notices += 1;
      return chat.hears({ type: "notice", id: `n${notices}`, notice });
    },
  };
  const assigned = Object.assign(chat, acts);
  return Object.defineProperty(assigned, "code", { get: () => chat.context.codes.at(-1) ?? "" }) as AgentChat;
}

export const CODE = "7K2MQ-94QD" as AuthenticityCode;
export const REF = "7K2MQ" as PaymentRef;

export function refOf(number: number): PaymentRef {
  return `7K2M${"23456789"[number] ?? "9"}` as PaymentRef;
}

export function factsOf(over: Partial<PaymentFacts> = {}): PaymentFacts {
  const { plate, product, total } = billOf();
  return { ref: REF, plate, vehicle: "YAMAHA MIO 2010", product, total, ...over };
}

export function paidNotice(over: Partial<PaymentFacts> = {}): Extract<Notice, { kind: "paid" }> {
  const facts = { ...factsOf(over), paidAt: NOON, reference: "5A834FE7", trace: "245209", code: CODE };
  return { kind: "paid", payment: facts };
}

/** A bill of another vehicle for each number: plate, chassis and invoice of its own. */
export function billNumber(number: number, total = 183_500) {
  return billOf({
    plate: `F ${1000 + number} AB`,
    total: rupiah(total),
    invoice: String(20_000_000_000 + number) as never,
  });
}
