import type { UnreadItem, VehicleTyped } from "../../flows/index.ts";
import type { Chassis } from "../domain/chassis.ts";
import type { Nik } from "../domain/nik.ts";
import { type Plate, readPlate, showPlate } from "../domain/plate.ts";
import { type Region, readRegion } from "../domain/region.ts";
import { clean } from "../domain/text.ts";
import { regionIn } from "./fields.ts";
import { isSmallTalk } from "./small-talk.ts";
import { readLine, type Token } from "./tokens.ts";

/** Several vehicles of one message. */
export interface Vehicles {
  readonly vehicles: readonly VehicleTyped[];
  readonly unread: readonly UnreadItem[];
}

/** What stands together: what was found of one vehicle, or a piece of text without any. */
interface Piece {
  readonly nik?: Nik;
  readonly badNik?: string;
  readonly chassis?: Chassis;
  readonly plate?: Plate;
  readonly text: string;
  /** Its words beside the numbers. */
  readonly rest?: string;
}

type Numbered = VehicleTyped | UnreadItem;

/**
 * A message that names several vehicles, however messy: each in its own line or spread over several, numbered or not,
 * with names and thanks between. Undefined when there is but one, or none. Every item of a numbered list gives a vehicle
 * or is named; elsewhere lines of small talk are passed over. A NIK that stands alone in the message is every vehicle's.
 */
export function vehiclesIn(text: string, regions: readonly Region[]): Vehicles | undefined {
  const { lines, said } = withoutRegion(text.split("\n").map(lineOf), regions);
  const isList = lines.filter(({ marked }) => marked).length > 1;
  const all = piecesOf(lines, isList);
  const only = onlyNik(all);
  // A NIK that is every vehicle's is no vehicle of its own.
  const pieces =
    only === undefined ? all : all.filter((piece) => piece.nik === undefined || piece.chassis !== undefined);
  const seen = pieces.filter((piece) => hasNumber(piece));
  if (seen.length < 2 && !(isList && seen.length === 1 && pieces.length > 1)) return undefined;
  const items = pieces.map((piece, index) => itemOf(piece, index + 1, only));
  return sorted(
    items.map((item, index) => {
      return "nik" in item ? { ...item, ...regionOf(item, { said, rest: pieces[index]?.rest ?? "" }, regions) } : item;
    }),
  );
}

/** The one NIK of a message that names several chassis numbers, or one that stands apart from it. */
function onlyNik(pieces: readonly Piece[]): Nik | undefined {
  const niks = new Set(pieces.flatMap(({ nik, badNik }) => nik ?? badNik ?? []));
  const [only] = pieces.flatMap(({ nik }) => nik ?? []);
  return niks.size === 1 && pieces.some(({ chassis }) => chassis !== undefined) ? only : undefined;
}

interface Line {
  readonly text: string;
  readonly marked: boolean;
  readonly tokens: readonly Token[];
  readonly rest: string;
}

/** `1. `, `2) `, `3.MH1…`; the first digits of a NIK with dots are none. */
const MARKER = /^\s*\(?\d{1,2}[.)\]](?:\s+|(?=[A-Za-z])|(?=\d{16}(?!\d)))/;

function lineOf(line: string): Line {
  const text = line.replace(MARKER, "");
  return { text: text.trim(), marked: text !== line, ...readLine(text) };
}

function hasNumber({ nik, badNik, chassis }: Piece): boolean {
  return nik !== undefined || badNik !== undefined || chassis !== undefined;
}

/** The message in the pieces that are one vehicle each, in its order. */
function piecesOf(lines: readonly Line[], isList: boolean): readonly Piece[] {
  const plateFirst = lines.flatMap(({ tokens }) => tokens)[0]?.kind === "plate";
  const pieces: Piece[] = [];
  let open: Piece | undefined;
  const close = () => {
    if (open !== undefined) pieces.push(open);
    open = undefined;
  };
  for (const line of lines) {
    if (line.marked && isList) close();
    if (!isList && line.text === "" && isWhole(open)) close();
    if (line.tokens.length === 0) {
      // What stands under a number of a list belongs to it; elsewhere it is a piece of its own, if it says anything.
      if (isList && (open !== undefined || line.marked)) open = withRest(open ?? { text: line.text }, line);
      else if (!isSmallTalk(line.text)) pieces.push({ text: line.text });
    }
    let isShared = false;
    for (const [at, token] of line.tokens.entries()) {
      const isNext = open !== undefined && startsAnother(open, token, plateFirst);
      if (isNext) close();
      isShared ||= isNext && at > 0;
      open = { ...(open ?? { text: line.text }), ...token.found };
    }
    // Of a line with several vehicles nobody knows whose the words are.
    if (open !== undefined && line.tokens.length > 0 && !isShared) open = withRest(open, line);
  }
  close();
  return pieces;
}

function withRest(piece: Piece, { rest }: Line): Piece {
  return { ...piece, rest: `${piece.rest ?? ""}\n${rest.replace(/ {2,}/g, "\n")}` };
}

function isWhole(piece: Piece | undefined): boolean {
  return piece?.nik !== undefined && piece.chassis !== undefined;
}

/** A second number of the same kind; a plate where plates stand first. */
function startsAnother(open: Piece, { kind }: Token, plateFirst: boolean): boolean {
  switch (kind) {
    case "nik":
      return open.nik !== undefined || open.badNik !== undefined;
    case "chassis":
      return open.chassis !== undefined;
    case "plate":
      return open.plate !== undefined || (plateFirst && hasNumber(open));
  }
}

function itemOf(piece: Piece, item: number, only: Nik | undefined): Numbered {
  const nik = piece.nik ?? (piece.badNik === undefined ? only : undefined);
  const { chassis, plate, badNik } = piece;
  const text = masked(piece.text);
  if (badNik !== undefined) return { item, text, why: "nik-length", number: badNik.length };
  if (chassis === undefined) return { item, text, why: piece.nik === undefined ? "unread" : "no-chassis" };
  if (nik === undefined) return { item, text, why: "no-nik" };
  return { item, nik, chassis, ...(plate === undefined ? {} : { plate: showPlate(plate) }) };
}

const REGION_LABEL = /\b(?:wilayah|region|daerah|samsat)\b[.:=]*/i;

/** A line above the first number, or one that says "wilayah", may name the region of all; it is nothing to be read then. */
function withoutRegion(
  lines: readonly Line[],
  regions: readonly Region[],
): { readonly lines: readonly Line[]; readonly said: VehicleTyped["region"] } {
  const first = lines.findIndex(({ tokens }) => tokens.length > 0);
  for (const [index, { text, tokens }] of lines.entries()) {
    if (tokens.length > 0 || (index > first && !REGION_LABEL.test(text))) continue;
    const name = text.replace(REGION_LABEL, " ").trim();
    const read = name.split(/\s+/).length > 4 ? undefined : readRegion(name, regions);
    if (read?.kind !== "one") continue;
    const said = { product: read.product, guessed: read.guessed };
    return { lines: lines.map((line, at) => (at === index ? { ...line, text: "" } : line)), said };
  }
  return { lines, said: undefined };
}

interface Around {
  readonly said: VehicleTyped["region"];
  readonly rest: string;
}

/** By its name in the vehicle's own row, else the one of all, else by the plate, else by a town in the row. */
function regionOf({ plate }: VehicleTyped, { said, rest }: Around, regions: readonly Region[]) {
  const own = regionIn(rest, undefined, regions);
  const sure = own?.guessed === false ? own : said;
  if (sure !== undefined) return { region: sure };
  const read = plate === undefined || readPlate(plate) === undefined ? undefined : readRegion(plate, regions);
  if (read?.kind === "one") return { region: { product: read.product, guessed: true } };
  return own === undefined ? {} : { region: own };
}

/** The same vehicle twice is one, and that is said. */
function sorted(items: readonly Numbered[]): Vehicles {
  const vehicles: VehicleTyped[] = [];
  const unread: UnreadItem[] = [];
  for (const item of items) {
    if (!("nik" in item)) {
      unread.push(item);
      continue;
    }
    const first = vehicles.find(({ chassis }) => chassis === item.chassis);
    if (first === undefined) vehicles.push(item);
    else unread.push({ item: item.item, text: "", why: "twice", number: first.item });
  }
  return { vehicles, unread };
}

/** What may be a number of a card is not repeated whole. */
function masked(text: string): string {
  return clean(text, 60).replace(/\d(?:[ .-]?\d){6,}/g, (digits) => `${digits.slice(0, 4)}…`);
}
