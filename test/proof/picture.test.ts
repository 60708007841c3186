import { createCanvas, loadImage } from "@napi-rs/canvas";
import jsqr from "jsqr";
import { describe, expect, test } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { drawable } from "../../src/proof/letters.ts";
import { proofPdf, proofPng } from "../../src/proof/picture.ts";
import { copyOf, makeProof, type Proof } from "../../src/proof/proof.ts";
import { CHASSIS, counter, longest, NIK, paid } from "./paid.ts";
import { readPdf } from "./read-pdf.ts";

const read = (proof: Proof) => readPdf(proofPdf(proof));
const unspaced = (text: string) => text.replace(/\s/g, "");

describe("the PDF", () => {
  test("can be selected whole, line by line", async () => {
    const { lines, pages, width, height } = await read(makeProof(paid(), counter));
    expect({ pages, width, height }).toEqual({ pages: 1, width: 420, height: 595 });
    expect(lines).toEqual([
      "Loket Samsat Cibinong",
      "BUKTI PEMBAYARAN E-SAMSAT",
      "Pajak kendaraan tahunan, Jawa Barat",
      "LUNAS",
      "Nomor",
      "TRX-7K2MQ",
      "7 Juli 2019 pukul 13.14 WIB",
      ...["Nomor polisi", "F 0001 Z", "Total dibayar", "Rp183.500"],
      ...["Pemilik", "JORDAN", "NIK pemilik", "3204********0001"],
      ...["Nomor rangka", CHASSIS, "Wilayah", "Jawa Barat"],
      ...["Merek", "YAMAHA", "Model", "28D (AL115S/MIO)", "Warna", "MERAH MARUN", "Tahun", "2010"],
      ...["Pajak kendaraan (PKB)", "Rp143.500", "Denda PKB", "Rp0"],
      ...["Jasa Raharja (SWDKLLJ)", "Rp35.000", "Denda SWDKLLJ", "Rp0"],
      ...["Bea balik nama (BBN)", "Rp0", "Denda BBN", "Rp0", "Biaya admin", "Rp5.000"],
      ...["TOTAL", "Rp183.500", "Terbilang: seratus delapan puluh tiga ribu lima ratus rupiah"],
      "Berikutnya: sahkan STNK",
      "Bawa cetakan bukti ini, KTP asli pemilik, dan STNK asli ke kantor Samsat di Jawa",
      "Barat, cabang Bank BJB, atau Polsek yang ditunjuk (hubungi dulu).",
      "Anda akan menerima e-SKKP. Bukti ini bukan pengganti TBPKP.",
      ...["Kode asli", "7K2MQ-94QD", "Invoice", "11111111111"],
      ...["Kode pembayaran bank", "322020060719000 (LUNAS)", "Ref. bank", "5A834FE7A6394BA0A387EA9E8EFB1E48"],
      ...["No. trace", "245209", "Waktu menurut mitra", "2019-07-07 13:14:38"],
      "Ambil bukti ini lagi: WA 0811-2222-333, ketik BUKTI 7K2MQ-94QD",
      "Periksa keaslian: ketik ASLI 7K2MQ-94QD. Dibayarkan lewat loket ini, bukan kantor Samsat.",
    ]);
  });

  test.each([
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789",
    "office affluent fi fl ",
    "0O1Il|/()-*.,:;&@#' ",
    "ÀÉñşŽ“–”€…•¿",
  ])("holds long values of %j to the last letter", async (letters) => {
    const proof = copyOf(makeProof(longest(letters), { ...counter, sandbox: true }), 12);
    const text = unspaced((await read(proof)).lines.join(""));
    for (const value of [proof.invoice, proof.paymentCode, proof.owner, proof.model, proof.reference, proof.chassis]) {
      expect(text).toContain(unspaced(drawable(value)));
    }
    expect(text.split("Rp999.999.999.999").length - 1).toBe(10);
  });

  test("draws every letter that it lets through with its own fonts, and no other letter at all", async () => {
    const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).filter((c) => /\S/u.test(c));
    const drawn = new Set(all.map(drawable).join(""));
    const letters = [...drawn].filter((letter) => letter.trim() !== "").join("");
    for (let at = 0; at < letters.length; at += 4 * 64) {
      const [owner = "", model = "", brand = "", color = ""] = [0, 64, 128, 192].map((of) =>
        letters.slice(at + of, at + of + 64),
      );
      const receipt = { reference: `R${owner}`, trace: model, paymentCode: brand, tanggal: color };
      const { lines, fonts } = await read(makeProof(paid({ bill: { owner, model, brand, color }, receipt }), counter));
      for (const part of [owner, model, brand, color])
        expect(unspaced(lines.join("")).split(part).length).toBeGreaterThan(2);
      for (const font of fonts) expect(font).toMatch(/IBMPlex(Sans|Mono)/);
    }
  });

  test("survives letters of every script, as question marks", async () => {
    const { lines } = await read(
      makeProof(paid({ bill: { owner: "Nyi Rårå ﬁ 漢字 👨‍👩‍👧 عربى ꦲꦏ \u{10FFFF}" } }), counter),
    );
    expect(lines).toContain("Nyi Rårå fi ?? ? ???? ?? ?");
  });

  test("marks a repeat and a simulation", async () => {
    const { lines } = await read(copyOf(makeProof(paid(), { ...counter, sandbox: true }), 3));
    expect(lines).toContain("SALINAN 3");
    expect(lines[0]).toBe("SIMULASI: ini bukan bukti pembayaran. Tidak ada pajak yang dibayar.");
  });

  test("shows other components and penalties with their sums", async () => {
    const bill = { other: rupiah(12_500), pkbPenalty: rupiah(12_800) };
    const { lines } = await read(makeProof(paid({ bill }), counter));
    expect(lines[lines.indexOf("Komponen lain") + 1]).toBe("Rp12.500");
    expect(lines[lines.indexOf("Denda PKB") + 1]).toBe("Rp12.800");
  });

  test("never holds the whole NIK, nor a person in what it says about itself", async () => {
    const { lines, about } = await read(makeProof(paid(), counter));
    expect(lines.join("\n")).not.toContain(NIK);
    expect(about).not.toMatch(/JORDAN|MH1JFZ|3204/);
    expect(about).toContain("TRX-7K2MQ");
  });

  test("is the same each time", () => {
    const proof = makeProof(paid(), { ...counter, sandbox: true });
    expect(Buffer.compare(proofPdf(proof), proofPdf(proof))).toBe(0);
  });
});

describe("the PNG", () => {
  test.each([
    [counter, "TRX-7K2MQ 7K2MQ-94QD 183500 F 0001 Z"],
    [{ ...counter, sandbox: true }, "SIMULASI TRX-7K2MQ 7K2MQ-94QD 183500 F 0001 Z"],
  ])("has a QR code that a phone can read", async (at, said) => {
    const { pixels, width, height } = await look(proofPng(makeProof(paid(), at)));
    expect({ width, height }).toEqual({ width: 1260, height: 1785 });
    expect(jsqr.default(pixels, width, height)?.data).toBe(said);
  });

  test("has a watermark in the sandbox, and none elsewhere", async () => {
    const marked = await look(proofPng(makeProof(paid(), { ...counter, sandbox: true })));
    const plain = await look(proofPng(makeProof(paid(), counter)));
    const grey = ({ pixels }: { pixels: Uint8ClampedArray }) =>
      pixels.reduce((count, value, at) => count + Number(at % 4 === 0 && value > 215 && value < 235), 0);
    expect(grey(marked)).toBeGreaterThan(20 * grey(plain));
  });

  test("is the same each time", () => {
    const proof = makeProof(paid(), counter);
    expect(Buffer.compare(proofPng(proof), proofPng(proof))).toBe(0);
  });
});

async function look(png: Uint8Array) {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return {
    pixels: context.getImageData(0, 0, image.width, image.height).data,
    width: image.width,
    height: image.height,
  };
}
