import { layCable } from "../program/fleet-cable.ts";
import type { WhenOver } from "../program/program.ts";
import type { WideWorld, World } from "./fleet-failures.ts";
import { startGuardedRedis, startLoneRedis } from "./fleet-redis.ts";

/** How many processes there are, and what they share. */
export interface Layout<W extends World> {
  readonly processes: number;
  redis(whenOver: WhenOver): Promise<W["redis"]>;
  /** Starts the processes. `database`: their DATABASE_URL. */
  peopled(world: World<W["redis"]>, database: string, whenOver: WhenOver): Promise<W>;
}

/** Two processes and one Redis. */
export const SMALL: Layout<World> = {
  processes: 2,
  redis: startLoneRedis,
  async peopled(world) {
    for (let at = 0; at < this.processes; at++) await world.members.start({});
    return world;
  },
};

/** Three processes and a Redis with a Sentinel; the last process reaches its stores by cables. */
export const WIDE: Layout<WideWorld> = {
  processes: 3,
  redis: startGuardedRedis,
  async peopled(world, database, whenOver) {
    const { members, redis, postgres } = world;
    const cables = {
      redis: await layCable(redis.master().port, whenOver),
      postgres: await layCable(postgres.port, whenOver),
    };
    for (let at = 1; at < this.processes; at++) await members.start({});
    await members.start({
      DATABASE_URL: cables.postgres.url(database),
      REDIS_URL: cables.redis.url(redis.master().url),
    });
    return { ...world, cables };
  },
};
