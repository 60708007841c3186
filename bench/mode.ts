import type { RedisWatch } from "./redis.ts";
import type { System, World } from "./system.ts";

/** What a measurement is given. It runs in a process of its own. */
export interface Context {
  readonly system: System;
  readonly redis: RedisWatch | undefined;
  /** Of a system that hears nobody; each measurement listens itself. */
  readonly world: World;
}
