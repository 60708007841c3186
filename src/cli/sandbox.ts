import { Command } from "commander";
import { TEST_VEHICLES } from "../biller/sandbox/vehicles.ts";
import { systemClock } from "../clock.ts";
import { WRONG } from "./settings.ts";
import { sentenceOf } from "./start.ts";

interface Options {
  readonly port: string;
  readonly file?: string;
}

/** `npx loket sandbox`: an MMBC to try things against, alone. */
export function sandboxCommand(): Command {
  return new Command("sandbox")
    .description("runs the test biller alone; point MMBC_URL at it")
    .option("--port <n>", "0 for any free one", "0")
    .option("--file <path>", "keep its book over a restart")
    .action(async ({ port, file }: Options) => {
      if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
        console.error("--port must be a number from 0 to 65535.");
        process.exitCode = WRONG;
        return;
      }
      try {
        const { SANDBOX_LOGIN, startSandbox } = await import("../biller/sandbox/server.ts");
        const sandbox = await startSandbox({ port: Number(port), clock: systemClock, ...(file ? { file } : {}) });
        console.log(text(sandbox.url, SANDBOX_LOGIN));
        const stop = () => void sandbox.close().then(() => process.exit(0));
        process.on("SIGTERM", stop);
        process.on("SIGINT", stop);
      } catch (error) {
        console.error(sentenceOf(error));
        process.exitCode = 1;
      }
    });
}

function text(url: string, { username, password }: { readonly username: string; readonly password: string }): string {
  return [
    `The test biller runs: ${url}`,
    `MMBC_URL=${url} MMBC_USERNAME=${username} MMBC_PASSWORD=${password}`,
    `Its book: ${url}/sandbox/book`,
    ...TEST_VEHICLES.map(({ chassis, title }) => `  ${chassis}  ${title}`),
  ].join("\n");
}
