import type { HeldLease, Leases } from "../../channels/leases.ts";
import { migrate } from "./migrate.ts";
import type { Pg } from "./open.ts";

// A row stays when its lease is over: the fence goes on from there.
const STEPS = [
  `CREATE TABLE channel_leases(
  name text PRIMARY KEY, owner text, fence bigint NOT NULL, until timestamptz NOT NULL)`,
];

const END = "clock_timestamp() + $1::float8 * interval '1 millisecond'";

/**
 * The leases of channel accounts in PostgreSQL, by the server's clock as it is when a row is its own to change (not by
 * now(), which is that of before it waited). Failover needs a synchronous standby: one that lacks the last row would
 * give an account to two.
 */
export async function postgresLeases(pg: Pg): Promise<Leases> {
  await migrate(pg, "channel-leases", STEPS);
  const acquire = `INSERT INTO channel_leases AS l (name, owner, fence, until) VALUES($2, $3, 1, ${END})
    ON CONFLICT(name) DO UPDATE SET owner = excluded.owner, fence = l.fence + 1, until = ${END}
    WHERE l.owner IS NULL OR l.owner = excluded.owner OR l.until <= clock_timestamp() RETURNING fence`;
  const renew = `UPDATE channel_leases SET until = ${END}
    WHERE name = $2 AND owner = $3 AND fence = $4 AND until > clock_timestamp()`;
  const release = "UPDATE channel_leases SET owner = NULL WHERE name = $1 AND owner = $2 AND fence = $3";
  const list = `SELECT name, owner, fence, ceil(extract(epoch FROM until - clock_timestamp()) * 1000) AS left
    FROM channel_leases WHERE owner IS NOT NULL AND until > clock_timestamp() ORDER BY name`;
  return {
    acquire: (name, owner, ttl) => pg.get<{ fence: number }>(acquire, [ttl, name, owner]),
    renew: async ({ name, owner, fence }, ttl) => (await pg.run(renew, [ttl, name, owner, fence])) === 1,
    release: async ({ name, owner, fence }) => void (await pg.run(release, [name, owner, fence])),
    list: () => pg.all<HeldLease>(list),
  };
}
