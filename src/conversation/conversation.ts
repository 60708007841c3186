import type { Task } from "../../flows/index.ts";
import type { Brand } from "../domain/brand.ts";
import type { ConversationKey } from "./message.ts";

/** The saved record of one person's conversation: two plain fields that xstate restores from, and what the store needs. */
export interface Conversation {
  readonly key: ConversationKey;
  /** Grows by one with each change; 0 is never saved. */
  readonly revision: number;
  readonly flow: string;
  /** The version of the flow that `value` and `context` belong to. */
  readonly version: number;
  /** xstate's state value: plain JSON. */
  readonly value: unknown;
  /** xstate's context: plain JSON. Holds personal data: sealed before any driver writes it. */
  readonly context: unknown;
  /** When silence is to be answered, ms; undefined for never. */
  readonly quietAt: number | undefined;
  readonly updatedAt: number;
}

export type JobId = Brand<string, "JobId">;

/** A class of jobs with workers of its own, so that a slow one does not stand in the way of the others. */
export type Queue = "say" | "inquire" | "pay" | "look" | "timer";

/** A task of a flow, saved. Personal data may be in `task`: sealed before any driver writes it. */
export interface NewJob {
  /** Stable: made from the conversation's key, its revision and the place among the step's tasks. */
  readonly id: JobId;
  readonly key: ConversationKey;
  readonly queue: Queue;
  /** Jobs of one lane run one at a time, in the order of saving. A head that waits for its next try holds its lane. */
  readonly lane: string | undefined;
  readonly dueAt: number;
  readonly task: Task;
}

export interface Job extends NewJob {
  readonly lease: string;
  /** 1 at the first try. */
  readonly attempt: number;
}
