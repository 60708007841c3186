import { setMaxListeners } from "node:events";
import { systemClock } from "../../src/clock.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { openPostgresStores } from "../../src/store/postgres/stores.ts";
import { startPostgres } from "../fakes/servers/postgres.ts";
import type { TelegramServer } from "../fakes/telegram/server.ts";
import { type Counter, makeCounter } from "../program/counter.ts";
import { type Balancer, startBalancer } from "../program/fleet.ts";
import { SECRET, type Settings, type WhenOver } from "../program/program.ts";
import { filesMissing, violationsOf } from "./audit.ts";
import { billerTrouble } from "./biller-trouble.ts";
import { pause } from "./chance.ts";
import { type Crowd, chances, startCrowd } from "./crowd.ts";
import type { Failure, World } from "./fleet-failures.ts";
import { makeMembers } from "./fleet-members.ts";
import { failAgainAndAgain, type Phase } from "./fleet-phases.ts";
import type { FleetRedis } from "./fleet-redis.ts";
import type { Layout } from "./fleet-world.ts";
import { isLate } from "./nothing-paid.ts";
import type { Rest } from "./person.ts";
import { comeToRest, type Ledger, ledgerIn, UNEVEN, type Uneven, type Until } from "./rest.ts";
import { type Silences, watchSilences } from "./silences.ts";
import { endsOf, errorsIn, leaks, lies } from "./written.ts";

export interface FleetChaosOptions<W extends World> {
  readonly seed: number;
  readonly users: number;
  readonly rest?: Rest;
  readonly layout: Layout<W>;
  readonly failures: readonly Failure<W>[];
  /** How long each failure and its aftermath last at least, ms. */
  readonly share: number;
  readonly settings?: Settings;
  readonly until: Until;
  readonly progress: (line: string) => void;
  readonly whenOver: WhenOver;
}

export interface FleetRan {
  readonly biller: Counter["biller"];
  readonly ledger: Ledger;
  readonly crowd: Crowd;
  readonly phases: readonly Phase[];
  readonly silences: Silences;
  readonly billerFaults: ReadonlyMap<string, number>;
  readonly failingSeconds: number;
  readonly seconds: number;
  readonly lateDenials: number;
  /** Proofs whose text arrived and whose file was lost with Redis: BUKTI brings it again. */
  readonly filesLost: number;
  readonly violations: readonly string[];
  readonly errors: ReadonlyMap<string, number>;
}

const WEBHOOK_SECRET = "rahasia_uji-1234567890";
/** What the ledger owes is handed over again after two minutes; what a dead process had in hand lapses after 90 s. */
const PATIENCE = 300_000;

/**
 * Several processes of the built program on one PostgreSQL and one Redis, while people pay and one thing after the other
 * fails. Then everybody stops, the fleet comes to rest, and the books are compared. Telegram has no bad days here, so that
 * a silence is the fleet's.
 */
export async function fleetChaos<W extends World>(options: FleetChaosOptions<W>): Promise<FleetRan> {
  const began = systemClock.monotonic();
  const { seed, users, rest, whenOver, progress } = options;
  const chance = chances(seed);
  const calm = new AbortController();
  setMaxListeners(0, calm.signal);
  const trouble = billerTrouble(chance("biller"), calm.signal);
  const built = await build(options, trouble.trouble);
  const { counter, door } = built;
  const { biller, telegram } = counter;
  const members = makeMembers(counter.home, door);
  const bare = { members, redis: built.redis, postgres: built.postgres, trouble, chance: chance("failures") };
  const world = await options.layout.peopled(bare, built.database, whenOver);
  const silences = watchSilences(built.over);
  const crowd = startCrowd({
    ...{ users, whenOver, telegram, biller, chance, stop: calm.signal, open: async () => door.url },
    ...{ seen: silences.seen, ...(rest === undefined ? {} : { rest }) },
  });
  void forgetCalls(telegram, calm.signal);
  const debits = () => biller.sandbox.book.debits.length;
  const phases = await failAgainAndAgain({ ...options, world, debits });
  calm.abort();
  const failingSeconds = (systemClock.monotonic() - began) / 1000;
  progress("everybody stops, the fleet goes on");
  await crowd.over;
  const ledger = await settled(options, built);
  for (const member of members.all()) await members.stop(member);
  const written = members.written();
  const books = { biller: biller.sandbox.book, ledger, chats: crowd.chats, outbox: "may be lost" } as const;
  return {
    ...{ biller, ledger, crowd, phases, silences, failingSeconds, billerFaults: trouble.counts },
    seconds: (systemClock.monotonic() - began) / 1000,
    lateDenials: crowd.denials.filter((denial) => isLate(denial, ledger)).length,
    filesLost: filesMissing(books),
    violations: [
      ...phases.flatMap(({ name, back }) => (back === undefined ? [`the fleet did not go on after: ${name}`] : [])),
      ...[...lies(crowd.denials, ledger), ...endsOf(members.ownEnds), ...leaks(written), ...violationsOf(books)],
    ],
    errors: errorsIn(written),
  };
}

interface Built<R extends FleetRedis> {
  readonly counter: Counter;
  readonly door: Balancer;
  readonly redis: R;
  readonly postgres: Awaited<ReturnType<typeof startPostgres>>;
  readonly database: string;
  /** Aborts when all is over. */
  readonly over: AbortSignal;
}

async function build<W extends World>(
  { layout, settings, whenOver }: FleetChaosOptions<W>,
  trouble: ReturnType<typeof billerTrouble>["trouble"],
): Promise<Built<W["redis"]>> {
  const over = new AbortController();
  const postgres = await startPostgres({ config: ["fsync=on"] });
  whenOver(() => postgres.stop());
  const redis = await layout.redis(whenOver);
  const door = await startBalancer(whenOver);
  const database = await postgres.database();
  const counter = await makeCounter({
    ...{ whenOver, trouble },
    biller: { pendingMs: 4_000, slowMs: 1_000, deposit: rupiah(10_000_000_000_000) },
    settings: {
      ...{ DATABASE_URL: database, REDIS_URL: redis.url, PAY_MAX_DAY: "9000000000000" },
      ...{ TELEGRAM_WEBHOOK_URL: door.url, TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET, ...settings },
    },
  });
  whenOver(() => over.abort());
  return { counter, door, redis, postgres, database, over: over.signal };
}

/** The books of the fleet when it has come to rest. */
async function settled<W extends World>(
  { until, progress }: FleetChaosOptions<W>,
  { counter, database, redis }: Built<FleetRedis>,
): Promise<Ledger> {
  const stores = await openPostgresStores({ databaseUrl: database, secret: SECRET, as: "tool" });
  try {
    const beside = { unsent: redis.waiting, uneven: () => stores.pg.all<Uneven>(UNEVEN) };
    const read = () => ledgerIn(stores, beside);
    return await comeToRest({ biller: counter.biller, read, until, progress, patience: PATIENCE });
  } finally {
    await stores.close();
  }
}

/** More calls than that are not remembered: they hold the files. */
const REMEMBERED = 500;
const FORGET_MS = 2_000;

async function forgetCalls({ books }: TelegramServer, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await pause(FORGET_MS, stop);
    books.calls.splice(0, Math.max(0, books.calls.length - REMEMBERED));
  }
}
