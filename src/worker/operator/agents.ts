import type { Changing, Command, CommandResult, MeantFor } from "../../../flows/index.ts";
import { type Rupiah, showRupiah } from "../../domain/rupiah.ts";
import { agentAccount, type StaffId } from "../../domain/staff.ts";
import type { Staff } from "../../records/staff.ts";
import type { Deps } from "../deps.ts";
import { doOrAsk } from "./errands.ts";
import { peopleNamed } from "./find.ts";
import { type Hand, tellOthers } from "./people.ts";
import { cardOf } from "./shown.ts";
import { sayTo } from "./speak.ts";
import { openTask } from "./tasks.ts";

/** The same sum again within so long is asked about first, ms. */
const TWICE_MS = 10 * 60_000;

type CommandOf<K extends Command["kind"]> = Extract<Command, { kind: K }>;

/** AGEN. */
export async function listAgents(deps: Deps): Promise<CommandResult> {
  const agents = await deps.records.staff.list("agent");
  return { kind: "agents", agents: await Promise.all(agents.map((agent) => cardOf(deps, agent))) };
}

/** ISI. */
export async function topUpAgent(hand: Hand, command: CommandOf<"top-up">): Promise<CommandResult> {
  const { amount, again } = command;
  const agent = await theOne(hand.deps, { asked: command.agent, role: "agent", act: { kind: "top-up", amount } });
  if ("result" in agent) return agent.result;
  const since = again ? undefined : await bookedLately(hand.deps, agent.id, amount);
  if (since !== undefined) return { kind: "twice", agent: agent.id, name: agent.name, amount, since };
  return doOrAsk(hand, { kind: "top-up", agent: agent.id, amount }, amount);
}

/** When the same sum was booked within the last ten minutes, ms. */
async function bookedLately({ ledger, clock }: Deps, agent: StaffId, amount: Rupiah): Promise<number | undefined> {
  const lines = await ledger.lines(agentAccount(agent), { since: clock.now() - TWICE_MS });
  return lines.find((line) => line.what === "top-up" && line.amount === amount)?.at;
}

interface Meant {
  readonly asked: string;
  readonly role: Staff["role"] | undefined;
  readonly act: MeantFor;
}

/** The one who is meant: a name that fits in part is asked about first, also when it fits one alone. */
export async function theOne(
  deps: Deps,
  { asked, role, act }: Meant,
): Promise<Staff | { readonly result: CommandResult }> {
  const people = (await peopleNamed(deps, asked)).filter((one) => role === undefined || one.role === role);
  const [first] = people;
  if (first === undefined) return { result: { kind: "no-agent", asked: asked.slice(0, 40) } };
  const sure =
    people.length === 1 && (first.id === asked.toUpperCase() || first.name.toLowerCase() === asked.toLowerCase());
  if (sure) return first;
  const agents = await Promise.all(people.slice(0, 8).map((one) => cardOf(deps, one)));
  return { result: { kind: "which-agent", asked: asked.slice(0, 40), agents, act } };
}

/** Sudah masuk, Belum: what an agent says that he paid in. */
export async function answerWish(hand: Hand, { id, got }: CommandOf<"wish">): Promise<CommandResult> {
  const { deps, operator } = hand;
  const task = await openTask(deps, id);
  if ("result" in task) return task.result;
  const { errand } = task;
  if (task.kind !== "top-up-wish" || errand?.kind !== "top-up") return { kind: "not-for-that", id };
  const { agent, amount } = errand;
  // Two operators who press at the same moment book it once.
  const result = got
    ? await doOrAsk({ ...hand, errand: `wish:${id}` }, errand, amount)
    : await declined(hand, { agent, amount, chat: task.chat });
  if (result.kind === "waits-for-second") return result;
  const at = deps.clock.now();
  await deps.records.tasks.close(id, operator.name, got ? "the money is in, and booked" : "the money is not in", at);
  if (!got)
    await deps.records.audit.write({
      at,
      who: operator.name,
      what: "top-up declined",
      ref: agent,
      detail: showRupiah(amount),
    });
  await tellOthers(hand, { kind: "handled", id, by: operator.name, how: "closed" });
  return result;
}

interface Declined {
  readonly agent: StaffId;
  readonly amount: Rupiah;
  readonly chat: Parameters<typeof sayTo>[1]["chat"] | undefined;
}

async function declined(hand: Hand, { agent, amount, chat }: Declined): Promise<CommandResult> {
  const name = (await hand.deps.records.staff.load(agent))?.name ?? agent;
  if (chat !== undefined) await sayTo(hand, { chat, key: "not-in", part: { key: "wish_not_in", values: { amount } } });
  return { kind: "wish-declined", name, amount };
}

const DONE = { unlock: "PIN unlocked", "new-pin": "PIN taken away", resume: "resumed" } as const;

/** BUKA: a locked PIN, and who was suspended. An operator opens another one's, too. */
export async function openFor(hand: Hand, { who, how }: Extract<Changing, { kind: "open" }>): Promise<CommandResult> {
  const { deps, operator } = hand;
  const person = await theOne(deps, { asked: who, role: undefined, act: { kind: "open" } });
  if ("result" in person) return person.result;
  if (how === "ask") return { kind: "how-open", agent: await cardOf(deps, person) };
  const { staff, audit } = deps.records;
  const at = deps.clock.now();
  if (how === "unlock") await staff.rightPin(person.id, at);
  if (how === "new-pin") await staff.setPin(person.id, undefined, at);
  if (how === "resume") await staff.change(person.id, { state: "active" }, at);
  await audit.write({ at, who: operator.name, what: `${person.role} ${DONE[how]}`, ref: person.id, detail: "by chat" });
  return { kind: "opened", name: person.name, how };
}
