import { groupChassis } from "../../src/domain/chassis.ts";
import { type Rupiah, ZERO } from "../../src/domain/rupiah.ts";
import type { World } from "../flow.ts";
import { totalOf } from "./batch.ts";
import { type Context, type Entry, plateOf } from "./context.ts";
import { isAsked, isOffered, onDesk } from "./entries.ts";

/** A bill or a table that is open. `code`: empty while the biller is asked. `name`: empty for a table of `count` bills. */
export interface OpenRow {
  readonly code: string;
  readonly name: string;
  readonly total: Rupiah;
  readonly count: number;
}

/** All that is open on the desk: bills by themselves, then tables. */
export function openRows(context: Context, { at }: Pick<World, "at">): readonly OpenRow[] {
  const desk = onDesk(context, at);
  const bills = desk.filter(({ batch }) => batch === undefined).map(rowOf);
  const tables = context.batches.flatMap(({ number, state, code }) => {
    const open = desk.filter((entry) => entry.batch === number && isOffered(entry, at));
    return state === "shown" && open.length > 0 ? [{ code, name: "", total: totalOf(open), count: open.length }] : [];
  });
  return [...bills, ...tables];
}

function rowOf(entry: Entry): OpenRow {
  const { quote } = entry;
  const code = isAsked(entry) ? "" : (quote?.code ?? "");
  return { code, name: nameOf(entry), total: quote?.bill.total ?? ZERO, count: 1 };
}

/** A vehicle as it is called, also before its bill is there. */
export function nameOf(entry: Entry): string {
  return plateOf(entry) || (entry.answers.chassis === undefined ? "" : groupChassis(entry.answers.chassis));
}
