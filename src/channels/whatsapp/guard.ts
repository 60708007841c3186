import type { Log } from "../../log.ts";
import { quietLibsignal } from "./quiet.ts";
import { watchStorages } from "./storages.ts";
import { watchStrays } from "./strays.ts";

/** What the process needs before Baileys may be loaded into it; once is enough. */
export function guardProcess(log: Log): void {
  quietLibsignal(log);
  watchStrays(log);
  watchStorages();
}
