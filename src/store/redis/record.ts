import type { Conversation } from "../../conversation/conversation.ts";
import type { ConversationKey } from "../../conversation/message.ts";
import type { Sealer } from "../sealing.ts";
import { squeeze, unsqueeze } from "./squeeze.ts";

const BAR = "|".charCodeAt(0);

/** What is sealed. */
interface Inside {
  readonly flow: string;
  readonly version: number;
  readonly quietAt?: number;
  readonly value: unknown;
  readonly context: unknown;
}

/** A conversation as one string, `revision|updatedAt|` and the sealed rest: the scripts read the two numbers. */
export function recordOf(conversation: Conversation, sealer: Sealer): Buffer {
  const { key, revision, flow, version, value, context, quietAt, updatedAt } = conversation;
  const inside: Inside = { flow, version, ...(quietAt === undefined ? {} : { quietAt }), value, context };
  const sealed = sealer.sealBytes(squeeze(JSON.stringify(inside)), aboutConversation(key));
  return Buffer.concat([Buffer.from(`${revision}|${updatedAt}|`), sealed]);
}

export function conversationOf(key: ConversationKey, record: Buffer, sealer: Sealer): Conversation {
  const bar = record.indexOf(BAR);
  const second = record.indexOf(BAR, bar + 1);
  const text = unsqueeze(sealer.openBytes(record.subarray(second + 1), aboutConversation(key)));
  const { flow, version, quietAt, value, context } = JSON.parse(text) as Inside;
  return {
    key,
    revision: Number(record.toString("latin1", 0, bar)),
    flow,
    version,
    value,
    context,
    quietAt,
    updatedAt: Number(record.toString("latin1", bar + 1, second)),
  };
}

function aboutConversation(key: string): string {
  return `conversations:${key}`;
}
