import { describe, expect, test } from "vitest";
import { type Driven, drive } from "../../bench/drive.ts";
import type { Findings } from "../../bench/findings.ts";
import { latencies, median } from "../../bench/measure.ts";
import { readOptions } from "../../bench/options.ts";
import { ratios, tables } from "../../bench/report.ts";

describe("the benchmark measures what it says", () => {
  test("each user says its six messages in order, each after the reply to the one before, and no more users than asked for speak at once", async () => {
    const said = new Map<number, number[]>();
    const speaking = { now: 0, most: 0 };
    const waiting = new Map<number, () => void>();
    const driven = await drive(
      {
        async deliver(user, _, turn) {
          said.set(user, [...(said.get(user) ?? []), turn]);
          speaking.most = Math.max(speaking.most, ++speaking.now);
          setImmediate(() => {
            speaking.now--;
            waiting.get(user)?.();
          });
        },
        replied: (user) => new Promise((resolve) => waiting.set(user, resolve)),
        close: async () => {},
      },
      { inFlight: 5, warmMs: 1, warmTurns: 60, runMs: 20, firstUser: 1 },
    );
    expect([...said.values()].every((turns) => turns.join() === "0,1,2,3,4,5")).toBe(true);
    expect(said.size).toBe(driven.users);
    expect(speaking.most).toBe(5);
    expect(driven.turns).toBeGreaterThan(0);
    expect(driven.turns).toBeLessThanOrEqual(driven.users * 6 - 60);
    expect(driven.p99).toBeGreaterThanOrEqual(driven.p50);
  });

  test("a median is the middle, and a percentile is one of the values", () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
    const times = latencies();
    for (let ms = 1; ms <= 10_000; ms++) times.push(ms);
    expect([times.at(0.5), times.at(0.99)]).toEqual([5001, 9901]);
  });

  test("ratios are of the medians at 64 in flight, and those whose parts are missing are left out", () => {
    const slow = found("loket-redis", [120, 90, 300]);
    const parts = [found("telegraf-echo", [10]), found("loket-step", [40]), found("one-evalsha", [10])];
    expect(ratios([slow, ...parts]).map(({ what, value }) => [what, value])).toEqual([
      ["CPU of a turn on Redis / (echo + step + one script)", 2],
    ]);
    expect(tables([slow]).join("\n")).toContain("| loket-redis | 64 | 1,000 | 1 | 2 | 120 | - |");
  });

  test("options say what is wrong with them", () => {
    expect(readOptions(["--quick"])).toMatchObject({ rounds: 1, quick: true, mode: { kind: "compare" } });
    expect(readOptions(["--parked", "1_000_000", "--peers", "a, b"])).toMatchObject({
      mode: { kind: "parked", count: 1_000_000 },
      names: ["a", "b"],
    });
    expect(() => readOptions(["--rounds", "none"])).toThrow(/--rounds none/);
  });
});

function found(name: string, cpus: readonly number[]): Findings {
  const speed = cpus.map((nodeCpu) => {
    const row: Driven = {
      inFlight: 64,
      turns: 6,
      perSecond: 1000,
      p50: 1,
      p99: 2,
      nodeCpu,
      otherCpu: undefined,
      users: 1,
    };
    return { coreSpeed: 1, rows: [row] };
  });
  return { name, speed, parked: [], broken: [] };
}
