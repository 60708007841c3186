import type { Conversations } from "../../src/conversation/conversations.ts";
import { conversationKey } from "../../src/conversation/message.ts";

/** How many are saved at once. */
const AT_ONCE = 512;

/**
 * Saves `count` conversations beside that of `like`, as they stand there: by the port that the program itself saves by,
 * so that a million do not need three million turns.
 */
export async function parkLike(
  conversations: Conversations,
  { like, from, count }: { readonly like: number; readonly from: number; readonly count: number },
): Promise<void> {
  const found = await conversations.load(conversationKey("telegram", String(like)));
  if (found === undefined) throw new Error("the conversation to copy is not there");
  for (let at = 0; at < count; at += AT_ONCE) {
    const users = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, place) => from + at + place);
    await Promise.all(
      users.map((user) => {
        const key = conversationKey("telegram", String(user));
        const next = { ...found, key, revision: 1 };
        return conversations.commit({ at: found.updatedAt, conversation: { next, expect: 0 } });
      }),
    );
  }
}
