import { createActor } from "xstate";
import {
  type Asked,
  type Context,
  type FlowEvent,
  flows,
  type Place,
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

/** Events that the person does not cause: they end no silence, and wake no parked conversation. */
const WORLD_EVENTS: ReadonlySet<FlowEvent["type"]> = new Set([
  "operator",
  "inquired",
  "opened",
  "notice",
  "looked",
  "erased",
  "timer",
  "quiet",
]);

/** Which queue a task waits in, and whether it leaves in order with the other messages of its conversation. */
const QUEUES: Readonly<Record<Task["kind"], { readonly queue: Queue; readonly inOrder: boolean }>> = {
  say: { queue: "say", inOrder: true },
  document: { queue: "say", inOrder: true },
  close: { queue: "say", inOrder: true },
  forget: { queue: "say", inOrder: false },
  inquire: { queue: "inquire", inOrder: false },
  pay: { queue: "pay", inOrder: false },
  look: { queue: "look", inOrder: false },
  human: { queue: "look", inOrder: false },
  consent: { queue: "look", inOrder: false },
  erase: { queue: "look", inOrder: false },
  timer: { queue: "timer", inOrder: false },
  follow: { queue: "timer", inOrder: false },
};

/** Where a conversation stands; one that is not there yet, or is of a flow that we no longer know, stands at its start. */
export function openOf(
  now: Conversation | undefined,
  surroundings: Surroundings,
): { readonly place: Place; readonly context: Context } {
  const snapshot = restored(now, surroundings);
  return { place: snapshot.value as Place, context: snapshot.context };
}

function restored(now: Conversation | undefined, { language, at }: Surroundings) {
  const { machine, version, newContext } = flows.counter;
  if (now !== undefined && now.flow === "counter" && now.version === version) {
    return machine.resolveState({ value: now.value as Place, context: now.context as Context });
  }
  // The first state asks for nothing: no need to run the machine to stand there.
  return machine.resolveState({ value: "idle", context: newContext(language, at) });
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
  const before = restored(now, surroundings);
  const place = before.value as Place;
  const world: World = { ...surroundings, place };
  const { after, actions } = step(before, { ...event, world });
  const revision = (now?.revision ?? 0) + 1;
  const asked = actions.map(taskOf).filter((task): task is Task => task !== undefined);
  const spoke = asked.some(({ kind }) => kind === "say");
  const context = afterwards(before.context, spoke ? { ...after.context, preface: [] } : after.context, event, {
    at: world.at,
    atBill: place === "bill" && after.value === "bill",
  });
  const { tasks, keyboard } = withKeyboards({
    key,
    revision,
    asked,
    open: context.keyboard,
    left: after.value !== place,
    style: world.style,
  });
  const next = { ...context, keyboard };
  return {
    conversation: {
      key,
      revision,
      flow: "counter",
      version: flows.counter.version,
      value: after.value,
      context: next,
      quietAt: flows.counter.quietAt(after.value as Place, next),
      updatedAt: world.at,
    },
    tasks: tasks.map((task, index) => jobOf(task, jobId(key, revision, index), key, world.at)),
  };
}

/**
 * One pure step of the machine. xstate's own `transition` does the same, but makes an actor for every step, which costs
 * more than the step. One that is never started serves all: a step is synchronous and leaves nothing in it.
 */
function step(before: ReturnType<typeof restored>, event: Stamped) {
  const actions: Executable[] = [];
  const after = flows.counter.machine.transition(before, event, {
    ...SCOPE,
    actionExecutor: (action) => actions.push(action),
  });
  return { after, actions };
}

type Executable = Parameters<Scope["actionExecutor"]>[0];
type Scope = Parameters<typeof flows.counter.machine.transition>[2];

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

/** What every word of the person changes: a silence ends, and what could not be read counts in a row only. */
function afterwards(
  before: Context,
  after: Context,
  event: FlowEvent,
  { at, atBill }: { readonly at: number; readonly atBill: boolean },
): Context {
  if (WORLD_EVENTS.has(event.type)) return after;
  const misread = after.strange > before.strange;
  return {
    ...after,
    lastUserAt: at,
    // A bill that nobody looked at for long is asked for again, whatever is said meanwhile.
    parked: after.parked && (misread || atBill),
    nudged: false,
    strange: misread ? after.strange : 0,
    media: after.media > before.media ? after.media : 0,
    late: event.type === "late",
  };
}

/** A keyboard that asks is taken off when its question is left, or asked anew (script rule 2). */
function withKeyboards(step: {
  readonly key: ConversationKey;
  readonly revision: number;
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
  if (last >= 0) return { tasks, keyboard: jobId(step.key, step.revision, last) };
  return { tasks, keyboard: closing.length > 0 ? undefined : open };
}

function jobId(key: ConversationKey, revision: number, index: number): JobId {
  return `${key}/${revision}/${index}` as JobId;
}

function jobOf(task: Task, id: JobId, key: ConversationKey, at: number): NewJob {
  const { queue, inOrder } = QUEUES[task.kind];
  return { id, key, queue, lane: inOrder ? key : undefined, dueAt: task.kind === "timer" ? task.at : at, task };
}
