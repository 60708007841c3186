import { StoreError } from "../store-error.ts";
import { wasRefused } from "./trouble.ts";
import type { Argument } from "./wire.ts";

type Send = (args: readonly Argument[]) => Promise<unknown>;

/**
 * Looks at how Redis is set up, once at the start. Throws StoreError when it would drop keys to make room: a lost seen id
 * is a message answered twice. Gives back sentences about what the operator should know.
 */
export async function checkRedis(send: Send, shown: string): Promise<readonly string[]> {
  const info = await infoOf(send);
  if (info === undefined) {
    return [
      `Redis (${shown}) does not tell how it is set up (INFO is not allowed): see yourself that its maxmemory-policy is noeviction, and that it writes to its disk.`,
    ];
  }
  return [...memory(info, shown), ...(await disk(send, info, shown))];
}

function memory(info: ReadonlyMap<string, string>, shown: string): readonly string[] {
  const policy = info.get("maxmemory_policy") ?? "noeviction";
  if (policy === "noeviction") return [];
  if (Number(info.get("maxmemory") ?? 0) > 0) {
    throw new StoreError(
      `Redis (${shown}) drops keys when its memory is full (maxmemory-policy is ${policy}).`,
      'Set it to noeviction ("CONFIG SET maxmemory-policy noeviction", and in redis.conf), or give Loket a Redis of its own.',
    );
  }
  return [
    `Redis (${shown}) would drop keys if it had a maxmemory (maxmemory-policy is ${policy}): set it to noeviction before you limit its memory.`,
  ];
}

async function disk(send: Send, info: ReadonlyMap<string, string>, shown: string): Promise<readonly string[]> {
  if (info.get("aof_enabled") === "1") return [];
  const forgets = `Redis (${shown}) %: after its restart people lose their place in the conversation, and messages that were not sent yet are not sent. Set "appendonly yes".`;
  const saves = await snapshots(send);
  if (saves === undefined) {
    return [
      `Redis (${shown}) has no append-only file, and does not tell whether it keeps snapshots (CONFIG is not allowed): see to it that it keeps its data over a restart.`,
    ];
  }
  return saves
    ? [forgets.replace("%", "keeps snapshots only and forgets the minutes since the last one")]
    : [forgets.replace("%", "writes nothing to its disk")];
}

/** Undefined where a managed Redis forbids the question. */
async function snapshots(send: Send): Promise<boolean | undefined> {
  try {
    const answer = await send(["CONFIG", "GET", "save"]);
    return !textsOf(answer).includes("");
  } catch (error) {
    if (!wasRefused(error)) throw error;
    return undefined;
  }
}

async function infoOf(send: Send): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const lines = textsOf(await send(["INFO"]))
      .join("")
      .split("\r\n");
    return new Map(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)] as const));
  } catch (error) {
    if (!wasRefused(error)) throw error;
    return undefined;
  }
}

/** The words of any shape of answer: a list in the older protocol, a map in the newer one. */
function textsOf(answer: unknown): readonly string[] {
  if (Array.isArray(answer)) return answer.flatMap(textsOf);
  if (answer instanceof Map) return [...answer].flatMap(textsOf);
  if (typeof answer === "object" && answer !== null && !Buffer.isBuffer(answer)) {
    return Object.entries(answer).flatMap(textsOf);
  }
  return [String(answer)];
}
