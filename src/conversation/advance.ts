import { type AnyStateMachine, createActor } from "xstate";
import {
  type Asked,
  type FlowEvent,
  type FlowName,
  flows,
  type Language,
  type Open,
  type Stamped,
  type Task,
  type World,
} from "../../flows/index.ts";
import type { Conversation, JobId, NewJob, Queue } from "./conversation.ts";
import type { ConversationKey } from "./message.ts";

/** The world of a step, but for the state that the conversation is in: that is read from the conversation. */
export type Surroundings = Omit<World, "place">;

export interface Step {
  readonly conversation: Conversation;
  readonly tasks: readonly NewJob[];
}

/** Which queue a task waits in, and whether it leaves in order with the other messages of its conversation. */
const QUEUES: Readonly<Record<Task["kind"], { readonly queue: Queue; readonly inOrder: boolean }>> = {
  say: { queue: "say", inOrder: true },
  document: { queue: "say", inOrder: true },
  close: { queue: "say", inOrder: true },
  forget: { queue: "say", inOrder: false },
  inquire: { queue: "inquire", inOrder: false },
  pay: { queue: "pay", inOrder: false },
  cancel: { queue: "pay", inOrder: false },
  look: { queue: "look", inOrder: false },
  account: { queue: "look", inOrder: false },
  report: { queue: "look", inOrder: false },
  "report-file": { queue: "say", inOrder: true },
  "top-up-wish": { queue: "look", inOrder: false },
  "proof-form": { queue: "look", inOrder: false },
  duty: { queue: "look", inOrder: false },
  command: { queue: "look", inOrder: false },
  request: { queue: "pay", inOrder: false },
  "customer-act": { queue: "pay", inOrder: false },
  "agent-act": { queue: "pay", inOrder: false },
  // One that cannot be had for a while must not hold up what else the agent is told.
  picture: { queue: "say", inOrder: false },
  human: { queue: "look", inOrder: false },
  consent: { queue: "look", inOrder: false },
  erase: { queue: "look", inOrder: false },
  enrol: { queue: "look", inOrder: false },
  timer: { queue: "timer", inOrder: false },
  follow: { queue: "timer", inOrder: false },
};

/**
 * Where a conversation stands; one that is not there yet, or is of another flow than who writes, or of a version that
 * we no longer know, stands at its start.
 */
export function openOf(now: Conversation | undefined, { who, language, at }: Surroundings): Open {
  const name: FlowName = FLOW_OF[who.kind];
  const flow = flows[name];
  if (now !== undefined && now.flow === name && now.version === flow.version) {
    return { flow: name, place: now.value, context: now.context } as Open;
  }
  return { flow: name, place: flow.initial, context: flow.newContext(languageOf(now) ?? language, at) } as Open;
}

const FLOW_OF: Readonly<Record<World["who"]["kind"], FlowName>> = {
  customer: "counter",
  agent: "agent",
  operator: "operator",
};

/** Somebody who was a customer and is an agent now is still spoken to in his language. */
function languageOf(now: Conversation | undefined): Language | undefined {
  return (now?.context as { readonly language?: Language } | undefined)?.language;
}

/** A flow as a step uses it. What it remembers is its own: it is given nothing but what it made itself. */
interface AnyFlow {
  readonly version: number;
  afterwards(before: Open["context"], after: Open["context"], step: Stepped): Open["context"];
  quietAt(place: Open["place"], context: Open["context"]): number | undefined;
}

/** One step, as far as it matters beside the machine. */
interface Stepped {
  readonly event: FlowEvent;
  readonly at: number;
  readonly from: Open["place"];
  readonly to: Open["place"];
  readonly spoke: boolean;
}

/**
 * The pure middle: (conversation, event) -> (next conversation, tasks). Nothing is done here; the tasks are saved with
 * the conversation, and done afterwards. The same arguments give the same answer.
 */
export function advance(
  key: ConversationKey,
  now: Conversation | undefined,
  event: FlowEvent,
  surroundings: Surroundings,
): Step {
  const open = openOf(now, surroundings);
  const { place } = open;
  const flow: AnyFlow = flows[open.flow];
  const world: World = { ...surroundings, place };
  const { value, context: after, actions } = step(open, { ...event, world });
  const revision = (now?.revision ?? 0) + 1;
  const asked = actions.map(taskOf).filter((task): task is Task => task !== undefined);
  const spoke = asked.some(({ kind }) => kind === "say");
  const context = flow.afterwards(open.context, after, { event, at: world.at, from: place, to: value, spoke });
  const left = value !== place;
  const turn = turnOf(key, revision, world.at);
  const { tasks, keyboard } = withKeyboards({ turn, asked, open: context.keyboard, left, style: world.style });
  const next = { ...context, keyboard };
  return {
    conversation: {
      key,
      revision,
      flow: open.flow,
      version: flow.version,
      value,
      context: next,
      quietAt: flow.quietAt(value, next),
      updatedAt: world.at,
    },
    tasks: tasks.map((task, index) => jobOf(task, jobId(turn, index), key, world.at)),
  };
}

/**
 * One pure step of the machine. xstate's own `transition` does the same, but makes an actor for every step, which costs
 * more than the step. One that is never started serves all: a step is synchronous and leaves nothing in it.
 */
function step(open: Open, event: Stamped) {
  // The machines differ in what they remember; each is given only what it made itself.
  const machine: AnyStateMachine = flows[open.flow].machine;
  const before = machine.resolveState({ value: open.place, context: open.context });
  const actions: Executable[] = [];
  const after = machine.transition(before, event, { ...SCOPE, actionExecutor: (action) => actions.push(action) });
  return { value: after.value as Open["place"], context: after.context as Open["context"], actions };
}

type Executable = Parameters<Scope["actionExecutor"]>[0];
type Scope = Parameters<AnyStateMachine["transition"]>[2];

const IDLE = createActor(flows.counter.machine);

const SCOPE: Omit<Scope, "actionExecutor"> = {
  self: IDLE,
  system: IDLE.system,
  id: "",
  sessionId: "",
  logger: () => {},
  defer: () => {},
  stopChild: () => {},
  emit: () => {},
};

/** The machine hands back actions that it does not know without a word: all but ours are a mistake in the flow. */
function taskOf(action: { readonly type: string; readonly params?: unknown }): Task | undefined {
  if (action.type !== "task") throw new Error(`the flow asks for "${action.type}": only "task" can be saved`);
  const asked = action.params as Asked;
  if (asked.kind === "nothing") return undefined;
  return asked.kind === "forget" && asked.refs.length === 0 ? undefined : asked;
}

/** A keyboard that asks is taken off when its question is left, or asked anew (script rule 2). */
function withKeyboards(step: {
  readonly turn: string;
  readonly asked: readonly Task[];
  readonly open: string | undefined;
  readonly left: boolean;
  readonly style: World["style"];
}): { readonly tasks: readonly Task[]; readonly keyboard: string | undefined } {
  const { asked, open } = step;
  // Numbers in a text cannot be taken off.
  if (step.style === "numbers") return { tasks: asked, keyboard: undefined };
  const asks = (task: Task) => task.kind === "say" && task.say.choices.length > 0 && !task.say.stays;
  const closing: readonly Task[] =
    open !== undefined && (step.left || asked.some(asks)) ? [{ kind: "close", job: open }] : [];
  const tasks = [...closing, ...asked];
  const last = tasks.findLastIndex(asks);
  if (last >= 0) return { tasks, keyboard: jobId(step.turn, last) };
  return { tasks, keyboard: closing.length > 0 ? undefined : open };
}

/** A conversation that was lost, with Redis, begins at the first revision again: its time makes the turn another one. */
function turnOf(key: ConversationKey, revision: number, at: number): string {
  return `${key}/${revision}.${at.toString(36)}`;
}

function jobId(turn: string, index: number): JobId {
  return `${turn}/${index}` as JobId;
}

function jobOf(task: Task, id: JobId, key: ConversationKey, at: number): NewJob {
  const { queue, inOrder } = QUEUES[task.kind];
  return { id, key, queue, lane: inOrder ? key : undefined, dueAt: task.kind === "timer" ? task.at : at, task };
}
