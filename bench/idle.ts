import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Say } from "./compare.ts";
import { pause, residentOf, rounded } from "./measure.ts";
import { BUILD } from "./prepare.ts";
import { botAnswer } from "./telegram.ts";

const LOOKS = [5, 10, 20, 30];

/** Resident memory of the program as it starts from the command line, with Telegram and the web chat, and nobody in it. */
export async function idleRun(say: Say): Promise<unknown> {
  const telegram = await startTelegram();
  const folder = mkdtempSync(join(tmpdir(), "loket-bench-idle-"));
  const program = spawn(process.execPath, [join(BUILD, "src/cli.js"), "start"], {
    cwd: folder,
    env: { PATH: process.env.PATH, TELEGRAM_BOT_TOKEN: "42:bench-bench", TELEGRAM_API_ROOT: telegram.url, PORT: "0" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(program, "exit");
  const samples: { readonly seconds: number; readonly mib: number }[] = [];
  let seconds = 0;
  for (const look of LOOKS) {
    await Promise.race([pause((look - seconds) * 1000), ended]);
    seconds = look;
    if (program.exitCode !== null) throw new Error(`the program ended with ${program.exitCode}`);
    samples.push({ seconds, mib: rounded(residentOf(program.pid ?? 0) / 2 ** 20) });
    say(`after ${seconds} s: ${samples.at(-1)?.mib} MiB`);
  }
  program.kill("SIGTERM");
  await ended;
  telegram.stop();
  rmSync(folder, { recursive: true, force: true });
  return { idle: samples };
}

/** A Bot API to which nobody ever writes: a long poll is held as long as it asks for. */
async function startTelegram() {
  const answer = botAnswer(() => {});
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const polls = request.url?.endsWith("/getUpdates") === true;
    const { timeout = 0 } = polls ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    if (polls) await pause(timeout * 1000);
    const said = polls ? { ok: true, result: [] } : await answer(request.url ?? "", "{}");
    response.setHeader("content-type", "application/json").end(JSON.stringify(said));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
