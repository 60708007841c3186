import type { Content, ConversationKey } from "../../../src/conversation/message.ts";
import type { Vehicle } from "../biller/books.ts";
import type { Platform, Shown } from "../platform/platform.ts";
import { styleOf } from "../platform/platform.ts";
import type { Random } from "../random.ts";
import type { Sim } from "../sim.ts";
import { type Read, readShown } from "./reads.ts";

/** Somebody with a phone who wants to pay for a vehicle, and does what people do. */
export interface User {
  readonly key: ConversationKey;
  sees(shown: Shown): void;
}

export interface UserOptions {
  readonly sim: Sim;
  readonly platform: Platform;
  readonly key: ConversationKey;
  readonly vehicles: readonly Vehicle[];
}

interface Person extends UserOptions {
  readonly random: Random;
  /** Which of the vehicles it is about now. */
  turn: number;
  /** How often something was tried again. */
  tries: number;
  /** Told that it is paid, or has given up. */
  done: boolean;
  last: Read | undefined;
  /** Buttons that were ever shown. */
  buttons: string[];
  thinking: boolean;
  /** When a bill was shown last. */
  shownAt: number;
  /** Said yes without saying to what: the next time it is done as it is asked for. */
  saidYes: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How often people begin anew when nothing comes of it. */
const TRIES = 4;

export function userOf(options: UserOptions): User {
  const { sim, key } = options;
  const person: Person = {
    ...options,
    random: sim.random(`user ${key}`),
    turn: 0,
    tries: 0,
    done: false,
    last: undefined,
    buttons: [],
    thinking: false,
    shownAt: 0,
    saidYes: false,
  };
  begins(person);
  return {
    key,
    sees(shown) {
      const read = readShown(shown);
      if (read.text === "Sama-sama.") return;
      person.last = read;
      if (read.confirm !== undefined) person.shownAt = shown.at;
      // Who waits for a region that never opens is looked after every half hour, for ever.
      person.buttons.push(...read.buttons.filter((id) => !id.endsWith("SAMSAT_JATIM")));
      hears(person, read);
      if (person.thinking) return;
      person.thinking = true;
      later(person, thinks(person), () => {
        person.thinking = false;
        answers(person);
      });
    },
  };
}

function begins(person: Person): void {
  const { sim, random } = person;
  const midnight = sim.fault("at-midnight", random) ? untilMidnight(sim) - random.between(0, 70 * MINUTE) : 0;
  later(person, Math.max(0, midnight) + random.between(0, 15 * MINUTE), () => {
    says(person, random.chance(0.7) ? everything(person) : "halo");
    if (sim.fault("cancel-while-asking", random))
      later(person, random.between(200, 3_000), () => says(person, "batal"));
    waits(person);
  });
  const odd = (kind: "cancel" | "old-button" | "nonsense" | "next-day", at: number, act: () => void) => {
    if (sim.fault(kind, random)) later(person, at, act);
  };
  odd("cancel", random.between(0, 25 * MINUTE), () => says(person, "batal"));
  odd("nonsense", random.between(0, 20 * MINUTE), () =>
    says(person, random.pick(["apa?", "status", "bukti", "riwayat", "menu", "terima kasih", "kembali", "lanjut", "9"])),
  );
  odd("old-button", random.between(2 * MINUTE, 90 * MINUTE), () => oldButton(person));
  odd("next-day", random.between(18 * HOUR, 26 * HOUR), () => {
    oldButton(person);
    later(person, 20_000, () => answers(person));
  });
}

function untilMidnight(sim: Sim): number {
  const day = 24 * HOUR;
  return day - ((sim.time.wall() + 7 * HOUR) % day);
}

function oldButton(person: Person): void {
  const { random, buttons } = person;
  if (buttons.length > 0) acts(person, { kind: "tap", data: random.pick(buttons), on: "old" });
}

/** What a person remembers of what was said. */
function hears(person: Person, read: Read): void {
  const { sim, random, vehicles } = person;
  if (/Pembayaran berhasil|sudah lunas|baru saja lunas/.test(read.text)) {
    const more = person.turn + 1 < vehicles.length;
    if (!more) person.done = true;
    else person.turn += 1;
    if (more) later(person, random.between(5_000, 5 * MINUTE), () => says(person, everything(person)));
    sim.note(() => `${person.key} is content`);
  }
  const again = /LANJUT|MENU|coba lagi|sedang dibayar/.test(read.text) && read.asks === undefined;
  if (again && !person.done) later(person, random.between(10_000, 20 * MINUTE), () => tries(person));
}

/** What a person does about the last message. */
function answers(person: Person): void {
  const { last, done, random, sim } = person;
  if (last === undefined || done) return;
  const vehicle = vehicleOf(person);
  switch (last.asks) {
    case "region":
      acts(person, regionAnswer(person));
      break;
    case "nik":
      says(person, vehicle.nik);
      break;
    case "chassis":
    case "again":
      says(person, vehicle.chassis);
      break;
    case "closed":
      later(person, random.between(MINUTE, 10 * MINUTE), () => tries(person));
      break;
    case "confirm":
      if (sim.fault("tap-at-expiry", random)) atExpiry(person);
      else if (!sim.fault("thinks-long", random)) confirms(person);
      else later(person, random.between(MINUTE, 50 * MINUTE), () => confirms(person));
      break;
    case undefined:
      break;
  }
}

function regionAnswer(person: Person): Content {
  const vehicle = vehicleOf(person);
  const button = person.last?.buttons.find((id) => id === `region:${vehicle.product}`);
  if (button !== undefined && person.random.chance(0.7)) return { kind: "tap", data: button, on: "last" };
  return { kind: "text", text: vehicle.product.replace("SAMSAT_", "").toLowerCase() };
}

function confirms(person: Person): void {
  const { sim, random, last } = person;
  const confirm = last?.confirm;
  if (confirm === undefined || person.done) return;
  if (sim.fault("cancel-at-bill", random)) {
    says(person, "batal");
    later(person, random.between(MINUTE, 30 * MINUTE), () => tries(person));
    return;
  }
  if (!person.saidYes && sim.fault("plain-yes", random)) {
    person.saidYes = true;
    says(person, random.pick(["ya", "1", "ok", "bayar", "gas"]));
    return;
  }
  const act = (): void =>
    confirm.startsWith("pay:") ? acts(person, { kind: "tap", data: confirm, on: "last" }) : says(person, confirm);
  act();
  if (sim.fault("double-tap", random)) later(person, random.between(0, 3_000), act);
}

/** Close to the end of the quote, on either side of it. A word now and then keeps the chat from being parked. */
function atExpiry(person: Person): void {
  const { random, sim, shownAt } = person;
  for (const minutes of [20, 40])
    later(person, minutes * MINUTE, () => acts(person, { kind: "text", text: "makasih" }));
  const age = sim.time.steady() - shownAt;
  later(person, Math.max(0, HOUR - age - random.between(-3_000, 6_000)), () => confirms(person));
}

function tries(person: Person): void {
  if (person.done || person.tries >= TRIES) return;
  person.tries += 1;
  says(person, person.random.chance(0.5) ? "lanjut" : everything(person));
  waits(person);
}

/** When nothing comes, people knock again. */
function waits(person: Person): void {
  const { random } = person;
  const seen = person.buttons.length;
  later(person, random.between(4 * MINUTE, 40 * MINUTE), () => {
    if (!person.done && person.buttons.length === seen) tries(person);
  });
}

function thinks({ random }: Person): number {
  return random.chance(0.1) ? random.between(0, 500) : random.between(1_500, 40_000);
}

function vehicleOf({ vehicles, turn }: Person): Vehicle {
  const vehicle = vehicles[turn] ?? vehicles[0];
  if (vehicle === undefined) throw new Error("a user without a vehicle");
  return vehicle;
}

function everything(person: Person): string {
  const { product, nik, chassis } = vehicleOf(person);
  return `${product.replace("SAMSAT_", "").toLowerCase()}\n${nik}\n${chassis}`;
}

function says(person: Person, text: string): void {
  acts(person, { kind: "text", text });
  const { sim, random } = person;
  if (sim.fault("fast-typing", random)) {
    later(person, random.between(0, 400), () => acts(person, { kind: "text", text: random.pick([text, "menu", "?"]) }));
  }
}

function acts({ platform, key }: Person, content: Content): void {
  const tapped = content.kind === "tap" && styleOf(key) === "numbers";
  platform.sends(key, tapped ? { kind: "text", text: "menu" } : content);
}

function later({ sim }: Person, ms: number, act: () => void): void {
  sim.time.after(ms, undefined, act);
}
