import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** Seconds, from a turn in memory to a pay call that took its whole time. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/**
 * What is counted while the program works. Labels are names of channels, calls and outcomes: never a chat, a vehicle, a
 * person or a sum (law 5).
 */
export interface Measures {
  readonly registry: Registry;
  readonly turns: Histogram<"channel" | "result">;
  readonly sends: Histogram<"channel" | "result">;
  readonly biller: Histogram<"call" | "result">;
  readonly payments: Counter<"state">;
}

export function makeMeasures(): Measures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Histogram({ name, help, labelNames, buckets: BUCKETS, registers: [registry] });
  return {
    registry,
    turns: seconds("loket_turn_seconds", "From a message to its saved answer", ["channel", "result"]),
    sends: seconds("loket_send_seconds", "One message to a platform", ["channel", "result"]),
    biller: seconds("loket_biller_seconds", "One call to the biller, by what it came to", ["call", "result"]),
    payments: new Counter({
      name: "loket_payment_moves_total",
      help: "Payments of this process, by the state that they came into",
      labelNames: ["state"],
      registers: [registry],
    }),
  };
}
