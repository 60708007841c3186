import { EXAMPLE_NIK } from "../../src/biller/sandbox/vehicles.ts";
import type { User } from "../fakes/telegram/user.ts";

/** A message of the counter as a person sees it. */
export interface Said {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** Somebody at the counter, on whatever channel. */
export interface Customer {
  /** Resolves when the platform has it (the web chat: when the counter has it). */
  say(text: string): Promise<void>;
  /** The newest button of that label. */
  tap(label: string): Promise<void>;
  /** The next message that was not given yet and that `holds`; those before it are passed over. */
  next(holds?: (said: Said) => boolean): Promise<Said>;
  /** All that the counter said, oldest first. */
  all(): readonly Said[];
  /** Messages whose buttons can still be tapped. */
  openKeyboards(): readonly Said[];
  /** The files that came. */
  files(): Promise<readonly Uint8Array[]>;
}

export function onTelegram(user: User): Customer {
  const said = () =>
    user
      .chat()
      .filter(({ from }) => from === "bot")
      .map(({ text, keyboard }) => ({ text, buttons: keyboard.flat().map((key) => key.text) }));
  return {
    say: async (text) => void user.say(text),
    tap: async (label) => void user.tap(label),
    async next(holds = () => true) {
      const see = ({ text, keyboard }: { text: string; keyboard: readonly (readonly { text: string }[])[] }) => ({
        text,
        buttons: keyboard.flat().map((key) => key.text),
      });
      return see(await user.next((message) => holds(see(message))));
    },
    all: said,
    openKeyboards: () => said().filter(({ buttons }) => buttons.length > 0),
    files: async () => user.documents().map(({ bytes }) => bytes),
  };
}

export const NIK = EXAMPLE_NIK;

export const says =
  (...parts: readonly (string | RegExp)[]) =>
  ({ text }: Said) =>
    parts.every((part) => (typeof part === "string" ? text.includes(part) : part.test(text)));

/** From the greeting to the bill; gives the bill. */
export async function toBill(customer: Customer, chassis: string, nik: string = NIK): Promise<Said> {
  await customer.say("/start");
  await customer.next(says("Kendaraan terdaftar di wilayah mana?"));
  await customer.tap("Jawa Barat");
  await customer.next(says("Ketik NIK pemilik"));
  await customer.say(nik);
  await customer.next(says("Ketik nomor rangka"));
  await customer.say(chassis);
  return customer.next(says("Tagihan ditemukan"));
}

/** The label of the button that pays: "Bayar Rp183.500". */
export function payLabel(bill: Said): string {
  const label = bill.buttons.find((one) => one.startsWith("Bayar "));
  if (label === undefined) throw new Error(`the bill has no button to pay: ${bill.text}`);
  return label;
}

export const isProof = says("Pembayaran berhasil");

/** From the greeting to the proof; gives the proof. */
export async function toProof(customer: Customer, chassis: string): Promise<Said> {
  const bill = await toBill(customer, chassis);
  await customer.tap(payLabel(bill));
  return customer.next(isProof);
}

/** `TRX-7K2MQ` in a sentence. */
export function refIn({ text }: Said): string {
  const ref = /TRX-[2-9A-Z]{5}/.exec(text)?.[0];
  if (ref === undefined) throw new Error(`no number of a payment in: ${text}`);
  return ref;
}

export function proofsOf(customer: Customer): readonly Said[] {
  return customer.all().filter(isProof);
}
