import { TEST_VEHICLES } from "../biller/sandbox/vehicles.ts";
import { StoreError } from "../store/store-error.ts";
import { settingsOrExit } from "./settings.ts";

/** `npx loket start`: runs until SIGTERM or SIGINT; what is under way ends first, then it leaves with 0. */
export async function startCommand(): Promise<void> {
  const config = settingsOrExit();
  // Listened for before anything is opened: a signal that comes while it starts stops it when it is open.
  const signal = firstSignal();
  try {
    // Only now: the tools beside the program need none of its channels, drawing and web server, which take long to load.
    const { start } = await import("../main.ts");
    const running = await start(config);
    console.log(running.sandbox ? sandboxText(running.url) : openText(running.url));
    await signal;
    await running.stop();
    process.exit(0);
  } catch (error) {
    console.error(sentenceOf(error));
    process.exit(1);
  }
}

/** Those that come after the first one change nothing: a payment that is under way is not cut short. */
function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.on("SIGTERM", () => resolve());
    process.on("SIGINT", () => resolve());
  });
}

export function sentenceOf(error: unknown): string {
  if (error instanceof StoreError) return error.message;
  return error instanceof Error ? error.message : String(error);
}

function openText(url: string): string {
  return `The counter is open: ${url}`;
}

function sandboxText(url: string): string {
  const width = Math.max(...TEST_VEHICLES.map(({ chassis }) => chassis.length));
  return [
    openText(url),
    "",
    "SANDBOX: no tax is really paid. Region Jawa Barat, any KTP number of 16 digits, and one of these chassis numbers",
    "(the last four digits are free, so that a payment can be repeated with the next number):",
    ...TEST_VEHICLES.map(({ chassis, title }) => `  ${chassis.padEnd(width)}  ${title}`),
    "",
  ].join("\n");
}
