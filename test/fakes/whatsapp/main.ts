import { mkdtemp, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quietLibsignal } from "../../../src/channels/whatsapp/quiet.ts";
import { silentLog } from "../../../src/log.ts";
import { startWhatsApp } from "./server.ts";
import { runTerminal } from "./terminal.ts";

// `npm run whatsapp:sim`, or `npm run whatsapp:sim -- PORT`: the WhatsApp counter without a phone.
quietLibsignal(silentLog);
const server = await startWhatsApp({ port: Number(process.argv[2] ?? 4466) });
const folder = await mkdtemp(join(tmpdir(), "whatsapp-sim-files-"));

async function leave(): Promise<never> {
  await server.close();
  // Stays if there are files in it: whoever got them may want them.
  await rmdir(folder).catch(() => {});
  process.exit();
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void leave());
await runTerminal(server, { input: process.stdin, output: process.stdout, folder });
await leave();
