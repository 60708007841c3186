import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { runTerminal } from "./whatsapp/terminal.ts";
import { unlinked } from "./whatsapp-bot.ts";

test("at the terminal one links the counter, talks to it, and finds its files in a folder", async () => {
  const { server, bot } = await unlinked();
  const folder = await mkdtemp(join(tmpdir(), "whatsapp-terminal-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [input, output] = [new PassThrough(), new PassThrough()];
  let printed = "";
  const seen = (words: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!printed.includes(words)) return;
        output.off("data", look);
        resolve();
      };
      output.on("data", look);
      look();
    });
  output.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const ended = runTerminal(server, { input, output, folder });
  expect(printed).toContain(`WHATSAPP_WS_URL=${server.wsUrl}`);
  bot.connect();
  const qr = await bot.qr();
  input.write("halo, halo\n");
  input.write("ABCD1234\n");
  await seen("! no counter asks for a code yet");
  await seen("! no client that is connected shows this QR code");
  input.write(`${qr}\n`);
  await seen("linked");
  await bot.closed();
  bot.connect();
  await bot.opened();
  await seen("[the counter is here]");
  bot.answering((jid) => {
    const file = { mimetype: "application/pdf", fileName: "bukti.pdf", caption: "*Lunas*" };
    void bot.socket().sendMessage(jid, { document: Buffer.from("%PDF"), ...file });
  });
  input.write("bayar\n");
  await seen("bukti.pdf]");
  expect(printed).toContain("\nLunas\n");
  const [name = ""] = await readdir(folder);
  expect(await readFile(join(folder, name), "utf8")).toBe("%PDF");
  input.write("/photo\n/call\n");
  await bot.reached(() => bot.calls.length === 1);
  input.write("/drop\n");
  await seen("[the counter is gone]");
  input.end("/quit\n");
  await ended;
});
