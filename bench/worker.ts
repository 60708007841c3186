import type { Context } from "./mode.ts";
import { kill } from "./modes/kill.ts";
import { paid } from "./modes/paid.ts";
import { park } from "./modes/park.ts";
import { parkedCost } from "./modes/parked-cost.ts";
import { race } from "./modes/race.ts";
import { share } from "./modes/share.ts";
import { soak } from "./modes/soak.ts";
import { speed } from "./modes/speed.ts";
import { twice } from "./modes/twice.ts";
import { watchRedis } from "./redis.ts";
import { systemOf } from "./systems.ts";

/** One measurement of one system, in a process of its own. */
export interface Work {
  readonly system: string;
  readonly mode: keyof typeof MODES;
  readonly options: unknown;
  readonly folder: string;
  readonly redisUrl: string | undefined;
}

/** Each is given by `main` what it takes. */
const MODES = { speed, park, twice, race, kill, "parked-cost": parkedCost, soak, paid, share } as const;

async function work({ system: name, mode, options, folder, redisUrl }: Work): Promise<unknown> {
  const system = await systemOf(name);
  const url = system.usesRedis ? redisUrl : undefined;
  const redis = url === undefined ? undefined : await watchRedis(url);
  const nobody = { told: () => {}, paid: () => {} };
  const pays = ["twice", "race", "kill", "paid"].includes(mode);
  const context: Context = { system, redis, world: { ...nobody, folder, redisUrl: url, pays } };
  const run = MODES[mode] as (context: Context, options: unknown) => Promise<unknown>;
  const result = await run(context, options);
  redis?.close();
  return result;
}

const asked: Work = JSON.parse(process.argv[2] ?? "{}");
process.stdout.write(`${JSON.stringify(await work(asked))}\n`, () => process.exit(0));
