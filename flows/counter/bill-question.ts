import { maskName } from "../../src/domain/mask.ts";
import { vehicleOf } from "../../src/domain/notice.ts";
import { samePlate } from "../../src/domain/plate.ts";
import { minuteOfDay } from "../../src/domain/time.ts";
import type { Choice, World } from "../flow.ts";
import { isSellable } from "../sellable.ts";
import { type Part, part } from "../words/words.ts";
import { named, type Question } from "./choices.ts";
import type { Context, Quote } from "./context.ts";
import { isAskable } from "./relay-question.ts";

/** From 22.00 WIB a bill says what midnight may do to it (script rule 14). */
const LATE = 22 * 60;

/** Bills that came too late in the day to be paid are shown all the same, for as long, ms. */
const SHOWN = 60 * 60 * 1000;

export function billQuestion(quote: Quote, context: Context, world: World): Question {
  const { bill, code, nonce, inquiredAt, expiresAt } = quote;
  const over = expiresAt > inquiredAt ? world.at >= expiresAt : world.at >= inquiredAt + SHOWN;
  if (over || context.parked) return oldBillQuestion(quote);
  const typed = context.answers.plate;
  const differs = typed !== undefined && bill.plate !== "" && !samePlate(typed, bill.plate);
  const payable = isPayable(quote, world);
  const askable = isAskable(quote, world);
  const ask = askable ? part("bill_relay_ask", { code }) : whyNotPayable(quote, world);
  const label = payable ? part("label_pay", { total: bill.total }) : part("label_relay", {});
  return {
    parts: [
      ...(differs ? [part("bill_plate_differs", { bill: bill.plate, typed })] : []),
      part("bill", billValues(quote)),
      ...(world.policy.sandbox ? [part("bill_sandbox", {})] : []),
      ...(minuteOfDay(world.at) >= LATE ? [part("bill_late", {})] : []),
      payable ? part("bill_ask", { code }) : ask,
    ],
    choices: [...(payable || askable ? [named(`pay:${nonce}`, label)] : []), ...BESIDE_BILL],
    columns: 2,
  };
}

const BESIDE_BILL: readonly Choice[] = [
  named("change:unsaid", part("label_wrong", {})),
  named("word:cancel", part("label_cancel", {})),
];

/** A bill that is over, or that nobody looked at for half an hour: it is asked for again before it is paid. */
function oldBillQuestion({ bill }: Quote): Question {
  return {
    parts: [part("bill_over", { plate: bill.plate, total: bill.total })],
    choices: [named("word:resume", part("label_try_again", {})), ...BESIDE_BILL],
    columns: 2,
  };
}

/** Whether this person may confirm this bill here and now. */
export function isPayable(quote: Quote, world: World): boolean {
  const { mayPay, payMax } = world.policy;
  return mayPay && quote.bill.total <= payMax && world.at < quote.expiresAt && isSellable(quote.bill, world);
}

export function whyNotPayable(quote: Quote, world: World): Part {
  const { mayPay, payMax, contact, relayText } = world.policy;
  if (!isSellable(quote.bill, world)) return part("deposit_low", {});
  if (!mayPay && world.counters === undefined) return part("bill_relay", { contact, text: relayText });
  return quote.bill.total > payMax ? part("bill_over_max", { max: payMax }) : part("bill_midnight", {});
}

function billValues({ bill, expiresAt }: Quote) {
  return {
    plate: bill.plate,
    vehicle: vehicleOf(bill),
    color: bill.color,
    owner: maskName(bill.owner),
    pkb: bill.pkb,
    swdkllj: bill.swdkllj,
    bbn: bill.bbn,
    pkbPenalty: bill.pkbPenalty,
    swdklljPenalty: bill.swdklljPenalty,
    bbnPenalty: bill.bbnPenalty,
    other: bill.other,
    fee: bill.fee,
    total: bill.total,
    until: expiresAt,
  };
}
