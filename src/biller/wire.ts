import type { Region } from "../domain/region.ts";
import { ZERO } from "../domain/rupiah.ts";
import { type Answer, answerOf, readAnswer } from "./answer.ts";
import type { Inquiry, Regions } from "./biller.ts";
import { readJson } from "./lenient.ts";
import { type BillQuery, readBill } from "./read-bill.ts";
import { meaningOf } from "./reasons.ts";

/** Pure readers of MMBC's answers: text of a body in, a value of the port out. None throws, whatever the text is. */

type Unavailable = Extract<Inquiry, { kind: "unavailable" }>;

const GARBLED: Unavailable = { kind: "unavailable", why: "garbled", reason: "" };

/** The most regions that a list is read for; the country has 38 provinces. */
const MOST_REGIONS = 100;

/**
 * `list_esamsat`, asked for at `at` (our clock, ms). A region is open only when its status is exactly ON. An entry that names
 * no product, or one that was named before, is left out; a list without any entry is garbled.
 */
export function readRegions(body: string, at: number): Regions {
  const value = readJson(body);
  if (!Array.isArray(value)) return noRegions(body);
  const regions = new Map<string, Region>();
  for (const entry of value.slice(0, MOST_REGIONS)) {
    const region = readRegion(answerOf(entry));
    if (region !== undefined && !regions.has(region.product)) regions.set(region.product, region);
  }
  return regions.size === 0 ? GARBLED : { kind: "regions", regions: [...regions.values()], at };
}

function noRegions(body: string): Unavailable {
  const answer = readAnswer(body);
  return answer?.raw("result") === "no" ? unavailable(answer.reason) : GARBLED;
}

function readRegion(entry: Answer | undefined): Region | undefined {
  const product = entry?.text("product") ?? "";
  if (entry === undefined || product === "") return undefined;
  return {
    product,
    code: entry.text("product_code") || product,
    debet: entry.text("debet"),
    cashback: entry.sum("cashback") ?? ZERO,
    open: entry.raw("status") === "ON",
  };
}

/**
 * `inquiry_esamsat`. The document knows one "no" (not found); for any other sentence the question is whether it speaks of
 * this vehicle. One that does ("masih diblokir", "belum masuk masa pajak") is not-found with the sentence, which the
 * payer then reads: another try would not help. One that speaks of the biller is unavailable. One that cannot be placed
 * is unavailable and garbled, with the sentence, because "not found" would send people looking for a slip they did not make.
 */
export function readInquiry(body: string, query: BillQuery): Inquiry {
  const answer = readAnswer(body);
  if (answer === undefined) return GARBLED;
  switch (answer.raw("result")) {
    case "ok":
      return found(answer, query);
    case "no":
      return notFound(answer.reason);
    default:
      return GARBLED;
  }
}

function found(answer: Answer, query: BillQuery): Inquiry {
  const reading = readBill(answer, query);
  if (reading.kind === "bill") return reading;
  return { kind: "bad-bill", why: reading.why, invoice: answer.text("invoice") };
}

function notFound(reason: string): Inquiry {
  switch (meaningOf(reason)) {
    case "already-paid":
      return { kind: "already-paid", reason };
    case "closed":
      return { kind: "closed", reason };
    case "not-found":
    case "about-vehicle":
      return { kind: "not-found", reason };
    case "login":
    case "trouble":
    case "unknown":
      return unavailable(reason);
  }
}

function unavailable(reason: string): Unavailable {
  const meaning = meaningOf(reason);
  const why = meaning === "login" ? "login" : meaning === "trouble" ? "network" : "garbled";
  return { kind: "unavailable", why, reason };
}
