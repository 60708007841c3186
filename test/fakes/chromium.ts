import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** No sandbox (tests run as root in a container), no network of its own. */
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser of the machine. A missing one is an error: a page that nobody looked at is not tested. */
export async function startChromium(): Promise<Browser> {
  const path = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  if (!existsSync(path)) {
    throw new Error(
      `There is no browser at ${path}. Install one (Debian: apt-get install -y chromium) or set CHROMIUM_PATH to it.`,
    );
  }
  return await chromium.launch({ executablePath: path, headless: true, args: ARGS });
}
