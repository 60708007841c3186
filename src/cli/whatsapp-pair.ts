import type { Paired } from "../channels/whatsapp/pair.ts";
import { systemClock } from "../clock.ts";
import { makeLog } from "../log.ts";
import { digitsOf } from "./phone-number.ts";
import { WRONG } from "./settings.ts";
import { type Own, withOwnStores } from "./whatsapp-tools.ts";

export interface PairFlags {
  readonly phone?: string;
  readonly json?: true;
}

interface Wish {
  /** Link by a code for this number; by QR without. */
  readonly digits: string | undefined;
  readonly json: boolean;
}

export async function pairCommand({ phone, json = undefined }: PairFlags): Promise<void> {
  const digits = phone === undefined ? undefined : digitsOf(phone);
  if (phone !== undefined && digits === undefined) {
    console.error("--phone is the number with the country's digits and no 0 before it: 6281234567890");
    process.exitCode = WRONG;
    return;
  }
  await withOwnStores((own) => link(own, { digits, json: json === true }));
}

async function link({ stores, wsUrl }: Own, wish: Wish): Promise<number> {
  const log = makeLog("error", (line) => process.stderr.write(line));
  const { guardProcess } = await import("../channels/whatsapp/guard.ts");
  guardProcess(log);
  const { pair } = await import("../channels/whatsapp/pair.ts");
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  const paired = await pair(
    {
      rooms: stores.whatsappRooms(),
      clock: systemClock,
      log,
      ...(wsUrl === undefined ? {} : { wsUrl }),
      ...(wish.digits === undefined ? {} : { phone: wish.digits }),
      onQr: (qr) => void showQr(qr, wish.json),
      onCode: (code) => console.log(wish.json ? JSON.stringify({ code }) : codeText(code)),
    },
    stop.signal,
  );
  return report(paired, wish.json);
}

function report(paired: Paired, json: boolean): number {
  if (paired.kind === "over") {
    if (json) console.log(JSON.stringify({ linked: false, reason: paired.says }));
    else console.error(`Not linked: ${paired.says}.`);
    return 1;
  }
  const already = paired.kind === "already" ? "already " : "";
  const text = `+${paired.number} is ${already}linked. Start the counter with WHATSAPP=on.`;
  console.log(json ? JSON.stringify({ linked: true, number: paired.number }) : text);
  return 0;
}

async function showQr(qr: string, json: boolean): Promise<void> {
  if (json) return console.log(JSON.stringify({ qr }));
  const { qrText } = await import("./whatsapp-qr.ts");
  console.log(await qrText(qr));
}

function codeText(code: string): string {
  return `The code: ${code.slice(0, 4)}-${code.slice(4)}\nOn the phone: WhatsApp, Linked devices, Link a device, Link with phone number instead, and type it.`;
}
