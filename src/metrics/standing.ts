import { Gauge, type Registry } from "prom-client";
import type { Channel } from "../channels/channel.ts";
import type { Clock } from "../clock.ts";
import type { Conversations } from "../conversation/conversations.ts";
import type { Ledger } from "../payments/ledger.ts";
import { LIVE } from "../payments/payment.ts";
import type { Records } from "../records/records.ts";

export interface StandingOptions {
  readonly conversations: Pick<Conversations, "depth" | "nextDue">;
  readonly ledger: Pick<Ledger, "find" | "overdue" | "balance">;
  readonly records: Pick<Records, "tasks">;
  readonly channels: readonly Channel[];
  readonly stateOf: (channel: Channel) => { readonly ready: boolean };
  /** Whether this process drives the channel's account. */
  readonly drives: (channel: string) => boolean;
  readonly clock: Clock;
}

/** What is counted up to at most: beyond it something is badly wrong anyway. */
const MOST = 10_000;
/** A notice that is older waits too long (I3, informed within 75 s), ms. */
const LATE = 75_000;

/** How things stand when they are asked for. A store that is away leaves its figure out: `up` and the rest still come. */
export function standing(registry: Registry, options: StandingOptions): void {
  const { conversations, ledger, records, clock } = options;
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[], look: Look<L>) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset();
        // Without labels a reset figure reads 0, which would be a lie.
        await look(this).catch(() => (labelNames.length === 0 ? this.remove() : this.reset()));
      },
    });
  gauge("loket_jobs", "Jobs that wait, and jobs that were given up", ["state"], async (of) => {
    const { waiting, dead } = await conversations.depth();
    of.set({ state: "waiting" }, waiting);
    of.set({ state: "dead" }, dead);
  });
  gauge("loket_jobs_late_seconds", "How long the oldest job that is due waits", [], async (of) => {
    const now = clock.now();
    of.set(Math.max(0, now - ((await conversations.nextDue(now)) ?? now)) / 1000);
  });
  gauge("loket_payments_live", "Payments under way, by state", ["state"], async (of) => {
    const live = await ledger.find({ states: LIVE, limit: MOST });
    for (const state of LIVE) of.set({ state }, live.filter((payment) => payment.state === state).length);
  });
  gauge("loket_notices_late", "News that is owed to a chat for more than 75 s", [], async (of) => {
    of.set((await ledger.overdue(clock.now() - LATE, MOST)).length);
  });
  gauge("loket_tasks_open", "What only a human can do", ["kind"], async (of) => {
    for (const { kind } of await records.tasks.list("open", MOST)) of.inc({ kind });
  });
  gauge("loket_deposit_rupiah", "What the counter believes it has at the biller", [], async (of) => {
    of.set(await ledger.balance("deposit"));
  });
  gauge(
    "loket_channel_ready",
    "1 when the platform is reached, or another process drives it",
    ["channel"],
    async (of) => {
      for (const one of options.channels) of.set({ channel: one.name }, options.stateOf(one).ready ? 1 : 0);
    },
  );
  gauge("loket_channel_driven", "1 in the process that drives the channel's account", ["channel"], async (of) => {
    for (const { name } of options.channels) of.set({ channel: name }, options.drives(name) ? 1 : 0);
  });
}

type Look<L extends string> = (of: Gauge<L>) => Promise<void>;
