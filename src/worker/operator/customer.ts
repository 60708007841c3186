import type { CommandResult, PaymentLine } from "../../../flows/index.ts";
import { type ConversationKey, channelOf } from "../../conversation/message.ts";
import { take } from "../../conversation/receive.ts";
import type { PaymentRef } from "../../domain/ref.ts";
import type { OperatorTask } from "../../records/records.ts";
import type { Deps } from "../deps.ts";
import { lineOf } from "../look.ts";
import { type Hand, operatorChats, shownChat, tell, tellOthers } from "./people.ts";
import { sayTo } from "./speak.ts";
import { openTask } from "./tasks.ts";

/** KIRIM ULANG: the proof goes to its payer once more, as if he had asked for it himself. */
export async function resend(hand: Hand, ref: PaymentRef): Promise<CommandResult> {
  const { deps } = hand;
  const payment = await deps.ledger.load(ref);
  if (payment === undefined) return { kind: "no-payment", ref };
  // One that an operator decided as paid, without the biller's CONFIRM, has none (I4).
  if (payment.state !== "paid" || payment.receipt === undefined) return { kind: "no-proof", ref };
  const found = lineOf(payment, deps.clock.now());
  await toPayer(hand, payment.payer, { what: "proof", found, asked: ref });
  await note(hand, { what: "proof sent again", ref });
  return { kind: "resent", ref, who: await shownChat(deps, payment.payer) };
}

/** Kabari pelanggan: how it stands, in the words of STATUS, which are true whenever they are said. */
export async function tellPayer(hand: Hand, ref: PaymentRef): Promise<CommandResult> {
  const { deps } = hand;
  const payment = await deps.ledger.load(ref);
  if (payment === undefined) return { kind: "no-payment", ref };
  await toPayer(hand, payment.payer, { what: "status", payments: [lineOf(payment, deps.clock.now())] });
  await note(hand, { what: "payer told", ref });
  return { kind: "told", ref, who: await shownChat(deps, payment.payer) };
}

type Looked =
  | { readonly what: "status"; readonly payments: readonly PaymentLine[] }
  | { readonly what: "proof"; readonly found: PaymentLine; readonly asked: PaymentRef };

async function toPayer({ deps, errand }: Hand, payer: ConversationKey, result: Looked): Promise<void> {
  const seen = { key: payer, id: `desk:${errand}` };
  await take(deps, payer, () => ({ type: "looked", result }), { seen });
}

async function note(
  { deps, operator }: Hand,
  { what, ref }: { readonly what: string; readonly ref: string },
): Promise<void> {
  await deps.records.audit.write({ at: deps.clock.now(), who: operator.name, what, ref, detail: "by chat" });
}

/** JAWAB: the words go to the customer as from the staff, and his chat is a human's from then on. */
export async function reply(hand: Hand, id: number, text: string): Promise<CommandResult> {
  const { deps, operator, errand } = hand;
  const task = await openTask(deps, id);
  if ("result" in task) return task.result;
  const { chat } = task;
  if (chat === undefined || task.kind === "approval" || task.kind === "top-up-wish")
    return { kind: "not-for-that", id };
  const isOff = !deps.channels.has(channelOf(chat));
  if (isOff || (await deps.records.chats.isGone(chat))) return { kind: "unreachable", id };
  await take(deps, chat, () => ({ type: "operator" }), { seen: { key: chat, id: `desk:${errand}:human` } });
  await sayTo(hand, { chat, key: "reply", part: { key: "staff_says", values: { text } } });
  await deps.records.tasks.takeInHand(id, hand.chat);
  await note(hand, { what: "customer answered", ref: `#${id}` });
  const others = { kind: "handled", id, by: operator.name, how: "answers" } as const;
  if (task.hand !== hand.chat) await tellOthers(hand, others);
  return { kind: "replied", id, who: await shownChat(deps, chat) };
}

/** SELESAI: the chat of who wanted a human goes back to the counter. */
export async function close(hand: Hand, id: number): Promise<CommandResult> {
  const { deps, operator, errand } = hand;
  const task = await openTask(deps, id);
  if ("result" in task) return task.result;
  // What waits for a yes is answered with yes or no.
  if (task.errand !== undefined) return { kind: "not-for-that", id };
  const at = deps.clock.now();
  if (!(await deps.records.tasks.close(id, operator.name, "done, said by chat", at))) return alreadyClosed(hand, id);
  await deps.records.audit.write({ at, who: operator.name, what: "close task", ref: String(id), detail: "by chat" });
  const human = await handBack(deps, task, errand);
  await tellOthers(hand, { kind: "handled", id, by: operator.name, how: "closed" });
  return { kind: "closed", id, human };
}

async function alreadyClosed({ deps }: Hand, id: number): Promise<CommandResult> {
  const task = await openTask(deps, id);
  return "result" in task ? task.result : { kind: "no-task", id };
}

/** A customer's chat, or an agent's. An operator's is a human's anyway. */
async function handBack(deps: Deps, { kind, chat }: OperatorTask, errand: string): Promise<boolean> {
  if (kind !== "human-wanted" || chat === undefined) return false;
  if ((await deps.records.staff.byChat(chat))?.role === "operator") return false;
  await take(deps, chat, () => ({ type: "handed-back" }), { seen: { key: chat, id: `desk:${errand}:back` } });
  return true;
}

/** What a customer writes on while a human has his chat: to the operator who answers him, else to all. */
export async function passOn(
  deps: Deps,
  task: OperatorTask,
  { text, id }: { readonly text: string; readonly id: string },
) {
  if (task.chat === undefined || task.alertedAt === undefined) return;
  const all = await operatorChats(deps);
  const chats = task.hand !== undefined && all.includes(task.hand) ? [task.hand] : all;
  const news = { kind: "wrote", id: task.id, who: await shownChat(deps, task.chat), text } as const;
  await tell(deps, chats, { id: `wrote:${id}`, event: { type: "desk-news", news } });
}
