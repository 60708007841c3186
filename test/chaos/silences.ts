import { systemClock } from "../../src/clock.ts";
import type { Customer } from "../program/customer.ts";
import { pause } from "./chance.ts";

/** From a person's message (or tap) to the next word in that chat, ms of the steady clock. */
export interface Wait {
  readonly from: number;
  readonly to: number;
  /** What was said or tapped first, and how the counter's next word begins. */
  readonly asked: string;
  readonly answered: string;
}

export interface Silences {
  /** The same chat, watched. */
  seen(customer: Customer): Customer;
  readonly waits: readonly Wait[];
  /** Chats in which the last word is the person's. */
  unanswered(): number;
}

interface Asked extends Pick<Wait, "from" | "asked"> {
  /** How many words of the counter there were. */
  readonly before: number;
}

const LOOK_MS = 100;
/** So much of a word is shown: no person and no vehicle. */
const SHOWN = 40;

/**
 * Watches how long people wait. A second message does not begin a wait anew: it is over with the counter's next word,
 * whatever it says.
 */
export function watchSilences(stop: AbortSignal): Silences {
  const waits: Wait[] = [];
  const open = new Map<Customer, Asked>();
  const look = () => {
    const to = systemClock.monotonic();
    for (const [customer, { from, before, asked }] of open) {
      const next = customer.all()[before];
      if (next === undefined) continue;
      open.delete(customer);
      waits.push({ from, to, asked, answered: next.text.slice(0, SHOWN).replaceAll("\n", " ") });
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
      const asking = async (asked: string, ask: () => Promise<void>) => {
        const isFirst = !open.has(customer);
        if (isFirst) open.set(customer, { from: systemClock.monotonic(), before: customer.all().length, asked });
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
        say: (text) => asking(text.split(" ")[0] ?? "", () => customer.say(text)),
        tap: (label) => asking(label.split(" ")[0] ?? "", () => customer.tap(label)),
      };
    },
  };
}
