import { showRef } from "../../src/domain/ref.ts";
import type { Rupiah } from "../../src/domain/rupiah.ts";
import { saying } from "../counter/questions.ts";
import type { Asked, Say, World } from "../flow.ts";
import { areSellable } from "../sellable.ts";
import { type Part, part } from "../words/words.ts";
import { agentOf, availableTo } from "./balance.ts";
import { billsOf, isAsShown, payableRows, replaced, totalOf } from "./batch.ts";
import { type Batch, batchOf, type Context, type Entry, plateOf, rowsOf } from "./context.ts";
import { isAsked, isOffered, renewed } from "./entries.ts";

const MINUTE = 60 * 1000;
/** How long a PIN counts after the last act, and at most, ms. */
const IDLE = 15 * MINUTE;
const LONGEST = 240 * MINUTE;
/** A confirmation that has waited so long for its PIN is to be said again, ms. */
const ACT = 5 * MINUTE;

/** How a confirmation names a bill or a table: by the nonce in its button, or by its three digits. */
export type Named = { readonly nonce: string } | { readonly code: string };

/** What is confirmed: one bill, or the rows of a table. */
export interface Target {
  readonly nonce: string;
  readonly entries: readonly Entry[];
  readonly batch: Batch | undefined;
}

/** The bill or the table that is named. Codes are used again only after twenty others: the last one is meant. */
export function targetOf(context: Context, named: Named): Target | undefined {
  const entry = context.entries.findLast(({ quote }) => quote !== undefined && names(quote, named));
  if (entry !== undefined && entry.batch === undefined) {
    return { nonce: entry.quote?.nonce ?? "", entries: [entry], batch: undefined };
  }
  const batch = context.batches.findLast((one) => one.code !== "" && names(one, named));
  return batch === undefined ? undefined : { nonce: batch.nonce, entries: rowsToPay(context, batch), batch };
}

/** A confirmed table stays the one that was confirmed. */
function rowsToPay(context: Context, batch: Batch): readonly Entry[] {
  return batch.state === "confirmed" ? rowsOf(context, batch) : payableRows(context, batch);
}

function names(one: { readonly nonce: string; readonly code: string }, named: Named): boolean {
  return "nonce" in named ? one.nonce === named.nonce : one.code === named.code;
}

/** The table that was shown under this name before, and is another one by now. */
export function oldTable(context: Context, named: Named): Batch | undefined {
  const name = "nonce" in named ? named.nonce : named.code;
  return context.batches.findLast(({ old, state }) => state !== "confirmed" && old.includes(name));
}

/** What a confirmation leads to. Everything but "pays" pays nothing. */
export type Verdict =
  | "unknown"
  | "old-table"
  | "sent"
  | "suspended"
  | "stale"
  | "over"
  | "paused"
  | "short"
  | "locked"
  | "no-pin"
  | "asks-pin"
  | "pays";

/** `pinned`: the PIN was typed for it just now. */
export function verdict(context: Context, world: World, named: Named, pinned = false): Verdict {
  const target = targetOf(context, named);
  if (target === undefined) return oldTable(context, named) === undefined ? "unknown" : "old-table";
  const { entries, batch } = target;
  if (batch !== undefined && batch.state !== "confirmed" && !isAsShown(context, batch)) return "old-table";
  if (entries.length === 0) return "unknown";
  if (batch?.state === "confirmed" || entries.some(({ state }) => state !== "open")) return "sent";
  const agent = agentOf(world);
  if (agent.suspended) return "suspended";
  if (entries.some((entry) => !isOffered(entry, world.at))) return "stale";
  if (entries.some(({ quote }) => quote !== undefined && quote.bill.total > world.policy.payMax)) return "over";
  if (!areSellable(billsOf(entries), world)) return "paused";
  const total = totalOf(entries);
  if (total > availableTo(world)) return "short";
  if (agent.pin === "locked") return "locked";
  if (agent.pin === "none") return "no-pin";
  return pinned || (inSession(context, world) && total < agent.pinAlways) ? "pays" : "asks-pin";
}

/** Whether the PIN was typed not too long ago. */
export function inSession({ session }: Context, { at }: Pick<World, "at">): boolean {
  return session !== undefined && at - session.last < IDLE && at - session.since < LONGEST;
}

/** The confirmation that waits for the PIN, if it may still be meant. */
export function waitingAct({ act }: Context, { at }: World): Named | undefined {
  return act !== undefined && at - act.at <= ACT ? { nonce: act.nonce } : undefined;
}

/** It goes to the ledger: remembered, so that a second confirmation is answered truly. Late rows are bills by themselves. */
export function confirmed(context: Context, world: World, named: Named): Context {
  const target = targetOf(context, named);
  if (target === undefined) return context;
  const { entries, batch } = target;
  const paid = new Set(entries.map(({ number }) => number));
  const isLate = (entry: Entry) => batch !== undefined && entry.batch === batch.number && isAsked(entry);
  const after = {
    ...context,
    act: undefined,
    entries: context.entries.map((entry): Entry => {
      if (paid.has(entry.number)) return { ...entry, state: "asked", at: world.at };
      return isLate(entry) ? { ...entry, batch: undefined, item: 0 } : entry;
    }),
  };
  return batch === undefined ? after : { ...after, batches: replaced(after, { ...batch, state: "confirmed" }) };
}

/** One for each bill that is confirmed. */
export function payTasks(context: Context, world: World, named: Named): readonly Asked[] {
  const { language } = context;
  const { id: agent, markup } = agentOf(world);
  return (targetOf(context, named)?.entries ?? []).flatMap(({ quote }) => {
    if (quote === undefined) return [];
    const { nonce, bill, inquiredAt, expiresAt } = quote;
    return [{ kind: "pay" as const, nonce, bill, inquiredAt, expiresAt, language, by: { agent, markup } }];
  });
}

/** A stale confirmation: a fresh inquiry at once, and it never pays by itself (script rule 10). */
export function refreshed(context: Context, world: World, named: Named): Context {
  const target = targetOf(context, named);
  if (target === undefined) return context;
  const { entries, batch } = target;
  const after = renewed(
    { ...context, act: undefined },
    entries.filter((entry) => !isOffered(entry, world.at)),
    world.at,
  );
  if (batch === undefined) return after;
  return {
    ...after,
    batches: replaced(after, { ...batch, state: "collecting", code: "", nonce: "", old: oldOf(batch) }),
  };
}

function oldOf({ old, code, nonce }: Batch): readonly string[] {
  return [...old, code, nonce].filter((name) => name !== "");
}

/** What a second confirmation, or an old code, of something that went to the ledger is told. */
export function sentSay(context: Context, named: Named): Say {
  const target = targetOf(context, named);
  const [first] = target?.entries ?? [];
  if (target === undefined || first === undefined) return saying(part("desk_code_unknown", {}));
  if (target.batch !== undefined) return saying(resultPart(context, target.batch));
  const { ref, state } = first;
  const shown = ref === undefined ? "" : showRef(ref);
  const plate = plateOf(first);
  switch (state) {
    case "paid":
      return saying(part("paid_already", { plate, ref: shown, proof: ref ?? "" }));
    case "unpaid":
      return saying(part("desk_unpaid_already", { plate, ref: shown }));
    case "ended":
    case "none":
      return saying(part("desk_ended", { plate }));
    default:
      return saying(part("second_tap", { ref: shown }));
  }
}

/** How the rows of a confirmed table stand. */
export function resultPart(context: Context, batch: Batch): Part {
  const rows = rowsOf(context, batch).filter(({ state }) => state !== "none");
  return part("table_result", { rows: rows.map(resultOf) });
}

export function resultOf(entry: Entry) {
  const { item, ref, state } = entry;
  const how: "paid" | "unpaid" | "live" =
    state === "paid" ? "paid" : state === "unpaid" || state === "ended" || state === "open" ? "unpaid" : "live";
  return { item, plate: plateOf(entry), ref: ref === undefined ? "" : showRef(ref), how };
}

/** The sum that a confirmation would take. */
export function sumOf(context: Context, named: Named): Rupiah {
  return totalOf(targetOf(context, named)?.entries ?? []);
}

/** The table that a nonce or code of before belongs to now. */
export function tableOf(context: Context, named: Named): Batch | undefined {
  return oldTable(context, named) ?? batchOf(context, targetOf(context, named)?.batch?.number);
}
