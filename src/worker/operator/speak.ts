import type { Language, Part } from "../../../flows/index.ts";
import type { JobId } from "../../conversation/conversation.ts";
import { save } from "../../conversation/crew.ts";
import type { ConversationKey } from "../../conversation/message.ts";
import type { Hand } from "./people.ts";

/** Something said to another chat, in its own language and in order with what it is told else. Once, however often tried. */
export async function sayTo(
  { deps, errand }: Hand,
  { chat, key, part }: { readonly chat: ConversationKey; readonly key: string; readonly part: Part },
): Promise<void> {
  const conversation = await deps.conversations.load(chat);
  const language = (conversation?.context as { readonly language?: Language } | undefined)?.language ?? "id";
  const say = { parts: [part], tail: [], choices: [], columns: 1, stays: false } as const;
  const at = deps.clock.now();
  const id = `${errand}/${key}` as JobId;
  const job = { id, key: chat, queue: "say", lane: chat, dueAt: at, task: { kind: "say", say, language } } as const;
  await save(deps.conversations, { at, seen: { key: chat, id: `desk:${id}` }, enqueue: [job] });
}
