import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { keepLease } from "../../src/channels/keep-lease.ts";
import type { Leases } from "../../src/channels/leases.ts";
import type { Clock } from "../../src/clock.ts";
import { silentLog } from "../../src/log.ts";
import { leasesLaw } from "../contract/leases.ts";
import { type HandClock, handClock } from "../fakes/clock.ts";
import { leasesBy } from "../fakes/leases.ts";

const NAME = "telegram:1";
const HOUR = 3_600_000;

describe("leases in memory", () =>
  leasesLaw(async () => {
    const leases = leasesBy(() => 0);
    return { leases, other: leases };
  }));

/** A store by its own clock. */
function store() {
  const clock = handClock();
  return { clock, leases: leasesBy(clock.now) };
}

/** A process that wants the account; its clocks are its own. `away`: the store cannot be reached from it. */
function process(leases: Leases, owner: string, clock: Clock = handClock()) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const way = { isAway: false, hangs: false };
  const reached = async <T>(work: () => Promise<T>): Promise<T> => {
    if (way.isAway) throw new Error("away");
    if (way.hangs) await new Promise(() => {});
    return work();
  };
  const through: Leases = {
    acquire: (...asked) => reached(() => leases.acquire(...asked)),
    renew: (...asked) => reached(() => leases.renew(...asked)),
    release: (...asked) => reached(() => leases.release(...asked)),
    list: () => reached(() => leases.list()),
  };
  const lease = keepLease({ leases: through, name: NAME, owner, clock, log: silentLog }, stop.signal);
  return { lease, stop, way };
}

/** Time passes for all of them alike, a second at a time. */
async function pass(ms: number, ...clocks: readonly HandClock[]): Promise<void> {
  for (let gone = 0; gone < ms; gone += 1_000) {
    for (const clock of clocks) await clock.advance(Math.min(1_000, ms - gone));
  }
}

const never = () => new AbortController().signal;

describe("an account's lease", () => {
  it("is held by its heartbeat for as long as the process lives, and by nobody else", async () => {
    const { clock, leases } = store();
    const [here, there] = [handClock(), handClock()];
    const { lease } = process(leases, "a", here);
    await clock.settle();
    const other = process(leases, "b", there);
    const lost = await lease.whenHeld(never());
    for (let time = 0; time < 60; time++) {
      await pass(1_000, clock, here, there);
      expect([lease.held(), other.lease.held()]).toEqual([true, false]);
    }
    expect([lost.aborted, lease.fence(), other.lease.fence()]).toEqual([false, 1, undefined]);
  });

  it("of a process that died is another's within 15 s, with a higher fence", async () => {
    const { clock, leases } = store();
    process(leases, "dead", handClock());
    await clock.settle();
    const there = handClock();
    const { lease } = process(leases, "b", there);
    const taken = lease.whenHeld(never());
    await pass(9_000, clock, there);
    expect(lease.held()).toBe(false);
    await pass(6_000, clock, there);
    expect(lease.held()).toBe(true);
    expect((await taken).aborted).toBe(false);
    expect(lease.fence()).toBe(2);
  });

  it("is over for a process that stood still in the tick in which it looks, before anything else ran in it", async () => {
    const { clock, leases } = store();
    const hand = handClock();
    let stood = 0;
    const jumping: Clock = {
      now: () => hand.now() + stood,
      monotonic: () => hand.monotonic() + stood,
      sleep: (until, stop) => hand.sleep(until - stood, stop),
    };
    const { lease } = process(leases, "a", jumping);
    const lost = await lease.whenHeld(never());
    expect(lease.held()).toBe(true);
    stood = 20_000;
    expect([lease.held(), lease.fence(), lost.aborted]).toEqual([false, undefined, true]);
    // Nobody took it meanwhile: it gets it anew, and the old holding stays over.
    await pass(4_000, clock, hand);
    expect([lease.held(), lost.aborted]).toEqual([true, true]);
    expect(lease.fence()).toBe(2);
  });

  it("is over when the wall clock says so alone: the steady one of a machine that slept stood still", async () => {
    const { clock, leases } = store();
    const hand = handClock();
    const { lease } = process(leases, "a", hand);
    await clock.settle();
    hand.setWall(hand.now() + 20_000);
    expect(lease.held()).toBe(false);
  });

  it("is not held for longer because the wall clock was set back", async () => {
    const { clock, leases } = store();
    const hand = handClock();
    const { lease } = process(leases, "a", hand);
    await clock.settle();
    hand.setWall(hand.now() - HOUR);
    await hand.advance(8_000);
    expect(lease.held()).toBe(true);
    await hand.advance(1_500);
    expect(lease.held()).toBe(false);
  });

  it("that was stolen ends at the next heartbeat, and is waited for again", async () => {
    const { clock, leases } = store();
    const hand = handClock();
    const { lease } = process(leases, "a", hand);
    const lost = await lease.whenHeld(never());
    await leases.release({ name: NAME, owner: "a", fence: 1 });
    await leases.acquire(NAME, "thief", 10_000);
    await pass(4_000, clock, hand);
    expect([lease.held(), lost.aborted]).toEqual([false, true]);
    const again = lease.whenHeld(never());
    await pass(12_000, clock, hand);
    expect([(await again).aborted, lease.fence()]).toEqual([false, 3]);
  });

  it.each([
    ["cannot be reached", "isAway"],
    ["does not answer", "hangs"],
  ] as const)("ends by itself while the store %s", async (_, how) => {
    const { clock, leases } = store();
    const hand = handClock();
    const { lease, way } = process(leases, "a", hand);
    const lost = await lease.whenHeld(never());
    way[how] = true;
    await pass(8_000, clock, hand);
    expect([lease.held(), lost.aborted]).toEqual([true, false]);
    await pass(2_000, clock, hand);
    // The signal came of itself: nobody has asked since.
    expect(lost.aborted).toBe(true);
    expect(lease.held()).toBe(false);
  });

  it("survives a store that is away for a moment, and is had again after a long absence", async () => {
    const { clock, leases } = store();
    const hand = handClock();
    const { lease, way } = process(leases, "a", hand);
    const lost = await lease.whenHeld(never());
    await pass(2_000, clock, hand);
    way.isAway = true;
    await pass(5_000, clock, hand);
    way.isAway = false;
    await pass(10_000, clock, hand);
    expect([lease.held(), lost.aborted]).toEqual([true, false]);
    way.isAway = true;
    await pass(60_000, clock, hand);
    expect(lease.held()).toBe(false);
    way.isAway = false;
    await pass(2_000, clock, hand);
    expect(lease.held()).toBe(true);
  });

  it("is given back at the stop, so that another one has it at its next look", async () => {
    const { clock, leases } = store();
    const there = handClock();
    const first = process(leases, "a");
    const lost = await first.lease.whenHeld(never());
    const { lease } = process(leases, "b", there);
    await clock.settle();
    first.stop.abort();
    await first.lease.ended;
    expect([first.lease.held(), lost.aborted]).toEqual([false, true]);
    await pass(4_000, clock, there);
    expect(lease.held()).toBe(true);
  });

  it("is not given back by a process that lost it", async () => {
    const { clock, leases } = store();
    const first = process(leases, "a");
    await first.lease.whenHeld(never());
    await clock.advance(11_000);
    await leases.acquire(NAME, "b", 10_000);
    first.stop.abort();
    await first.lease.ended;
    expect((await leases.list()).map(({ owner }) => owner)).toEqual(["b"]);
  });

  it("is not waited for by whoever stops first", async () => {
    const { leases } = store();
    await leases.acquire(NAME, "other", HOUR);
    const { lease, stop } = process(leases, "a");
    const own = new AbortController();
    const waits = [lease.whenHeld(own.signal), lease.whenHeld(never())];
    own.abort();
    expect((await waits[0])?.aborted).toBe(true);
    stop.abort();
    expect((await waits[1])?.aborted).toBe(true);
    expect((await lease.whenHeld(never())).aborted).toBe(true);
  });

  it("is held from the start and for good by a program that owns its store alone", async () => {
    const stop = new AbortController();
    const hand = handClock();
    const options = { leases: undefined, name: NAME, owner: "a", clock: hand, log: silentLog };
    const lease = keepLease(options, stop.signal);
    const lost = await lease.whenHeld(stop.signal);
    await hand.freeze(HOUR);
    expect([lease.held(), lease.fence(), lost.aborted]).toEqual([true, 1, false]);
    stop.abort();
    expect((await lease.whenHeld(stop.signal)).aborted).toBe(true);
    await lease.ended;
  });
});

describe("whatever happens to three processes whose clocks differ by hours", () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("pass"), ms: fc.integer({ min: 1, max: 4_000 }) }) },
    fc.record({ kind: fc.constant("freeze"), ms: fc.integer({ min: 7_000, max: 16_000 }) }),
    fc.record({ kind: fc.constant("cut"), ms: fc.integer({ min: 7_000, max: 16_000 }) }),
    fc.record({ kind: fc.constant("way"), who: fc.nat(2), isAway: fc.boolean() }),
    fc.record({ kind: fc.constant("wall"), who: fc.nat(2), by: fc.integer({ min: -30_000, max: 30_000 }) }),
  );

  it("no two of them ever hold the account, and somebody does in the end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { clock, leases } = store();
        const clocks = [-HOUR, 0, 2 * HOUR].map((off) => handClock(clock.now() + off));
        const all = clocks.map((own, n) => process(leases, `p${n}`, own));
        const holders = () => all.filter(({ lease }) => lease.held()).length;
        const holder = () => all.findIndex(({ lease }) => lease.held());
        let most = 0;
        const look = () => {
          most = Math.max(most, holders());
        };
        /** `frozen` runs nothing meanwhile; its clocks go on. */
        const passes = async (ms: number, frozen?: number) => {
          for (let gone = 0; gone < ms; gone += 1_000) {
            const part = Math.min(1_000, ms - gone);
            await clock.advance(part);
            for (const [n, own] of clocks.entries()) if (n !== frozen) await own.advance(part);
            if (frozen === undefined) look();
            else most = Math.max(most, all.filter(({ lease }, n) => n !== frozen && lease.held()).length);
          }
          if (frozen === undefined) return;
          await clocks[frozen]?.freeze(ms);
          look();
        };
        for (const one of steps) {
          if (one.kind === "pass") await passes(one.ms);
          else if (one.kind === "freeze") await passes(one.ms, Math.max(0, holder()));
          else if (one.kind === "way") Object.assign(all[one.who]?.way ?? {}, { isAway: one.isAway });
          else if (one.kind === "cut") {
            Object.assign(all[holder()]?.way ?? {}, { isAway: true });
            await passes(one.ms);
          } else clocks[one.who]?.setWall((clocks[one.who]?.now() ?? 0) + one.by);
          look();
        }
        for (const { way } of all) way.isAway = false;
        // A wall clock that was set back wakes who sleeps by it so much later.
        for (let time = 0; time < 1_000 && holder() < 0; time++) await passes(1_000);
        expect([most <= 1, holders()]).toEqual([true, 1]);
        for (const { stop } of all) stop.abort();
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });
});
