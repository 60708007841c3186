import type { Random } from "../random.ts";
import type { Sim } from "../sim.ts";
import { ALREADY_PAID, failureText, garbled, noText, okText, refusalText } from "./answers.ts";
import type { Books, Sheet, Word } from "./books.ts";
import { type Fate, fateOf, RESET_MS } from "./fate.ts";

/** What comes back over the wire. */
export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** The biller's own side of pay and status. It goes on living when the program stops. */
export interface Desk {
  /** The first byte of a pay call is on its way. `respond` is called when an answer reaches the client, if ever. */
  pay(sheet: Sheet, respond: (reply: Reply) => void): void;
  status(invoice: string): Reply;
  /** The program knows that this invoice was accepted, or said to be: from now on status may forget it for hours. */
  heard(invoice: string): void;
}

export function deskOf(sim: Sim, books: Books): Desk {
  const hangs = hanging(sim);
  return {
    pay(sheet, respond) {
      const random = sim.random(`pay ${sheet.invoice}`);
      const drawn = fateOf(sim, random);
      const fate: Fate = { ...drawn, ...(hangs() ? LOST : {}), ...(isEmpty(sim) ? REFUSED : {}) };
      sim.note(() => `biller: pay ${sheet.invoice} on its way: ${describe(fate)}`);
      sheet.settled = fate.arrives === undefined;
      if (fate.arrives === undefined) return;
      sim.time.after(fate.arrives + fate.works, undefined, () => {
        const text = apply(sim, sheet, fate, random);
        respondTo(sim, sheet, { fate, text, respond, random });
      });
    },
    heard: (invoice) => forget(sim, books.sheets.get(invoice)),
    status: (invoice) => statusOf(sim, books.sheets.get(invoice), invoice),
  };
}

const LOST = { answer: "lost-answer" } as const;
const REFUSED = { outcome: "refusal", answer: "whole" } as const;

/** The deposit is filled up again after a while. */
function isEmpty(sim: Sim): boolean {
  return sim.empty && sim.time.steady() < 25 * 60_000;
}

/** A time in which no pay is answered. */
function hanging(sim: Sim): () => boolean {
  const random = sim.random("hangs");
  if (!sim.fault("biller-hangs", random)) return () => false;
  const from = random.between(0, 10 * 60_000);
  const to = from + random.between(60_000, 20 * 60_000);
  return () => sim.time.steady() >= from && sim.time.steady() < to;
}

/** Carries the call out. Gives what the biller answers. */
function apply(sim: Sim, sheet: Sheet, fate: Fate, random: Random): string {
  const { outcome } = fate;
  sim.note(() => `biller: ${sheet.invoice} is carried out: ${outcome}`);
  if (outcome === "refusal") {
    sheet.settled = true;
    sheet.refused = true;
    return refusalText(random);
  }
  sheet.debits += 1;
  sheet.hushedUntil = Math.max(sim.time.steady() + fate.lag, sheet.known ? sheet.hushedUntil : 0);
  if (fate.lag === 0 && sim.fault("failure-for-ever", random)) sheet.hushedUntil = Number.POSITIVE_INFINITY;
  switch (outcome) {
    case "pending":
      return pends(sim, sheet, fate);
    case "refund":
      return becomes(sim, sheet, "REFUND");
    case "refund-flicker":
      return flickers(sim, sheet, random);
    case "lying-refusal":
      becomes(sim, sheet, "CONFIRM");
      return noText(ALREADY_PAID);
    case "confirm":
      return becomes(sim, sheet, "CONFIRM");
  }
}

function becomes(sim: Sim, sheet: Sheet, word: "CONFIRM" | "REFUND"): string {
  sheet.word = word;
  sheet.changedAt = sim.time.steady();
  sheet.settled = true;
  if (word === "REFUND") sheet.refunds += 1;
  sim.note(() => `biller: ${sheet.invoice} is ${word}`);
  changesItsWord(sim, sheet);
  return okText(sheet, word);
}

function pends(sim: Sim, sheet: Sheet, { pends: ms, endsWell }: Fate): string {
  sheet.word = "PENDING";
  sim.time.after(ms, undefined, () => void becomes(sim, sheet, endsWell ? "CONFIRM" : "REFUND"));
  return okText(sheet, "PENDING");
}

/** Says REFUND once, and is CONFIRM within the minute: a second REFUND is final, a first one is not. */
function flickers(sim: Sim, sheet: Sheet, random: Random): string {
  sheet.word = "REFUND";
  sheet.hushedUntil = 0;
  sim.time.after(random.between(1_000, 50_000), undefined, () => void becomes(sim, sheet, "CONFIRM"));
  return okText(sheet, "REFUND");
}

/** Lies alone. */
function changesItsWord(sim: Sim, sheet: Sheet): void {
  const random = sim.random(`lies ${sheet.invoice}`);
  const from = sheet.word;
  const lie = from === "CONFIRM" ? "confirm-withdrawn" : "refund-then-confirm";
  if (!sim.lies || !sim.fault(lie, random)) return;
  sim.time.after(random.between(120_000, 20 * 3_600_000), undefined, () => {
    sheet.word = from === "CONFIRM" ? "REFUND" : "CONFIRM";
    if (from === "CONFIRM") sheet.refunds += 1;
    else sheet.refunds -= 1;
    sheet.changedAt = sim.time.steady();
    sim.note(() => `biller: ${sheet.invoice} is ${sheet.word} after all`);
  });
}

function forget(sim: Sim, sheet: Sheet | undefined): void {
  if (sheet === undefined || sheet.known) return;
  sheet.known = true;
  const random = sim.random(`forget ${sheet.invoice}`);
  if (sim.restores || !sim.fault("failure-after-word", random)) return;
  sheet.hush = "FAILURE";
  sheet.hushedUntil = sim.time.steady() + random.between(20 * 60_000, 30 * 3_600_000);
  sim.note(() => `biller: status of ${sheet.invoice} is FAILURE for a while`);
}

interface Answering {
  readonly fate: Fate;
  readonly text: string;
  readonly respond: (reply: Reply) => void;
  readonly random: Random;
}

function respondTo(sim: Sim, sheet: Sheet, { fate, text, respond, random }: Answering): void {
  const after = (ms: number, reply: Reply) => sim.time.after(ms, undefined, () => respond(reply));
  const ms = random.between(5, 300);
  switch (fate.answer) {
    case "lost-answer":
      return;
    case "late-answer":
      says(sheet, text);
      after(RESET_MS + random.between(0, 600_000), { status: 200, text });
      return;
    case "garbage":
      after(ms, { status: 200, text: garbled(text, random) });
      return;
    case "untrusted":
      after(ms, { status: 502, text });
      return;
    case "wrong-invoice":
      after(ms, { status: 200, text: text.replaceAll(sheet.invoice, "79999999999") });
      return;
    case "wrong-total":
      after(ms, { status: 200, text: text.replace(`"total":"${sheet.total}"`, `"total":"${sheet.total + 500}"`) });
      return;
    case "no-reference":
      after(ms, { status: 200, text: text.replace(/"reference_number":"[^"]*",/, "") });
      return;
    case "whole":
      says(sheet, text);
      after(ms, { status: 200, text });
  }
}

/** A frozen client may read it whenever it comes. */
function says(sheet: Sheet, text: string): void {
  if (sheet.word === "CONFIRM" && text.includes('"CONFIRM"')) sheet.confirmSaid = true;
}

/** What is said of an invoice now. A pay that is still under way, and one that was never applied, read alike. */
function statusOf(sim: Sim, sheet: Sheet | undefined, invoice: string): Reply {
  if (sheet === undefined) return { status: 200, text: failureText(invoice) };
  const word: Word | "FAILURE" = sim.time.steady() < sheet.hushedUntil ? sheet.hush : sheet.word;
  if (word === "FAILURE" || sheet.debits === 0) {
    const text = sheet.hush === "INQUIRY" ? okText(sheet, "INQUIRY") : failureText(invoice);
    return { status: 200, text };
  }
  if (word === "CONFIRM") sheet.confirmSaid = true;
  return { status: 200, text: okText(sheet, word) };
}

function describe({ arrives, works, outcome, answer, pends: ms, endsWell, lag }: Fate): string {
  if (arrives === undefined) return "lost";
  const pending = outcome === "pending" ? ` for ${ms} ms, then ${endsWell ? "CONFIRM" : "REFUND"}` : "";
  return `arrives in ${arrives}, works ${works} ms, ${outcome}${pending}, answer ${answer}, lag ${lag}`;
}
