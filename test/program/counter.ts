import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { SandboxOptions } from "../../src/biller/sandbox/server.ts";
import { startTelegram, type TelegramServer } from "../fakes/telegram/server.ts";
import { type GatedBiller, startBiller, type Trouble } from "./biller-gate.ts";
import { type Home, makeHome, type Settings, type WhenOver } from "./program.ts";

/** A counter with everything that it works with, all on this machine; nothing of it is started yet but the others. */
export interface Counter {
  readonly telegram: TelegramServer;
  readonly biller: GatedBiller;
  readonly home: Home;
}

export interface CounterOptions {
  readonly settings?: Settings;
  readonly biller?: Partial<SandboxOptions>;
  readonly trouble?: Trouble;
  readonly whenOver?: WhenOver;
}

/** Must be called in a test, or told when all is over. */
export async function makeCounter(options: CounterOptions = {}): Promise<Counter> {
  const { settings, trouble, whenOver = onTestFinished } = options;
  const telegram = await startTelegram();
  whenOver(() => telegram.close());
  const biller = await startBiller(options.biller, { whenOver, ...(trouble === undefined ? {} : { trouble }) });
  const channel = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot };
  const home = makeHome({ ...biller.settings, ...channel, ...settings }, whenOver);
  return { telegram, biller, home };
}

/** A port that was free a moment ago: for a program whose address others must know before it starts. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
