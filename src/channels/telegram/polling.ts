import type { Clock } from "../../clock.ts";
import type { Inbound } from "../../conversation/message.ts";
import type { Log } from "../../log.ts";
import type { BotApi, Fault } from "./api.ts";
import type { Backoff, Condition } from "./condition.ts";
import { ALLOWED_UPDATES, type Reading, readUpdate } from "./updates.ts";

export interface PollTools {
  readonly api: BotApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly condition: Condition;
  readonly backoff: Backoff;
  /** How long Telegram holds a question when there is nothing new, s. */
  readonly pollSeconds: number;
  /** Whether this process may still poll: asked in the tick in which a question goes out. */
  readonly mayPoll?: () => boolean;
  /** Answers a tap; best effort. */
  readonly answer: (reading: Reading) => void;
}

type Receive = (inbound: Inbound) => Promise<void>;

/**
 * telegraf's own loop loses a batch when a handler throws, and runs the messages of one chat at the same time. Here the
 * chats of a batch run side by side, each in its order, and Telegram hears that an update was taken (by the next offset)
 * only when it was.
 */
export async function poll(tools: PollTools, receive: Receive, stop: AbortSignal): Promise<void> {
  const { api, clock, condition, pollSeconds, mayPoll = () => true } = tools;
  let offset: number | undefined;
  let failures = 0;
  while (!stop.aborted && mayPoll()) {
    const ask = { timeout: pollSeconds, allowed_updates: ALLOWED_UPDATES, ...(offset === undefined ? {} : { offset }) };
    const answer = await api.call("getUpdates", ask, { ms: (pollSeconds + 10) * 1000, stop });
    if (answer.ok) {
      failures = 0;
      condition.fine("polling");
      const batch = answer.result.map(readUpdate);
      batch.forEach(tools.answer);
      offset = (await takeBatch(tools, batch, receive, stop)) ?? offset;
    } else if (!stop.aborted) {
      const wait = condition.trouble(answer.fault, ++failures);
      if (webhookInTheWay(answer.fault)) await api.call("deleteWebhook", {}, { ms: 20_000, stop });
      await clock.sleep(clock.now() + wait, stop);
    }
  }
  // So that the next start is not given again what was taken. It would be recognised, so once is enough.
  if (offset !== undefined && mayPoll()) await api.call("getUpdates", { offset, timeout: 0, limit: 1 }, { ms: 3_000 });
}

function webhookInTheWay(fault: Fault): boolean {
  return fault.kind === "refused" && fault.code === 409 && /webhook/i.test(fault.description);
}

/** The next offset: behind the batch, or at the first update that was not taken because of a stop. */
async function takeBatch(
  tools: PollTools,
  batch: readonly Reading[],
  receive: Receive,
  stop: AbortSignal,
): Promise<number | undefined> {
  const left = await Promise.all(byChat(batch).map((chat) => takeChat(tools, chat, receive, stop)));
  const open = left.flat();
  if (open.length > 0) return Math.min(...open);
  const last = batch.at(-1)?.id;
  return last === undefined ? undefined : last + 1;
}

function byChat(batch: readonly Reading[]): readonly (readonly Reading[])[] {
  const chats = new Map<string | undefined, Reading[]>();
  for (const reading of batch) {
    const chat = chats.get(reading.inbound?.key);
    if (chat === undefined) chats.set(reading.inbound?.key, [reading]);
    else chat.push(reading);
  }
  return [...chats.values()];
}

/** The ids that were not taken. */
async function takeChat(tools: PollTools, chat: readonly Reading[], receive: Receive, stop: AbortSignal) {
  for (const [at, reading] of chat.entries()) {
    if (stop.aborted || !(await takeOne(tools, reading, receive, stop))) {
      return chat.slice(at).flatMap((one) => one.id ?? []);
    }
  }
  return [];
}

/** Until it is taken (true) or the listening stops (false). */
async function takeOne(tools: PollTools, reading: Reading, receive: Receive, stop: AbortSignal): Promise<boolean> {
  const { clock, log, backoff } = tools;
  if (reading.inbound === undefined) return true;
  for (let failures = 1; ; failures++) {
    try {
      await receive(reading.inbound);
      return true;
    } catch (error) {
      log.warn(
        { channel: "telegram", update: reading.id, failures, error },
        "an update was not taken, offering it again",
      );
    }
    await clock.sleep(clock.now() + backoff(failures), stop);
    if (stop.aborted) return false;
  }
}
