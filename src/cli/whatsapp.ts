import { Command } from "commander";
import { systemClock } from "../clock.ts";
import { makeLog } from "../log.ts";
import { openStores, type Stores } from "../store/open.ts";
import { sqliteWhatsappRooms } from "../store/sqlite/whatsapp-rooms.ts";
import { settingsOrExit, WRONG } from "./settings.ts";
import { sentenceOf } from "./start.ts";
import { withTools } from "./tools.ts";
import { qrText } from "./whatsapp-qr.ts";

interface Flags {
  readonly phone?: string;
  readonly json?: true;
}

/** `npx loket whatsapp`: links a number while the counter is not running. */
export function whatsappCommand(): Command {
  const whatsapp = new Command("whatsapp").description("the linked WhatsApp number: pair, status, unlink");
  whatsapp
    .command("pair")
    .description("links a number by QR, or by a code that is typed into the phone")
    .option("--phone <number>", "the number, with the country's: 6281234567890")
    .option("--json", "as JSON lines")
    .action(pairCommand);
  whatsapp
    .command("status")
    .description("which number is linked")
    .option("--json", "as JSON")
    .action(({ json }: Flags) =>
      withTools(async ({ stores }) => {
        const { numberOf } = await import("../channels/whatsapp/pair.ts");
        const number = await numberOf(sqliteWhatsappRooms(stores.db, stores.sealer));
        const text =
          number === undefined ? "No number is linked. Link one: npx loket whatsapp pair" : `Linked: +${number}`;
        console.log(json ? JSON.stringify({ linked: number !== undefined, number: number ?? null }) : text);
        return 0;
      }),
    );
  whatsapp
    .command("unlink")
    .description("forgets the linked number and its keys; remove the device on the phone, too")
    .option("--json", "as JSON")
    .action(({ json }: Flags) =>
      withOwnStores(async (stores) => {
        await sqliteWhatsappRooms(stores.db, stores.sealer).keys.clear();
        const text = "The keys are gone. On the phone: Linked devices, this device, Log out.";
        console.log(json ? JSON.stringify({ linked: false }) : text);
        return 0;
      }),
    );
  return whatsapp;
}

async function pairCommand({ phone, json }: Flags): Promise<void> {
  const digits = phone?.replace(/[\s+-]/g, "");
  if (digits !== undefined && !/^[1-9]\d{7,14}$/.test(digits)) {
    console.error("--phone is the number with the country's digits and no 0 before it: 6281234567890");
    process.exitCode = WRONG;
    return;
  }
  await withOwnStores(async (stores, wsUrl) => {
    const log = makeLog("error", (line) => process.stderr.write(line));
    const { quietLibsignal } = await import("../channels/whatsapp/quiet.ts");
    quietLibsignal(log);
    const { pair } = await import("../channels/whatsapp/pair.ts");
    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort());
    process.once("SIGTERM", () => stop.abort());
    const paired = await pair(
      {
        rooms: sqliteWhatsappRooms(stores.db, stores.sealer),
        clock: systemClock,
        log,
        ...(wsUrl === undefined ? {} : { wsUrl }),
        ...(digits === undefined ? {} : { phone: digits }),
        onQr: (qr) => void showQr(qr, json === true),
        onCode: (code) => console.log(json ? JSON.stringify({ code }) : codeText(code)),
      },
      stop.signal,
    );
    if (paired.kind === "over") {
      console.error(json ? JSON.stringify({ linked: false, reason: paired.says }) : `Not linked: ${paired.says}.`);
      return 1;
    }
    const already = paired.kind === "already" ? "already " : "";
    const text = `+${paired.number} is ${already}linked. Start the counter with WHATSAPP=on.`;
    console.log(json ? JSON.stringify({ linked: true, number: paired.number }) : text);
    return 0;
  });
}

async function showQr(qr: string, json: boolean): Promise<void> {
  if (json) console.log(JSON.stringify({ qr }));
  else console.log(await qrText(qr));
}

function codeText(code: string): string {
  return `The code: ${code.slice(0, 4)}-${code.slice(4)}\nOn the phone: WhatsApp, Linked devices, Link a device, Link with phone number instead, and type it.`;
}

/** Linking changes keys that a running counter holds in its memory: the counter must not run meanwhile. */
async function withOwnStores(work: (stores: Stores, wsUrl: string | undefined) => Promise<number>): Promise<void> {
  const config = settingsOrExit();
  let stores: Stores | undefined;
  try {
    stores = openStores({ databaseUrl: config.databaseUrl, secret: config.secret, as: "program" });
    process.exitCode = await work(stores, config.whatsapp.wsUrl);
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  } finally {
    stores?.close();
  }
  // Baileys leaves timers behind that would keep the process.
  process.exit();
}
