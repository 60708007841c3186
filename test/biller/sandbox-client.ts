import { mmbcBiller } from "../../src/biller/mmbc.ts";
import type { VehicleKind } from "../../src/biller/sandbox/kinds.ts";
import { SANDBOX_LOGIN } from "../../src/biller/sandbox/server.ts";
import { EXAMPLE_NIK, testChassis } from "../../src/biller/sandbox/vehicles.ts";
import { systemClock } from "../../src/clock.ts";
import { silentLog } from "../../src/log.ts";

export const YES = () => true;

/** A client of a sandbox. `answerMs` is its deadline for pay, status and inquiry. */
export function clientOf({ url }: { url: string }, body: "form" | "json" = "form", answerMs = 5_000) {
  const timeouts = { answerMs, regionsMs: 5_000, connectMs: 5_000 };
  return mmbcBiller({ url, ...SANDBOX_LOGIN, body, clock: systemClock, log: silentLog, timeouts });
}

export const queryOf = (kind: VehicleKind, number = 1) => ({
  product: "SAMSAT_JABAR",
  nik: EXAMPLE_NIK,
  chassis: testChassis(kind, number),
});
