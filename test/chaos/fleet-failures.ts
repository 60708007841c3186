import pg from "pg";
import type { PostgresServer } from "../fakes/servers/postgres.ts";
import type { Cable } from "../program/fleet-cable.ts";
import type { BillerTrouble } from "./biller-trouble.ts";
import { type Chance, pause } from "./chance.ts";
import type { Member, Members } from "./fleet-members.ts";
import type { FleetRedis, GuardedRedis } from "./fleet-redis.ts";

/** What can fail. */
export interface World<R extends FleetRedis = FleetRedis> {
  readonly members: Members;
  readonly redis: R;
  readonly postgres: PostgresServer;
  readonly trouble: BillerTrouble;
  readonly chance: Chance;
}

/** A world with more to it. */
export interface WideWorld extends World<GuardedRedis> {
  /** One process reaches its stores by these alone. */
  readonly cables: { readonly redis: Cable; readonly postgres: Cable };
}

export interface Failure<W extends World = World> {
  readonly name: string;
  /** Resolves when the cause is over; what it left behind is the fleet's to mend. */
  readonly strike: (world: W) => Promise<void>;
}

const AWAY_MS = 2_000;
const CUT_MS = 15_000;
const STILL_MS = 30_000;
/** A process that died is started again after so long, ms. */
const REPLACED_MS = 10_000;
const never = new AbortController().signal;

/** For comparison. */
export const QUIET: Failure = { name: "none", strike: async () => {} };

export const redisCrashes: Failure = {
  name: "Redis killed, and started again with its AOF",
  strike: ({ redis }) => redis.crash(AWAY_MS),
};

export const redisFlushed: Failure = {
  name: "FLUSHALL while a pay is with the biller",
  async strike({ redis, trouble }) {
    await trouble.next("pay with the biller");
    await redis.flush();
  },
};

export const connectionsCut: Failure = {
  name: "all connections of PostgreSQL cut",
  async strike({ postgres }) {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'loket'");
    await client.end();
  },
};

export const processKilled: Failure = {
  name: "a process killed while a pay is with the biller",
  async strike({ members, trouble, chance }) {
    await trouble.next("pay applied, not answered");
    await replaceKilled(members, anyOf(members, chance));
  },
};

const redisEmptied: Failure = {
  name: "Redis killed, and started again empty",
  strike: ({ redis }) => redis.crashEmpty(AWAY_MS),
};

const postgresCrashes: Failure = {
  name: "PostgreSQL killed, and started again",
  async strike({ postgres }) {
    await postgres.kill();
    await pause(AWAY_MS, never);
    await postgres.restart();
  },
};

const processPaused: Failure = {
  name: `a process paused for ${STILL_MS / 1000} s`,
  strike: ({ members, chance }) => paused(anyOf(members, chance)),
};

const rolled: Failure = { name: "a rolling restart", strike: ({ members }) => roll(members) };

const failedOver: Failure<WideWorld> = {
  name: "Redis's master killed, its replica put in its place by Sentinel",
  async strike({ redis, cables }) {
    await redis.failOver();
    cables.redis.leadTo(redis.master().port);
  },
};

const cutOff = (from: "postgres" | "redis"): Failure<WideWorld> => ({
  name: `${from === "redis" ? "Redis" : "PostgreSQL"} out of one process's reach for ${CUT_MS / 1000} s`,
  async strike({ cables }) {
    cables[from].cut();
    await pause(CUT_MS, never);
    cables[from].mend();
  },
});

const rolledIntoPolling: Failure = {
  name: "a rolling restart into long polling",
  async strike({ members }) {
    members.change({ TELEGRAM_WEBHOOK_URL: "", TELEGRAM_WEBHOOK_SECRET: "" });
    await roll(members);
  },
};

const pollerPaused: Failure = {
  name: `the process that polls paused for ${STILL_MS / 1000} s`,
  strike: async ({ members }) => paused(await pollerOf(members)),
};

const pollerKilled: Failure = {
  name: "the process that polls killed",
  strike: async ({ members }) => replaceKilled(members, await pollerOf(members)),
};

/** In this order. Telegram's messages come by webhook first, and from the last rolling restart on by long polling. */
export const ALL_FAILURES: readonly Failure<WideWorld>[] = [
  redisCrashes,
  redisEmptied,
  redisFlushed,
  failedOver,
  postgresCrashes,
  connectionsCut,
  cutOff("postgres"),
  cutOff("redis"),
  processKilled,
  processPaused,
  rolled,
  rolledIntoPolling,
  pollerPaused,
  pollerKilled,
];

async function paused({ program }: Member): Promise<void> {
  program.send("SIGSTOP");
  await pause(STILL_MS, never);
  program.send("SIGCONT");
}

async function replaceKilled(members: Members, member: Member): Promise<void> {
  await members.kill(member);
  await pause(REPLACED_MS, never);
  await members.start(member.settings);
}

/** The new one first, then the old one goes. */
async function roll(members: Members): Promise<void> {
  for (const member of members.all()) {
    await members.start(member.settings);
    await members.stop(member);
  }
}

function anyOf(members: Members, chance: Chance): Member {
  const all = members.all();
  const one = all[Math.floor(chance() * all.length)];
  if (one === undefined) throw new Error("the fleet has no process");
  return one;
}

/** The last one may have died a moment ago. */
async function pollerOf(members: Members): Promise<Member> {
  for (;;) {
    const poller = members.poller();
    if (poller !== undefined) return poller;
    await pause(200, never);
  }
}
