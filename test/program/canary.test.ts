import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { VehicleKind } from "../../src/biller/sandbox/kinds.ts";
import { testChassis } from "../../src/biller/sandbox/vehicles.ts";
import { LOGIN } from "./biller-gate.ts";
import { type Counter, freePort, makeCounter } from "./counter.ts";
import { type Customer, isProof, onTelegram, payLabel, refIn, says, toBill } from "./customer.ts";
import { type Program, SECRET } from "./program.ts";
import { openTab } from "./tab.ts";

const NIK = "3204116712890777";
const LETTER = "Rahasia-Surat-Kenari";
const NAME = "Kenari-Nama";
const WEBHOOK_SECRET = "kenari_webhook_secret-1";
/** What the sandbox's bills say of the owner. */
const OWNER = ["JORDAN", "CITAMIANG"];

const KINDS: readonly VehicleKind[] = [
  "ordinary",
  "not-found",
  "already-paid",
  "bad-bill",
  "down",
  "garbage",
  "reset-applied",
  "bad-gateway",
  "wrong-total",
  "pending-confirm",
];
const CHASSIS = KINDS.map((kind) => testChassis(kind, 61));

/** Answers of every kind, and what people write where it does not belong. */
async function throughEverything({ telegram, home }: Counter): Promise<void> {
  const chats: Customer[] = CHASSIS.map((_, at) =>
    at % 2 === 0 ? openTab(home.open) : onTelegram(telegram.user(9000 + at, { first_name: NAME, last_name: "Surya" })),
  );
  await Promise.all(
    chats.map(async (chat, at) => {
      const chassis = CHASSIS[at] ?? "";
      await chat.say(`${NIK.slice(0, 15)} ${chassis}`);
      await chat.next();
      await chat.say(`Jawa Barat ${NIK} ${chassis}`);
      const said = await chat.next(
        says(/Tagihan ditemukan|tidak ditemukan|sudah lunas|tidak dapat kami baca|sedang lambat/),
      );
      if (said.text.includes("Tagihan ditemukan")) {
        await chat.tap(payLabel(said));
        await chat.next(says("Pembayaran sedang diproses"));
      }
      await chat.say("petugas");
      await chat.next(says(/petugas/i));
      await chat.say(`${LETTER} ${NIK} ${chassis}`);
      await chat.say("riwayat");
      await chat.next(says(/Pembayaran Anda|Belum ada pembayaran/));
    }),
  );
}

/** Telegram and the biller at their worst. */
async function throughFaults({ telegram, biller, home }: Counter): Promise<void> {
  const user = telegram.user(9100, { first_name: NAME });
  const customer = onTelegram(user);
  telegram.fault("sendMessage", { kind: "error", status: 500, description: `Internal ${telegram.token} ${NIK}` });
  telegram.fault("sendMessage", { kind: "reset", when: "before" });
  telegram.fault("sendMessage", { kind: "garbled" });
  telegram.fault("getUpdates", { kind: "garbled" });
  telegram.fault("getUpdates", { kind: "error", status: 502, description: "Bad Gateway" });
  const bill = await toBill(customer, testChassis("ordinary", 62), NIK);
  telegram.fault("sendDocument", { kind: "error", status: 400, description: `Bad Request: ${NIK}` });
  await customer.tap(payLabel(bill));
  refIn(await customer.next(isProof));
  await customer.next(says("BUKTI PEMBAYARAN"));
  // What Telegram never sends.
  telegram.push({ update_id: 990_001, message: { text: NIK, from: { first_name: NAME }, chat: "?" } });
  telegram.push({ update_id: 990_002, callback_query: { id: "x", data: NIK, from: { id: 1 } } });
  const held = biller.hold("inquiry_esamsat", "before");
  const other = onTelegram(telegram.user(9101));
  await other.say(`Jawa Barat ${NIK} ${testChassis("ordinary", 63)}`);
  await held.reached;
  await home.open();
}

describe("what nobody may read", () => {
  it("is in no line of the log, and what is personal in no byte of the database, whatever happens", async () => {
    const counter = await makeCounter({ settings: { LOG_LEVEL: "debug" }, biller: { pendingMs: 2_000 } });
    const { telegram, biller, home } = counter;
    const lives: Program[] = [];
    const live = async (settings = {}) => {
      lives.push(await home.start(settings));
      return lives.at(-1) as Program;
    };
    const first = await live();
    await throughEverything(counter);
    await throughFaults(counter);
    await first.kill();
    // The biller refuses the login, and Telegram calls by webhook, with a wrong secret, too.
    const port = await freePort();
    const at = { PORT: String(port), TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}` };
    const wrong = { MMBC_PASSWORD: `${LOGIN.password}-wrong`, TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET };
    const second = await live({ ...at, ...wrong });
    await telegram.reached(({ webhook }) => webhook !== undefined);
    const body = JSON.stringify({ update_id: 1, message: { text: NIK } });
    await fetch(telegram.books.webhook?.url ?? "", { method: "POST", body });
    const user = onTelegram(telegram.user(9101));
    await user.say(`Jawa Barat ${NIK} ${testChassis("ordinary", 64)}`);
    await user.next(says(/gangguan|lambat/));
    await second.stop();
    // A token that is refused, a bad address.
    const third = await live({ TELEGRAM_BOT_TOKEN: "424242:WRONGxTESTxKENARIxTESTxTESTxTESTx" });
    await third.line(/Telegram refuses the bot token/);
    await third.stop();
    const fourth = await live();
    await fourth.line(/Telegram is reached/);
    // Copied by another process: closing a file of SQLite's in this one would drop its locks.
    execFileSync("sh", ["-c", "mkdir copies && cp loket.db* copies"], { cwd: home.folder });
    await fourth.stop();

    const said = lives.map((life) => life.output()).join("");
    expect(said).toContain('"level":20');
    const personal = [NIK, NIK.slice(0, 15), ...CHASSIS, LETTER, NAME, ...OWNER, testChassis("ordinary", 62)];
    const secret = [telegram.token, LOGIN.password, LOGIN.username, SECRET, WEBHOOK_SECRET, "KENARI"];
    for (const canary of [...personal, ...secret]) expect(linesWith(said, canary)).toEqual([]);
    const bytes = [home.folder, join(home.folder, "copies")].flatMap(filesIn);
    expect(bytes.length).toBeGreaterThan(4);
    for (const canary of [...personal, ...secret]) {
      expect(bytes.filter(({ text }) => text.includes(canary)).map(({ name }) => [name, canary])).toEqual([]);
    }
    expect(biller.sandbox.book.debits.length).toBeGreaterThan(2);
  });
});

function linesWith(output: string, canary: string): readonly string[] {
  return output.split("\n").filter((line) => line.toLowerCase().includes(canary.toLowerCase()));
}

function filesIn(folder: string): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ name, text: readFileSync(join(folder, name), "latin1") }));
}
