import type { Bill } from "../../src/domain/bill.ts";
import { showRef } from "../../src/domain/ref.ts";
import { quoteEnd } from "../../src/domain/time.ts";
import type { Say, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import { freshKept } from "./answers.ts";
import { type Answers, type Context, NO_ANSWERS, type Quote, type Sent } from "./context.ts";
import { asking, isPayable, liveRef, saying } from "./questions.ts";

/** How many codes of a chat a new one is kept apart from. */
const CODES = 20;
const SENT = 10;

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** How long a chat rests after three bills that were not found, ms (security: enumeration). */
const REST = HOUR / 4;

/** A bill came: it is on offer from now on, under a nonce and a code of its own. */
export function quoted(context: Context, bill: Bill, inquiredAt: number, world: World): Context {
  const code = newCode(context.codes, world.chance);
  const quote: Quote = { bill, inquiredAt, expiresAt: quoteEnd(inquiredAt), nonce: world.nonce, code };
  return { ...context, quote, codes: [...context.codes, code].slice(-CODES), misses: 0, restUntil: undefined };
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
  if (quote === undefined || refresh === undefined || !isPayable(quote, world)) {
    return asking("bill", context, world, back);
  }
  const stale = refresh.why === "stale" ? [part("button_stale", {})] : [];
  const whole = asking("bill", context, world);
  if (refresh.why === "withdrawn") return whole;
  if (refresh.total === quote.bill.total) {
    const same = part("bill_expired", { total: quote.bill.total, until: quote.expiresAt, code: quote.code });
    return { ...whole, parts: [...context.preface, ...stale, same] };
  }
  const changed = part("bill_changed", {
    from: refresh.total,
    to: quote.bill.total,
    penalty: quote.bill.pkbPenalty,
    code: quote.code,
  });
  return { ...whole, parts: [...whole.parts.filter(({ key }) => key !== "bill_ask"), ...stale, changed] };
}

/** Whether this confirmation names the bill on offer, and may be sent now. Everything else never pays. */
export function confirms(context: Context, world: World, named: { nonce?: string; code?: string }): boolean {
  const { quote } = context;
  if (quote === undefined || context.parked) return false;
  const names = named.nonce === undefined ? quote.code === named.code : quote.nonce === named.nonce;
  return names && isPayable(quote, world);
}

export function sentAs(context: Context, named: { nonce?: string; code?: string }): Sent | undefined {
  return context.sent.find((sent) =>
    named.nonce === undefined ? sent.code === named.code : sent.nonce === named.nonce,
  );
}

/** The confirmation goes to the ledger: remembered, so that a second tap is answered truly. */
export function confirmed(context: Context, world: World): Context {
  const { quote, answers } = context;
  if (quote === undefined) return context;
  const sent: Sent = {
    nonce: quote.nonce,
    code: quote.code,
    plate: quote.bill.plate,
    answers,
    ref: undefined,
    state: "asked",
  };
  return {
    ...context,
    sent: [...context.sent, sent].slice(-SENT),
    kept: { answers, at: world.at },
    answers: NO_ANSWERS,
    quote: undefined,
    refresh: undefined,
    overlay: undefined,
  };
}

/** What a second tap, or an old code, of a bill that went to the ledger is told. */
export function sentSay(sent: Sent | undefined): Say {
  const ref = sent?.ref === undefined ? "" : showRef(sent.ref);
  switch (sent?.state) {
    case undefined:
      return saying(part("stale_nothing", {}));
    case "asked":
    case "live":
      return saying(part("second_tap", { ref }));
    case "paid":
      return saying(part("paid_already", { plate: sent.plate, ref, proof: sent.ref ?? "" }));
    case "ended":
      return saying(part("ended_already", { ref }));
  }
}

/** The answers that a stale confirmation asks about again. */
export function refreshable(context: Context, at: number): Answers | undefined {
  const full = (answers: Answers | undefined) =>
    answers?.product !== undefined && answers.nik !== undefined && answers.chassis !== undefined ? answers : undefined;
  return full(context.answers) ?? full(freshKept(context, at));
}

/** A stale confirmation: the bill is asked for again, and its old sum is compared. It never pays by itself. */
export function refreshed(context: Context, world: World): Context {
  const total = context.quote?.bill.total;
  const expired = context.quote !== undefined && world.at >= context.quote.expiresAt;
  return {
    ...context,
    answers: refreshable(context, world.at) ?? context.answers,
    refresh: total === undefined ? undefined : { why: expired || context.parked ? "expired" : "stale", total },
    quote: undefined,
    overlay: undefined,
  };
}

/** Until when this chat may not ask the biller; undefined when it may. */
export function limitedUntil(context: Context, world: World): number | undefined {
  const { limits } = world.policy;
  if (limits === undefined) return undefined;
  if (context.restUntil !== undefined && world.at < context.restUntil) return context.restUntil;
  const within = (ms: number) => context.inquiries.filter((at) => at > world.at - ms);
  const [hour, day] = [within(HOUR), within(DAY)];
  if (day.length >= limits.perDay) return (day[day.length - limits.perDay] ?? world.at) + DAY;
  if (hour.length >= limits.perHour) return (hour[hour.length - limits.perHour] ?? world.at) + HOUR;
  return undefined;
}

/** One more inquiry is asked. Our own repeats are not counted (security: enumeration). */
export function inquiring(context: Context, world: World): Context {
  const counted = context.retry === undefined;
  return {
    ...context,
    inquiry: context.inquiry + 1,
    inquiries: counted ? [...context.inquiries.filter((at) => at > world.at - DAY), world.at] : context.inquiries,
    quote: undefined,
    overlay: undefined,
    preface: [],
  };
}

export function notFound(context: Context, world: World): Context {
  const misses = context.misses + 1;
  const rests = misses >= 3 && world.policy.limits !== undefined;
  return {
    ...context,
    misses,
    refresh: undefined,
    retry: undefined,
    restUntil: rests ? world.at + REST : context.restUntil,
  };
}

/** What a plain "bayar" at an open bill is told: nothing was paid, and how to. */
export function mismatch(context: Context): readonly Part[] {
  const { quote } = context;
  if (quote === undefined) return [part("second_tap", { ref: liveRef(context) })];
  return [part("confirm_mismatch", { total: quote.bill.total, plate: quote.bill.plate, code: quote.code })];
}
