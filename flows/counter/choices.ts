import { readRef } from "../../src/domain/ref.ts";
import type { Choice, Field, GlobalWord, UserEvent } from "../flow.ts";
import { eventOfRelayChoice } from "../relay/choices.ts";
import { type Part, part } from "../words/words.ts";

/** What is open at a place: the sentence that asks, and the answers that can be tapped or numbered. */
export interface Question {
  readonly parts: readonly Part[];
  readonly tail?: readonly Part[];
  readonly choices?: readonly Choice[];
  readonly columns?: 1 | 2;
  readonly stays?: boolean;
}

/**
 * A choice's id is the event that it stands for, written small (a Telegram button holds 64 bytes), so that a tap on an
 * old message still means what it said. What may no longer hold carries a number or a nonce.
 */
const SIMPLE: ReadonlyMap<string, UserEvent> = new Map([
  ["another", { type: "another" }],
  ["same-nik", { type: "same-nik" }],
  ["last", { type: "last-vehicle" }],
  ["erase:yes", { type: "erase", sure: true }],
  ["erase:no", { type: "erase", sure: false }],
]);

const WORDS: readonly GlobalWord[] = [
  "cancel",
  "menu",
  "help",
  "status",
  "human",
  "restart",
  "resume",
  "where-chassis",
] as const;

const FIELDS: readonly string[] = ["region", "nik", "chassis", "unsaid"];

/** What comes back in a tap is foreign: a product is one of the biller's codes, or nothing that we ever sent. */
const PRODUCT = /^[\w .-]{1,40}$/;

export function eventOfChoice(id: string): UserEvent | undefined {
  const [kind = "", first = "", second = ""] = id.split(":");
  switch (kind) {
    case "region":
      return PRODUCT.test(first) ? { type: "fill", region: { product: first, guessed: false } } : undefined;
    case "pay":
      return { type: "confirm", nonce: first };
    case "word":
      return wordEvent(first);
    case "change":
      return FIELDS.includes(first) ? { type: "change", field: first as Field | "unsaid" } : undefined;
    case "doubt":
      return doubtEvent(first, second);
    case "open":
      return PRODUCT.test(first) ? { type: "tell-when-open", product: first } : undefined;
    case "proof":
      return proofEvent(first, second);
    default:
      return SIMPLE.get(id) ?? relayEvent(id);
  }
}

/** A customer's choices about a request; an agent's are none of his. */
function relayEvent(id: string): UserEvent | undefined {
  const event = eventOfRelayChoice(id);
  return event?.type === "agent-act" ? undefined : event;
}

function wordEvent(name: string): UserEvent | undefined {
  const word = WORDS.find((known) => known === name);
  return word === undefined ? undefined : { type: "word", word };
}

function doubtEvent(number: string, answer: string): UserEvent | undefined {
  if (answer !== "fix" && answer !== "keep" && answer !== "retype") return undefined;
  return /^\d{1,9}$/.test(number) ? { type: "doubt", answer, number: Number(number) } : undefined;
}

function proofEvent(code: string, form: string): UserEvent | undefined {
  const ref = readRef(code);
  return ref === undefined || (form !== "pdf" && form !== "image") ? undefined : { type: "proof", ref, form };
}

/** Telegram's limit of a button's data, in bytes. */
const ID_BYTES = 64;

export function choice(id: string, label: Part): Choice {
  return { id, label, listed: true };
}

/** A choice that the sentence names itself: a button where there are buttons, no number where there are none. */
export function named(id: string, label: Part): Choice {
  return { id, label, listed: false };
}

export function regionChoices(
  regions: readonly { readonly product: string; readonly open: boolean }[],
): readonly Choice[] {
  return regions
    .map((region) =>
      choice(`region:${region.product}`, part("label_region", { product: region.product, open: region.open })),
    )
    .filter(({ id }) => Buffer.byteLength(id) <= ID_BYTES && eventOfChoice(id) !== undefined);
}

export const CHANGES: readonly Choice[] = [
  choice("change:region", part("label_change_region", {})),
  choice("change:nik", part("label_change_nik", {})),
  choice("change:chassis", part("label_change_chassis", {})),
];
