import type { Leases } from "../../src/channels/leases.ts";

interface Row {
  readonly owner: string | undefined;
  readonly fence: number;
  readonly until: number;
}

/** Leases in memory, by the time that it is told. */
export function leasesBy(now: () => number): Leases {
  const rows = new Map<string, Row>();
  const isLive = (row: Row | undefined) => row?.owner !== undefined && row.until > now();
  const own = (name: string, owner: string, fence: number) => {
    const row = rows.get(name);
    return row?.owner === owner && row.fence === fence ? row : undefined;
  };
  return {
    async acquire(name, owner, ttl) {
      const row = rows.get(name);
      if (isLive(row) && row?.owner !== owner) return undefined;
      const fence = (row?.fence ?? 0) + 1;
      rows.set(name, { owner, fence, until: now() + ttl });
      return { fence };
    },
    async renew({ name, owner, fence }, ttl) {
      if (!isLive(own(name, owner, fence))) return false;
      rows.set(name, { owner, fence, until: now() + ttl });
      return true;
    },
    async release({ name, owner, fence }) {
      if (own(name, owner, fence) !== undefined) rows.set(name, { owner: undefined, fence, until: 0 });
    },
    async list() {
      const live = [...rows].filter(([, row]) => isLive(row)).sort(([a], [b]) => (a < b ? -1 : 1));
      return live.map(([name, { owner = "", fence, until }]) => ({ name, owner, fence, left: until - now() }));
    },
  };
}
