import type { TelegramServer } from "../fakes/telegram/server.ts";
import type { Ended, Home, Process, Program } from "../program/program.ts";
import type { BillerTrouble } from "./biller-trouble.ts";
import { between, type Chance, pause, pick } from "./chance.ts";
import { proofOnItsWay } from "./telegram-trouble.ts";

/** When a kill comes. All but the first two wait for the moment that they name. */
export type Aim =
  | "any moment"
  | "starting"
  | "pay with the biller"
  | "pay applied, not answered"
  | "pay just answered"
  | "proof on its way"
  | "file on its way"
  | "file held";

const AIMS: readonly (readonly [Aim, number])[] = [
  ["any moment", 40],
  ["starting", 8],
  ["pay with the biller", 10],
  ["pay applied, not answered", 12],
  ["pay just answered", 12],
  ["proof on its way", 8],
  ["file on its way", 5],
  ["file held", 5],
];

/** How long the program lives at least once it is open, ms, when the moment is any. */
const SHORTEST = 30;
/** Telegram gives a file that it held back so much later, ms. */
const HELD_MS = 4_000;

export interface Pace {
  /** How long the program lives at most once it is open, ms, when the moment is any. */
  readonly longest: number;
  /** How long another moment is waited for, ms; then any is as good. */
  readonly patience: number;
}

export interface KillerOptions {
  readonly home: Home;
  readonly telegram: TelegramServer;
  readonly trouble: BillerTrouble;
  readonly chance: Chance;
  readonly pace: Pace;
  /** Whether it is enough, with so many kills. */
  readonly enough: (kills: number) => boolean;
  readonly onKill: (kills: number) => void;
}

export interface Killed {
  readonly kills: number;
  /** How many kills met each moment. */
  readonly aims: ReadonlyMap<Aim, number>;
  /** All that the killed programs wrote, and those that ended before they were killed. */
  readonly output: readonly string[];
  readonly ownEnds: readonly Ended[];
  /** It runs. */
  readonly program: Program;
}

/** Starts the program and kills it, again and again; leaves it running. */
export async function killAgainAndAgain(options: KillerOptions): Promise<Killed> {
  const { home, chance, enough, onKill } = options;
  const aims = new Map<Aim, number>();
  const output: string[] = [];
  const ownEnds: Ended[] = [];
  let kills = 0;
  let program = await home.start();
  while (!enough(kills)) {
    const aim = pick(chance, AIMS);
    const met = await strike(options, program, aim);
    await note(program, { output, ownEnds });
    aims.set(met, (aims.get(met) ?? 0) + 1);
    onKill(++kills);
    if (aim === "starting" && !enough(kills)) {
      const starting = home.spawn(["start"]);
      await Promise.race([pause(between(chance, 50, 900), new AbortController().signal), starting.ended]);
      starting.send("SIGKILL");
      await note(starting, { output, ownEnds });
      aims.set("starting", (aims.get("starting") ?? 0) + 1);
      onKill(++kills);
    }
    program = await home.start();
  }
  return { kills, aims, output, ownEnds, program };
}

/** Kills it at that moment, or at the end of the patience. */
async function strike(options: KillerOptions, program: Program, aim: Aim): Promise<Aim> {
  const { chance, pace } = options;
  const stop = new AbortController();
  const moment = momentOf(options, aim);
  const patience = moment === undefined ? between(chance, SHORTEST, pace.longest) : pace.patience;
  const met = await Promise.race([
    ...(moment === undefined ? [] : [moment.then(() => aim)]),
    pause(patience, stop.signal).then(() => undefined),
    program.ended.then(() => undefined),
  ]);
  stop.abort();
  if (aim === "pay just answered" && met === aim) {
    await pause(between(chance, 0, 60), new AbortController().signal);
  }
  await program.kill();
  return met ?? "any moment";
}

function momentOf({ trouble, telegram, chance }: KillerOptions, aim: Aim): Promise<void> | undefined {
  switch (aim) {
    case "any moment":
    case "starting":
      return undefined;
    case "pay with the biller":
    case "pay applied, not answered":
    case "pay just answered":
      return trouble.next(aim);
    case "proof on its way":
      return proofOnItsWay(telegram, "message");
    case "file on its way":
      return proofOnItsWay(telegram, "file");
    case "file held":
      return heldFile(telegram, chance);
  }
}

/** Telegram has been handed the file and has not answered. It keeps it, or not, when the program is dead. */
async function heldFile(telegram: TelegramServer, chance: Chance): Promise<void> {
  const until = pause(HELD_MS, new AbortController().signal);
  telegram.fault("sendDocument", chance() < 0.5 ? { kind: "wait", until } : { kind: "reset", when: "before" });
  await proofOnItsWay(telegram, "file");
}

async function note(
  process: Process,
  { output, ownEnds }: { readonly output: string[]; readonly ownEnds: Ended[] },
): Promise<void> {
  const ended = await process.ended;
  output.push(process.output());
  if (ended.signal !== "SIGKILL") ownEnds.push(ended);
}
