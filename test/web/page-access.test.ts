import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bubbles, button, DESK, field, log, PHONE, say, visit, withChromium } from "../fakes/web-page.ts";

withChromium();

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
