import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { startChromium } from "./chromium.ts";
import { type Site, type SiteOptions, startSite } from "./web-site.ts";

export const DESK = { viewport: { width: 1280, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let browser: Browser | undefined;

/** Of a test file: one browser for all of its tests. */
export function withChromium(): void {
  beforeAll(async () => {
    browser = await startChromium();
  }, 60_000);
  afterAll(() => browser?.close());
}

/** A page on a counter of its own. `faults` gathers what the browser complains of: a broken policy, a script error. */
export async function visit(options: BrowserContextOptions = DESK, siteOptions: SiteOptions = {}) {
  const site = await startSite(siteOptions);
  let stopped = false;
  const stop = async () => {
    if (!stopped) await site.stop();
    stopped = true;
  };
  onTestFinished(stop);
  const { page, faults } = await open(site, options);
  return { site: { ...site, stop }, page, faults };
}

async function open(site: Site, options: BrowserContextOptions) {
  if (browser === undefined) throw new Error("withChromium() is missing");
  const context = await browser.newContext({ locale: "id-ID", ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (line) => {
    if (line.type() === "error") faults.push(line.text());
  });
  await page.goto(site.web.url);
  await button(page, "Jawa Barat").waitFor();
  return { page, faults };
}

export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
export const field = (page: Page) => page.getByRole("textbox", { name: "Tulis pesan" });
export const log = (page: Page) => page.getByRole("log", { name: "Pesan" });
export const state = (page: Page) => page.locator("#state");
export const bubbles = (page: Page) => page.locator(".row.you .said").allTextContents();

export async function say(page: Page, text: string) {
  await field(page).fill(text);
  await field(page).press("Enter");
}
