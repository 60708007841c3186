import type { ConversationKey } from "../../../src/conversation/message.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import type { Vehicle } from "../biller/books.ts";
import type { Confirmations } from "../oracle/confirmations.ts";
import { readShown } from "../people/reads.ts";
import type { User } from "../people/user.ts";
import type { Random } from "../random.ts";
import type { Sim } from "../sim.ts";
import { type Offer, offerOf, type Till } from "./till.ts";

export interface CustomerOptions {
  readonly sim: Sim;
  readonly key: ConversationKey;
  readonly vehicles: readonly Vehicle[];
  /** Does something at the till, once it is awake; false while it is shut. */
  readonly visit: (act: (till: Till) => void) => boolean;
  readonly confirmations: Confirmations;
  /** All come at once. */
  readonly rush: boolean;
}

interface Customer extends CustomerOptions {
  readonly random: Random;
  turn: number;
  tries: number;
  done: boolean;
  /** Grows with each thing that is done: what was awaited before is no longer. */
  step: number;
  /** How many sentences about payments were heard. */
  heard: number;
  taps: number;
  offers: number;
  old: { readonly offer: Offer; readonly name: string } | undefined;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const TRIES = 5;
const TAPS = 6;
/** A quote's end is close, ms. */
const CLOSE = 15 * SECOND;

/** Somebody at the till: asks for the bill, confirms it or not, comes again when nothing came of it. */
export function customerOf(options: CustomerOptions): User {
  const random = options.sim.random(`user ${options.key}`);
  const customer: Customer = {
    ...options,
    random,
    turn: 0,
    tries: 0,
    done: false,
    step: 0,
    heard: 0,
    taps: 0,
    offers: 0,
    old: undefined,
  };
  begins(customer);
  return {
    key: options.key,
    sees: (shown) => {
      for (const { says } of readShown(shown).claims) hears(customer, says);
    },
  };
}

function begins(customer: Customer): void {
  const { sim, random } = customer;
  const day = 24 * HOUR;
  const left = day - ((sim.time.wall() + 7 * HOUR) % day);
  const start = sim.fault("at-midnight", random) ? Math.max(0, left - random.between(0, 70 * MINUTE)) : 0;
  const comes = customer.rush ? 5 * MINUTE + random.between(0, SECOND) : random.between(0, 20 * MINUTE);
  later(customer, start + comes, () => asks(customer));
  if (sim.fault("next-day", random)) later(customer, random.between(18 * HOUR, 26 * HOUR), () => again(customer));
  if (sim.fault("old-button", random)) later(customer, random.between(2 * MINUTE, 90 * MINUTE), () => again(customer));
}

function hears(customer: Customer, says: string): void {
  const { random } = customer;
  customer.heard += 1;
  if (says === "paid") {
    if (customer.turn + 1 < customer.vehicles.length) {
      customer.turn += 1;
      later(customer, random.between(5 * SECOND, 5 * MINUTE), () => asks(customer));
    } else customer.done = true;
  }
  if (says === "not-paid" || says === "withdrawn") comesBack(customer, 20 * MINUTE);
}

function comesBack(customer: Customer, most: number): void {
  const { random } = customer;
  if (customer.done || customer.tries >= TRIES) return;
  customer.tries += 1;
  later(customer, random.between(5 * SECOND, most), () => asks(customer));
}

/** Asks for the bill. A till that does not answer is asked again. */
function asks(customer: Customer): void {
  const { sim, random, vehicles, turn, visit, key } = customer;
  const vehicle = vehicles[turn];
  if (customer.done || vehicle === undefined) return;
  customer.step += 1;
  const { step } = customer;
  const waits = () => step === customer.step;
  sim.note(() => `${key} asks for ${vehicle.plate}`);
  const answered = (answer: Awaited<ReturnType<Till["ask"]>>) => {
    if (!waits()) return;
    customer.step += 1;
    if (answer.kind === "bill") sees(customer, offerOf(answer.bill, answer.inquiredAt));
    else if (answer.kind === "already-paid") customer.done = true;
    else comesBack(customer, 15 * MINUTE);
  };
  visit((till) => void till.ask(vehicle).then(answered, () => undefined));
  later(customer, random.between(90 * SECOND, 3 * MINUTE), () => {
    if (waits()) comesBack(customer, 10 * SECOND);
  });
}

/** The bill is seen: to be confirmed at once, at its very end, twice, or never. */
function sees(customer: Customer, offer: Offer): void {
  const { sim, random, key, confirmations } = customer;
  customer.offers += 1;
  const name = `pay:${customer.offers}`;
  customer.old = { offer, name };
  const text = `${offer.bill.plate} ${showRupiah(offer.bill.total)}`;
  confirmations.shown(key, { text, buttons: [name], confirm: name, asks: "confirm", claims: [] });
  if (sim.fault("cancel-at-bill", random)) {
    comesBack(customer, 30 * MINUTE);
    return;
  }
  const late = sim.fault("tap-at-expiry", random);
  const left = offer.expiresAt - sim.time.wall();
  const slow = sim.fault("thinks-long", random) ? random.between(MINUTE, 50 * MINUTE) : 0;
  const ms = late
    ? Math.max(0, left - random.between(-2 * SECOND, 8 * SECOND))
    : slow + random.between(SECOND, 40 * SECOND);
  later(customer, ms, () => {
    confirms(customer, offer, name);
    if (sim.fault("double-tap", random))
      later(customer, random.between(0, 3 * SECOND), () => confirms(customer, offer, name));
  });
}

function again(customer: Customer): void {
  if (customer.old !== undefined) confirms(customer, customer.old.offer, customer.old.name);
}

function confirms(customer: Customer, offer: Offer, name: string): void {
  const { sim, random, key, visit, confirmations } = customer;
  const { heard } = customer;
  const shut = !visit((till) => {
    // What the flow looks at before it hands a confirmation over (money rule 10).
    const left = offer.expiresAt - sim.time.wall();
    if (left <= 0) {
      sim.cover.count("orders", "expiry, then tap");
      return comesBack(customer, MINUTE);
    }
    if (left < CLOSE) sim.cover.count("orders", "tap, then expiry");
    sim.note(() => `${key} confirms ${offer.bill.invoice}`);
    confirmations.acted(key, { kind: "tap", data: name, on: "" });
    void till.confirm(key, offer).then(
      (opened) => isOpened(customer, opened),
      () => undefined,
    );
  });
  // Nothing was heard: another tap.
  later(customer, shut ? random.between(SECOND, MINUTE) : random.between(90 * SECOND, 5 * MINUTE), () => {
    if (customer.heard === heard && !customer.done && customer.taps++ < TAPS) confirms(customer, offer, name);
  });
}

function isOpened(customer: Customer, opened: Awaited<ReturnType<Till["confirm"]>>): void {
  const { sim, random, visit } = customer;
  if (opened.kind !== "opened" && opened.kind !== "exists") {
    comesBack(customer, 30 * MINUTE);
    return;
  }
  if (!sim.fault("cancel", random)) return;
  const { ref } = opened.payment;
  later(customer, random.between(0, SECOND), () => {
    visit((till) => {
      const said = (what: string) => sim.cover.count("outcomes", `cancel: ${what}`);
      void till.cancel(ref).then(said, () => undefined);
    });
  });
}

function later({ sim }: Customer, ms: number, act: () => void): void {
  sim.time.after(ms, undefined, act);
}
