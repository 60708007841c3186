import { setMaxListeners } from "node:events";
import { join } from "node:path";
import { type TelegramChannel, telegramChannel } from "../../src/channels/telegram/channel.ts";
import { systemClock } from "../../src/clock.ts";
import { type Config, readConfig } from "../../src/config.ts";
import type { Conversations } from "../../src/conversation/conversations.ts";
import { makeReceive } from "../../src/conversation/receive.ts";
import { silentLog } from "../../src/log.ts";
import { depositKeeper } from "../../src/payments/deposit/keeper.ts";
import { settler } from "../../src/payments/settle.ts";
import { policyFor } from "../../src/policy.ts";
import { proofPdf, proofPng } from "../../src/proof/picture.ts";
import { desk } from "../../src/relay/desk.ts";
import { judgePins } from "../../src/staff/judge.ts";
import { openStores } from "../../src/store/open.ts";
import type { Stores } from "../../src/store/stores.ts";
import { surroundings } from "../../src/surroundings.ts";
import { makeCrowd } from "../../src/worker/crowd.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { makeRegionBook, type RegionBook } from "../../src/worker/regions.ts";
import { runWorker } from "../../src/worker/worker.ts";
import { benchBiller } from "./biller.ts";

export interface LoketOptions {
  readonly folder: string;
  /** Where the conversations are; undefined: in the file, with all else. */
  readonly redisUrl: string | undefined;
  readonly paid: (user: number) => void;
}

export interface Loket {
  readonly conversations: Conversations;
  /** One call of Telegram. Resolves once the update is taken. */
  update(body: string): Promise<void>;
  stop(): Promise<void>;
}

const SECRET = "a-secret-of-the-bench-alone";
const HEADERS = new Headers({ "x-telegram-bot-api-secret-token": SECRET });
const LOOPS = 50;

/**
 * Puts the program together as src/main.ts does, without what has no part in a turn (the web chat, WhatsApp), with a
 * biller in the same process, and with no limit to how many messages Telegram takes in a second.
 */
export async function startLoket(options: LoketOptions): Promise<Loket> {
  const config = configOf(options.folder);
  const { databaseUrl, secret } = config;
  const stores = await openStores({ databaseUrl, secret, redisUrl: options.redisUrl, as: "owner" });
  const channel = channelOf();
  const biller = benchBiller(join(options.folder, "book.txt"), options.paid);
  const regions = makeRegionBook(biller, systemClock, silentLog);
  const deps = depsOf({ config, stores, channel, biller, regions });
  const payments = settler({ ...deps, random: Math.random, policy: { maxOne: config.payMax, maxDay: undefined } });
  await deps.conversations.takeOver();
  await payments.recover();
  await regions.look();
  const [listening, working] = [new AbortController(), new AbortController()];
  setMaxListeners(LOOPS, working.signal);
  const receive = makeReceive({ ...deps, judgePin: judgePins(stores.records.staff, systemClock) });
  const listened = channel.listen(receive, listening.signal);
  const stop = working.signal;
  const work = [runWorker(deps, stop), payments.run(stop), regions.run(stop), deps.relay?.run(stop)];
  return {
    conversations: stores.conversations,
    async update(body) {
      const { status } = await door(channel).handle(HEADERS, body);
      if (status !== 200) throw new Error(`the channel answered ${status}`);
    },
    async stop() {
      listening.abort();
      await listened;
      working.abort();
      await Promise.all(work);
      await stores.close();
    },
  };
}

/** As it comes out of the box, with a file in `folder`. */
function configOf(folder: string): Config {
  const read = readConfig({
    DATABASE_URL: `sqlite:${join(folder, "loket.db")}`,
    LOKET_SECRET: "the-benchmark-seals-with-this-secret",
    LOG_LEVEL: "silent",
  });
  if (read.kind === "faults") throw new Error(read.faults.join("\n"));
  return read.config;
}

function channelOf(): TelegramChannel {
  return telegramChannel({
    token: "1:bench-bench",
    log: silentLog,
    clock: systemClock,
    webhook: { url: "https://loket.invalid/telegram", secret: SECRET },
    perSecond: Number.MAX_SAFE_INTEGER,
  });
}

function door({ webhook }: TelegramChannel) {
  if (webhook === undefined) throw new Error("the channel has no webhook");
  return webhook;
}

interface Parts extends Pick<Deps, "biller"> {
  readonly config: Config;
  readonly stores: Stores;
  readonly channel: TelegramChannel;
  readonly regions: RegionBook;
}

function depsOf({ config, stores, channel, biller, regions }: Parts): Deps {
  const { conversations, ledger, records } = stores;
  const shared = { ledger, records, clock: systemClock, log: silentLog };
  const channels = new Map([[channel.name, channel]]);
  const deposit = depositKeeper({ ...shared, floor: config.depositFloor });
  return {
    ...shared,
    conversations,
    biller,
    channels,
    policyOf: policyFor(config),
    crowd: makeCrowd(),
    draw: { pdf: proofPdf, image: proofPng },
    lookAround: surroundings({ config, stores, channels, regions, deposit }),
    deposit,
    relay: desk({ ...shared, biller, hours: config.hours, markup: config.fee }),
    operators: { twoPersonsAbove: config.twoPersonsAbove, numberOf: async () => undefined },
  };
}
