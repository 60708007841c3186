import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { dirname, join } from "node:path";
import type { Biller } from "./biller/biller.ts";
import { mmbcBiller } from "./biller/mmbc.ts";
import { SANDBOX_LOGIN, type Sandbox, startSandbox } from "./biller/sandbox/server.ts";
import { EXAMPLE_NIK, TEST_VEHICLES } from "./biller/sandbox/vehicles.ts";
import type { Channel } from "./channels/channel.ts";
import type { TelegramChannel } from "./channels/telegram/channel.ts";
import { webhookPath } from "./channels/telegram/webhook.ts";
import { type WebChannel, webChannel } from "./channels/web.ts";
import { systemClock } from "./clock.ts";
import { databasePath } from "./config/stores.ts";
import type { Config } from "./config.ts";
import { makeReceive } from "./conversation/receive.ts";
import { regionName } from "./domain/region.ts";
import { accountsOf, type Driving, driving } from "./driving.ts";
import { type Log, makeLog } from "./log.ts";
import { type Measured, measured } from "./metrics/measured.ts";
import { type Measures, makeMeasures } from "./metrics/measures.ts";
import { standing } from "./metrics/standing.ts";
import { depositKeeper } from "./payments/deposit/keeper.ts";
import { settler } from "./payments/settle.ts";
import { policyFor } from "./policy.ts";
import { proofPdf, proofPng } from "./proof/picture.ts";
import { desk } from "./relay/desk.ts";
import { judgePins } from "./staff/judge.ts";
import { openOwnStores } from "./store/own.ts";
import type { Stores } from "./store/stores.ts";
import { surroundings } from "./surroundings.ts";
import { openTelegram } from "./telegram.ts";
import { startWeb, type Web } from "./web/server.ts";
import { numbersOf, openWhatsapp } from "./whatsapp.ts";
import { makeCrowd } from "./worker/crowd.ts";
import type { Deps } from "./worker/deps.ts";
import { makeRegionBook, type RegionBook } from "./worker/regions.ts";
import { runWorker } from "./worker/worker.ts";

export interface Running {
  /** Where the web chat is. */
  readonly url: string;
  readonly sandbox: boolean;
  /** Listens no more, lets what is under way end (a pay call has up to 65 s), saves, and resolves. */
  stop(): Promise<void>;
}

/** What a program is made of, before it runs. */
interface Parts {
  readonly config: Config;
  readonly log: Log;
  readonly stores: Stores;
  readonly biller: Biller;
  readonly sandbox: Sandbox | undefined;
  readonly regions: RegionBook;
  readonly measures: Measures;
  /** Wraps doors, so that what goes through them is counted. */
  readonly counted: Measured;
  /** Which accounts are ours to drive. */
  readonly driven: Driving;
  readonly web: WebChannel;
  readonly telegram: TelegramChannel | undefined;
  readonly whatsapp: Channel | undefined;
}

/** How long the first look at the regions may keep the program from starting, ms. */
const FIRST_LOOK = 1500;
/** More loops than there are: so many that listen for the end are no leak. */
const LOOPS = 50;

/**
 * Starts everything. Rejects with a sentence for the operator when a store or the port cannot be opened, or another
 * program runs on the same database; what was opened is closed then.
 */
export async function start(config: Config): Promise<Running> {
  const log = makeLog(config.logLevel);
  const stores = await openOwnStores({ ...config, log });
  const opened: (() => Promise<void> | void)[] = [stores.close];
  try {
    for (const warning of stores.warnings) log.warn({}, warning);
    const sandbox = config.mmbc === undefined ? await openSandbox(config) : undefined;
    if (sandbox !== undefined) opened.unshift(sandbox.close);
    const { leases } = stores;
    const driven = driving({ leases, accounts: accountsOf(config), owner: randomUUID(), clock: systemClock, log });
    opened.unshift(driven.end);
    const whatsapp = await openWhatsapp(config, stores, log, () => driven.drives("whatsapp"));
    const telegram = await openTelegram(config, log, () => driven.drives("telegram"));
    const parts = partsOf({ config, log, stores, sandbox, driven, telegram, whatsapp });
    warn(parts);
    return await run(parts);
  } catch (error) {
    for (const close of opened) await close();
    throw error;
  }
}

function partsOf(
  given: Pick<Parts, "config" | "log" | "stores" | "sandbox" | "driven" | "telegram" | "whatsapp">,
): Parts {
  const { config, log, stores, sandbox } = given;
  const measures = makeMeasures();
  const counted = measured(measures, systemClock);
  const biller = counted.biller(billerOf(config, sandbox, log));
  return {
    ...given,
    biller,
    regions: makeRegionBook(biller, systemClock, log),
    measures,
    counted,
    web: webChannel({ clock: systemClock, log, inbox: stores.webInbox() }),
  };
}

async function run(parts: Parts): Promise<Running> {
  const { config, log, stores, sandbox, regions, driven, counted } = parts;
  const deps = depsOf(parts);
  const payments = settler({
    ...deps,
    random: Math.random,
    policy: { maxOne: config.payMax, maxDay: config.payMaxDay },
  });
  // A program that has its stores for itself takes over at once what its predecessor left (money rule 8).
  await stores.conversations.takeOver();
  await payments.recover();
  await Promise.race([regions.look(), systemClock.sleep(systemClock.now() + FIRST_LOOK, new AbortController().signal)]);
  const listening = new AbortController();
  const working = new AbortController();
  // Each loop listens to it once; Node warns at the eleventh.
  setMaxListeners(LOOPS, working.signal);
  const web = await openWeb(parts, deps);
  const receive = counted.receive(makeReceive({ ...deps, judgePin: judgePins(stores.records.staff, systemClock) }));
  const channels = [...deps.channels.values()].map((channel) => driven.listen(channel, receive, listening.signal));
  const work = [
    runWorker(deps, working.signal),
    payments.run(working.signal),
    regions.run(working.signal),
    deps.relay?.run(working.signal),
  ];
  log.info(
    { url: web.url, sandbox: sandbox !== undefined, channels: [...deps.channels.keys()] },
    "the counter is open",
  );
  return {
    url: web.url,
    sandbox: sandbox !== undefined,
    async stop() {
      log.info({}, "stopping: what is under way ends first");
      listening.abort();
      await Promise.all([...channels, web.close()]);
      working.abort();
      await Promise.all(work);
      await driven.end();
      await sandbox?.close();
      await stores.close();
      log.info({}, "stopped");
    },
  };
}

function depsOf(parts: Parts): Deps {
  const { config, log, stores, biller, regions, driven, counted, web, telegram, whatsapp } = parts;
  const channels = new Map<string, Channel>(
    [web, telegram, whatsapp].flatMap((one) =>
      one === undefined ? [] : [[one.name, counted.channel<Channel>(one)] as const],
    ),
  );
  const policyOf = policyFor(config);
  const deposit = depositKeeper({ ...stores, clock: systemClock, log, floor: config.depositFloor });
  const lookAround = surroundings({ config, stores, channels, regions, deposit });
  const { conversations, records } = stores;
  const ledger = counted.ledger(stores.ledger);
  return {
    conversations,
    ledger,
    records,
    biller,
    channels,
    clock: systemClock,
    log,
    policyOf,
    crowd: stores.crowd ?? makeCrowd(),
    elsewhere: driven.elsewhere,
    draw: { pdf: proofPdf, image: proofPng },
    lookAround,
    deposit,
    relay: desk({ ledger, records, biller, clock: systemClock, log, hours: config.hours, markup: config.fee }),
    operators: { twoPersonsAbove: config.twoPersonsAbove, numberOf: numbersOf(stores) },
  };
}

/** The sandbox keeps its book beside the database, so that a test payment survives a restart as a real one does. */
function openSandbox(config: Config): Promise<Sandbox> {
  const path = databasePath(config.databaseUrl);
  const kept = path === undefined || path.startsWith(":") ? {} : { file: join(dirname(path), "sandbox.json") };
  return startSandbox({ clock: systemClock, ...kept });
}

function billerOf(config: Config, sandbox: Sandbox | undefined, log: Log): Biller {
  const { mmbc } = config;
  if (mmbc !== undefined) return mmbcBiller({ ...mmbc, clock: systemClock, log });
  return mmbcBiller({ ...SANDBOX_LOGIN, url: sandbox?.url ?? "", body: "form", clock: systemClock, log });
}

function openWeb(parts: Parts, deps: Deps): Promise<Web> {
  const { config, log, stores, web, telegram, sandbox, driven } = parts;
  const { registry } = parts.measures;
  standing(registry, { ...deps, ...driven, channels: [...deps.channels.values()] });
  const { webhook } = config.telegram ?? {};
  const door = telegram?.webhook;
  return startWeb({
    ...config.web,
    name: config.name,
    clock: systemClock,
    log,
    chat: web,
    metrics: async () => ({ type: registry.contentType, text: await registry.metrics() }),
    health: () => ({ uptimeSeconds: Math.round(process.uptime()) }),
    ready: async () => {
      const store = await stores.conversations.depth().then(
        () => ({ ready: true, detail: "open" }),
        (error: unknown) => ({ ready: false, detail: error instanceof Error ? error.message : "closed" }),
      );
      const states = [...deps.channels.values()].map((channel) => [channel.name, driven.stateOf(channel)] as const);
      const all = { store, ...Object.fromEntries(states) };
      return { ready: Object.values(all).every(({ ready }) => ready), parts: all };
    },
    ...(sandbox === undefined
      ? {}
      : { sandbox: { vehicles: TEST_VEHICLES, exampleNik: EXAMPLE_NIK, exampleRegion: regionName("SAMSAT_JABAR") } }),
    ...(door === undefined || webhook === undefined
      ? {}
      : { telegramWebhook: { path: webhookPath(webhook.secret), handle: door.handle } }),
  });
}

/** What an operator must know at every start. */
function warn({ config, log }: Parts): void {
  if (config.mmbc === undefined) {
    log.warn(
      {},
      "the built-in sandbox runs: no tax is really paid. Set MMBC_USERNAME and MMBC_PASSWORD for the real biller",
    );
  } else if (config.customers === "direct" && config.directUsers.length === 0) {
    log.warn(
      { dayCap: config.payMaxDay },
      "CUSTOMER_PAYMENT=direct without DIRECT_USERS: whoever confirms debits your deposit, up to the day's cap",
    );
  }
}
