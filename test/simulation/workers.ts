import { fork } from "node:child_process";
import { buildSimulation } from "./build.ts";
import { coverage, type Groups } from "./coverage.ts";
import type { Ran } from "./run.ts";

/** What one process of several is to live through. It is an argument of `worker-main.ts`, as JSON. */
export interface Share {
  readonly seed: string;
  readonly payments: number;
  readonly seconds: number | undefined;
  readonly lies: boolean;
}

/** What it tells on the way, and at its end. */
export type Told =
  | { readonly kind: "lived"; readonly payments: number }
  | { readonly kind: "ran"; readonly ran: Omit<Ran, "cover"> & { readonly cover: Groups } };

export interface SeveralOptions extends Share {
  readonly workers: number;
  /** How many payments all of them have lived through, now and then. */
  readonly onLived: (payments: number) => void;
}

/** What is thrown away is thrown away young: a large nursery saves a tenth of the time. */
const NODE = ["--max-semi-space-size=64"];

/** The same run in several processes: seed S is lived through as S.0, S.1 …, each to the end of its share. */
export async function simulateInProcesses({ workers, onLived, ...share }: SeveralOptions): Promise<Ran> {
  const built = buildSimulation();
  const lived = new Map<number, number>();
  const all = Array.from({ length: workers }, (_, number) => {
    const mine = { ...share, seed: `${share.seed}.${number}`, payments: Math.ceil(share.payments / workers) };
    return oneProcess(built.file("worker-main.js"), mine, (payments) => {
      lived.set(number, payments);
      onLived([...lived.values()].reduce((sum, of) => sum + of, 0));
    });
  });
  try {
    return merged(await Promise.all(all));
  } finally {
    built.remove();
  }
}

function oneProcess(main: string, share: Share, onLived: (payments: number) => void): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = fork(main, [JSON.stringify(share)], { execArgv: NODE });
    child.on("message", (told: Told) => {
      if (told.kind === "lived") onLived(told.payments);
      else resolve({ ...told.ran, cover: coverage(told.ran.cover) });
    });
    child.on("error", reject);
    // After its result this changes nothing any more.
    child.on("exit", (code) => reject(new Error(`the process of seed ${share.seed} ended with ${code}`)));
  });
}

function merged(all: readonly Ran[]): Ran {
  const sum = (of: (ran: Ran) => number) => all.reduce((total, ran) => total + of(ran), 0);
  const cover = coverage();
  for (const ran of all) cover.merge(ran.cover);
  return {
    payments: sum(({ payments }) => payments),
    worlds: sum(({ worlds }) => worlds),
    whole: sum(({ whole }) => whole),
    cover,
    violations: all.flatMap(({ violations }) => violations),
  };
}
