import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Inbound } from "../../conversation/message.ts";
import type { Log } from "../../log.ts";
import { type Reading, readUpdate } from "./updates.ts";

/** Where Telegram's calls come in: for the web server. */
export interface WebhookDoor {
  /**
   * One call of Telegram, with its whole body. The status is the answer: 200 only once the update was taken, and
   * Telegram repeats the call after anything else.
   */
  handle(headers: Headers, body: string): Promise<{ readonly status: number }>;
}

export interface WebhookTools {
  readonly secret: string;
  readonly log: Log;
  /** Answers a tap; best effort. */
  readonly answer: (reading: Reading) => void;
}

export interface Webhook extends WebhookDoor {
  /** Takes updates until `stop` aborts; then lets what is under way end. */
  listen(receive: Receive, stop: AbortSignal): Promise<void>;
}

type Receive = (inbound: Inbound) => Promise<void>;

/** Bytes. The web server should refuse more before it reads it. */
export const WEBHOOK_LIMIT = 1024 * 1024;

/** A path that nobody can guess, the same at every start and on every Node. */
export function webhookPath(secret: string): string {
  return `/telegram/${createHmac("sha256", secret).update("webhook path").digest("hex").slice(0, 40)}`;
}

export function makeWebhook(tools: WebhookTools): Webhook {
  const lanes = makeLanes();
  const isOurs = secretLock(tools.secret);
  let receiver: Receive | undefined;
  return {
    async handle(headers, body) {
      if (!isOurs(headers.get("x-telegram-bot-api-secret-token") ?? "")) return { status: 403 };
      if (Buffer.byteLength(body) > WEBHOOK_LIMIT) return { status: 413 };
      const reading = parse(body);
      if (reading?.id === undefined) return { status: 400 };
      const receive = receiver;
      if (receive === undefined) return { status: 503 };
      tools.answer(reading);
      const { inbound } = reading;
      if (inbound === undefined) return { status: 200 };
      try {
        await lanes.behind(inbound.key, () => receive(inbound));
        return { status: 200 };
      } catch (error) {
        tools.log.warn(
          { channel: "telegram", update: reading.id, error },
          "an update was not taken, Telegram offers it again",
        );
        return { status: 500 };
      }
    },
    async listen(receive, stop) {
      receiver = receive;
      if (!stop.aborted) await new Promise((resolve) => stop.addEventListener("abort", resolve, { once: true }));
      receiver = undefined;
      await lanes.empty();
    },
  };
}

/**
 * Telegram calls for several updates at a time. Those of one chat run one after another, and when one fails, those that
 * wait behind it fail too: they come again behind it.
 */
function makeLanes() {
  const tails = new Map<string, Promise<void>>();
  return {
    async behind(key: string, work: () => Promise<void>): Promise<void> {
      const tail = (tails.get(key) ?? Promise.resolve()).then(work);
      tails.set(key, tail);
      try {
        await tail;
      } finally {
        if (tails.get(key) === tail) tails.delete(key);
      }
    },
    async empty(): Promise<void> {
      await Promise.allSettled(tails.values());
    },
  };
}

/** In a time that says nothing about how much of it is right. */
function secretLock(secret: string): (given: string) => boolean {
  const digest = (of: string) => createHash("sha256").update(of).digest();
  const ours = digest(secret);
  return (given) => timingSafeEqual(digest(given), ours);
}

function parse(body: string): Reading | undefined {
  try {
    return readUpdate(JSON.parse(body));
  } catch {
    return undefined;
  }
}
