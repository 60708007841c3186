import { rmSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startChromium } from "../fakes/chromium.ts";
import { tinyPdf } from "../fakes/tiny-files.ts";
import { type Site, type SiteOptions, startSite } from "../fakes/web-site.ts";

const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
}, 60_000);
afterAll(() => browser.close());

/** A page on a counter of its own. `faults` gathers what the browser complains of: a broken policy, a script error. */
async function visit(options: BrowserContextOptions = DESK, siteOptions: SiteOptions = {}) {
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

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const field = (page: Page) => page.getByRole("textbox", { name: "Tulis pesan" });
const log = (page: Page) => page.getByRole("log", { name: "Pesan" });
const state = (page: Page) => page.locator("#state");
const bubbles = (page: Page) => page.locator(".row.you .said").allTextContents();

async function say(page: Page, text: string) {
  await field(page).fill(text);
  await field(page).press("Enter");
}

describe("the chat", () => {
  test("greets by itself, once, and takes a person to the proof by tapping and typing", async () => {
    const { page, site, faults } = await visit();
    await button(page, "Jawa Barat").click();
    await log(page).getByText("Ketik NIK pemilik").waitFor();
    await button(page, "Bantuan").waitFor({ state: "detached" });
    await say(page, "3204110107900001");
    await log(page).getByText("NIK diterima").waitFor();
    await page.locator(".row.you", { hasText: "3204110107900001" }).waitFor({ state: "detached" });
    await button(page, "Kirim nomor rangka MH1SBXLANCARX0001: F 0001 Z, Lancar").click();
    await button(page, "Bayar Rp183.500").click();
    await log(page).getByText("Pembayaran berhasil").waitFor();
    expect(await bubbles(page)).toEqual(["Jawa Barat", "MH1SBXLANCARX0001", "Bayar Rp183.500"]);
    expect(await log(page).locator("strong").last().textContent()).toBe("Rp183.500");
    expect(site.taken.map((one) => (one.content.kind === "text" ? one.content.text : one.content.kind))).toEqual([
      "/start",
      "tap",
      "3204110107900001",
      "MH1SBXLANCARX0001",
      "tap",
    ]);
    expect(faults).toEqual([]);
  });

  test("gives the proof to open and to save, and a picture to look at", async () => {
    const { page, faults } = await visit();
    await say(page, "MH1SBXLANCARX0001");
    await button(page, "Bayar Rp183.500").click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Unduh bukti-TRX-7K2MQ.pdf" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("bukti-TRX-7K2MQ.pdf");
    const saved = await readFile(await download.path());
    expect(saved.equals(Buffer.from(tinyPdf("BUKTI PEMBAYARAN")))).toBe(true);
    const [opened] = await Promise.all([
      page.waitForEvent("popup"),
      page.getByRole("link", { name: "Buka bukti-TRX-7K2MQ.pdf" }).click(),
    ]);
    expect(opened.url()).toMatch(/^blob:/);
    await opened.close();
    await button(page, "Gambar").click();
    await page.getByRole("img", { name: "bukti-TRX-7K2MQ.png" }).waitFor();
    // What offers something stays.
    await button(page, "Gambar").waitFor();
    expect(faults).toEqual([]);
  });

  test("shows markup as text", async () => {
    const { page, faults } = await visit();
    const text = `<img src=x onerror="document.title='taken'"><b>tebal</b> &amp; *x*`;
    await say(page, text);
    await log(page).getByText(`Anda menulis: ${text}`).waitFor();
    expect(await log(page).locator("img, b").count()).toBe(0);
    expect(await page.title()).toBe("Loket Samsat");
    expect(faults).toEqual([]);
  });

  test("is the same after a reload, and does not greet again", async () => {
    const { page, site } = await visit();
    await say(page, "halo");
    await log(page).getByText("Anda menulis: halo").waitFor();
    await page.reload();
    await log(page).getByText("Anda menulis: halo").waitFor();
    await button(page, "Jawa Barat").waitFor();
    expect(await bubbles(page)).toEqual(["halo"]);
    expect(site.taken).toHaveLength(2);
  });

  test("shows that the counter is typing until it has spoken", async () => {
    const { page, site } = await visit();
    const key = site.taken[0]?.key;
    if (key === undefined) throw new Error("nobody is there");
    await site.channel.typing(key);
    await page.locator("#typing").waitFor();
    await site.channel.send(key, { kind: "text", text: "Sudah" }, "m1");
    await log(page).getByText("Sudah").waitFor();
    await page.locator("#typing").waitFor({ state: "hidden" });
  });

  test("says how long a message may be", async () => {
    const { page } = await visit();
    await field(page).fill("x".repeat(3_900));
    await page.getByText("Sisa 100 karakter.").waitFor();
    await field(page).press("End");
    await field(page).pressSequentially("y".repeat(3));
    await page.getByText("Sisa 97 karakter.").waitFor();
    expect(await field(page).getAttribute("maxlength")).toBe("4000");
  });
});

describe("a connection that breaks", () => {
  test("loses nothing in either direction, and sends nothing twice", async () => {
    const folder = await mkdtemp(join(tmpdir(), "loket-page-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "loket.db");
    const { page, site } = await visit(DESK, { path });
    const key = site.taken[0]?.key;
    if (key === undefined) throw new Error("nobody is there");
    const { port } = site.web;
    await site.stop();
    await state(page).getByText("menyambung kembali…").waitFor();
    await say(page, "satu");
    await say(page, "dua");
    await page.locator(".row.waiting", { hasText: "dua" }).getByText("menunggu terkirim…").waitFor();

    const again = await startSite({ path, port });
    onTestFinished(() => again.stop());
    await again.channel.send(key, { kind: "text", text: "Kabar selagi Anda pergi" }, "missed");
    await page.evaluate("dispatchEvent(new Event('online'))");
    await log(page).getByText("Anda menulis: dua").waitFor();
    await log(page).getByText("Kabar selagi Anda pergi").waitFor();
    await state(page).getByText("tersambung").waitFor();
    expect(await page.locator(".row.waiting").count()).toBe(0);
    expect(again.taken.map((one) => (one.content.kind === "text" ? one.content.text : ""))).toEqual(["satu", "dua"]);
    expect(await bubbles(page)).toEqual(["satu", "dua"]);
    expect(await log(page).getByText("Anda menulis: satu").count()).toBe(1);
  });

  test("keeps what was not sent over a reload of the page", async () => {
    let isDown = false;
    const { page, site } = await visit(DESK, {
      before: () => {
        if (isDown) throw new Error("the store is down");
      },
    });
    isDown = true;
    await say(page, "penting");
    await page.locator(".row.you", { hasText: "penting" }).waitFor();
    await page.reload();
    await page.locator(".row.you", { hasText: "penting" }).waitFor();
    isDown = false;
    await log(page).getByText("Anda menulis: penting").waitFor();
    expect(await bubbles(page)).toEqual(["penting"]);
    expect(site.taken).toHaveLength(2);
  });
});

describe("without a mouse", () => {
  test("one gets to every button by the keyboard, and is not left nowhere when it vanishes", async () => {
    const { page } = await visit({ ...DESK, reducedMotion: "reduce" });
    expect(await focused(page)).toBe("text");
    await page.keyboard.press("Shift+Tab");
    expect(await focused(page)).toBe("Bantuan");
    for (const label of ["Kepri", "Bali", "Jawa Tengah (tutup)", "Jawa Barat"]) {
      await page.keyboard.press("Shift+Tab");
      expect(await focused(page)).toBe(label);
    }
    await page.keyboard.press("Shift+Tab");
    expect(await focused(page)).toBe("scroller");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await log(page).getByText("Ketik NIK pemilik").waitFor();
    await button(page, "Jawa Barat").waitFor({ state: "detached" });
    expect(await focused(page)).toBe("text");
    await page.keyboard.type("baris satu");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("baris dua");
    await page.keyboard.press("Enter");
    await log(page).getByText("Anda menulis: baris satu").waitFor();
    expect((await bubbles(page)).at(-1)).toBe("baris satu\nbaris dua");
    expect(await field(page).inputValue()).toBe("");
  });

  test("the parts have roles and names", async () => {
    const { page } = await visit();
    const tree = await page.locator("body").ariaSnapshot();
    for (const part of [
      'complementary "Kendaraan uji"',
      'heading "Loket Samsat" [level=1]',
      "status: tersambung",
      'region "Percakapan"',
      'log "Pesan"',
      'group "Pilihan jawaban"',
      'button "Jawa Barat"',
      'textbox "Tulis pesan"',
      'button "Kirim"',
    ]) {
      expect(tree).toContain(part);
    }
    expect(await log(page).getAttribute("aria-live")).toBe("polite");
    expect(await log(page).getAttribute("aria-busy")).toBe("false");
    expect(await page.locator("html").getAttribute("lang")).toBe("id");
  });
});

describe("on a phone", () => {
  test("the test vehicles are in a drawer that closes when one is tapped, or by Escape", async () => {
    const { page } = await visit(PHONE);
    const drawer = page.getByRole("dialog", { name: "Kendaraan uji" });
    await page.getByText("SIMULASI").waitFor();
    expect(await drawer.count()).toBe(0);
    await button(page, "Kendaraan uji").tap();
    await drawer.waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
    await button(page, "Kendaraan uji").tap();
    await button(page, "Kirim NIK 3204110107900001").tap();
    await drawer.waitFor({ state: "hidden" });
    await log(page).getByText("NIK diterima").waitFor();
  });

  test.each([
    ["large", PHONE],
    ["small", { ...PHONE, viewport: { width: 320, height: 568 } }],
    ["small and dark", { ...PHONE, viewport: { width: 320, height: 568 }, colorScheme: "dark" as const }],
  ])("a %s one shows all of it, and everything is big enough to be tapped", async (_, options) => {
    const { page, faults } = await visit(options);
    await say(page, "MH1SBXLANCARX0001");
    await button(page, "Bayar Rp183.500").tap();
    await button(page, "Gambar").waitFor();
    await page.getByRole("link", { name: "Buka bukti-TRX-7K2MQ.pdf" }).waitFor();
    const { width, height } = options.viewport;
    const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
    expect(wide).toBeLessThanOrEqual(width);
    for (const target of await page.locator("button:visible, a:visible, textarea:visible").all()) {
      const box = await target.boundingBox();
      expect([await target.textContent(), (box?.height ?? 0) >= 44, (box?.width ?? 0) >= 44]).toEqual([
        await target.textContent(),
        true,
        true,
      ]);
    }
    const send = await button(page, "Kirim").boundingBox();
    expect((send?.y ?? 0) + (send?.height ?? 0)).toBeLessThanOrEqual(height);
    const top = await page.getByRole("heading", { level: 1 }).boundingBox();
    expect(top?.y).toBeGreaterThanOrEqual(0);
    expect(faults).toEqual([]);
  });
});

test("what is written can be read, in the light and in the dark", async () => {
  const { page } = await visit();
  await say(page, "halo");
  await log(page).getByText("Anda menulis: halo").waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const pairs = [
      [".bar h1", ".bar"],
      ["#state", ".bar"],
      [".simulation", ".simulation"],
      [".them .said", ".them .bubble"],
      [".them .meta", ".them .bubble"],
      [".you .said", ".you .bubble"],
      [".you .meta", ".you .bubble"],
      [".choices button", ".choices button"],
      [".day", ".phone"],
      [".send", ".send"],
      [".sheet .lead", ".stage"],
      [".vehicles .what", ".vehicles .pick"],
      [".vehicles .chassis", ".vehicles .pick"],
      [".vehicles .plate", ".vehicles .plate"],
    ] as const;
    for (const [ink, paper] of pairs) {
      const ratio = await contrast(page, ink, paper);
      expect(ratio, `${colorScheme}: ${ink} on ${paper} has ${ratio.toFixed(2)}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

/** The id of what has the focus, or what is written on it. */
function focused(page: Page): Promise<string> {
  return page.evaluate("document.activeElement.id || document.activeElement.textContent");
}

/** WCAG's ratio of the ink of one element on the ground of another; drawn, so that every way to write a colour works. */
function contrast(page: Page, ink: string, paper: string): Promise<number> {
  return page.evaluate(`(() => {
    const drawn = (colour, under) => {
      const board = new OffscreenCanvas(1, 1).getContext("2d");
      for (const fill of [under, colour]) { board.fillStyle = fill; board.fillRect(0, 0, 1, 1); }
      return [...board.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = (rgb) => {
      const [r, g, b] = rgb.map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    const ground = style(${JSON.stringify(paper)}).backgroundColor;
    const page = style("body").backgroundColor;
    const under = drawn(ground, page);
    const over = drawn(style(${JSON.stringify(ink)}).color, "rgb(" + under.join(" ") + ")");
    const [dark, bright] = [light(under), light(over)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  })()`);
}
