import type { CommandResult } from "../../../flows/index.ts";
import { type PaymentRef, showRef } from "../../domain/ref.ts";
import { type Rupiah, showRupiah } from "../../domain/rupiah.ts";
import { reviewKey, suspectKey } from "../../payments/life/tasks.ts";
import { type Decided, decidePayment } from "../../payments/operator.ts";
import type { Errand, NewOperatorTask } from "../../records/records.ts";
import { book } from "../../staff/balance.ts";
import { type Hand, operatorChats, tellOthers } from "./people.ts";
import { stateShown } from "./shown.ts";

const MANY = 1_000;

/** Whose word it is: `by` for the books, `id` so that it is done once. */
export interface Word {
  readonly by: string;
  readonly id: string;
}

/** What needs no second word is done; above the sum of the setting it waits for another operator's. */
export async function doOrAsk(hand: Hand, errand: Errand, amount: Rupiah): Promise<CommandResult> {
  const { deps, operator } = hand;
  const above = deps.operators?.twoPersonsAbove;
  if (above === undefined || amount <= above) return run(hand, errand, { by: operator.name, id: hand.errand });
  const task = approvalTask(hand, errand);
  await deps.records.tasks.add(task, deps.clock.now());
  const id = (await deps.records.tasks.open(task.key))?.id ?? 0;
  return { kind: "waits-for-second", id, others: (await operatorChats(deps, operator.id)).length };
}

function approvalTask({ operator, errand: key }: Hand, errand: Errand): NewOperatorTask {
  const what =
    errand.kind === "top-up"
      ? `add ${showRupiah(errand.amount)} to the balance of ${errand.agent}`
      : `resolve ${showRef(errand.ref)} as ${errand.outcome.kind}`;
  return {
    key: `approval:${key}`,
    kind: "approval",
    text: `${operator.name} wants to ${what}, which is above TWO_PERSONS_ABOVE: another operator must agree in his chat (SETUJU and this task's number), or closes this task.`,
    ...(errand.kind === "resolve" ? { ref: errand.ref } : {}),
    errand,
    by: operator.id,
  };
}

/** Does it, in the name of `word.by`. */
export async function run(hand: Hand, errand: Errand, word: Word): Promise<CommandResult> {
  return errand.kind === "top-up" ? topUp(hand, errand, word) : resolve(hand, errand, word);
}

async function topUp(hand: Hand, errand: Extract<Errand, { kind: "top-up" }>, word: Word): Promise<CommandResult> {
  const { deps } = hand;
  const agent = await deps.records.staff.load(errand.agent);
  if (agent === undefined) return { kind: "no-agent", asked: errand.agent };
  const { amount } = errand;
  const at = deps.clock.now();
  const booking = {
    what: "top-up",
    agent,
    amount,
    by: word.by,
    why: "by chat",
    again: true,
    id: `top-up:${word.id}`,
  } as const;
  const booked = await book(deps, booking, at);
  if (booked.kind !== "booked") throw new Error(`a top-up of ${errand.agent} was not booked: ${booked.kind}`);
  await closeWish(hand, errand, word);
  return { kind: "topped-up", name: agent.name, amount, balance: booked.balance, told: agent.chats.length > 0 };
}

/** The agent's own wish for that sum is fulfilled by it, however it was booked. The oldest one alone. */
async function closeWish(
  { deps }: Hand,
  { agent, amount }: Extract<Errand, { kind: "top-up" }>,
  { by }: Word,
): Promise<void> {
  const open = await deps.records.tasks.list("open", MANY);
  const wish = open.find(({ kind, errand }) => {
    return kind === "top-up-wish" && errand?.kind === "top-up" && errand.agent === agent && errand.amount === amount;
  });
  if (wish !== undefined) await deps.records.tasks.close(wish.id, by, "the money is in, and booked", deps.clock.now());
}

async function resolve(hand: Hand, errand: Extract<Errand, { kind: "resolve" }>, word: Word): Promise<CommandResult> {
  const { ref, outcome, why } = errand;
  const { deps } = hand;
  const before = await deps.ledger.load(ref);
  if (before === undefined) return { kind: "no-payment", ref };
  const { tasks } = deps.records;
  const task = (await tasks.open(reviewKey(before))) ?? (await tasks.open(suspectKey(before)));
  const decided = await decidePayment(deps, ref, { outcome, by: word.by, why: why === "" ? "said by chat" : why });
  if (decided.kind === "decided") {
    if (task !== undefined) await tellOthers(hand, { kind: "handled", id: task.id, by: word.by, how: "closed" });
    return { kind: "resolved", ref, state: stateShown(decided.payment.state) };
  }
  // Its job was done before, up to this answer.
  const now = await deps.ledger.load(ref);
  if (before.state === outcome.kind && now?.state === outcome.kind && (await wasDecidedBy(hand, ref, word))) {
    return { kind: "resolved", ref, state: stateShown(now.state) };
  }
  return { kind: "not-resolved", ref, state: stateShown((now ?? before).state), ...reasonOf(decided) };
}

async function wasDecidedBy({ deps }: Hand, ref: PaymentRef, { by }: Word): Promise<boolean> {
  const last = (await deps.ledger.sightings(ref)).at(-1);
  return last?.from === "operator" && last.detail.includes(`by ${by}`);
}

type Reason = Pick<Extract<CommandResult, { kind: "not-resolved" }>, "why" | "detail">;

function reasonOf(decided: Exclude<Decided, { kind: "decided" }>): Reason {
  switch (decided.kind) {
    case "biller-confirms":
      return { why: "biller-confirms", detail: "" };
    case "ended":
      return { why: "ended", detail: "" };
    case "changed":
      return { why: "changed", detail: "" };
    case "not-now":
      return { why: "impossible", detail: decided.why };
    case "unknown":
    case "no-reason":
      return { why: "impossible", detail: "" };
  }
}

/** SETUJU, TOLAK: of another operator than the one who wants it. */
export async function approve(hand: Hand, id: number, yes: boolean): Promise<CommandResult> {
  const { deps, operator } = hand;
  const { tasks, audit, staff } = deps.records;
  const task = await tasks.load(id);
  if (task === undefined) return { kind: "no-task", id };
  if (task.closed !== undefined) return { kind: "handled", id, by: task.closed.by, at: task.closed.at };
  const { errand, by } = task;
  if (task.kind !== "approval" || errand === undefined || by === undefined) return { kind: "not-for-that", id };
  // He may take it back himself.
  if (by === operator.id && yes) return { kind: "own-approval", id };
  const asker = (await staff.load(by))?.name ?? by;
  const names = `${asker}, with ${operator.name}`;
  const result: CommandResult = yes
    ? await run(hand, errand, { by: names, id: `approval:${id}` })
    : { kind: "rejected", id };
  // What could not be decided stays open: it may be tried again.
  if (result.kind === "not-resolved") return result;
  const at = deps.clock.now();
  const closed = await tasks.close(id, operator.name, yes ? "agreed" : "rejected", at);
  if (closed) {
    await audit.write({
      at,
      who: operator.name,
      what: yes ? "agreed" : "rejected",
      ref: `#${id}`,
      detail: `asked by ${asker}`,
    });
    await tellOthers(hand, { kind: "handled", id, by: operator.name, how: "closed" });
  }
  return result;
}
