import {
  eventOfOperatorChoice,
  type Open as OpenIn,
  type OperatorPlace,
  type PinTyped,
  speak,
  type UserEvent,
  type World,
} from "../../flows/index.ts";
import { readPlate } from "../domain/plate.ts";
import { readRef } from "../domain/ref.ts";
import { commandEvent } from "./commands.ts";
import { operatorCommand } from "./operator-commands.ts";
import { bare, GREETINGS, withoutFaces } from "./words.ts";

/** What an operator writes to. */
type Open = Extract<OpenIn, { flow: "operator" }>;

/** How long his next words are meant for a customer, ms. */
const PATIENCE = 10 * 60_000;

/** What an operator typed, as an event of his desk, or a PIN where one is asked for. `typed` is trimmed, and not empty. */
export function operatorEvent(typed: string, open: Open, world: World): UserEvent | PinTyped {
  const word = bare(typed);
  const said = withoutFaces(word);
  const command = operatorCommand(typed, word);
  const lacksSomething = command?.type === "command-unclear" || command?.type === "command-sums";
  return (
    pinEvent(typed, open.place) ??
    // "Kirim ulang fotonya" is no command to who is writing to a customer.
    (lacksSomething ? replyEvent(typed, open, world.at) : undefined) ??
    command ??
    globalEvent(said) ??
    replyEvent(typed, open, world.at) ??
    chosen(said, open, world) ??
    taskEvent(word) ??
    findEvent(typed) ??
    (GREETINGS.has(said) ? { type: "greets" as const } : { type: "nonsense" as const, text: typed })
  );
}

/** Six digits. Where a new PIN is asked for, other lengths as well: that it is too short is said. */
function pinEvent(typed: string, place: OperatorPlace): UserEvent | PinTyped | undefined {
  const digits = typed.replace(/[\s.-]/g, "");
  const isSix = /^\d{6}$/.test(digits);
  switch (place) {
    case "pinNew":
      return /^\d{4,12}$/.test(digits) ? { type: "pin-typed", pin: digits, purpose: "new" } : undefined;
    case "pinAgain":
    case "pin":
      return isSix ? { type: "pin-typed", pin: digits, purpose: "check" } : undefined;
    case "desk":
      return isSix ? { type: "pin-unasked" } : undefined;
  }
}

/** The words that everybody has; those that are a customer's alone are looked at by the flow. */
function globalEvent(word: string): UserEvent | undefined {
  const event = commandEvent(word);
  return event?.type === "word" || event?.type === "thanks" || event?.type === "enrol" ? event : undefined;
}

/** He was asked what to write to a customer. */
function replyEvent(text: string, { context }: Open, at: number): UserEvent | undefined {
  const { replyTo } = context;
  if (replyTo === undefined || at - replyTo.at >= PATIENCE) return undefined;
  return { type: "command", command: { kind: "reply", id: replyTo.id, text } };
}

/** A number of the last list, or a label itself. */
function chosen(word: string, { context }: Open, world: World): UserEvent | undefined {
  const { list, language } = context;
  if (list.length === 0) return undefined;
  if (/^\d{1,2}$/.test(word)) {
    const picked = list[Number(word) - 1];
    return picked === undefined ? { type: "no-such-choice", choices: list.length } : eventOfOperatorChoice(picked.id);
  }
  const label = list.find((choice) => bare(speak(choice.label, language, { style: world.style })) === word);
  return label === undefined ? undefined : eventOfOperatorChoice(label.id);
}

/** `#12`: that task. */
function taskEvent(word: string): UserEvent | undefined {
  const id = /^#(\d{1,9})$/.exec(word)?.[1];
  return id === undefined ? undefined : { type: "command", command: { kind: "task", id: Number(id) } };
}

/** A plate, or a payment's number with a digit in it, by itself: CARI. */
function findEvent(typed: string): UserEvent | undefined {
  const isRef = readRef(typed) !== undefined && /[2-9]/.test(typed);
  if (!isRef && readPlate(typed) === undefined) return undefined;
  return { type: "command", command: { kind: "find", text: typed } };
}
