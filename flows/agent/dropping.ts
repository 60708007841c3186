import { saying } from "../counter/questions.ts";
import type { Say, UserEvent, World } from "../flow.ts";
import { part } from "../words/words.ts";
import { shown, tableSay } from "./batch.ts";
import { type Batch, type Context, type Entry, rowsOf } from "./context.ts";
import { nameOf } from "./open.ts";

type Drop = Extract<UserEvent, { type: "drop" }>;

/** BUANG: those that it names and that may be dropped. Rows are of the table that was shown last. */
export function dropped(context: Context, event: Drop): readonly Entry[] {
  const batch = lastTable(context);
  const rows = batch === undefined ? [] : rowsOf(context, batch).filter(({ item }) => event.rows.includes(item));
  const bills = context.entries.filter(
    ({ quote, batch: of }) => of === undefined && quote !== undefined && event.codes.includes(quote.code),
  );
  return [...rows, ...bills].filter(({ state }) => DROPPABLE.has(state));
}

const DROPPABLE: ReadonlySet<Entry["state"]> = new Set(["asking", "waiting", "open", "none"]);

function lastTable(context: Context): Batch | undefined {
  return context.batches.findLast((batch) => batch.state !== "confirmed" && rowsOf(context, batch).length > 0);
}

/** They leave the desk; the table of a row is another one by that, under a code of its own. */
export function afterDrop(context: Context, event: Drop, world: World): Context {
  const gone = new Set(dropped(context, event).map(({ number }) => number));
  const batch = lastTable(context);
  const after = { ...context, entries: context.entries.filter(({ number }) => !gone.has(number)) };
  if (batch === undefined || !rowsOf(context, batch).some(({ number }) => gone.has(number))) return after;
  if (rowsOf(after, batch).length === 0) return { ...after, batches: after.batches.filter((one) => one !== batch) };
  return batch.state === "shown" ? shown(after, batch.number, world) : after;
}

/** What is gone, and the table as it is now. */
export function dropSay(context: Context, world: World, event: Drop): Say {
  const gone = dropped(context, event);
  const after = afterDrop(context, event, world);
  const batch = lastTable(context);
  const said = part("dropped", { names: gone.map(nameOf) });
  const table = after.batches.find(({ number, state }) => number === batch?.number && state === "shown");
  if (table === undefined || !gone.some(({ batch: of }) => of === table.number)) return saying(said);
  const now = tableSay(after, table.number, world);
  return { ...now, parts: [said, ...now.parts] };
}
