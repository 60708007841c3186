import { expect, it } from "vitest";
import type { Leases } from "../../src/channels/leases.ts";

export interface MadeLeases {
  /** Two processes' on one store. */
  readonly leases: Leases;
  readonly other: Leases;
}

const BOT = "telegram:1";
const NUMBER = "whatsapp:1";
const LONG = 60_000;
/** Over as soon as it was given: nothing has to be waited for. */
const OVER = 0;

/** What every driver of Leases owes. `make` gives an empty store each time. */
export function leasesLaw(make: () => Promise<MadeLeases>): void {
  it("gives an account to one process at a time", async () => {
    const { leases, other } = await make();
    const { fence } = (await leases.acquire(BOT, "a", LONG)) ?? { fence: 0 };
    expect(fence).toBeGreaterThan(0);
    expect(await other.acquire(BOT, "b", LONG)).toBeUndefined();
    expect(await leases.renew({ name: BOT, owner: "a", fence }, LONG)).toBe(true);
    const held = await other.list();
    expect(held).toEqual([{ name: BOT, owner: "a", fence, left: expect.any(Number) }]);
    expect(held[0]?.left).toBeGreaterThan(LONG / 2);
    expect(held[0]?.left).toBeLessThanOrEqual(LONG);
  });

  it("gives it to one of many that ask at once", async () => {
    const { leases, other } = await make();
    for (const round of [1, 2, 3]) {
      const asked = Array.from({ length: 12 }, (_, n) =>
        (n % 2 === 0 ? leases : other).acquire(`${BOT}${round}`, `${n}`, LONG),
      );
      expect((await Promise.all(asked)).filter((got) => got !== undefined)).toHaveLength(1);
    }
    expect(await leases.list()).toHaveLength(3);
  });

  it("gives what lapsed to the next one, with a higher fence, and the last one has no say any more", async () => {
    const { leases, other } = await make();
    const first = await leases.acquire(BOT, "a", OVER);
    expect(await other.list()).toEqual([]);
    const second = await other.acquire(BOT, "b", LONG);
    expect(second?.fence).toBeGreaterThan(first?.fence ?? 0);
    const old = { name: BOT, owner: "a", fence: first?.fence ?? 0 };
    expect(await leases.renew(old, LONG)).toBe(false);
    await leases.release(old);
    expect(await leases.acquire(BOT, "a", LONG)).toBeUndefined();
    expect((await leases.list()).map(({ owner }) => owner)).toEqual(["b"]);
  });

  it("does not renew what lapsed, though nobody took it", async () => {
    const { leases } = await make();
    const lease = { name: BOT, owner: "a", fence: (await leases.acquire(BOT, "a", LONG))?.fence ?? 0 };
    expect(await leases.renew(lease, OVER)).toBe(true);
    expect(await leases.renew(lease, LONG)).toBe(false);
    expect((await leases.acquire(BOT, "a", LONG))?.fence).toBeGreaterThan(lease.fence);
  });

  it("gives back at once what is released, and goes on with the fence", async () => {
    const { leases, other } = await make();
    const fence = (await leases.acquire(BOT, "a", LONG))?.fence ?? 0;
    await leases.release({ name: BOT, owner: "a", fence });
    expect(await leases.renew({ name: BOT, owner: "a", fence }, LONG)).toBe(false);
    expect(await leases.list()).toEqual([]);
    expect((await other.acquire(BOT, "b", LONG))?.fence).toBeGreaterThan(fence);
  });

  it("gives its holder a new holding when his first answer was lost, and the old one ends", async () => {
    const { leases } = await make();
    const lost = (await leases.acquire(BOT, "a", LONG))?.fence ?? 0;
    const again = (await leases.acquire(BOT, "a", LONG))?.fence ?? 0;
    expect(again).toBeGreaterThan(lost);
    expect(await leases.renew({ name: BOT, owner: "a", fence: lost }, LONG)).toBe(false);
    expect(await leases.renew({ name: BOT, owner: "a", fence: again }, LONG)).toBe(true);
  });

  it("keeps the accounts apart", async () => {
    const { leases, other } = await make();
    await leases.acquire(NUMBER, "a", LONG);
    expect(await other.acquire(BOT, "b", LONG)).toBeDefined();
    expect((await leases.list()).map(({ name, owner }) => `${name} ${owner}`)).toEqual([`${BOT} b`, `${NUMBER} a`]);
  });
}
