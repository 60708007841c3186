import { setMaxListeners } from "node:events";
import type { Policy } from "../../flows/index.ts";
import type { Biller } from "../../src/biller/biller.ts";
import type { Channel } from "../../src/channels/channel.ts";
import type { Clock } from "../../src/clock.ts";
import type { Conversations } from "../../src/conversation/conversations.ts";
import { channelOf } from "../../src/conversation/message.ts";
import { type LookAround, makeReceive } from "../../src/conversation/receive.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { Log } from "../../src/log.ts";
import type { Ledger } from "../../src/payments/ledger.ts";
import type { PayPolicy } from "../../src/payments/settle/deps.ts";
import { settler } from "../../src/payments/settle.ts";
import type { Proof } from "../../src/proof/proof.ts";
import type { Records } from "../../src/records/records.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { makeRegionBook } from "../../src/worker/regions.ts";
import { runWorker } from "../../src/worker/worker.ts";
import type { Random } from "./random.ts";
import { quickPins } from "./staff/pins.ts";
import { relayRoom, type Terms } from "./staff/room.ts";

/** What one life of the program is made of: all of it behind its own gate. */
export interface Parts {
  readonly conversations: Conversations;
  readonly ledger: Ledger;
  readonly records: Records;
  readonly biller: Biller;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Log;
  readonly random: Random;
  readonly pay: PayPolicy;
  /** Where customers pay through agents. */
  readonly relay?: Terms | undefined;
}

export interface Program {
  /** Resolves when it has stopped by itself after `stop`; rejects when it cannot go on. */
  readonly ended: Promise<void>;
  /** As SIGTERM. */
  stop(): void;
}

export const POLICY: Policy = {
  loket: "Loket Samsat",
  sandbox: false,
  mayPay: true,
  contact: "Budi 0812-3456-789",
  hours: { text: "08.00–20.00 WIB", from: 8 * 60, to: 20 * 60 },
  relayText: "",
  adminFee: rupiah(5_000),
  payMax: rupiah(10_000_000),
  limits: undefined,
};

/** More loops than there are. */
const LOOPS = 50;
/** How long the first look at the regions may keep the program from starting, ms. */
const FIRST_LOOK = 1_500;

/** The program as main.ts puts it together, but for the web and the real drivers of biller and platforms. */
export function startProgram(parts: Parts): Program {
  const listening = new AbortController();
  const working = new AbortController();
  // Each loop listens to it once; Node warns at the eleventh.
  setMaxListeners(LOOPS, working.signal);
  const { clock, log, biller, conversations } = parts;
  const regions = makeRegionBook(biller, clock, log);
  const deps = depsOf(parts, regions.known);
  const payments = settler({ ...deps, random: parts.random.next, policy: parts.pay });
  const run = async () => {
    await conversations.takeOver();
    await payments.recover();
    const late = clock.sleep(clock.now() + FIRST_LOOK, new AbortController().signal);
    await Promise.race([regions.look(), late]);
    const receive = makeReceive({ ...deps, judgePin: quickPins(deps.records.staff, clock) });
    const channels = parts.channels.map((channel) => channel.listen(receive, listening.signal));
    const work = [
      runWorker(deps, working.signal),
      payments.run(working.signal),
      regions.run(working.signal),
      ...(deps.relay === undefined ? [] : [deps.relay.run(working.signal)]),
    ];
    await Promise.race([Promise.all(channels), ...work]);
    await Promise.all(channels);
    working.abort();
    await Promise.all(work);
  };
  return { ended: run(), stop: () => listening.abort() };
}

function depsOf(parts: Parts, regions: () => ReturnType<ReturnType<typeof makeRegionBook>["known"]>): Deps {
  const { conversations, ledger, records, biller, clock, log } = parts;
  const channels = new Map(parts.channels.map((channel) => [channel.name, channel]));
  const lookAround: LookAround = async (key, sender) => {
    const channel = channels.get(channelOf(key));
    return {
      at: clock.now(),
      style: channel?.style ?? "buttons",
      forgets: channel?.forgets ?? false,
      language: sender?.language ?? "id",
      text: "",
      nonce: Array.from({ length: 12 }, () => parts.random.below(36).toString(36)).join(""),
      chance: parts.random.next(),
      regions: regions(),
      policy: POLICY,
      who: { kind: "customer" } as const,
    };
  };
  const draw = { pdf: drawn, image: drawn };
  const deps = {
    conversations,
    ledger,
    records,
    biller,
    channels,
    clock,
    log,
    policyOf: () => POLICY,
    draw,
    lookAround,
  };
  return parts.relay === undefined
    ? deps
    : { ...deps, ...relayRoom(parts, parts.relay, { policy: POLICY, lookAround }) };
}

/** A proof as a file that the oracle can read. */
export function drawn(proof: Proof): Uint8Array {
  return Buffer.from(JSON.stringify(proof));
}
