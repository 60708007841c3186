import { type Customer, isProof, NIK, type Said, says } from "../program/customer.ts";
import { between, type Chance, pause, stopped } from "./chance.ts";
import type { Vehicle } from "./vehicles.ts";

/** A chat, and what was asked in it. */
export interface Chat {
  readonly name: string;
  readonly customer: Customer;
  readonly vehicles: Vehicle[];
}

export type End =
  | "proof"
  | "not paid"
  /** The word of the 60th second. */
  | "no answer"
  /** Five bills an hour a chat. */
  | "limited"
  /** Nothing was heard for long. */
  | "silence"
  | "all stopped";

/** How long one rests between two vehicles, ms. */
export interface Rest {
  readonly shortest: number;
  readonly longest: number;
}

export interface PersonOptions {
  readonly chance: Chance;
  readonly stop: AbortSignal;
  /** A new chat: the next one when this one has had its bills for the hour. */
  readonly newChat: () => Chat;
  readonly newVehicle: () => Vehicle;
  readonly rest?: Rest;
  readonly onEnd: (end: End) => void;
}

const RESTS: Rest = { shortest: 500, longest: 6_000 };
/** After so long without a word one asks again; after the second time one gives up, ms. */
const SILENCE = 30_000;
const PER_CHAT = 5;
/** One in so many taps comes twice. */
const TWICE = 0.15;

const isWithoutAnswer = says("Sistem pembayaran belum memberi jawaban");
const isNotPaid = says("belum berhasil; pajaknya belum terbayar");
const isLimited = says("Terlalu banyak pengecekan");
const isLetGo = says("Belum ada pembayaran", "LANJUT");

/** Pays for one vehicle after the other until `stop`. */
export async function live(options: PersonOptions): Promise<void> {
  const { chance, stop, newChat, newVehicle, onEnd, rest = RESTS } = options;
  let chat = newChat();
  await pause(between(chance, 0, rest.longest), stop);
  while (!stop.aborted) {
    if (chat.vehicles.length >= PER_CHAT) chat = newChat();
    const vehicle = newVehicle();
    chat.vehicles.push(vehicle);
    const end = await wholeWay(options, chat, vehicle);
    onEnd(end);
    if (end === "limited" || end === "silence") chat = newChat();
    await pause(between(chance, rest.shortest, rest.longest), stop);
  }
}

/** As a patient person does: taps whatever bill is shown, and asks again when nothing comes. */
async function wholeWay(options: PersonOptions, chat: Chat, vehicle: Vehicle): Promise<End> {
  const { customer } = chat;
  const asks = () => customer.say(`Jawa Barat ${NIK} ${vehicle.chassis}`);
  const hears = hearing(options, customer);
  await asks();
  let silences = 0;
  while (!options.stop.aborted) {
    const said = await hears();
    if (said === undefined) {
      if (options.stop.aborted) break;
      if (++silences > 1) return "silence";
      await asks();
      continue;
    }
    const end = endOf(said);
    if (end !== undefined) return end;
    await answer(options, customer, said);
  }
  return "all stopped";
}

function endOf(said: Said): End | undefined {
  if (isProof(said)) return "proof";
  if (isNotPaid(said)) return "not paid";
  if (isWithoutAnswer(said)) return "no answer";
  return isLimited(said) ? "limited" : undefined;
}

async function answer({ chance }: PersonOptions, customer: Customer, said: Said): Promise<void> {
  if (isLetGo(said)) await customer.say("lanjut");
  const pays = said.buttons.find((label) => label.startsWith("Bayar ") || label === "Jawa Barat");
  if (pays === undefined) return;
  // After a kill a bill may have come twice, and the buttons of the first may be gone.
  await customer.tap(pays).catch(() => undefined);
  if (chance() < TWICE) await customer.tap(pays).catch(() => undefined);
}

/** The next message, or undefined after a silence and at the stop. */
function hearing({ stop }: PersonOptions, customer: Customer): () => Promise<Said | undefined> {
  const atTheStop = stopped(stop);
  let waiting: Promise<Said> | undefined;
  return async () => {
    const enough = new AbortController();
    waiting ??= customer.next();
    const silence = pause(SILENCE, enough.signal).then(() => undefined);
    const said = await Promise.race([waiting, silence, atTheStop]);
    enough.abort();
    if (said !== undefined) waiting = undefined;
    return said;
  };
}
