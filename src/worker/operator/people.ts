import type { DeskNews, FlowEvent } from "../../../flows/index.ts";
import { type ConversationKey, channelOf, chatOf } from "../../conversation/message.ts";
import { take } from "../../conversation/receive.ts";
import type { Staff } from "../../records/staff.ts";
import type { Deps } from "../deps.ts";

/** One command of an operator, in hand. */
export interface Hand {
  readonly deps: Deps;
  readonly operator: Staff;
  /** Where he gave it. */
  readonly chat: ConversationKey;
  /** Stable over tries of its job: what is done under it is done once. */
  readonly errand: string;
}

const CHANNELS: Readonly<Record<string, string>> = { telegram: "TG", whatsapp: "WA", web: "Web" };

/** A chat as it may be shown: an agent's name, else the channel and the last three signs of its number. */
export async function shownChat(deps: Deps, chat: ConversationKey): Promise<string> {
  const staff = await deps.records.staff.byChat(chat);
  if (staff !== undefined) return staff.name;
  const channel = channelOf(chat);
  return `${CHANNELS[channel] ?? channel} …${(await numberOf(deps, chat)).slice(-3)}`;
}

/** The phone number of a chat where it is known, else the chat's own name. */
export async function numberOf({ operators }: Deps, chat: ConversationKey): Promise<string> {
  return (await operators?.numberOf(chat)) ?? chatOf(chat);
}

/** The chats of all operators, but for those of `except`. */
export async function operatorChats({ records }: Deps, except?: Staff["id"]): Promise<readonly ConversationKey[]> {
  const operators = await records.staff.list("operator");
  return operators.filter(({ id, state }) => state === "active" && id !== except).flatMap(({ chats }) => chats);
}

/** Told once, however often it is tried. */
export async function tell(
  deps: Deps,
  chats: readonly ConversationKey[],
  { id, event }: { readonly id: string; readonly event: FlowEvent },
): Promise<void> {
  for (const chat of chats) await take(deps, chat, () => event, { seen: { key: chat, id: `desk:${id}` } });
}

/** What the other operators hear of it. */
export async function tellOthers({ deps, operator, errand }: Hand, news: DeskNews): Promise<void> {
  const chats = await operatorChats(deps, operator.id);
  await tell(deps, chats, { id: `${errand}:others`, event: { type: "desk-news", news } });
}
