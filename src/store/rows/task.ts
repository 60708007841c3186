import type { Errand, NewOperatorTask, OperatorTask } from "../../records/records.ts";

/** One of the operator's tasks, as both databases keep it. */
export interface TaskRow {
  readonly id: number;
  readonly key: string;
  readonly kind: OperatorTask["kind"];
  readonly text: string;
  readonly ref: NonNullable<OperatorTask["ref"]> | null;
  readonly chat: NonNullable<OperatorTask["chat"]> | null;
  readonly at: number;
  /** JSON. */
  readonly errand: string | null;
  readonly asked_by: NonNullable<OperatorTask["by"]> | null;
  readonly alerted_at: number | null;
  readonly hand: NonNullable<OperatorTask["hand"]> | null;
  readonly closed_at: number | null;
  readonly closed_by: string | null;
  readonly closed_why: string | null;
}

/** In the order key, kind, text, ref, chat, at, errand, asked_by. */
export function newTaskValues({ key, kind, text, ref, chat, errand, by }: NewOperatorTask, at: number) {
  const job = errand === undefined ? null : JSON.stringify(errand);
  return [key, kind, text, ref ?? null, chat ?? null, at, job, by ?? null] as const;
}

export function taskOf(row: TaskRow): OperatorTask {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    text: row.text,
    ...(row.ref === null ? {} : { ref: row.ref }),
    ...(row.chat === null ? {} : { chat: row.chat }),
    ...(row.errand === null ? {} : { errand: JSON.parse(row.errand) as Errand }),
    ...(row.asked_by === null ? {} : { by: row.asked_by }),
    at: row.at,
    alertedAt: row.alerted_at ?? undefined,
    hand: row.hand ?? undefined,
    closed:
      row.closed_at === null ? undefined : { at: row.closed_at, by: row.closed_by ?? "", why: row.closed_why ?? "" },
  };
}
