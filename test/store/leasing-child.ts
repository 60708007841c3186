import { createInterface } from "node:readline";
import { keepLease } from "../../src/channels/keep-lease.ts";
import { systemClock } from "../../src/clock.ts";
import { silentLog } from "../../src/log.ts";
import { postgresLeases } from "../../src/store/postgres/leases.ts";
import { openPostgres } from "../../src/store/postgres/open.ts";

/**
 * A process that keeps a lease: `url name owner ttl`. Says "held" and "lost" as it happens, and at each line of its input
 * whether it holds the lease now.
 */
const [url = "", name = "", owner = "", ttl = ""] = process.argv.slice(2);
const leases = await postgresLeases(await openPostgres(url, { max: 1 }));
const never = new AbortController().signal;
const lease = keepLease({ leases, name, owner, clock: systemClock, log: silentLog, ttl: Number(ttl) }, never);
createInterface({ input: process.stdin }).on("line", () => console.log(lease.held() ? "yes" : "no"));
for (;;) {
  const lost = await lease.whenHeld(never);
  console.log("held");
  await new Promise((resolve) => {
    if (lost.aborted) resolve(undefined);
    lost.addEventListener("abort", resolve, { once: true });
  });
  console.log("lost");
}
