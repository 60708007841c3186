import type { Brand } from "../domain/brand.ts";

/** Whose conversation: `<channel>:<the platform's chat id>`, for example `telegram:4242`. */
export type ConversationKey = Brand<string, "ConversationKey">;

export function conversationKey(channel: string, chat: string): ConversationKey {
  return `${channel}:${chat}` as ConversationKey;
}

export function channelOf(key: ConversationKey): string {
  return key.slice(0, key.indexOf(":"));
}

export function chatOf(key: ConversationKey): string {
  return key.slice(key.indexOf(":") + 1);
}

export type Language = "id" | "en";

export type MediaKind =
  | "voice"
  | "photo"
  | "video"
  | "sticker"
  | "document"
  | "location"
  | "contact"
  | "call"
  | "other";

export type Content =
  | { readonly kind: "text"; readonly text: string }
  /** A tap on a button that we sent: `data` is the choice's id, `on` the platform's id of the message that holds it. */
  | { readonly kind: "tap"; readonly data: string; readonly on: string }
  /**
   * `picture`: by which its own channel has the picture again for a while (`Channel.picture`); it holds no bytes, but what
   * opens them. Not there for what is no picture, is too big, or was to be seen once.
   */
  | { readonly kind: "media"; readonly media: MediaKind; readonly picture?: string }
  /** The operator wrote to this person himself, on his phone. */
  | { readonly kind: "operator" }
  /** Something written so long ago, while we were away, that an answer to it would confuse. */
  | { readonly kind: "late" };

/** What the platform says of the person who writes. Untrusted. */
export interface Sender {
  readonly name?: string;
  readonly language?: Language;
  /** Where a request came from when the platform gives no identity that costs something (the web chat: an address). */
  readonly origin?: string;
}

/** One message of a user, or one tap. */
export interface Inbound {
  /** The platform's id, stable over redeliveries and unique within the conversation. */
  readonly id: string;
  readonly key: ConversationKey;
  readonly sender: Sender;
  readonly content: Content;
  /** The platform's id of the user's message, so that it can be deleted. */
  readonly messageRef?: string;
}

export interface Button {
  /** At most 64 bytes; comes back in a tap. */
  readonly id: string;
  /** At most 20 characters. */
  readonly label: string;
}

/**
 * What goes out. `text` is plain text but for the two bold marks of domain/text; each channel escapes it and turns the
 * marks into its own.
 */
export type Outbound =
  | { readonly kind: "text"; readonly text: string }
  /** On a channel without buttons the text already says what to answer, and `rows` are not shown. */
  | { readonly kind: "choices"; readonly text: string; readonly rows: readonly (readonly Button[])[] }
  | {
      readonly kind: "document" | "image";
      readonly bytes: Uint8Array;
      readonly name: string;
      readonly mime: string;
      readonly caption: string;
    }
  /** Delete the user's message. */
  | { readonly kind: "forget"; readonly ref: string }
  /** Take the keyboard off a message of ours. */
  | { readonly kind: "close"; readonly ref: string };
