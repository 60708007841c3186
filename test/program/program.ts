import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";

/** What `bin` names, as the build leaves it. */
const CLI = resolve(import.meta.dirname, "../../dist/src/cli.js");

export type Settings = Readonly<Record<string, string>>;

/** How a process ended and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `loket` process that runs. */
export interface Process {
  /** Resolves to the first line of its output, from its start on, that fits; rejects when it ends without one. */
  line(pattern: RegExp): Promise<string>;
  /** All that it wrote, in the order in which it was read. */
  output(): string;
  send(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/** The counter, open. */
export interface Program extends Process {
  readonly url: string;
  /** SIGTERM; resolves when it has ended. */
  stop(): Promise<Ended>;
  /** SIGKILL; resolves when it is dead. */
  kill(): Promise<void>;
}

/** A folder of its own with a database in it, and the programs that run there. All is gone after the test. */
export interface Home {
  readonly folder: string;
  readonly database: string;
  /** `npx loket start`; resolves when the counter is open. Its settings stand above the home's. */
  start(settings?: Settings): Promise<Program>;
  /** Any other command, to its end. */
  loket(args: readonly string[], settings?: Settings): Promise<Ended>;
  /** Any command, running. */
  spawn(args: readonly string[], settings?: Settings): Process;
  /** Resolves to the address of the counter, once it is open and not being killed. */
  open(): Promise<string>;
}

export const SECRET = "a secret of the tests, longer than 32 characters";

/** Takes what is to be cleared away when all is over: the end of a test, unless somebody else says. */
export type WhenOver = (clear: () => void | Promise<void>) => void;

/** Must be called in a test, or told when it is to be cleared away. */
export function makeHome(settings: Settings = {}, whenOver: WhenOver = onTestFinished): Home {
  const folder = mkdtempSync(join(tmpdir(), "loket-program-"));
  const database = join(folder, "loket.db");
  const running = new Set<Process>();
  const door = makeDoor();
  const run = (args: readonly string[], more: Settings = {}): Process => {
    const env = { DATABASE_URL: `sqlite:${database}`, LOKET_SECRET: SECRET, PORT: "0", ...settings, ...more };
    const process = started(args, folder, env);
    running.add(process);
    void process.ended.then(() => running.delete(process));
    return process;
  };
  whenOver(async () => {
    for (const process of running) process.send("SIGKILL");
    await Promise.all([...running].map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    database,
    spawn: run,
    loket: (args, more) => run(args, more).ended,
    open: door.open,
    async start(more) {
      const process = run(["start"], more);
      const said = await process.line(/^The counter is open: /);
      const url = said.replace("The counter is open: ", "").trim();
      door.set(url);
      const end = async (signal: NodeJS.Signals) => {
        door.set(undefined);
        process.send(signal);
        return process.ended;
      };
      return { ...process, url, stop: () => end("SIGTERM"), kill: async () => void (await end("SIGKILL")) };
    },
  };
}

/** An empty setting is none: so the home's own can be taken away. */
function started(args: readonly string[], cwd: string, settings: Settings): Process {
  const set = Object.entries(settings).filter(([, value]) => value !== "");
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env: { PATH, HOME, USER: "tester", ...Object.fromEntries(set) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { output, line, texts } = listenTo(child);
  const ended = new Promise<Ended>((done) => {
    child.once("close", (code, signal) => done({ code, signal, ...texts }));
  });
  return { output, line, ended, send: (signal) => void child.kill(signal) };
}

interface Waiter {
  readonly pattern: RegExp;
  readonly found: (line: string) => void;
  readonly lost: (error: Error) => void;
}

function listenTo(child: ChildProcess) {
  const texts = { stdout: "", stderr: "" };
  let all = "";
  /** The whole lines of it; the beginning of the next one stands behind them. */
  const lines: string[] = [];
  let rest = "";
  const waiting = new Set<Waiter>();
  const hear = (text: string) => {
    const whole = `${rest}${text}`.split("\n");
    rest = whole.pop() ?? "";
    lines.push(...whole);
    for (const waiter of waiting) {
      // What came before was looked through when he began to wait.
      const line = whole.find((one) => waiter.pattern.test(one));
      if (line === undefined) continue;
      waiting.delete(waiter);
      waiter.found(line);
    }
  };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
      all += text;
      hear(text);
    });
  }
  let over = false;
  child.once("close", () => {
    over = true;
    for (const { pattern, lost } of waiting) lost(new Error(`it ended without the line ${pattern}:\n${all}`));
  });
  const line = (pattern: RegExp) =>
    new Promise<string>((found, lost) => {
      const before = lines.find((one) => pattern.test(one));
      if (before !== undefined) return found(before);
      waiting.add({ pattern, found, lost });
      if (over) lost(new Error(`it has ended without the line ${pattern}:\n${all}`));
    });
  return { texts, line, output: () => all };
}

/** The address at which the counter is open now. */
function makeDoor() {
  let url: string | undefined;
  const waiting = new Set<(url: string) => void>();
  return {
    set(now: string | undefined) {
      url = now;
      if (now === undefined) return;
      for (const come of waiting) come(now);
      waiting.clear();
    },
    open: () => (url === undefined ? new Promise<string>((come) => waiting.add(come)) : Promise.resolve(url)),
  };
}
