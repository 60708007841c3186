import { createHash } from "node:crypto";
import type { Log } from "../../log.ts";
import { readAddress } from "./address.ts";
import { checkRedis } from "./check.ts";
import { stepped } from "./deadline.ts";
import { away, explainedReply, isNoScript, mayPass, wasRefused } from "./trouble.ts";
import { type Argument, type Ears, type Wire, wireTo } from "./wire.ts";

export interface Script {
  readonly text: string;
  readonly sha: string;
}

export function scriptOf(text: string): Script {
  return { text, sha: createHash("sha1").update(text).digest("hex") };
}

export interface RedisOptions {
  /** All keys begin with it, in braces: in a Cluster they are then on one master, where a script may touch them all. */
  readonly tag?: string;
  /** How long one step may take, with all its tries, ms. */
  readonly within?: number;
  /** Hears when the connection is lost and when it is there again. */
  readonly log?: Log;
}

/**
 * A Redis, a Sentinel's master or a Cluster. A step that finds it away is tried again until its deadline, and then
 * rejects with a StoreError; what it asked for may still have been done.
 */
export interface Redis {
  /** What all keys begin with, for example `{loket}:`. */
  readonly base: string;
  /** What the operator should hear of how this Redis is set up: sentences for the log. */
  readonly warnings: readonly string[];
  send(args: readonly Argument[]): Promise<unknown>;
  /** One script, as one step. It gets `base` as its only key. */
  run(script: Script, args: readonly Argument[]): Promise<unknown>;
  /** Tells every process that shares this Redis, this one too. Nobody waits for it, and it may be lost. */
  tell(message: string): void;
  /** Hears what was told, and "" when some of it may have been missed. */
  hear(listener: (message: string) => void): void;
  close(): Promise<void>;
}

const WITHIN = 5_000;

/**
 * Opens what REDIS_URL names (`readAddress`). Throws StoreError when it cannot be reached within the deadline, refuses
 * us, or is set up to drop keys.
 */
export async function openRedis(
  url: string,
  { tag = "loket", within = WITHIN, log }: RedisOptions = {},
): Promise<Redis> {
  const address = readAddress(url);
  const { shown } = address;
  const base = `{${tag}}:`;
  const listeners = new Set<(message: string) => void>();
  const spread = (message: string) => {
    for (const listener of listeners) listener(message);
  };
  const watch = watching(shown, log, () => spread(""));
  const wire = wireTo(address, watch);
  const channel = `${base}told`;
  const step = <T>(work: () => Promise<T>): Promise<T> =>
    stepped({ within, work, mayPass, late: (last) => away(shown, within, watch.why() ?? last) }).catch(
      (error: unknown) => {
        throw explainedReply(shown, error);
      },
    );
  const send = (args: readonly Argument[]) => step(() => wire.send(base, args));
  try {
    await opened(step, wire, watch);
    await step(() => wire.subscribe(channel, spread));
    const warnings = await checkRedis(send, shown);
    return {
      base,
      warnings,
      send,
      run: ({ text, sha }, args) =>
        step(async () => {
          try {
            return await wire.send(base, ["EVALSHA", sha, "1", base, ...args]);
          } catch (error) {
            // It was restarted, or is another one by now.
            if (!isNoScript(error)) throw error;
            return wire.send(base, ["EVAL", text, "1", base, ...args]);
          }
        }),
      tell: together((message) => wire.publish(channel, message)),
      hear: (listener) => void listeners.add(listener),
      close: () => wire.destroy(),
    };
  } catch (error) {
    await wire.destroy();
    throw error;
  }
}

/** Connecting goes on by itself, but not once Redis itself said no: it is begun once, and waited for like any step. */
async function opened(step: <T>(work: () => Promise<T>) => Promise<T>, wire: Wire, watch: Watch): Promise<void> {
  const connecting = Promise.race([wire.connect(), watch.refused]);
  // After the deadline nobody waits for it any more.
  connecting.catch(() => {});
  await step(() => connecting);
}

interface Watch extends Ears {
  /** Why it is away. */
  readonly why: () => unknown;
  /** Rejects when Redis refuses us. */
  readonly refused: Promise<never>;
}

/** One line when it is lost and one when it is back, however often the client says so. */
function watching(shown: string, log: Log | undefined, back: () => void): Watch {
  let why: unknown;
  let refuse: (error: unknown) => void = () => {};
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  refused.catch(() => {});
  return {
    why: () => why,
    refused,
    lost(error: unknown) {
      if (why === undefined) log?.warn({ error, redis: shown }, "Redis is away; trying to reach it again");
      why = error;
      if (wasRefused(error)) refuse(error);
    },
    ready() {
      if (why !== undefined) log?.info({ redis: shown }, "Redis is back");
      why = undefined;
      back();
    },
  };
}

/** While one message is on its way the next of the same words is enough for all that come meanwhile. */
function together(publish: (message: string) => Promise<unknown>): (message: string) => void {
  const underWay = new Set<string>();
  const again = new Set<string>();
  const tell = (message: string): void => {
    if (underWay.has(message)) {
      again.add(message);
      return;
    }
    underWay.add(message);
    const next = () => {
      underWay.delete(message);
      if (again.delete(message)) tell(message);
    };
    publish(message).then(next, next);
  };
  return tell;
}
