import type { ActResult, RequestedResult, RequestView, Task } from "../../flows/index.ts";
import type { Job } from "../conversation/conversation.ts";
import { take } from "../conversation/receive.ts";
import { vehicleOf } from "../domain/notice.ts";
import type { StaffId } from "../domain/staff.ts";
import type { Relayed } from "../relay/desk/happen.ts";
import type { Request } from "../relay/request.ts";
import type { Deps } from "./deps.ts";
import { passPictureOn } from "./picture.ts";

type Of<K extends Task["kind"]> = Extract<Task, { kind: K }>;

/** Gives a customer's request to the desk. Safe to repeat: of a vehicle there is one open request. */
export async function handleRequest(deps: Deps, job: Job, task: Of<"request">): Promise<void> {
  const result = await requested(deps, job, task);
  await take(deps, job.key, () => ({ type: "requested", nonce: task.nonce, result }), finishing(job));
}

async function requested({ relay, policyOf }: Deps, job: Job, task: Of<"request">): Promise<RequestedResult> {
  const { bill, inquiredAt, expiresAt, wanted, language } = task;
  if (relay === undefined || bill.total > policyOf(job.key).payMax) return { kind: "nobody" };
  const customer = { chat: job.key, language };
  const answer = await relay.ask({ customer, bill, inquiredAt, expiresAt, wanted });
  switch (answer.kind) {
    case "asked":
    case "exists":
      return { kind: answer.kind, ref: answer.request.ref };
    default:
      return answer;
  }
}

/** SUDAH, BATAL and the like. Safe to repeat: a second one is impossible, and says how the request stands. */
export async function handleCustomerAct(deps: Deps, job: Job, task: Of<"customer-act">): Promise<void> {
  const { act, ref, sum } = task;
  const relayed = await deps.relay?.byCustomer(ref, job.key, { act, sum });
  const result = await resultOf(deps, relayed, undefined);
  const passed = await passPictureOn(deps, job, { task, relayed });
  const told = passed ? ({ passedOn: true } as const) : {};
  await take(deps, job.key, () => ({ type: "customer-acted", act, ref, result, ...told }), finishing(job));
}

/** An agent's word about a request. He is who the chat belongs to now, whoever it was when he wrote. */
export async function handleAgentAct(deps: Deps, job: Job, task: Of<"agent-act">): Promise<void> {
  const { act, ref } = task;
  const result = await handled(deps, job, task);
  await take(deps, job.key, () => ({ type: "agent-acted", act, ref, result }), finishing(job));
}

async function handled(deps: Deps, job: Job, { act, ref, agent }: Of<"agent-act">): Promise<ActResult> {
  const staff = await deps.records.staff.byChat(job.key);
  if (staff?.id !== agent || staff.role !== "agent") return { kind: "unknown" };
  const relayed = await within(deps, { act, ref }, async () => deps.relay?.byAgent(ref, { staff, chat: job.key }, act));
  const result = await resultOf(deps, relayed, agent);
  // Written down for the operator, and not paid.
  const barred = staff.state === "suspended" && result.kind === "done" && act !== "skip" && act !== "let-go";
  return barred ? { kind: "suspended", request: result.request } : result;
}

/** What a customer is about to hand money over for must still be there to sell: looked at before it is taken. */
async function within(
  { deposit, ledger }: Deps,
  { act, ref }: Pick<Of<"agent-act">, "act" | "ref">,
  work: () => Promise<Relayed | undefined>,
): Promise<Relayed | Paused | undefined> {
  const request = act === "take" ? await ledger.requests.load(ref) : undefined;
  if (deposit === undefined || request === undefined) return work();
  const done = await deposit.within(request.debit ?? request.bill.total, work);
  return done === "sales-paused" ? { kind: "sales-paused", request } : done;
}

interface Paused {
  readonly kind: "sales-paused";
  readonly request: Request;
}

async function resultOf(
  deps: Deps,
  relayed: Relayed | Paused | undefined,
  asker: StaffId | undefined,
): Promise<ActResult> {
  if (relayed === undefined || relayed.kind === "unknown") return { kind: "unknown" };
  const request = await viewOf(deps, relayed.request, asker);
  switch (relayed.kind) {
    case "short":
      return { kind: "short", missing: relayed.missing, request };
    case "done":
    case "impossible":
    case "capped":
    case "sales-paused":
      return { kind: relayed.kind, request };
    case "not-opened":
      return { kind: "impossible", request };
  }
}

/** What a chat may see of it. An agent sees no more of another's than that it is gone. */
async function viewOf(
  { records }: Deps,
  { ref, state, bill, markup, taken, said, receivedAt, offers, closed }: Request,
  asker: StaffId | undefined,
): Promise<RequestView> {
  const agent = taken === undefined ? undefined : await records.staff.load(taken.id);
  return {
    ref,
    state,
    plate: bill.plate,
    vehicle: vehicleOf(bill),
    total: bill.total,
    markup,
    agent: agent?.name ?? "",
    mine: asker !== undefined && taken?.id === asker,
    said: said !== undefined,
    received: receivedAt !== undefined,
    declined: asker !== undefined && offers.some(({ id, skipped }) => id === asker && skipped),
    closed: closed === undefined ? undefined : closed.why === "returned" ? "returned" : "otherwise",
  };
}

function finishing({ id, lease }: Job): {
  readonly finish: { readonly job: Job["id"]; readonly lease: string; readonly next: "done" };
} {
  return { finish: { job: id, lease, next: "done" } };
}
