import type { Channel } from "./channels/channel.ts";
import { type KeptLease, keepLease } from "./channels/keep-lease.ts";
import type { Leases } from "./channels/leases.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Inbound } from "./conversation/message.ts";
import type { Log } from "./log.ts";
import { makeSignal } from "./store/signal.ts";
import { WHATSAPP_ACCOUNT } from "./whatsapp.ts";
import type { Elsewhere } from "./worker/queue.ts";

/** An account that one process at a time may listen with. */
export interface Account {
  /** The channel's name. */
  readonly channel: string;
  /** What the lease is called: no secret. */
  readonly name: string;
  /** Whether only its driver may send with it. */
  readonly sendsAlone: boolean;
}

/** Which accounts this process drives: where it has its stores for itself, all of them, for good. */
export interface Driving {
  /** Asked in the tick of each write. */
  drives(channel: string): boolean;
  /** Listens whenever it is ours to listen, until `stop` aborts. */
  listen(channel: Channel, receive: (inbound: Inbound) => Promise<void>, stop: AbortSignal): Promise<void>;
  /** A process that stands by is as ready as the one that drives. */
  stateOf(channel: Channel): ReturnType<Channel["state"]>;
  readonly elsewhere: Elsewhere;
  /** Gives everything back, for another process: once nothing is sent any more. */
  end(): Promise<void>;
}

export interface DrivingOptions {
  readonly leases: Leases | undefined;
  readonly accounts: readonly Account[];
  /** This process: random, and new at each start. */
  readonly owner: string;
  readonly clock: Clock;
  readonly log: Log;
}

export function driving({ accounts, ...options }: DrivingOptions): Driving {
  const over = new AbortController();
  const kept = new Map<string, KeptLease>(
    accounts.map(({ channel, name }) => [channel, keepLease({ ...options, name }, over.signal)]),
  );
  const drives = (channel: string) => kept.get(channel)?.held() ?? true;
  const alone = accounts.filter(({ sendsAlone }) => sendsAlone).map(({ channel }) => channel);
  const moved = makeSignal();
  for (const lease of kept.values()) void watch(lease, over.signal, moved.ring);
  return {
    drives,
    async listen(channel, receive, stop) {
      const lease = kept.get(channel.name);
      if (lease === undefined) return channel.listen(receive, stop);
      while (!stop.aborted) {
        const lost = await lease.whenHeld(stop);
        if (!stop.aborted) await channel.listen(receive, AbortSignal.any([stop, lost]));
      }
    },
    stateOf: (channel) =>
      drives(channel.name) ? channel.state() : { ready: true, detail: "another process drives it" },
    elsewhere: { now: () => alone.filter((channel) => !drives(channel)), changes: moved.listen },
    async end() {
      over.abort();
      await Promise.all([...kept.values()].map(({ ended }) => ended));
    },
  };
}

/** Rings when the lease comes and when it goes. */
async function watch(lease: KeptLease, over: AbortSignal, ring: () => void): Promise<void> {
  while (!over.aborted) {
    const lost = await lease.whenHeld(over);
    ring();
    if (!over.aborted && !lost.aborted) await aborted(AbortSignal.any([lost, over]));
    ring();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** With a webhook every process takes Telegram's updates: then the bot needs no driver. */
export function accountsOf({ telegram, whatsapp }: Config): readonly Account[] {
  const polls = telegram !== undefined && telegram.webhook === undefined;
  return [
    ...(polls ? [{ channel: "telegram", name: `telegram:${telegram.token.split(":")[0]}`, sendsAlone: false }] : []),
    ...(whatsapp.on ? [{ channel: "whatsapp", name: WHATSAPP_ACCOUNT, sendsAlone: true }] : []),
  ];
}
