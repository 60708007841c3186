import { readFileSync } from "node:fs";

/** Times of many turns, ms. */
export interface Latencies {
  push(ms: number): void;
  /** At `part` of all (0.5 the median). Undefined when there is none. */
  at(part: number): number | undefined;
}

export function latencies(): Latencies {
  let all = new Float64Array(4096);
  let count = 0;
  return {
    push(ms) {
      if (count === all.length) {
        const wider = new Float64Array(count * 2);
        wider.set(all);
        all = wider;
      }
      all[count++] = ms;
    },
    at: (part) => all.slice(0, count).sort()[Math.min(count - 1, Math.floor(count * part))],
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** To four figures. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Resident memory of a process, bytes. */
export function residentOf(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kib) * 1024;
}

/** How fast this core is just now: rounds of a fixed loop, millions a second. */
export function coreSpeed(): number {
  const began = performance.now();
  let rounds = 0;
  let value = 1;
  while (performance.now() - began < 100) {
    for (let i = 0; i < 10_000; i++) value = (value * 1_103_515_245 + 12_345) & 0x7fffffff;
    rounds += 10_000;
  }
  return rounded(rounds / (performance.now() - began) / 1000 + (value < 0 ? 1 : 0));
}
