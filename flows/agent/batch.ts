import type { Bill } from "../../src/domain/bill.ts";
import { maskName } from "../../src/domain/mask.ts";
import { samePlate } from "../../src/domain/plate.ts";
import { addRupiah, type Rupiah, rupiah } from "../../src/domain/rupiah.ts";
import { named } from "../counter/choices.ts";
import type { Answers } from "../counter/context.ts";
import type { Say, World } from "../flow.ts";
import { areSellable } from "../sellable.ts";
import { type Part, part } from "../words/words.ts";
import { agentOf, availableTo, shortPart } from "./balance.ts";
import { type Batch, batchOf, type Context, type Entry, rowsOf } from "./context.ts";
import { isClosed } from "./draft.ts";
import { freshCode, isAsked, isOffered, roomFor, started, type Whole, withCode } from "./entries.ts";
import type { NoBill, TableRow, UnreadItem, VehicleTyped } from "./events.ts";

const SECOND = 1000;
/** After so long the table is shown with what is still missing, ms. */
export const SHOW_AFTER = 20 * SECOND;
/** Tables that are remembered. */
const TABLES = 12;

/** A message of several vehicles: each is asked for, what could not be read is kept to be named. */
export interface Several {
  readonly vehicles: readonly VehicleTyped[];
  readonly unread: readonly UnreadItem[];
}

/** Whether each vehicle's region is known. */
export function knowsRegions(context: Context, { vehicles }: Several): boolean {
  return vehicles.every(({ region }) => region !== undefined) || regionOf(context) !== undefined;
}

function regionOf(context: Context): string | undefined {
  return context.draft?.product ?? context.region;
}

/** The table begins: as many vehicles as there is room for. One that is on the desk by itself moves into it. */
export function begun(context: Context, several: Several, world: World): Context {
  const { vehicles, unread } = several;
  const moved = withoutVehicles(
    context,
    vehicles.map((vehicle) => answersOf(context, vehicle)),
    world.at,
  );
  const room = roomFor(moved, world.at);
  const number = moved.inquiry + 1;
  const rows = vehicles.slice(0, room).map((vehicle): Whole => {
    return { answers: answersOf(moved, vehicle), batch: number, item: vehicle.item };
  });
  const over = vehicles.slice(room).map(({ item, chassis }): UnreadItem => ({ item, text: chassis, why: "full" }));
  const batch: Batch = {
    number,
    unread: [...unread, ...over].sort((a, b) => a.item - b.item),
    state: "collecting",
    nonce: "",
    code: "",
    rows: [],
    old: [],
    reported: false,
    at: world.at,
  };
  const after = withoutClosed(started(moved, rows, world), world);
  return { ...after, batches: [...after.batches, batch].slice(-TABLES), draft: undefined, pending: undefined };
}

function answersOf(context: Context, { region, nik, chassis, plate }: VehicleTyped): Answers {
  return { product: region?.product ?? regionOf(context), nik, chassis, plate };
}

/** Bills of these vehicles that are on the desk by themselves, or are asked for, make room for the rows of the table. */
function withoutVehicles(context: Context, vehicles: readonly Answers[], at: number): Context {
  const chassis = new Set(vehicles.map((answers) => answers.chassis));
  const moves = (entry: Entry) => chassis.has(entry.answers.chassis) && (isAsked(entry) || isOffered(entry, at));
  return { ...context, entries: context.entries.filter((entry) => !moves(entry)) };
}

/** A row of a region that is shut is not asked for. */
function withoutClosed(context: Context, world: World): Context {
  const shut = ({ state, answers }: Entry) => state === "asking" && isClosed(answers.product ?? "", world);
  return {
    ...context,
    entries: context.entries.map((entry) => (shut(entry) ? { ...entry, state: "none", why: "closed" } : entry)),
  };
}

/** Whether no row waits for the biller any more. */
export function isComplete(context: Context, batch: Batch): boolean {
  return !rowsOf(context, batch).some(isAsked);
}

/** The rows that a confirmation of the table pays. */
export function payableRows(context: Context, batch: Batch): readonly Entry[] {
  return rowsOf(context, batch).filter(({ state }) => state === "open");
}

export function billsOf(entries: readonly Entry[]): readonly Bill[] {
  return entries.flatMap(({ quote }) => (quote === undefined ? [] : [quote.bill]));
}

export function totalOf(entries: readonly Entry[]): Rupiah {
  return addRupiah(...entries.map(({ quote }) => quote?.bill.total ?? rupiah(0)));
}

/** The table is shown, under a code of its own: whatever was confirmed before is not what it shows now. */
export function shown(context: Context, number: number, world: World): Context {
  const batch = batchOf(context, number);
  if (batch === undefined || batch.state === "confirmed") return context;
  const code = freshCode(context, world);
  const old = [...batch.old, batch.code, batch.nonce].filter((name) => name !== "").slice(-TABLES);
  const rows = noncesOf(payableRows(context, batch));
  const next: Batch = { ...batch, state: "shown", code, nonce: `${world.nonce}-all`, rows, old };
  return { ...context, codes: withCode(context, code), batches: replaced(context, next) };
}

function noncesOf(entries: readonly Entry[]): readonly string[] {
  return entries.map(({ quote }) => quote?.nonce ?? "");
}

/** Whether the table still is what it showed: no bill has come to it since, or gone. */
export function isAsShown(context: Context, batch: Batch): boolean {
  const now = noncesOf(payableRows(context, batch));
  return now.length === batch.rows.length && now.every((nonce) => batch.rows.includes(nonce));
}

export function replaced({ batches }: Context, next: Batch): readonly Batch[] {
  return batches.map((batch) => (batch.number === next.number ? next : batch));
}

/** A7: a row for each vehicle, what could not be read, one sum, and how to pay it. */
export function tableSay(context: Context, number: number, world: World): Say {
  const batch = batchOf(context, number);
  const rows = batch === undefined ? [] : rowsOf(context, batch);
  const payable = batch === undefined ? [] : payableRows(context, batch);
  const { code = "", nonce = "", unread = [] } = batch ?? {};
  const total = totalOf(payable);
  const missing = rupiah(Math.max(0, total - availableTo(world)));
  const paused = !areSellable(billsOf(payable), world);
  const pays = payable.length > 0 && missing === 0 && code !== "" && !paused;
  return {
    parts: [
      payable.length === 0 ? part("table_none", {}) : headPart(payable.length, total, world),
      ...(rows.length === 0 ? [] : [part("table_rows", { rows: rows.map(rowOf) })]),
      ...unreadParts(unread),
      ...(paused ? [part("desk_sales_paused", { code })] : []),
      ...(missing > 0 && !paused ? [shortPart(missing, code, world)] : []),
      ...(pays ? [part("table_ask", { code, example: payable.at(-1)?.item ?? 1 })] : []),
      ...(world.policy.sandbox && pays ? [part("bill_sandbox", {})] : []),
    ],
    tail: [],
    choices: pays ? [named(`pay:${nonce}`, part("label_pay", { total }))] : [],
    columns: 1,
    stays: true,
  };
}

function headPart(count: number, total: Rupiah, world: World): Part {
  const { markup, balance } = agentOf(world);
  const take = rupiah(total + markup * count);
  return part("table_head", { count, total, take, balance, after: rupiah(balance - total) });
}

/** So many are named; of more the number is said. */
const NAMED = 6;

export function unreadParts(unread: readonly UnreadItem[]): readonly Part[] {
  if (unread.length === 0) return [];
  return [part("table_unread", { items: unread.slice(0, NAMED), more: Math.max(0, unread.length - NAMED) })];
}

/** A row: the plate, or what stands for it until a bill is there. */
function rowOf({ item, quote, answers, why, state }: Entry): TableRow {
  const { plate: typed = "", chassis = "" } = answers;
  const plate = quote?.bill.plate || typed || `…${chassis.slice(-6)}`;
  const bill = state === "open" ? quote?.bill : undefined;
  if (bill === undefined) return { item, plate, owner: "", total: undefined, typed: "", why: whyNot(state, why) };
  const differs = typed !== "" && bill.plate !== "" && !samePlate(typed, bill.plate);
  const { owner, total } = bill;
  return { item, plate, owner: maskName(owner), total, typed: differs ? typed : "", why: "" };
}

function whyNot(state: Entry["state"], why: NoBill | undefined): TableRow["why"] {
  return state === "asking" || state === "waiting" ? "asking" : (why ?? "bad");
}
