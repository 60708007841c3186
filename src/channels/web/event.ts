import type { Button, Outbound } from "../../conversation/message.ts";
import { BOLD_OFF, BOLD_ON } from "../../domain/text.ts";

/** A stretch of text: the page makes nodes of these, never markup. `\n` is a new line. */
export interface Part {
  readonly text: string;
  readonly bold?: true;
}

/** What the page is told to show. `at` is ms since 1970; `ref` of `close` is the number of the event it is about. */
export type WebEvent =
  | { readonly kind: "text"; readonly at: number; readonly parts: readonly Part[] }
  | {
      readonly kind: "choices";
      readonly at: number;
      readonly parts: readonly Part[];
      readonly rows: readonly (readonly Button[])[];
    }
  | {
      readonly kind: "document" | "image";
      readonly at: number;
      readonly parts: readonly Part[];
      readonly file: { readonly id: string; readonly name: string; readonly mime: string; readonly size: number };
    }
  | { readonly kind: "close"; readonly at: number; readonly ref: string }
  /** `ref` is the id that the page gave to the message of its user. */
  | { readonly kind: "forget"; readonly at: number; readonly ref: string }
  /** What the user of the tab wrote or tapped, so that a reload and a second window show it too. */
  | { readonly kind: "you"; readonly at: number; readonly id: string; readonly text: string }
  | { readonly kind: "tapped"; readonly at: number; readonly id: string; readonly data: string; readonly on: string }
  /** Stands where the user's message stood before it was deleted. */
  | { readonly kind: "forgotten"; readonly at: number; readonly id: string };

/** The event of a message of ours; `file` is the id under which the bytes of a document or image were kept. */
export function eventOf(message: Outbound, at: number, file: string): WebEvent {
  switch (message.kind) {
    case "text":
      return { kind: "text", at, parts: partsOf(message.text) };
    case "choices":
      return { kind: "choices", at, parts: partsOf(message.text), rows: message.rows };
    case "document":
    case "image":
      return {
        kind: message.kind,
        at,
        parts: partsOf(message.caption),
        file: { id: file, name: message.name, mime: message.mime, size: message.bytes.length },
      };
    case "close":
    case "forget":
      return { kind: message.kind, at, ref: message.ref };
  }
}

/** Cuts at the bold marks; a mark that has no partner is dropped and ends with the text. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let bold = false;
  let from = 0;
  const cut = (to: number) => {
    if (to > from) parts.push(bold ? { text: text.slice(from, to), bold: true } : { text: text.slice(from, to) });
    from = to + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const mark = text[at];
    if (mark !== BOLD_ON && mark !== BOLD_OFF) continue;
    cut(at);
    bold = mark === BOLD_ON;
  }
  cut(text.length);
  return parts;
}
