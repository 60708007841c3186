import type { System } from "./system.ts";

/**
 * All that can be measured, by name, in the order of the tables. Loaded when it is its turn: a system runs in a process
 * that has nothing of the others in it.
 */
const SYSTEMS: Readonly<Record<string, () => Promise<System>>> = {
  "loket-sqlite": async () => (await import("./systems/loket.ts")).loketSqlite,
  "loket-redis": async () => (await import("./systems/loket.ts")).loketRedis,
  "telegraf-wizard": async () => (await import("./systems/telegraf-wizard.ts")).telegrafWizard,
  "telegraf-xstate": async () => (await import("./systems/telegraf-xstate.ts")).telegrafXstate,
  "grammy-conversations": async () => (await import("./systems/grammy-conversations.ts")).grammyConversations,
  "telegraf-echo": async () => (await import("./systems/telegraf-echo.ts")).telegrafEcho,
  "loket-step": async () => (await import("./systems/loket-step.ts")).loketStep,
  "xstate-transition": async () => (await import("./systems/transition.ts")).pureTransition,
  "one-evalsha": async () => (await import("./systems/evalsha.ts")).oneScript,
  nothing: async () => (await import("./systems/nothing.ts")).nothing,
};

export const NAMES: readonly string[] = Object.keys(SYSTEMS);

/** Those that keep a conversation, of which it makes sense to ask what a kill does. */
export const LASTING: readonly string[] = NAMES.slice(0, 5);

export async function systemOf(name: string): Promise<System> {
  const load = SYSTEMS[name];
  if (load === undefined) throw new Error(`there is no system "${name}": ${NAMES.join(", ")}`);
  return load();
}
