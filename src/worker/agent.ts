import type { AccountResult, AgentTask } from "../../flows/index.ts";
import type { Job } from "../conversation/conversation.ts";
import { save } from "../conversation/crew.ts";
import { take } from "../conversation/receive.ts";
import { showRef } from "../domain/ref.ts";
import { addRupiah, type Rupiah, showRupiah } from "../domain/rupiah.ts";
import { agentAccount, type StaffId } from "../domain/staff.ts";
import { LIVE } from "../payments/payment.ts";
import type { Staff } from "../records/staff.ts";
import { HELD } from "../relay/request.ts";
import type { Deps } from "./deps.ts";

type TaskOf<K extends AgentTask["kind"]> = Extract<AgentTask, { kind: K }>;

/** How many lines MUTASI shows. */
const LINES = 10;
/** More than an agent may have under way. */
const MANY = 200;

/** SALDO, MUTASI. */
export async function handleAccount(deps: Deps, job: Job, task: TaskOf<"account">): Promise<void> {
  const result = task.what === "balance" ? await balanceOf(deps, task.agent) : await linesOf(deps, task.agent);
  await take(deps, job.key, () => ({ type: "accounted", result }), {
    finish: { job: job.id, lease: job.lease, next: "done" },
  });
}

async function balanceOf(deps: Deps, agent: StaffId): Promise<AccountResult> {
  const staff = await deps.records.staff.load(agent);
  const balance = await deps.ledger.balance(agentAccount(agent));
  const held = staff === undefined ? [] : await heldOf(deps, staff);
  return { what: "balance", balance, held: addRupiah(...held), credit: staff?.credit ?? addRupiah() };
}

/** What his balance secures at this moment: payments that are not over, and requests that he has taken. */
async function heldOf({ ledger }: Deps, { id, chats }: Staff): Promise<readonly Rupiah[]> {
  const own = await Promise.all(chats.map((payer) => ledger.find({ payer, states: LIVE, limit: MANY })));
  const taken = await ledger.requests.find({ agent: id, states: [...HELD, "paying"], limit: MANY });
  return [
    ...own
      .flat()
      .filter(({ agent, request }) => agent?.id === id && request === undefined)
      .map(({ bill }) => bill.total),
    ...taken.map(({ bill }) => bill.total),
  ];
}

async function linesOf({ ledger }: Deps, agent: StaffId): Promise<AccountResult> {
  const account = agentAccount(agent);
  const lines = await ledger.lines(account, { limit: LINES });
  return {
    what: "lines",
    balance: await ledger.balance(account),
    lines: lines.map(({ at, what, amount, ref, request }) => {
      return { at, what, amount, ref: ref === undefined ? request : showRef(ref) };
    }),
  };
}

/** ISI: a task for the operator, once: the same sum that is still open is asked about first. */
export async function handleWish(deps: Deps, job: Job, task: TaskOf<"top-up-wish">): Promise<void> {
  const { agent, amount, again } = task;
  const at = deps.clock.now();
  const key = `top-up:${agent}:${amount}:${job.id}`;
  const since = again ? undefined : await openWish(deps, { agent, amount, key });
  if (since === undefined) {
    const staff = await deps.records.staff.load(agent);
    const text = `${staff?.name ?? "An agent"} (${agent}) asks for a top-up of ${showRupiah(amount)}. When the money is there: npx loket agent topup ${agent} ${amount}. Then close this task.`;
    const errand = { kind: "top-up", agent, amount } as const;
    await deps.records.tasks.add({ key, kind: "top-up-wish", text, chat: job.key, errand }, at);
  }
  const result = since === undefined ? "sent" : "twice";
  await take(deps, job.key, () => ({ type: "wished", amount, result, since: since ?? at }), {
    finish: { job: job.id, lease: job.lease, next: "done" },
  });
}

/** Since when another wish of his for the same sum waits, ms. The job's own, made before a crash, is none. */
async function openWish(
  { records }: Deps,
  wish: { readonly agent: StaffId; readonly amount: Rupiah; readonly key: string },
): Promise<number | undefined> {
  const open = await records.tasks.list("open", MANY);
  if (open.some(({ key }) => key === wish.key)) return undefined;
  const same = open.find(({ errand }) => {
    return errand?.kind === "top-up" && errand.agent === wish.agent && errand.amount === wish.amount;
  });
  return same?.at;
}

/** BUKTI STRUK, PDF, GAMBAR. What was said of it is so from the next proof on. */
export async function handleProofForm(deps: Deps, job: Job, { agent, form }: TaskOf<"proof-form">): Promise<void> {
  await deps.records.staff.change(agent, { proofForm: form }, deps.clock.now());
  await done(deps, job);
}

/** TUGAS, ISTIRAHAT. */
export async function handleDuty(deps: Deps, job: Job, { agent, on }: TaskOf<"duty">): Promise<void> {
  const at = deps.clock.now();
  await deps.records.staff.change(agent, { duty: { on, since: at, unanswered: 0 } }, at);
  await done(deps, job);
}

async function done(deps: Deps, job: Job): Promise<void> {
  const finish = { job: job.id, lease: job.lease, next: "done" } as const;
  await save(deps.conversations, { at: deps.clock.now(), finish });
}
