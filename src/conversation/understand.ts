import {
  eventOfAgentChoice,
  eventOfChoice,
  eventOfOperatorChoice,
  type Open as OpenIn,
  type PinTyped,
  question,
  speak,
  type UserEvent,
  type World,
} from "../../flows/index.ts";
import { readChassis } from "../domain/chassis.ts";
import { readNik } from "../domain/nik.ts";
import { readPlate, showPlate } from "../domain/plate.ts";
import { readRegion } from "../domain/region.ts";
import { agentCommand } from "./agent-commands.ts";
import { commandEvent } from "./commands.ts";
import { fieldsIn, nikPieceIn, plateIn } from "./fields.ts";
import type { Content, MediaKind } from "./message.ts";
import { requestEvent } from "./relay-commands.ts";
import { agentEvent } from "./understand-agent.ts";
import { operatorEvent } from "./understand-operator.ts";
import { BEGINNINGS, bare, GREETINGS, isPayVerb, NO, wantsToPay, withoutFaces, YES } from "./words.ts";

/** What a customer writes to: the state that is open, and what the flow remembers. */
type Open = Extract<OpenIn, { flow: "counter" }>;

/** Longer texts are nobody's answer (Telegram takes 4096 characters, WhatsApp more); an agent passes on a customer's. */
const LONGEST = { counter: 2000, agent: 4096, operator: 4096 } as const;

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
export function understand(content: Content, open: OpenIn, world: World, messageRef?: string): UserEvent | PinTyped {
  switch (content.kind) {
    case "media":
      return { type: "media", media: MEDIA[content.media], ...(content.picture ? { picture: content.picture } : {}) };
    case "tap":
      return tapEvent(content.data, open, world);
    case "operator":
    case "late":
      return { type: content.kind };
    case "text": {
      const event = textEvent(content.text, open, world);
      return messageRef === undefined ? event : withMessage(event, messageRef);
    }
  }
}

/** What may have to be deleted bears the platform's id of its message. */
function withMessage(event: UserEvent | PinTyped, messageRef: string): UserEvent | PinTyped {
  switch (event.type) {
    case "fill":
    case "entries":
    case "pin-typed":
    case "pin-unasked":
      return { ...event, messageRef };
    default:
      return event;
  }
}

const CHOICES: Readonly<Record<OpenIn["flow"], (id: string) => UserEvent | undefined>> = {
  counter: eventOfChoice,
  agent: eventOfAgentChoice,
  operator: eventOfOperatorChoice,
};

/** What comes back in a tap is foreign: a region is one of the list. */
function tapEvent(data: string, { flow }: OpenIn, { regions }: World): UserEvent {
  const event = CHOICES[flow](data);
  const product =
    event?.type === "fill" ? event.region?.product : event?.type === "tell-when-open" ? event.product : undefined;
  const isListed = product === undefined || regions.length === 0 || regions.some((one) => one.product === product);
  return event === undefined || !isListed ? { type: "old-tap" } : event;
}

function textEvent(text: string, open: OpenIn, world: World): UserEvent | PinTyped {
  // Marks that nobody sees (direction, zero width) come with copied text; lines stay.
  const isLong = text.length > LONGEST[open.flow];
  const typed = isLong ? "" : text.replace(/[\p{Cf}\p{Cc}]/gu, (mark) => (/\s/.test(mark) ? mark : "")).trim();
  if (typed === "") return { type: "nonsense", text: "" };
  switch (open.flow) {
    case "agent":
      return agentEvent(typed, open, world);
    case "operator":
      return operatorEvent(typed, open, world);
    case "counter":
      return counterEvent(typed, open, world);
  }
}

/** What a customer typed, as an event of the open question. */
function counterEvent(typed: string, open: Open, world: World): UserEvent {
  const word = bare(typed);
  const said = withoutFaces(word);
  return (
    codeEvent(typed, word, open) ??
    requestEvent(said, open) ??
    commandEvent(said) ??
    (agentCommand(said, world.at) === undefined ? undefined : { type: "agents-only" as const }) ??
    yesOrNo(said, open) ??
    chosen(said, open, world) ??
    payEvent(said, open) ??
    beginEvent(said, open) ??
    openField(typed, open, world) ??
    otherFields(typed, open, world) ?? { type: "nonsense", text: typed }
  );
}

/** Three digits alone or after BAYAR, nothing else, no question mark (script rule 10). */
function codeEvent(typed: string, word: string, open: Open): UserEvent | undefined {
  const [, verb = "", code = ""] = /^(?:([a-z]+) ?)?(\d{3})$/.exec(word) ?? [];
  if (code === "" || /[?？]/.test(typed)) return undefined;
  if (verb !== "") return isPayVerb(verb) ? { type: "confirm-code", code } : undefined;
  const known = open.context.bills.some((bill) => bill.code === code);
  // A NIK may be typed in pieces: three digits that are no code of this chat are a code only where a bill is open.
  return known || open.place === "bill" ? { type: "confirm-code", code } : undefined;
}

/** Where the question is one of yes and no. */
function yesOrNo(word: string, { place, context }: Open): UserEvent | undefined {
  const yes = YES.has(word);
  if (!yes && !NO.has(word)) return undefined;
  if (context.overlay === "erase") return { type: "erase", sure: yes };
  if (context.overlay !== undefined) return undefined;
  if (place === "again") return yes ? { type: "same-nik" } : { type: "change", field: "nik" };
  const joined = place === "doubt" && context.doubts[0]?.about === "nik-joined";
  return joined ? { type: "doubt", answer: yes ? "keep" : "retype", number: undefined } : undefined;
}

/** A number of the list, or a label itself. */
function chosen(word: string, open: Open, world: World): UserEvent | undefined {
  const choices = question(open.place, open.context, world).choices ?? [];
  if (choices.length === 0) return undefined;
  const listed = choices.filter((choice) => choice.listed);
  if (/^\d{1,2}$/.test(word) && listed.length > 0) {
    const picked = listed[Number(word) - 1];
    return picked === undefined ? { type: "no-such-choice", choices: listed.length } : eventOfChoice(picked.id);
  }
  const named = choices.map(({ id, label }) => ({
    id,
    name: bare(speak(label, open.context.language, { style: world.style })),
  }));
  // A counter is called by its place: "cibinong" for "Loket Cibinong".
  const places = named.filter(({ id, name }) => id.startsWith("counter:") && ` ${name} `.includes(` ${word} `));
  const labelled = named.find(({ name }) => name === word) ?? (places.length === 1 ? places[0] : undefined);
  // A bill is never confirmed by typing what stands on its button.
  return labelled === undefined || labelled.id.startsWith("pay:") ? undefined : eventOfChoice(labelled.id);
}

/** Who wants to pay and does not say what. A human is only interrupted for the word itself. */
function payEvent(word: string, { place, context }: Open): UserEvent | undefined {
  const { quote } = context;
  const names = quote !== undefined && word.split(/\D+/).includes(quote.code);
  switch (place) {
    case "bill":
      return names || wantsToPay(word) ? { type: "wants-to-pay" } : undefined;
    case "human":
      return quote !== undefined && (names || isPayVerb(word)) ? { type: "wants-to-pay" } : undefined;
    case "idle":
    case "confirming":
    case "watching":
    case "requested":
      return isPayVerb(word) ? { type: "wants-to-pay" } : undefined;
    default:
      return undefined;
  }
}

/** A greeting, what people begin with, and a lone letter, which is how many knock (script rule 3). */
function beginEvent(word: string, { place }: Open): UserEvent | undefined {
  if (GREETINGS.has(word) || /^[a-z]$/.test(word)) return { type: "greets" };
  return BEGINNINGS.has(word) && place !== "human" ? { type: "word", word: "menu" } : undefined;
}

/** What the open question asks for, read generously. */
function openField(text: string, open: Open, world: World): UserEvent | undefined {
  const doubtful = open.context.doubts[0]?.about;
  const asked = open.place === "doubt" ? (doubtful?.startsWith("nik") ? "nik" : "chassis") : open.place;
  switch (asked) {
    case "region":
    case "closed":
      return askedRegion(text, world);
    case "nik": {
      const nik = readNik(text);
      return nik.kind === "none" ? undefined : { type: "fill", nik };
    }
    case "chassis":
      return askedChassis(text, world);
    default:
      return undefined;
  }
}

/** A plate whose region the biller does not list is no answer: it would be asked again without a word why. */
function askedRegion(text: string, world: World): UserEvent {
  const found = fieldsIn(text, world.regions);
  if (found?.nik !== undefined || found?.chassis !== undefined) return { type: "fill", ...found };
  const nik = nikPieceIn(text);
  return regionEvent(text, world) ?? (nik === undefined ? { type: "nonsense", text } : { type: "fill", nik });
}

/** A NIK and a plate have shapes of their own; all else is tried as a chassis number. */
function askedChassis(text: string, world: World): UserEvent | undefined {
  const found = fieldsIn(text, world.regions);
  if (found?.nik !== undefined) return { type: "fill", ...found };
  const plate = plateIn(text);
  if (plate !== undefined && readPlate(text) !== undefined) return undefined;
  const chassis = readChassis(text);
  return chassis.kind === "none" ? undefined : { type: "fill", chassis };
}

function regionEvent(text: string, world: World): UserEvent | undefined {
  const read = readRegion(text, world.regions);
  if (read.kind === "none") return undefined;
  const found = readPlate(text) ?? plateIn(text)?.plate;
  const plate = found === undefined ? {} : { plate: showPlate(found) };
  if (read.kind === "many") return { type: "region-many", products: read.products, ...plate };
  return { type: "fill", region: { product: read.product, guessed: read.guessed }, ...plate };
}

/** An answer fills the field that it fits, whatever the open question; several at once as well (script rule 4). */
function otherFields(text: string, open: Open, world: World): UserEvent | undefined {
  const found = fieldsIn(text, world.regions);
  if (found !== undefined) return { type: "fill", ...found };
  const nik = nikPieceIn(text);
  if (nik?.kind === "length" && meansNik(nik.digits, open)) return { type: "fill", nik };
  // A region's name may stand in the middle of a chat, but not in the middle of a sentence about something else.
  return open.place === "idle" || text.split(/\s+/).length <= 3 ? regionEvent(text, world) : undefined;
}

/** Where the NIK is not asked, digits are one only when no phone number has so many. */
function meansNik(digits: string, { place, context }: Open): boolean {
  const asked = place === "nik" || (place === "doubt" && context.doubts[0]?.about.startsWith("nik") === true);
  return asked || (place !== "chassis" && digits.length >= 14 && digits.length <= 18);
}
