import { rmSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { tinyPdf } from "../fakes/tiny-files.ts";
import { bubbles, button, DESK, field, log, say, state, visit, withChromium } from "../fakes/web-page.ts";
import { startSite } from "../fakes/web-site.ts";

withChromium();

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
