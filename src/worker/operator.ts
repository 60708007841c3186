import type { Command, CommandResult, Looking, Task } from "../../flows/index.ts";
import type { Job } from "../conversation/conversation.ts";
import { take } from "../conversation/receive.ts";
import { rupiah } from "../domain/rupiah.ts";
import { bookDeposit } from "../payments/deposit/booking.ts";
import { ACCOUNTS } from "../payments/life/postings.ts";
import { checkPayment, resumePaying } from "../payments/operator.ts";
import type { Deps } from "./deps.ts";
import { answerWish, listAgents, openFor, topUpAgent } from "./operator/agents.ts";
import { close, reply, resend, tellPayer } from "./operator/customer.ts";
import { approve, doOrAsk } from "./operator/errands.ts";
import { find, ofPayment } from "./operator/find.ts";
import { type Hand, tellOthers } from "./operator/people.ts";
import { closeRequest, giveRequest } from "./operator/requests.ts";
import { depositShown, stateShown } from "./operator/shown.ts";
import { storyOf } from "./operator/story.ts";
import { listTasks, showTask } from "./operator/tasks.ts";
import { todayOf } from "./operator/today.ts";

/** An operator's command. Whose chat it is is looked at once more: he may have been unlinked since he typed it. */
export async function handleCommand(
  deps: Deps,
  job: Job,
  { command }: Extract<Task, { kind: "command" }>,
): Promise<void> {
  const operator = await deps.records.staff.byChat(job.key);
  const may = operator?.role === "operator" && operator.state === "active";
  const hand = may ? { deps, operator, chat: job.key, errand: job.id } : undefined;
  const result: CommandResult = hand === undefined ? { kind: "refused" } : await done(hand, command);
  await take(deps, job.key, () => ({ type: "commanded", result }), {
    finish: { job: job.id, lease: job.lease, next: "done" },
  });
}

/** Safe to repeat: what changes something is done under the errand's own id. */
async function done(hand: Hand, command: Command): Promise<CommandResult> {
  switch (command.kind) {
    case "resend":
      return resend(hand, command.ref);
    case "tell":
      return tellPayer(hand, command.ref);
    case "resolve":
      return resolveOne(hand, command);
    case "top-up":
      return topUpAgent(hand, command);
    case "wish":
      return answerWish(hand, command);
    case "open":
      return openFor(hand, command);
    case "deposit-in":
      return payIn(hand, command);
    case "reply":
      return reply(hand, command.id, command.text);
    case "close":
      return close(hand, command.id);
    case "approve":
      return approve(hand, command.id, command.yes);
    case "give-request":
      return giveRequest(hand, command);
    case "close-request":
      return closeRequest(hand, command);
    case "resume-paying":
      return goOn(hand);
    default:
      return shown(hand.deps, command);
  }
}

async function shown(deps: Deps, command: Looking): Promise<CommandResult> {
  switch (command.kind) {
    case "find":
      return find(deps, command.text);
    case "story":
    case "how-to-resolve":
    case "check":
      return about(deps, command);
    case "tasks":
      return listTasks(deps);
    case "task":
      return showTask(deps, command.id);
    case "agents":
      return listAgents(deps);
    case "deposit":
      return { kind: "deposit", deposit: await depositShown(deps) };
    case "today":
      return { kind: "today", today: await todayOf(deps) };
  }
}

type CommandOf<K extends Command["kind"]> = Extract<Command, { kind: K }>;

async function about(
  deps: Deps,
  { kind, ref }: CommandOf<"story" | "how-to-resolve" | "check">,
): Promise<CommandResult> {
  const before = await deps.ledger.load(ref);
  if (before === undefined) return { kind: "no-payment", ref };
  const state = stateShown(before.state);
  if (kind === "how-to-resolve") return { kind, ref, state };
  if (kind === "check" && state !== "checking" && state !== "review") return { kind: "not-asked", ref, state };
  const payment = kind === "check" ? await checkPayment(deps, ref) : before;
  return { kind: "story", story: await storyOf(deps, payment, await ofPayment(deps, payment)) };
}

async function resolveOne(hand: Hand, { ref, verdict, why }: CommandOf<"resolve">): Promise<CommandResult> {
  const payment = await hand.deps.ledger.load(ref);
  if (payment === undefined) return { kind: "no-payment", ref };
  return doOrAsk(hand, { kind: "resolve", ref, outcome: verdict, why }, payment.bill.total);
}

/** The same sum again within so long is asked about first, ms. */
const TWICE_MS = 10 * 60_000;

/** DEPOSIT and a sum: paid in at the biller. */
async function payIn(
  { deps, operator, errand }: Hand,
  { amount, again }: CommandOf<"deposit-in">,
): Promise<CommandResult> {
  const at = deps.clock.now();
  const lately = await deps.ledger.lines(ACCOUNTS.deposit, { since: at - TWICE_MS });
  const same = again ? undefined : lately.find((line) => line.what === "deposit top-up" && line.amount === amount);
  if (same !== undefined) return { kind: "twice", agent: "", name: "", amount, since: same.at };
  const booking = { what: "top-up", amount: rupiah(amount), by: operator.name, why: "by chat", id: errand } as const;
  const booked = await bookDeposit(deps, booking, at);
  if (booked.kind !== "booked") return { kind: "deposit-not-started" };
  await deps.deposit?.look();
  return { kind: "deposit-in", amount, deposit: await depositShown(deps) };
}

async function goOn(hand: Hand): Promise<CommandResult> {
  const { deps, operator } = hand;
  const task = await deps.records.tasks.open("refused-in-a-row");
  const told = await resumePaying(deps, operator.name, "said by chat");
  if (told.done && task !== undefined) {
    await tellOthers(hand, { kind: "handled", id: task.id, by: operator.name, how: "closed" });
  }
  return told.done ? { kind: "paying-goes-on" } : { kind: "not-paused" };
}
