import type { Bill } from "../../src/domain/bill.ts";
import { samePlate } from "../../src/domain/plate.ts";
import { showRef } from "../../src/domain/ref.ts";
import { quoteEnd } from "../../src/domain/time.ts";
import type { Say, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import { KEEP } from "./answers.ts";
import { isPayable, whyNotPayable } from "./bill-question.ts";
import { type Context, hasAny, liveBill, missing, NO_ANSWERS, type Quote, type Shown } from "./context.ts";
import { asking, saying, shownRef } from "./questions.ts";
import { isAskable } from "./relay-question.ts";

/** How many bills of a chat are remembered: the code of a new one is kept apart from theirs. */
const BILLS = 20;

/** How a confirmation names a bill: by the nonce in its button, or by its three digits. */
export type Named = { readonly nonce: string } | { readonly code: string };

/** A bill came: it is on offer from now on, under a nonce and a code of its own. */
export function quoted(context: Context, bill: Bill, inquiredAt: number, world: World): Context {
  const code = newCode(
    context.bills.map((one) => one.code),
    world.chance,
  );
  const { nonce } = world;
  const quote: Quote = { bill, inquiredAt, expiresAt: quoteEnd(inquiredAt), nonce, code };
  const { plate, total } = bill;
  const shown: Shown = {
    nonce,
    code,
    plate,
    total,
    answers: context.answers,
    state: "open",
    ref: undefined,
    at: world.at,
  };
  return {
    ...context,
    quote,
    bills: [...context.bills, shown].slice(-BILLS),
    misses: 0,
    restUntil: undefined,
    parked: false,
    overlay: undefined,
  };
}

/** Three digits that differ in two places from each of the chat's last codes: a slip never names another bill. */
export function newCode(used: readonly string[], chance: number): string {
  const start = Math.floor(chance * 1000);
  for (let step = 0; step < 1000; step += 1) {
    const code = String((start + step * 7) % 1000).padStart(3, "0");
    if (used.every((other) => differing(code, other) >= 2)) return code;
  }
  return String(start).padStart(3, "0");
}

function differing(a: string, b: string): number {
  return [...a].filter((digit, place) => digit !== b[place]).length;
}

/** The bill as it is shown when it arrives: whole, or, asked for again and unchanged, in one sentence. */
export function billSay(context: Context, world: World): Say {
  const { quote, refresh } = context;
  const back = context.retry === undefined ? [] : [part("biller_back", {})];
  if (quote === undefined || refresh === undefined) return asking("bill", context, world, back);
  const { total, plate } = quote.bill;
  const before = [...back, ...(refresh.why === "stale" ? [part("button_stale", {})] : [])];
  const whole = asking("bill", context, world, before);
  const askable = isAskable(quote, world);
  if ((!isPayable(quote, world) && !askable) || refresh.plate !== plate) return whole;
  if (refresh.total === total) {
    const key = askable ? "relay_unchanged" : "bill_expired";
    const same = part(key, { plate, total, until: quote.expiresAt, code: quote.code });
    return { ...whole, parts: [...context.preface, ...before, same] };
  }
  if (askable) {
    const moved = part("relay_changed", { from: refresh.total, to: total, code: quote.code });
    return { ...whole, parts: [...whole.parts.filter(({ key }) => key !== "bill_relay_ask"), moved] };
  }
  const changed = part("bill_changed", {
    from: refresh.total,
    to: total,
    penalty: quote.bill.pkbPenalty,
    code: quote.code,
  });
  return { ...whole, parts: [...whole.parts.filter(({ key }) => key !== "bill_ask"), changed] };
}

/** Whether this confirmation names the bill on offer, and may be sent now. Everything else never pays. */
export function confirms(context: Context, world: World, named: Named): boolean {
  const { quote } = context;
  return quote !== undefined && !context.parked && names(quote, named) && isPayable(quote, world);
}

/** Whether it names the bill on offer, which goes to an agent: nothing is paid by it. */
export function asksAgent(context: Context, world: World, named: Named): boolean {
  const { quote } = context;
  return quote !== undefined && !context.parked && names(quote, named) && isAskable(quote, world);
}

/** Whether it names the bill on offer, which is not old, but may not be paid here. */
export function confirmsInVain(context: Context, world: World, named: Named): boolean {
  const { quote } = context;
  return quote !== undefined && names(quote, named) && !isStale(context, world) && !isPayable(quote, world);
}

/** Whether the bill on offer must be asked for again before anything is said about paying it. */
export function isStale(context: Context, world: World): boolean {
  return context.parked || (context.quote !== undefined && world.at >= context.quote.expiresAt);
}

function names(one: { readonly nonce: string; readonly code: string }, named: Named): boolean {
  return "nonce" in named ? one.nonce === named.nonce : one.code === named.code;
}

/** The bill that a confirmation names; codes are used again only after twenty others. */
export function shownAs(context: Context, named: Named): Shown | undefined {
  return context.bills.findLast((one) => names(one, named));
}

/** The payment that a confirmation is about: of the bill that it names, or of another bill for the same vehicle. */
export function sentAs(context: Context, named: Named): Shown | undefined {
  const shown = shownAs(context, named);
  if (shown === undefined || shown.state !== "open") return shown;
  return context.bills.findLast(({ plate, state }) => isUnderWay(state) && samePlate(plate, shown.plate));
}

function isUnderWay(state: Shown["state"]): boolean {
  return state === "asked" || state === "relayed" || state === "live";
}

/** The confirmation goes to the ledger: remembered, so that a second tap is answered truly. */
export function confirmed(context: Context, world: World): Context {
  const { quote, answers } = context;
  if (quote === undefined) return context;
  return {
    ...context,
    bills: context.bills.map((one) =>
      one.nonce === quote.nonce ? { ...one, state: "asked", answers, at: world.at } : one,
    ),
    kept: { answers, at: world.at, first: false },
    answers: NO_ANSWERS,
    quote: undefined,
    refresh: undefined,
    overlay: undefined,
  };
}

/** What a second tap, or an old code, of a bill that went to the ledger is told. */
export function sentSay(sent: Shown | undefined): Say {
  const ref = shownRef(sent);
  switch (sent?.state) {
    case undefined:
    case "open":
      return saying(part("stale_nothing", {}));
    case "asked":
    case "live":
      return saying(part("second_tap", { ref }));
    case "relayed":
      return saying(part("request_known", {}));
    case "paid":
      return saying(part("paid_already", { plate: sent.plate, ref, proof: sent.ref ?? "" }));
    case "ended":
      return saying(part("ended_already", { ref }));
  }
}

/** The old bill that a stale confirmation names, if its answers are still known: they are asked about again. */
export function refreshable(context: Context, world: World, named: Named): Shown | undefined {
  const shown = shownAs(context, named);
  if (shown === undefined || shown.state !== "open") return undefined;
  return missing(shown.answers) === undefined && world.at - shown.at <= KEEP ? shown : undefined;
}

/** A stale confirmation: its bill is asked for again, and the old sum is compared. It never pays by itself. */
export function refreshed(context: Context, world: World, named: Named): Partial<Context> {
  const shown = refreshable(context, world, named);
  if (shown === undefined) return {};
  const { quote, answers } = context;
  const isOpen = quote?.nonce === shown.nonce;
  return {
    // Of the bill on offer, what was typed since (a plate) counts; another vehicle's answers are kept for LANJUT.
    answers: isOpen ? answers : shown.answers,
    kept: isOpen || !hasAny(answers) ? context.kept : { answers, at: world.at, first: false },
    refresh: { why: isOpen ? "expired" : "stale", total: shown.total, plate: shown.plate },
    doubts: [],
    nikPiece: undefined,
    retry: undefined,
    quote: undefined,
    overlay: undefined,
  };
}

/** The bill on offer, named as a confirmation names it. */
export function quoteName(context: Context): Named {
  return { nonce: context.quote?.nonce ?? "" };
}

/** What a plain "bayar" at an open bill is told: nothing was paid, and how to. */
export function mismatch(context: Context, world: World): readonly Part[] {
  const { quote } = context;
  if (quote === undefined) return [part("second_tap", { ref: shownRef(liveBill(context)) })];
  const { total, plate } = quote.bill;
  if (isAskable(quote, world)) return [part("relay_mismatch", { total, plate, code: quote.code })];
  if (!isPayable(quote, world)) return [howElse(quote, world)];
  return [part("confirm_mismatch", { total, plate, code: quote.code })];
}

/** Who may not pay here by himself is told so, and whom to ask. */
function howElse(quote: Quote, world: World): Part {
  const { mayPay, contact } = world.policy;
  const tellsWhy = mayPay || world.counters !== undefined;
  return tellsWhy ? whyNotPayable(quote, world) : part("not_payable_here", { contact });
}

/** A payment of the last day, of which BATAL must not say that there is none. */
export function paidLately(context: Context, at: number): Shown | undefined {
  return context.bills.findLast((one) => one.state === "paid" && at - one.at <= KEEP);
}

/** M13: what was cancelled, and what was not. */
export function cancelledSay(context: Context, world: World): Say {
  const live = liveBill(context);
  const paid = paidLately(context, world.at);
  if (live !== undefined) return saying(part("cancelled", { paying: "live", which: shownRef(live) }));
  return saying(
    part("cancelled", paid === undefined ? { paying: "no", which: "" } : { paying: "paid", which: paid.plate }),
  );
}

/** BATAL where nothing is open: what it may have meant. */
export function nothingToCancelSay(context: Context, world: World): Say {
  const live = liveBill(context);
  const paid = paidLately(context, world.at);
  if (live !== undefined) return saying(part("sent_already", { ref: shownRef(live) }));
  if (paid === undefined) return saying(part("cancelled_nothing", {}));
  return saying(part("paid_final", { plate: paid.plate, ref: paid.ref === undefined ? "" : showRef(paid.ref) }));
}
