import jsqr from "jsqr";
import { onTestFinished } from "vitest";
import { quietLibsignal } from "../../src/channels/whatsapp/quiet.ts";
import { silentLog } from "../../src/log.ts";
import type { Message } from "../fakes/whatsapp/books.ts";
import type { Person } from "../fakes/whatsapp/person.ts";
import { startWhatsApp, type WhatsAppServer } from "../fakes/whatsapp/server.ts";
import { type GatedBiller, startBiller } from "./biller-gate.ts";
import { type Customer, NIK, type Said, says } from "./customer.ts";
import { withClock } from "./daytime.ts";
import { type Ended, type Home, makeHome, type Settings, type WhenOver } from "./program.ts";

quietLibsignal(silentLog);

/** How fast the clock of a counter on WhatsApp is: there it pauses before each message, as a person does who types. */
export const QUICK = 5;

/** A counter on WhatsApp with everything that it works with, all on this machine; nothing of it is started yet. */
export interface WhatsappCounter {
  readonly server: WhatsAppServer;
  readonly biller: GatedBiller;
  readonly home: Home;
  /** Links the number by QR, as an operator does before the counter is started. */
  link(): Promise<Ended>;
}

/** Must be called in a test, or told when all is over. */
export async function makeWhatsappCounter(
  settings: Settings = {},
  whenOver: WhenOver = onTestFinished,
): Promise<WhatsappCounter> {
  const server = await startWhatsApp();
  whenOver(() => server.close());
  const biller = await startBiller({}, { whenOver });
  const whatsapp = { WHATSAPP: "on", WHATSAPP_WS_URL: server.wsUrl, NODE_EXTRA_CA_CERTS: server.caFile };
  const home = makeHome({ ...biller.settings, ...whatsapp, ...withClock({ times: QUICK }), ...settings }, whenOver);
  return {
    server,
    biller,
    home,
    async link() {
      const pairing = home.spawn(["whatsapp", "pair", "--json"]);
      const { qr } = JSON.parse(await pairing.line(/"qr"/)) as { qr: string };
      await server.phone.scan(qr);
      return pairing.ended;
    },
  };
}

/** Linked and open. */
export async function openCounter(settings: Settings = {}, whenOver: WhenOver = onTestFinished) {
  const counter = await makeWhatsappCounter(settings, whenOver);
  const linked = await counter.link();
  if (linked.code !== 0) throw new Error(`not linked: ${linked.stdout}${linked.stderr}`);
  return { ...counter, program: await counter.home.start() };
}

/** Somebody with a phone: buttons are words and numbers there. */
export function onWhatsApp(person: Person): Customer {
  const see = ({ text }: Pick<Message, "text">): Said => ({ text: text.replaceAll("\u200b", ""), buttons: [] });
  return {
    say: async (text) => void (await person.say(text)),
    tap: async (label) => void (await person.say(label)),
    next: async (holds = () => true) => see(await person.next((message) => holds(see(message)))),
    all: () => person.chat().flatMap((message) => (message.from === "bot" ? [see(message)] : [])),
    openKeyboards: () => [],
    files: async () => person.documents().map(({ bytes }) => bytes),
  };
}

/** What pays: "BAYAR 482". */
export function payCode({ text }: Said): string {
  const code = /BAYAR \d{3}/.exec(text)?.[0];
  if (code === undefined) throw new Error(`the bill names no code: ${text}`);
  return code;
}

/** What a customer says up to the bill, and what he then reads. */
export function stepsToBill(chassis: string) {
  return [
    { say: "halo", reads: says("Kendaraan terdaftar di wilayah mana?") },
    { say: "jawa barat", reads: says("Ketik NIK pemilik") },
    { say: NIK, reads: says("Ketik nomor rangka") },
    { say: chassis, reads: says("Tagihan ditemukan") },
  ] as const;
}

/** From "halo" to the bill; gives the bill. */
export async function toBillOn(customer: Customer, chassis: string): Promise<Said> {
  let said: Said | undefined;
  for (const step of stepsToBill(chassis)) {
    await customer.say(step.say);
    said = await customer.next(step.reads);
  }
  if (said === undefined) throw new Error("no bill");
  return said;
}

/** The newest QR code that stands in a terminal's output, as a camera would read it. */
export function readQr(output: string): string | undefined {
  // Each ends with the sentence that says what to do.
  const drawing = output.split("On the phone that has the counter's number").at(-2) ?? "";
  const newest = drawing.slice(drawing.lastIndexOf("}") + 1);
  const rows = newest.split("\n").flatMap((line) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    const bare = line.replace(/\u001b\[[\d;]*m/g, "");
    // The margin below is drawn in white.
    return /[▀▄█]/.test(bare) && !line.includes("[37m") ? [bare] : [];
  });
  // Two modules of the code are one character: its upper and its lower half.
  const isDark = (x: number, y: number) => {
    const drawn = rows[Math.floor(y / 2)]?.[x];
    return drawn === "█" || drawn === (y % 2 === 0 ? "▀" : "▄");
  };
  const side = (Math.max(...rows.map((row) => row.length)) + 2 * MARGIN) * MODULE;
  const pixels = Uint8ClampedArray.from({ length: side * side * 4 }, (_, at) => {
    const pixel = Math.floor(at / 4);
    const [x, y] = [pixel % side, Math.floor(pixel / side)].map((one) => Math.floor(one / MODULE) - MARGIN);
    return at % 4 !== 3 && isDark(x ?? 0, y ?? 0) ? 0 : 255;
  });
  return jsqr.default(pixels, side, side)?.data;
}

const MARGIN = 4;
const MODULE = 4;
