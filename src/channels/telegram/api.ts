import { Telegram, TelegramError } from "telegraf";
import type { Telegram as Methods, Opts } from "telegraf/types";
import type { Clock } from "../../clock.ts";

/**
 * Why a call came to nothing. refused: Telegram said no. unreached: nothing was written, so nothing happened.
 * unanswered: it may have taken effect. No text of the HTTP client gets in here: its errors hold the address, and the
 * address holds the token.
 */
export type Fault =
  | { readonly kind: "refused"; readonly code: number; readonly description: string; readonly retryAfterMs?: number }
  | { readonly kind: "unreached"; readonly code: string }
  | { readonly kind: "unanswered"; readonly code: string };

export type Answer<T> = { readonly ok: true; readonly result: T } | { readonly ok: false; readonly fault: Fault };

/** How long a call may take, ms; a `stop` ends it earlier. */
export interface Patience {
  readonly ms: number;
  readonly stop?: AbortSignal;
}

/** One call of the Bot API. Never rejects, never repeats. */
export interface BotApi {
  call<M extends keyof Methods>(
    method: M,
    payload: Opts<M>,
    patience: Patience,
  ): Promise<Answer<ReturnType<Methods[M]>>>;
}

/** telegraf's types name the signal of a package for old Nodes; what it takes is the platform's own. */
type TelegrafSignal = AbortSignal & NonNullable<NonNullable<Parameters<Telegram["callApi"]>[2]>["signal"]>;

export interface ApiOptions {
  readonly token: string;
  /** Another Bot API server than Telegram's own. */
  readonly apiRoot?: string;
  readonly clock: Clock;
}

export function botApi(options: ApiOptions): BotApi {
  const { token, apiRoot, clock } = options;
  const telegram = new Telegram(token, { webhookReply: false, ...(apiRoot === undefined ? {} : { apiRoot }) });
  const within = deadlines(clock);
  return {
    async call(method, payload, patience) {
      const line = within(patience);
      try {
        return { ok: true, result: await telegram.callApi(method, payload, { signal: line.signal as TelegrafSignal }) };
      } catch (error) {
        return { ok: false, fault: faultOf(error, token) };
      } finally {
        line.end();
      }
    },
  };
}

/** In a few words, for a log line or a Delivery's reason. */
export function reasonOf(fault: Fault): string {
  return fault.kind === "refused" ? `${fault.code} ${fault.description}` : `${fault.kind} (${fault.code})`;
}

/** Given as the reason, so that no error is made of each call that ends well. */
const OVER = "over";
const LATE = "late";

interface Deadline {
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/** Calls of the same patience, oldest first: until when each may take. */
interface Line {
  readonly calls: Map<() => void, number>;
  over: AbortController | undefined;
}

/** The client itself would wait for 500 s. One timer serves all calls of the same patience: hundreds may be under way. */
function deadlines(clock: Clock): (patience: Patience) => Deadline {
  const lines = new Map<number, Line>();
  return ({ ms, stop }) => {
    const line = lines.get(ms) ?? { calls: new Map(), over: undefined };
    lines.set(ms, line);
    const cut = new AbortController();
    const abort = () => cut.abort(LATE);
    if (stop?.aborted) abort();
    stop?.addEventListener("abort", abort, { once: true });
    line.calls.set(abort, clock.now() + ms);
    if (line.over === undefined) void watch(clock, line);
    const end = () => {
      stop?.removeEventListener("abort", abort);
      line.calls.delete(abort);
      if (line.calls.size > 0) return;
      line.over?.abort(OVER);
      line.over = undefined;
    };
    return { signal: cut.signal, end };
  };
}

/** Until no call is under way. */
async function watch(clock: Clock, line: Line): Promise<void> {
  const over = new AbortController();
  line.over = over;
  for (let [first] = line.calls.values(); first !== undefined; [first] = line.calls.values()) {
    await clock.sleep(first, over.signal);
    if (over.signal.aborted) return;
    const now = clock.now();
    for (const [abort, until] of line.calls) {
      if (until > now) break;
      line.calls.delete(abort);
      abort();
    }
  }
  line.over = undefined;
}

/** Before the connection was made, or while its certificate was looked at: nothing of ours was written. */
const UNREACHED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

function faultOf(error: unknown, token: string): Fault {
  if (error instanceof TelegramError) {
    const after = error.parameters?.retry_after;
    return {
      kind: "refused",
      code: error.code,
      description: String(error.description).replaceAll(token, "[token]").slice(0, 200),
      ...(after === undefined ? {} : { retryAfterMs: after * 1000 }),
    };
  }
  const code = codeOf(error);
  return UNREACHED.has(code) ? { kind: "unreached", code } : { kind: "unanswered", code };
}

/** A word such as ECONNRESET, aborted, invalid-json; never a sentence. */
function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  for (const key of ["code", "type", "name"] as const) {
    const value = key in error ? Reflect.get(error, key) : undefined;
    if (typeof value === "string" && /^[\w-]{1,60}$/.test(value)) return value;
  }
  return "unknown";
}
