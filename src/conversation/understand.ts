import type { Context } from "../../flows/index.ts";
import { eventOfChoice, type Place, question, speak, type UserEvent, type World } from "../../flows/index.ts";
import { readChassis } from "../domain/chassis.ts";
import { readNik } from "../domain/nik.ts";
import { readPlate, showPlate } from "../domain/plate.ts";
import { readCode, readRef } from "../domain/ref.ts";
import { readRegion } from "../domain/region.ts";
import { fieldsIn } from "./fields.ts";
import type { Content, MediaKind } from "./message.ts";
import { bare, GLOBAL_WORDS, nearly, THANKS, WANTS_TO_PAY } from "./words.ts";

/** What the person writes to: the state that is open, and what the flow remembers. */
export interface Open {
  readonly place: Place;
  readonly context: Context;
}

/** Longer texts are nobody's answer (Telegram takes 4096 characters, WhatsApp more). */
const LONGEST = 2000;

const MEDIA: Readonly<Record<MediaKind, "voice" | "photo" | "call" | "other">> = {
  voice: "voice",
  photo: "photo",
  call: "call",
  video: "other",
  sticker: "other",
  document: "other",
  location: "other",
  contact: "other",
  other: "other",
};

/** A text or a tap as an event of the open question. Total and pure: what cannot be read is nonsense. */
export function understand(content: Content, open: Open, world: World, messageRef?: string): UserEvent {
  switch (content.kind) {
    case "media":
      return { type: "media", media: MEDIA[content.media] };
    // Until the flow knows what to do with them.
    case "operator":
    case "late":
      return { type: "nonsense", text: "" };
    case "tap":
      return eventOfChoice(content.data) ?? { type: "nonsense", text: "" };
    case "text": {
      const event = textEvent(content.text, open, world);
      return event.type === "fill" && messageRef !== undefined ? { ...event, messageRef } : event;
    }
  }
}

function textEvent(text: string, open: Open, world: World): UserEvent {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > LONGEST) return { type: "nonsense", text: "" };
  const word = bare(trimmed);
  return (
    codeEvent(trimmed, word, open) ??
    globalEvent(word) ??
    chosen(word, open, world) ??
    wantsToPay(word, open) ??
    openField(trimmed, open, world) ??
    otherFields(trimmed, open, world) ??
    letterEvent(word) ?? { type: "nonsense", text: trimmed }
  );
}

/** Three digits alone or after BAYAR, nothing else, no question mark (script rule 10). */
function codeEvent(text: string, word: string, open: Open): UserEvent | undefined {
  const [, verb = "", code = ""] = /^(?:([a-z]+)\s*)?(\d{3})$/.exec(word) ?? [];
  if (code === "" || text.includes("?")) return undefined;
  if (verb !== "" && !nearly(verb, "bayar") && verb !== "pay") return undefined;
  const known = open.context.codes.includes(code);
  // A NIK may be typed in pieces: three digits that are no code of this chat are a code only where a bill is open.
  if (verb === "" && !known && open.place !== "bill") return undefined;
  return { type: "confirm-code", code };
}

function globalEvent(word: string): UserEvent | undefined {
  const known = GLOBAL_WORDS.get(word);
  if (known !== undefined) return { type: "word", word: known };
  if (THANKS.has(word)) return { type: "thanks" };
  const [verb = "", ...rest] = word.split(" ");
  const said = rest.join(" ");
  switch (verb) {
    case "bukti":
    case "proof":
      return proofEvent(said);
    case "asli":
    case "genuine": {
      const code = readCode(said);
      return { type: "word", word: "authentic", ...(code === undefined ? {} : { code }) };
    }
    case "ubah":
    case "change":
    case "salah":
      return { type: "change", field: fieldNamed(said) };
    case "tetap":
    case "keep":
      return said === "" ? { type: "doubt", answer: "keep", number: undefined } : undefined;
    case "start":
      return { type: "word", word: "menu" };
    default:
      return undefined;
  }
}

function proofEvent(said: string): UserEvent | undefined {
  if (said === "") return { type: "word", word: "proof" };
  const ref = readRef(said) ?? readCode(said)?.slice(0, 5);
  const read = ref === undefined ? undefined : readRef(ref);
  return read === undefined ? undefined : { type: "word", word: "proof", ref: read };
}

function fieldNamed(word: string): "region" | "nik" | "chassis" | "unsaid" {
  if (/wilayah|region|daerah/.test(word)) return "region";
  if (/\bnik\b|ktp/.test(word)) return "nik";
  if (/rangka|chassis/.test(word)) return "chassis";
  return "unsaid";
}

/** A number of the list, or a label itself. */
function chosen(word: string, open: Open, world: World): UserEvent | undefined {
  const choices = question(open.place, open.context, world).choices ?? [];
  const listed = choices.filter((choice) => choice.listed);
  if (/^\d{1,2}$/.test(word) && listed.length > 0) {
    const picked = listed[Number(word) - 1];
    if (picked !== undefined) return eventOfChoice(picked.id);
    return open.place === "nik" ? undefined : { type: "no-such-choice", choices: listed.length };
  }
  const labelled = choices.find(
    ({ label }) => bare(speak(label, open.context.language, { style: world.style })) === word,
  );
  // A bill is never confirmed by typing what stands on its button.
  return labelled === undefined || labelled.id.startsWith("pay:") ? undefined : eventOfChoice(labelled.id);
}

function wantsToPay(word: string, open: Open): UserEvent | undefined {
  const atBill = open.place === "bill" || (open.place === "human" && open.context.quote !== undefined);
  return atBill && (WANTS_TO_PAY.has(word) || nearly(word, "bayar")) ? { type: "wants-to-pay" } : undefined;
}

/** What the open question asks for, read generously. */
function openField(text: string, open: Open, world: World): UserEvent | undefined {
  const doubtful = open.context.doubts[0]?.about;
  const asked = open.place === "doubt" ? (doubtful?.startsWith("nik") ? "nik" : "chassis") : open.place;
  switch (asked) {
    case "region":
      return regionEvent(text, world);
    case "nik": {
      const nik = readNik(text);
      return nik.kind === "none" ? undefined : { type: "fill", nik };
    }
    case "chassis": {
      const nik = readNik(text);
      if (nik.kind === "nik") return { type: "fill", nik };
      const chassis = readChassis(text);
      return chassis.kind === "none" ? undefined : { type: "fill", chassis };
    }
    default:
      return undefined;
  }
}

function regionEvent(text: string, world: World): UserEvent | undefined {
  const read = readRegion(text, world.regions);
  if (read.kind === "many") return { type: "region-many", products: read.products };
  if (read.kind === "none") return undefined;
  const plate = readPlate(text);
  const region = { product: read.product, guessed: read.guessed };
  return { type: "fill", region, ...(plate === undefined ? {} : { plate: showPlate(plate) }) };
}

/** An answer fills the field that it fits, whatever the open question; several at once as well (script rule 4). */
function otherFields(text: string, open: Open, world: World): UserEvent | undefined {
  const found = fieldsIn(text, world.regions);
  if (found !== undefined) return { type: "fill", ...found };
  // A region's name may stand in the middle of a chat, but not in the middle of a sentence about something else.
  return open.place === "idle" || text.split(/\s+/).length <= 3 ? regionEvent(text, world) : undefined;
}

/** A lone letter or mark is how many people knock (script rule 3). */
function letterEvent(word: string): UserEvent | undefined {
  return /^[a-z]$/.test(word) ? { type: "word", word: "menu" } : undefined;
}
