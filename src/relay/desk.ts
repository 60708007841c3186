import type { ConversationKey } from "../conversation/message.ts";
import { type Rupiah, ZERO } from "../domain/rupiah.ts";
import type { RequestRef, StaffId } from "../domain/staff.ts";
import { FLAGS } from "../payments/settle/deps.ts";
import type { Staff } from "../records/staff.ts";
import { countAnswer, limitsOf, takerOf } from "./desk/agents.ts";
import { type AskedOf, askAgents, type Wish } from "./desk/ask.ts";
import type { DeskDeps } from "./desk/deps.ts";
import { happen, type Relayed } from "./desk/happen.ts";
import { type InHand, runDesk, startDue } from "./desk/run.ts";
import type { Happening } from "./life/step.ts";
import type { Request } from "./request.ts";

/** An agent, and the chat in which he does it. */
export interface Hand {
  readonly staff: Staff;
  readonly chat: ConversationKey;
}

/** What a customer may do with his own request. "yes": to the sum that moved. */
export type CustomerAct = "others" | "cancelled" | "taken-back" | "said" | "said-with-photo" | "yes";

/** What a customer did. `sum`: of "yes", the bill's total that he was shown. */
export interface Doing {
  readonly act: CustomerAct;
  readonly sum: Rupiah | undefined;
}

/** Whose word it is, and why: for the audit log. */
export interface OperatorWord {
  readonly by: string;
  readonly why: string;
}

/** What an agent may do with a request. */
export type AgentAct = "take" | "skip" | "let-go" | "received" | "again" | "returned";

/**
 * The relay: customers ask, agents take, receive and pay. Whoever does something hears by the answer whether it could be;
 * all others by letters. Nothing is done twice: an act that comes again is impossible by then, and says how it stands.
 */
export interface Desk {
  ask(wish: Wish): Promise<AskedOf>;
  /** "unknown" when the request is another customer's (I13). */
  byCustomer(ref: RequestRef, chat: ConversationKey, doing: Doing): Promise<Relayed>;
  byAgent(ref: RequestRef, hand: Hand, act: AgentAct): Promise<Relayed>;
  /** The operator gives it to another agent, or closes it. "unknown" also when that is no agent with a chat. */
  give(ref: RequestRef, to: StaffId, word: OperatorWord): Promise<Relayed>;
  shut(ref: RequestRef, word: OperatorWord): Promise<Relayed>;
  /** Looks once at all whose time has come; resolves, when all are done, to how many. */
  step(): Promise<number>;
  /** Until `stop` aborts; then what is under way ends, but for bills that are asked for: those are asked for at the next start. */
  run(stop: AbortSignal): Promise<void>;
}

const NEVER = new AbortController().signal;

export function desk(deps: DeskDeps): Desk {
  const inHand: InHand = new Map();
  return {
    ask: (wish) => askAgents(deps, wish),
    async byCustomer(ref, chat, doing) {
      const request = await deps.ledger.requests.load(ref);
      if (request?.customer.chat !== chat) return { kind: "unknown" };
      return happen(deps, ref, { make: () => customerHappening(doing, deps.clock.now()) });
    },
    byAgent: (ref, hand, act) => byAgent(deps, ref, { ...hand, act }),
    async give(ref, to, { by, why }) {
      const staff = await deps.records.staff.load(to);
      const [chat] = staff?.chats ?? [];
      if (staff?.role !== "agent" || chat === undefined) return { kind: "unknown" };
      const limits = limitsOf(staff, deps.clock.now());
      const make = (): Happening => ({ kind: "given", to: takerOf(staff, chat), at: deps.clock.now() });
      return audited(deps, await happen(deps, ref, { make, limits }), {
        by,
        what: "request given",
        detail: `to ${to}: ${why}`,
      });
    },
    async shut(ref, { by, why }) {
      const relayed = await happen(deps, ref, { make: () => ({ kind: "shut", at: deps.clock.now() }) });
      return audited(deps, relayed, { by, what: "request closed", detail: why });
    },
    async step() {
      const looks = await startDue(deps, inHand, NEVER);
      await Promise.all(looks);
      return looks.length;
    },
    run: (stop) => runDesk(deps, stop),
  };
}

function customerHappening({ act, sum }: Doing, at: number): Happening {
  switch (act) {
    case "said":
    case "said-with-photo":
      return { kind: "said", photo: act === "said-with-photo", at };
    case "yes":
      return { kind: "agreed", sum: sum ?? ZERO, at };
    default:
      return { kind: act, at };
  }
}

async function byAgent(
  deps: DeskDeps,
  ref: RequestRef,
  { staff, chat, act }: Hand & { readonly act: AgentAct },
): Promise<Relayed> {
  const limits = limitsOf(staff, deps.clock.now());
  const fresh = await quotesAreVoid(deps);
  const making = { make: (request: Request) => agentHappening(act, { deps, request, hand: { staff, chat }, fresh }) };
  const relayed = await happen(deps, ref, {
    ...making,
    ...(act === "take" ? { limits } : act === "again" ? { limits: { credit: staff.credit } } : {}),
  });
  if (act === "take" || act === "skip") await countAnswer(deps, staff);
  if (act !== "received" || relayed.kind !== "not-opened") return relayed;
  // The ledger would not have it with this bill: the desk's own look asks for another, and says what is in the way.
  const at = () => deps.clock.now();
  return happen(deps, ref, { make: () => ({ kind: "received", by: staff.id, fresh: true, at: at() }) });
}

interface Handling {
  readonly deps: DeskDeps;
  readonly request: Request;
  readonly hand: Hand;
  /** Whether the bill of a request must be asked for anew. */
  readonly fresh: (request: Request) => boolean;
}

function agentHappening(act: AgentAct, { deps, request, hand, fresh }: Handling): Happening {
  const { staff, chat } = hand;
  const at = deps.clock.now();
  const by = staff.id;
  switch (act) {
    case "take":
      return { kind: "taken", by: takerOf(staff, chat), at };
    case "skip":
      return { kind: "skipped", by, at };
    case "received":
      // A suspended agent causes no debit; that he has the money is not forgotten.
      return staff.state === "suspended"
        ? { kind: "barred", by, at }
        : { kind: "received", by, fresh: fresh(request), at };
    case "again":
      return staff.state === "suspended" ? { kind: "barred", by, at } : { kind: "again", by, at };
    case "let-go":
    case "returned":
      return { kind: act, by, at };
  }
}

/** After a restore bills of before are not paid (money rule 8). A flag that cannot be read voids them all. */
async function quotesAreVoid({ records }: DeskDeps): Promise<(request: Request) => boolean> {
  const flag = await records.flags.get(FLAGS.quotesVoidBefore);
  const before = flag === undefined ? 0 : Number(flag);
  return ({ inquiredAt }) => !(inquiredAt >= before);
}

async function audited(
  { records, clock }: DeskDeps,
  relayed: Relayed,
  { by, what, detail }: { readonly by: string; readonly what: string; readonly detail: string },
): Promise<Relayed> {
  if (relayed.kind !== "done") return relayed;
  await records.audit.write({ at: clock.now(), who: by, what, ref: relayed.request.ref, detail });
  return relayed;
}
