import { systemClock } from "../../src/clock.ts";
import type { Customer } from "../program/customer.ts";
import { pause } from "./chance.ts";

/** From a person's message (or tap) to the next word in that chat, ms of the steady clock. */
export interface Wait {
  readonly from: number;
  readonly to: number;
}

export interface Silences {
  /** The same chat, watched. */
  seen(customer: Customer): Customer;
  readonly waits: readonly Wait[];
  /** Chats in which the last word is the person's. */
  unanswered(): number;
}

const LOOK_MS = 100;

/**
 * Watches how long people wait. A second message does not begin a wait anew: it is over with the counter's next word,
 * whatever it says.
 */
export function watchSilences(stop: AbortSignal): Silences {
  const waits: Wait[] = [];
  const open = new Map<Customer, { readonly from: number; readonly before: number }>();
  const look = () => {
    const to = systemClock.monotonic();
    for (const [customer, { from, before }] of open) {
      if (customer.all().length <= before) continue;
      open.delete(customer);
      waits.push({ from, to });
    }
  };
  const looking = async () => {
    while (!stop.aborted) {
      look();
      await pause(LOOK_MS, stop);
    }
  };
  void looking();
  return {
    waits,
    unanswered: () => open.size,
    seen(customer) {
      const asking = async (ask: () => Promise<void>) => {
        const isFirst = !open.has(customer);
        if (isFirst) open.set(customer, { from: systemClock.monotonic(), before: customer.all().length });
        try {
          await ask();
        } catch (error) {
          // There was no such button: nothing was asked.
          if (isFirst) open.delete(customer);
          throw error;
        }
      };
      return {
        ...customer,
        say: (text) => asking(() => customer.say(text)),
        tap: (label) => asking(() => customer.tap(label)),
      };
    },
  };
}
