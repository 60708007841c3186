import {
  type AgentPlace,
  eventOfAgentChoice,
  type Open as OpenIn,
  openChoices,
  type PinTyped,
  speak,
  type UserEvent,
  type World,
} from "../../flows/index.ts";
import { readChassis } from "../domain/chassis.ts";
import { type NikReading, readNik } from "../domain/nik.ts";
import { readPlate, showPlate } from "../domain/plate.ts";
import { readRegion } from "../domain/region.ts";
import { agentCommand } from "./agent-commands.ts";
import { commandEvent } from "./commands.ts";
import { fieldsIn, plateIn } from "./fields.ts";
import { handEvent } from "./relay-commands.ts";
import { tokensIn } from "./tokens.ts";
import { vehiclesIn } from "./vehicles.ts";
import { BEGINNINGS, bare, GREETINGS, isPayVerb, withoutFaces, YES } from "./words.ts";

/** What an agent writes to. */
type Open = Extract<OpenIn, { flow: "agent" }>;

/** What an agent typed, as an event of his desk, or a PIN where one is asked for. `typed` is trimmed, and not empty. */
export function agentEvent(typed: string, open: Open, world: World): UserEvent | PinTyped {
  const word = bare(typed);
  const said = withoutFaces(word);
  return (
    pinEvent(typed, open.place) ??
    codeEvent(typed, word) ??
    handEvent(said) ??
    agentCommand(said, world.at) ??
    commandEvent(said) ??
    chosen(said, open, world) ??
    beginEvent(said) ??
    vehicleEvent(typed, world) ??
    payEvent(said) ??
    regionEvent(typed, world) ??
    chassisAlone(typed) ?? { type: "nonsense", text: typed }
  );
}

/** Six digits. Where a new PIN is asked for, other lengths as well: that it is too short is said. */
function pinEvent(typed: string, place: AgentPlace): UserEvent | PinTyped | undefined {
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

/** Three digits alone or after BAYAR, nothing else, no question mark (script rule 10). */
function codeEvent(typed: string, word: string): UserEvent | undefined {
  const [, verb = "", code = ""] = /^(?:([a-z]+) ?)?(\d{3})$/.exec(word) ?? [];
  if (code === "" || /[?？]/.test(typed)) return undefined;
  return verb === "" || isPayVerb(verb) ? { type: "confirm-code", code } : undefined;
}

/** A number of the last list, or a label itself. Nothing that pays is among them. */
function chosen(word: string, { context }: Open, world: World): UserEvent | undefined {
  const choices = openChoices(context);
  if (/^\d{1,2}$/.test(word)) {
    if (choices.length === 0) return { type: "wants-to-pay" };
    const picked = choices[Number(word) - 1];
    return picked === undefined ? { type: "no-such-choice", choices: choices.length } : eventOfAgentChoice(picked.id);
  }
  const label = choices.find((choice) => bare(speak(choice.label, context.language, { style: world.style })) === word);
  return label === undefined ? undefined : eventOfAgentChoice(label.id);
}

/** Who wants to pay and names no bill. */
function payEvent(word: string): UserEvent | undefined {
  return YES.has(word) || /^(?:setuju|gas)$/.test(word) || word.split(" ").some(isPayVerb)
    ? { type: "wants-to-pay" }
    : undefined;
}

function beginEvent(word: string): UserEvent | undefined {
  if (GREETINGS.has(word) || /^[a-z]$/.test(word)) return { type: "greets" };
  return BEGINNINGS.has(word) ? { type: "word", word: "menu" } : undefined;
}

/** Vehicles, several or one, whole or in part. */
function vehicleEvent(typed: string, world: World): UserEvent | undefined {
  const several = vehiclesIn(typed, world.regions);
  if (several !== undefined) return { type: "entries", ...several };
  const found = fieldsIn(typed, world.regions);
  const nik = found?.nik ?? nikTyped(typed);
  if (found === undefined && nik === undefined) return undefined;
  return { type: "fill", ...found, ...(nik === undefined ? {} : { nik }) };
}

/** Digits that were meant for a NIK, and are none yet: what is wrong with them is said. */
function nikTyped(typed: string): NikReading | undefined {
  const whole = readNik(typed);
  if (whole.kind === "letters") return whole;
  const piece = typed
    .split("\n")
    .flatMap(tokensIn)
    .find(({ found }) => "badNik" in found);
  return piece !== undefined && "badNik" in piece.found ? { kind: "length", digits: piece.found.badNik } : undefined;
}

/** A short one, or one in groups, typed by itself. */
function chassisAlone(typed: string): UserEvent | undefined {
  const chassis = readChassis(typed);
  const isOne = chassis.kind === "chassis" && /[A-Za-z]/.test(chassis.chassis) && chassis.chassis.length > 5;
  return isOne ? { type: "fill", chassis } : undefined;
}

function regionEvent(text: string, world: World): UserEvent | undefined {
  if (text.split(/\s+/).length > 4) return undefined;
  const read = readRegion(text, world.regions);
  if (read.kind === "none") return undefined;
  const found = readPlate(text) ?? plateIn(text)?.plate;
  const plate = found === undefined ? {} : { plate: showPlate(found) };
  if (read.kind === "many") return { type: "region-many", products: read.products, ...plate };
  return { type: "fill", region: { product: read.product, guessed: read.guessed }, ...plate };
}
