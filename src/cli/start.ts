import { TEST_VEHICLES } from "../biller/sandbox/vehicles.ts";
import { StoreError } from "../store/store-error.ts";
import { settingsOrExit } from "./settings.ts";

/** `npx loket start`: runs until SIGTERM or SIGINT; what is under way ends first, then it leaves with 0. */
export async function startCommand(): Promise<void> {
  const config = settingsOrExit();
  // Only now: the tools beside the program need none of its channels, drawing and web server, which take long to load.
  const { start } = await import("../main.ts");
  const running = await start(config).catch((error: unknown) => {
    console.error(sentenceOf(error));
    process.exit(1);
  });
  if (running.sandbox) console.log(sandboxText(running.url));
  else console.log(`The counter is open: ${running.url}`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(sentenceOf(error));
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

export function sentenceOf(error: unknown): string {
  if (error instanceof StoreError) return error.message;
  return error instanceof Error ? error.message : String(error);
}

function sandboxText(url: string): string {
  const width = Math.max(...TEST_VEHICLES.map(({ chassis }) => chassis.length));
  return [
    `The counter is open: ${url}`,
    "",
    "SANDBOX: no tax is really paid. Region Jawa Barat, any KTP number of 16 digits, and one of these chassis numbers",
    "(the last four digits are free, so that a payment can be repeated with the next number):",
    ...TEST_VEHICLES.map(({ chassis, title }) => `  ${chassis.padEnd(width)}  ${title}`),
    "",
  ].join("\n");
}
