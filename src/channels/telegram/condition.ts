import type { Log } from "../../log.ts";
import { type Fault, reasonOf } from "./api.ts";

/** How the channel fares, for /readyz and the log. */
export interface Condition {
  state(): { readonly ready: boolean; readonly detail: string };
  /** Telegram answered. */
  fine(detail: string): void;
  /** A call of the listener failed for the `failures`th time in a row: says so, and gives how long to wait, ms. */
  trouble(fault: Fault, failures: number): number;
}

/** ms to wait after so many failures in a row. */
export type Backoff = (failures: number) => number;

/** 1, 2, 4 … 30 s. */
export const backoff: Backoff = (failures) => Math.min(1000 * 2 ** (failures - 1), 30_000);

/** A refused token heals only by hand. */
const TOKEN_WAIT = 60_000;

export function makeCondition(log: Log, wait: Backoff): Condition {
  let ready = false;
  let detail = "not reached yet";
  return {
    state: () => ({ ready, detail }),
    fine(now) {
      ready = true;
      detail = now;
    },
    trouble(fault, failures) {
      const reason = reasonOf(fault);
      const code = fault.kind === "refused" ? fault.code : 0;
      if (code === 401 || code === 404) {
        detail = "Telegram refuses the bot token";
        log.error(
          { channel: "telegram", reason },
          `${detail}: set TELEGRAM_BOT_TOKEN to the one that @BotFather shows`,
        );
        return TOKEN_WAIT;
      }
      if (code === 409) {
        detail = "another program listens with this bot token";
        log.warn({ channel: "telegram", reason }, `${detail}: stop it, or give one of the two another bot`);
        return wait(failures);
      }
      detail = `Telegram cannot be used: ${reason}`;
      log.warn({ channel: "telegram", reason, failures }, "Telegram cannot be used, trying again");
      return code === 429 && fault.kind === "refused" ? (fault.retryAfterMs ?? wait(failures)) : wait(failures);
    },
  };
}
