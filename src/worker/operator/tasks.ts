import type { Alert, AlertKind, CommandResult, ErrandShown, TaskLine } from "../../../flows/index.ts";
import { bare, GLOBAL_WORDS } from "../../conversation/words.ts";
import { agentAccount } from "../../domain/staff.ts";
import { clean } from "../../domain/text.ts";
import type { OperatorTask } from "../../records/records.ts";
import { TASK_LENGTH } from "../../relay/life/tasks.ts";
import type { Deps } from "../deps.ts";
import { shownChat } from "./people.ts";
import { briefOf, depositShown } from "./shown.ts";

const KINDS: Readonly<Record<OperatorTask["kind"], AlertKind>> = {
  suspect: "suspect",
  review: "review",
  "refused-in-a-row": "paused",
  "bad-bill": "bill",
  "invoice-reused": "bill",
  "biller-login": "login",
  "proof-undelivered": "undelivered",
  "message-poison": "fault",
  "human-wanted": "human",
  restored: "restored",
  stuck: "fault",
  "erase-later": "erase",
  "deposit-low": "deposit",
  "top-up-wish": "wish",
  approval: "approval",
  request: "request",
  channel: "channel",
};

const MANY = 1_000;
const SHOWN = 15;
/** How much of what a customer wrote is shown in one alert. */
const LETTERS = 5;
const LETTER = 300;

/** PERLU. */
export async function listTasks(deps: Deps): Promise<CommandResult> {
  const open = await deps.records.tasks.list("open", MANY);
  const tasks = await Promise.all(open.slice(0, SHOWN).map((task) => lineOf(deps, task)));
  return { kind: "tasks", tasks, more: open.length - tasks.length };
}

/** PERLU 12: as it was told when it was new. */
export async function showTask(deps: Deps, id: number): Promise<CommandResult> {
  const task = await openTask(deps, id);
  return "result" in task ? task.result : { kind: "task", alert: await alertOf(deps, task) };
}

/** What is said when a task is not open. */
export interface NotOpen {
  readonly result: CommandResult;
}

/** The open task of that number; else what is said instead: there is none, or somebody was quicker. */
export async function openTask({ records }: Deps, id: number): Promise<OperatorTask | NotOpen> {
  const task = await records.tasks.load(id);
  if (task === undefined) return { result: { kind: "no-task", id } };
  const { closed } = task;
  return closed === undefined ? task : { result: { kind: "handled", id, by: closed.by, at: closed.at } };
}

async function lineOf(deps: Deps, { id, kind, at, ref, chat }: OperatorTask): Promise<TaskLine> {
  return { id, kind: KINDS[kind], at, ref, who: chat === undefined ? "" : await shownChat(deps, chat) };
}

export async function alertOf(deps: Deps, task: OperatorTask): Promise<Alert> {
  const { id, at, text, ref, chat } = task;
  const kind = KINDS[task.kind];
  const payment = ref === undefined ? undefined : await deps.ledger.load(ref);
  return {
    id,
    kind,
    at,
    text: clean(text, TASK_LENGTH),
    payment: payment === undefined ? undefined : briefOf(payment),
    who: chat === undefined ? "" : await shownChat(deps, chat),
    letters: kind === "human" ? await lettersOf(deps, task) : [],
    errand: await errandOf(deps, task),
    deposit: kind === "deposit" ? await depositShown(deps) : undefined,
  };
}

/** What he wrote since he asked for a human, without the word by which he asked. */
async function lettersOf({ records }: Deps, { chat, at }: OperatorTask): Promise<readonly string[]> {
  if (chat === undefined) return [];
  const letters = await records.letters.list(chat, 4 * LETTERS);
  return letters
    .filter((letter) => letter.at >= at && !GLOBAL_WORDS.has(bare(letter.text)))
    .slice(-LETTERS)
    .map((letter) => clean(letter.text, LETTER));
}

async function errandOf({ records, ledger }: Deps, { errand, by }: OperatorTask): Promise<ErrandShown | undefined> {
  if (errand === undefined) return undefined;
  const asker = by === undefined ? "" : ((await records.staff.load(by))?.name ?? by);
  if (errand.kind === "resolve") return { kind: "resolve", ref: errand.ref, verdict: errand.outcome, by: asker };
  const { agent, amount } = errand;
  const name = (await records.staff.load(agent))?.name ?? agent;
  return { kind: "top-up", agent, name, amount, balance: await ledger.balance(agentAccount(agent)), by: asker };
}
