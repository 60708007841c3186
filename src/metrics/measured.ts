import type { Biller } from "../biller/biller.ts";
import type { Channel } from "../channels/channel.ts";
import type { Clock } from "../clock.ts";
import { channelOf, type Inbound } from "../conversation/message.ts";
import type { Ledger } from "../payments/ledger.ts";
import type { Measures } from "./measures.ts";

type Receive = (inbound: Inbound) => Promise<void>;

/** The same doors, counted. */
export interface Measured {
  receive(receive: Receive): Receive;
  channel<C extends Channel>(channel: C): C;
  biller(biller: Biller): Biller;
  ledger(ledger: Ledger): Ledger;
}

export function measured(measures: Measures, clock: Clock): Measured {
  const timed = async <T>(
    work: () => Promise<T>,
    tell: (seconds: number, result: T | undefined) => void,
  ): Promise<T> => {
    const began = clock.monotonic();
    let result: T | undefined;
    try {
      result = await work();
      return result;
    } finally {
      tell((clock.monotonic() - began) / 1000, result);
    }
  };
  const call = <T extends { readonly kind: string }>(name: string, work: () => Promise<T>) =>
    timed(work, (seconds, answer) =>
      measures.biller.observe({ call: name, result: answer?.kind ?? "thrown" }, seconds),
    );
  return {
    receive: (receive) => async (inbound) => {
      const channel = channelOf(inbound.key);
      const work = async () => {
        await receive(inbound);
        return "taken";
      };
      await timed(work, (seconds, result = "refused") => measures.turns.observe({ channel, result }, seconds));
    },
    channel: (channel) => ({
      ...channel,
      send: (...given: Parameters<Channel["send"]>) =>
        timed(
          () => channel.send(...given),
          (seconds, delivery) =>
            measures.sends.observe({ channel: channel.name, result: delivery?.kind ?? "thrown" }, seconds),
        ),
    }),
    biller: ({ regions, inquire, pay, status }) => ({
      regions: (maxAge) => call("regions", () => regions(maxAge)),
      inquire: (query) => call("inquiry", () => inquire(query)),
      pay: (order, mayGo) => call("pay", () => pay(order, mayGo)),
      status: (order) => call("status", () => status(order)),
    }),
    ledger: (ledger) => ({
      ...ledger,
      async commit(change) {
        const committed = await ledger.commit(change);
        if (committed === "done") measures.payments.inc({ state: change.payment.next.state });
        return committed;
      },
    }),
  };
}
