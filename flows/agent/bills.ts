import type { Bill } from "../../src/domain/bill.ts";
import { groupChassis, readChassis } from "../../src/domain/chassis.ts";
import { maskName, maskNik } from "../../src/domain/mask.ts";
import { samePlate } from "../../src/domain/plate.ts";
import { showRef } from "../../src/domain/ref.ts";
import { regionName } from "../../src/domain/region.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { minuteOfDay, quoteEnd } from "../../src/domain/time.ts";
import { named } from "../counter/choices.ts";
import { saying } from "../counter/questions.ts";
import type { InquiryResult, Say, Task, World } from "../flow.ts";
import { isSellable } from "../sellable.ts";
import { type Part, part } from "../words/words.ts";
import { agentOf, availableTo, shortPart } from "./balance.ts";
import { type Context, changed, type Entry, entryOf, plateOf } from "./context.ts";
import { freshCode, withCode } from "./entries.ts";
import type { NoBill } from "./events.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** The pauses between tries of a biller that gives no answer, ms; the last one goes on, for so long. */
const PAUSES = [20 * SECOND, 40 * SECOND, MINUTE] as const;
const TRY_FOR = 10 * MINUTE;
/** From 22.00 WIB a bill says what midnight may do to it (script rule 14). */
const LATE = 22 * 60;

interface Inquired {
  readonly number: number;
  readonly result: InquiryResult;
  readonly inquiredAt: number;
}

/** Whether the biller gave no answer, and is asked again. */
export function isTriedAgain(context: Context, { number, result }: Inquired, at: number): boolean {
  const entry = entryOf(context, number);
  if (result.kind !== "unavailable" || result.why === "login" || entry === undefined) return false;
  return entry.tries === 0 || at < entry.tryUntil;
}

/** The biller's answer, kept with its vehicle: a bill on the desk, a row without one, or another try. */
export function answered(context: Context, event: Inquired, world: World): Context {
  const { number, result, inquiredAt } = event;
  const { at } = world;
  if (isTriedAgain(context, event, at)) {
    return changed(context, number, (entry) => {
      const tryUntil = entry.tries === 0 ? at + TRY_FOR : entry.tryUntil;
      return { ...entry, state: "waiting", tries: entry.tries + 1, tryUntil };
    });
  }
  const entry = entryOf(context, number);
  if (result.kind !== "bill") {
    const after = changed(context, number, (one) => ({ ...one, state: "none", why: whyOf(result), at }));
    return entry?.batch === undefined ? corrected(after, entry, result, at) : after;
  }
  return billed(context, number, { bill: result.bill, inquiredAt }, world);
}

function billed(
  context: Context,
  number: number,
  { bill, inquiredAt }: { readonly bill: Bill; readonly inquiredAt: number },
  world: World,
): Context {
  const isRow = entryOf(context, number)?.batch !== undefined;
  const code = isRow ? "" : freshCode(context, world);
  const quote = { bill, inquiredAt, expiresAt: quoteEnd(inquiredAt), nonce: world.nonce, code };
  const over = isRow && bill.total > world.policy.payMax;
  return {
    ...changed(context, number, (entry) => ({
      ...entry,
      state: over ? "none" : "open",
      why: over ? "over" : undefined,
      quote,
      at: world.at,
    })),
    region: bill.product,
    codes: isRow ? context.codes : withCode(context, code),
  };
}

/** What was not found may be corrected by the number that was wrong alone. */
function corrected(context: Context, entry: Entry | undefined, result: InquiryResult, at: number): Context {
  if (entry === undefined || result.kind !== "not-found" || context.draft !== undefined) return context;
  return { ...context, draft: { ...entry.answers, guessed: false, piece: undefined, at } };
}

function whyOf(result: InquiryResult): NoBill {
  switch (result.kind) {
    case "not-found":
      return "not-found";
    case "already-paid":
      return "already-paid";
    case "closed":
      return "closed";
    case "vehicle-busy":
      return "busy";
    case "paid-lately":
      return "paid-lately";
    case "invoice-used":
      return "used";
    case "bill":
    case "bad-bill":
      return "bad";
    case "crowded":
    case "unavailable":
      return "unavailable";
  }
}

/** The next try of a biller that gave no answer. */
export function nextTry(entry: Entry, at: number): Task {
  const wait = PAUSES[Math.min(entry.tries, PAUSES.length) - 1] ?? MINUTE;
  return { kind: "timer", name: "retry", number: entry.number, at: at + wait };
}

/** A4, and A5 in place of the code when the balance does not cover it: said before any cash is taken. */
export function billSay(entry: Entry, world: World, before: readonly Part[] = []): Say {
  const { quote } = entry;
  if (quote === undefined) return saying(part("desk_gone", {}));
  const { bill, nonce, code } = quote;
  const { markup, balance } = agentOf(world);
  const { total } = bill;
  const missing = rupiah(Math.max(0, total - availableTo(world)));
  const barred = barredPart(entry, world);
  const pays = missing === 0 && barred === undefined;
  const take = rupiah(total + markup);
  const sums = { total, markup, take, balance, after: rupiah(balance - total) };
  return {
    parts: [
      ...before,
      ...differing(entry),
      part("desk_bill", { code, plate: bill.plate, vehicle: shortVehicle(bill), owner: maskName(bill.owner), ...sums }),
      ...(entry.was === undefined || entry.was === total ? [] : [part("desk_moved", { from: entry.was, to: total })]),
      ...(world.policy.sandbox ? [part("bill_sandbox", {})] : []),
      ...(minuteOfDay(world.at) >= LATE ? [part("bill_late", {})] : []),
      ...(barred === undefined ? [] : [barred]),
      ...(missing > 0 && barred === undefined ? [shortPart(missing, code, world)] : []),
      ...(pays ? [part("desk_ask", { code })] : []),
    ],
    tail: [],
    choices: pays ? [named(`pay:${nonce}`, part("label_pay", { total }))] : [],
    columns: 1,
    stays: true,
  };
}

/** Why a bill may not be paid here now, whatever the balance. */
function barredPart({ quote }: Entry, world: World): Part | undefined {
  if (quote === undefined) return undefined;
  if (quote.bill.total > world.policy.payMax) return part("bill_over_max", { max: world.policy.payMax });
  if (!isSellable(quote.bill, world)) return part("desk_sales_paused", { code: quote.code });
  return world.at >= quote.expiresAt ? part("desk_midnight", {}) : undefined;
}

function differing({ quote, answers }: Entry): readonly Part[] {
  const { plate: typed = "" } = answers;
  const bill = quote?.bill.plate ?? "";
  return typed === "" || bill === "" || samePlate(typed, bill) ? [] : [part("bill_plate_differs", { bill, typed })];
}

/** `MIO 2010`: an agent has the customer before him. */
function shortVehicle({ brand, model, year }: Bill): string {
  return [model === "" ? brand : model, year].filter((word) => word !== "").join(" ");
}

/** What is said of a vehicle by itself that has no bill. */
export function noBillSay(entry: Entry, result: InquiryResult, world: World): Say {
  const { product = "", nik, chassis } = entry.answers;
  const which = plateOf(entry) || (chassis === undefined ? "" : groupChassis(chassis));
  switch (result.kind) {
    case "not-found": {
      const shown = { region: regionName(product), nik: nik === undefined ? "" : maskNik(nik) };
      const sought = { ...shown, chassis: chassis === undefined ? "" : groupChassis(chassis), reason: result.reason };
      return saying(part("bill_not_found", sought), ...doubtParts(entry), part("desk_correct", {}));
    }
    case "vehicle-busy": {
      const { plate, since, ref } = result;
      const busy = { plate, since, now: world.at, ref: ref === undefined ? "" : showRef(ref) };
      return saying(part("vehicle_busy", { ...busy, contact: world.policy.contact }), part("desk_no_cash", {}));
    }
    case "paid-lately": {
      const { plate, ref } = result;
      const shown = ref === undefined ? "" : showRef(ref);
      return saying(part("paid_lately", { plate, ref: shown, proof: ref ?? "" }));
    }
    case "crowded":
      return saying(part("rate_limited", { at: result.until, now: world.at }));
    case "closed":
      return saying(part("desk_no_bill", { which, why: "closed" }), part("desk_no_cash", {}));
    default:
      return saying(part("desk_no_bill", { which, why: whyOf(result) }), part("desk_no_cash", {}));
  }
}

/** What in a number that was not found is seldom in such a number: it was asked for as it was typed. */
function doubtParts({ answers: { chassis } }: Entry): readonly Part[] {
  const read = chassis === undefined ? undefined : readChassis(chassis);
  if (read?.kind !== "chassis") return [];
  return read.doubts.map((doubt) =>
    doubt.kind === "letters"
      ? part("desk_doubt_letters", { letters: doubt.letters.join(", "), fixed: groupChassis(doubt.fixed) })
      : part("desk_doubt_length", { count: doubt.count }),
  );
}
