import { ClientClosedError, ErrorReply } from "redis";
import { StoreAway, StoreError } from "../store-error.ts";

/** What Redis answers while it starts, is replaced, or moves keys: another try may go better. */
const PASSES = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|NOREPLICAS|UNKILLABLE|MOVED|ASK)\b/;

/** Everything that Redis did not say itself is the network, but for our own faults. */
export function mayPass(error: unknown): boolean {
  if (error instanceof ErrorReply) return PASSES.test(error.message);
  return !(error instanceof ClientClosedError || error instanceof TypeError || error instanceof RangeError);
}

export function isNoScript(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith("NOSCRIPT");
}

/** Redis said "no" itself, to this command. */
export function wasRefused(error: unknown): boolean {
  if (error instanceof StoreError) return wasRefused(error.cause);
  return error instanceof ErrorReply && !PASSES.test(error.message);
}

export function away(shown: string, ms: number, cause: unknown): StoreAway {
  return new StoreAway(
    `Redis (${shown}) did not answer within ${ms / 1000} s${because(cause)}.`,
    "See that it runs and can be reached; the program goes on trying by itself.",
    cause,
  );
}

function because(cause: unknown): string {
  if (!(cause instanceof Error)) return "";
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const said = code ?? (cause instanceof ErrorReply ? cause.message.split(" ")[0] : undefined);
  return said === undefined ? "" : ` (${said})`;
}

const SENTENCES: readonly (readonly [code: RegExp, what: string, toDo: string])[] = [
  [
    /^OOM\b|\bOOM command not allowed/,
    "is full: it holds as much as its maxmemory allows.",
    "Give it more memory; it may not drop keys to make room.",
  ],
  [/^MISCONF\b/, "cannot write to its disk, and takes nothing new.", "Look at its disk and its log."],
  [
    /^(NOAUTH|WRONGPASS)\b|AUTH.* called without any password|invalid username-password/,
    "refuses our name or password.",
    "Put the right user and password into REDIS_URL.",
  ],
  [
    /^NOPERM\b/,
    "does not let our user do what the program needs.",
    "Give the user of REDIS_URL the rights to EVAL, EVALSHA, GET, PUBLISH, SUBSCRIBE, INFO, and to all keys and channels that begin with {loket}.",
  ],
  [
    /unknown command|DENIED\b/i,
    "does not know or does not allow a command that the program needs.",
    "Use a Redis of version 6.2 or later (or Valkey) that lets clients run scripts.",
  ],
];

/** The sentence for an answer of Redis; what has none here (a fault in a script) comes back as it is. */
export function explainedReply(shown: string, error: unknown): unknown {
  if (!(error instanceof ErrorReply)) return error;
  const entry = SENTENCES.find(([code]) => code.test(error.message));
  return entry === undefined ? error : new StoreError(`Redis (${shown}) ${entry[1]}`, entry[2], error);
}
