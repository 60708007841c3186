import { type Choice, type Language, type Say, speak } from "../../flows/index.ts";
import type { Style } from "../channels/channel.ts";
import type { Button, Outbound } from "./message.ts";

/** The longest label that a button shows whole on a phone. */
const LABEL = 20;

/** Something said, in words: with buttons where there are buttons, with numbers where there are none. */
export function render(say: Say, language: Language, style: Style): Outbound {
  const how = { style };
  const labelOf = (choice: Choice) => speak(choice.label, language, how);
  const listed = say.choices.filter((choice) => choice.listed);
  const list = style === "numbers" ? listed.map((choice, index) => `${index + 1}. ${labelOf(choice)}`).join("\n") : "";
  const paragraphs = [
    ...say.parts.map((part) => speak(part, language, how)),
    list,
    ...say.tail.map((part) => speak(part, language, how)),
  ];
  const text = paragraphs.filter((paragraph) => paragraph !== "").join("\n\n");
  if (style === "numbers" || say.choices.length === 0) return { kind: "text", text };
  const buttons = say.choices.map((choice): Button => ({ id: choice.id, label: cut(labelOf(choice)) }));
  return { kind: "choices", text, rows: inRows(buttons, say.columns) };
}

function cut(label: string): string {
  return label.length <= LABEL ? label : `${label.slice(0, LABEL - 1)}…`;
}

function inRows(buttons: readonly Button[], columns: number): readonly (readonly Button[])[] {
  return Array.from({ length: Math.ceil(buttons.length / columns) }, (_, row) =>
    buttons.slice(row * columns, (row + 1) * columns),
  );
}
