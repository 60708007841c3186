import type { Choice } from "../flow.ts";
import type { Language } from "../words/words.ts";
import type { Changing, Command } from "./events.ts";

/** The states of an operator's conversation. */
export type Place = "desk" | "pinNew" | "pinAgain" | "pin";

export interface Context {
  readonly language: Language;
  /** Since the PIN was typed, and the last act since, ms. */
  readonly session: { readonly since: number; readonly last: number } | undefined;
  /** What waits for the PIN, and since when, ms. */
  readonly waiting: { readonly command: Changing; readonly at: number } | undefined;
  /** The task whose customer the next message goes to, and since when, ms. */
  readonly replyTo: { readonly id: number; readonly at: number } | undefined;
  /** What the numbers of the last list mean. */
  readonly list: readonly Choice[];
  /** Messages in a row that could not be read. */
  readonly strange: number;
  readonly late: boolean;
  /** Set by the pure step: the job whose keyboard is open. */
  readonly keyboard: string | undefined;
}

export function newContext(language: Language, _at: number): Context {
  return {
    language,
    session: undefined,
    waiting: undefined,
    replyTo: undefined,
    list: [],
    strange: 0,
    late: false,
    keyboard: undefined,
  };
}

const MINUTE = 60_000;
/** How long a PIN holds: since the last act, and at most, ms. */
const IDLE = 15 * MINUTE;
const LONGEST = 4 * 60 * MINUTE;
/** How long an act waits for its PIN, and a customer for the words that were announced to him, ms. */
export const PATIENCE = 10 * MINUTE;

export function inSession({ session }: Context, at: number): boolean {
  return session !== undefined && at - session.last < IDLE && at - session.since < LONGEST;
}

const LOOKING: ReadonlySet<Command["kind"]> = new Set([
  "find",
  "story",
  "check",
  "how-to-resolve",
  "tasks",
  "agents",
  "deposit",
  "today",
  "task",
]);

/** Whether it changes something: then the PIN is asked. What BUKA can do for somebody is only shown. */
export function changes(command: Command): command is Changing {
  return !LOOKING.has(command.kind) && !(command.kind === "open" && command.how === "ask");
}
