import type { Conversation, JobId } from "../../conversation/conversation.ts";
import type { Change } from "../../conversation/conversations.ts";
import type { ConversationKey } from "../../conversation/message.ts";

/** What this process saved last, so that it need not ask for it a second later. Another process may have gone on since. */
export interface Memory {
  recall(key: ConversationKey): Conversation | undefined;
  /** How the record of that revision begins, if it is remembered: no other record begins so. */
  basis(key: ConversationKey, revision: number): Buffer | undefined;
  sent(job: JobId): string | undefined;
  /** A change that was made, with the record that was written. */
  keep(change: Change, record: Buffer | undefined): void;
  forget(key: ConversationKey): void;
  /** Whatever was sent. */
  forgetSent(): void;
}

interface Kept {
  readonly conversation: Conversation;
  readonly basis: Buffer;
}

/** Chats that are being written in, and their messages. */
const CHATS = 2_000;
const SENT = 5_000;
/** The revision, the time and the nonce of the sealing. */
const BASIS = 48;

export function remembering(): Memory {
  const chats = new Map<ConversationKey, Kept>();
  const refs = new Map<JobId, string>();
  return {
    recall: (key) => chats.get(key)?.conversation,
    basis(key, revision) {
      const kept = chats.get(key);
      return kept?.conversation.revision === revision ? kept.basis : undefined;
    },
    sent: (job) => refs.get(job),
    keep({ conversation, finish }, record) {
      if (conversation !== undefined && record !== undefined) {
        const { next } = conversation;
        put(chats, next.key, { conversation: next, basis: Buffer.from(record.subarray(0, BASIS)) }, CHATS);
      }
      if (finish?.ref !== undefined && finish.next === "done") put(refs, finish.job, finish.ref, SENT);
    },
    forget: (key) => void chats.delete(key),
    forgetSent: () => refs.clear(),
  };
}

function put<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > most && oldest.done === false) map.delete(oldest.value);
}
