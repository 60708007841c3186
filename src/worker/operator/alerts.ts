import { minuteOfDay, startOfDay } from "../../domain/time.ts";
import type { OperatorTask } from "../../records/records.ts";
import type { Deps } from "../deps.ts";
import { operatorChats, tell } from "./people.ts";
import { alertOf } from "./tasks.ts";
import { todayOf } from "./today.ts";

const SECOND = 1_000;
const HOUR = 3_600_000;

/** How often new tasks are looked for, ms: a tool beside the program writes them, too. */
const LOOK = 2 * SECOND;
/** More new tasks than this at once are told in one sentence: an operator who was just linked is not flooded. */
const FLOOD = 5;
const LIMIT = 1_000;

/** When the evening's summary comes, ms after midnight WIB, and the flag that remembers the last day it was told. */
const EVENING = 21 * HOUR;
const TOLD = "evening-told";

/** Tells the operators' chats of what is new, and of the day at 21.00 WIB. Without an operator everything waits. */
export async function runAlerts(deps: Deps, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await alertAll(deps).catch((error: unknown) =>
      deps.log.error({ error }, "the operators could not be told of tasks; trying again"),
    );
    await tellEvening(deps).catch((error: unknown) =>
      deps.log.error({ error }, "the evening's summary could not be told; trying again"),
    );
    await deps.clock.sleep(deps.clock.now() + LOOK, stop);
  }
}

/** Each open task once, each with the act that closes it. */
export async function alertAll(deps: Deps): Promise<void> {
  const tasks = await deps.records.tasks.unalerted(LIMIT);
  if (tasks.length === 0 || (await operatorChats(deps)).length === 0) return;
  if (tasks.length > FLOOD) await tellOfMany(deps, tasks);
  else for (const task of tasks) await tellOf(deps, task);
  for (const { id } of tasks) await deps.records.tasks.alerted(id, deps.clock.now());
}

/** Who wants the other's yes himself knows of it. */
async function tellOf(deps: Deps, task: OperatorTask): Promise<void> {
  const chats = await operatorChats(deps, task.by);
  await tell(deps, chats, { id: `task:${task.id}`, event: { type: "alert", alert: await alertOf(deps, task) } });
}

async function tellOfMany(deps: Deps, tasks: readonly OperatorTask[]): Promise<void> {
  const news = { kind: "many", count: (await deps.records.tasks.list("open", LIMIT)).length } as const;
  const id = `tasks:${tasks.at(-1)?.id}`;
  await tell(deps, await operatorChats(deps), { id, event: { type: "desk-news", news } });
}

/** O4: once a day, from 21.00 WIB on, when an operator is linked. */
export async function tellEvening(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const day = String(startOfDay(now));
  if (minuteOfDay(now) * 60 * SECOND < EVENING || (await deps.records.flags.get(TOLD)) === day) return;
  const chats = await operatorChats(deps);
  if (chats.length === 0) return;
  const news = { kind: "evening", today: await todayOf(deps) } as const;
  await tell(deps, chats, { id: `evening:${day}`, event: { type: "desk-news", news } });
  await deps.records.flags.set(TOLD, day, now);
}
