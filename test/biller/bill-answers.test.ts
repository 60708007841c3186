import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readInquiry, readRegions } from "../../src/biller/wire.ts";
import { keepChassis } from "../../src/domain/chassis.ts";
import { keepNik } from "../../src/domain/nik.ts";
import { SUSPECT } from "./garbage.ts";

const nik = keepNik("3204110107900001");
const chassis = keepChassis("MH1JFZ110HK123456");
if (nik === undefined || chassis === undefined) throw new Error("the example numbers are none");
const QUERY = { product: "SAMSAT_JABAR", nik, chassis };

/** The document's example. */
const ANSWER = {
  result: "ok",
  tanggal: "2019-07-07 13:14:15",
  product: "SAMSAT_JABAR",
  invoice: "11111111111",
  paymentcode: "322020060719000",
  customer_number: "3204110107900001",
  customer_name: "JORDAN",
  customer_address: "KP CITAMIANG DUA RT1 RW4 PAMIJAHAN KAB BOGOR",
  structure_number: "MH1JFZ110HK123456",
  license_plate: "F 0001 Z",
  vehicle_brand: "YAMAHA",
  vehicle_model: "28D (AL115S/MIO)",
  vehicle_color: "MERAH MARUN",
  year_built: "2010",
  tax_pkb: "143500",
  tax_swd: "35000",
  tax_bnn: "0",
  penalty_pkb: "0",
  penalty_swd: "0",
  penalty_bnn: "0",
  fee: "5000",
  total: "183500",
  kodeagen: "JKT-00000",
  status: "INQUIRY",
};

const inquiry = (fields: object) => readInquiry(JSON.stringify({ ...ANSWER, ...fields }), QUERY);
const no = (reason: unknown) => readInquiry(JSON.stringify({ result: "no", product: "SAMSAT_JABAR", reason }), QUERY);

describe("an inquiry's answer", () => {
  it("is a bill, field by field", () => {
    expect(inquiry({})).toEqual({
      kind: "bill",
      bill: {
        ...QUERY,
        invoice: "11111111111",
        paymentCode: "322020060719000",
        owner: "JORDAN",
        address: "KP CITAMIANG DUA RT1 RW4 PAMIJAHAN KAB BOGOR",
        plate: "F 0001 Z",
        brand: "YAMAHA",
        model: "28D (AL115S/MIO)",
        color: "MERAH MARUN",
        year: "2010",
        pkb: 143_500,
        swdkllj: 35_000,
        bbn: 0,
        pkbPenalty: 0,
        swdklljPenalty: 0,
        bbnPenalty: 0,
        fee: 5_000,
        total: 183_500,
        other: 0,
        billedAt: "2019-07-07 13:14:15",
      },
    });
  });

  it("takes an echo that is only spelled otherwise", () => {
    const echo = {
      structure_number: " mh1jfz110hk-123456",
      customer_number: "3204 1101 0790 0001 ",
      invoice: " 11111111111",
    };
    expect(inquiry(echo)).toMatchObject({ kind: "bill", bill: { ...QUERY, invoice: "11111111111" } });
  });

  it("shows a total of more than its parts as another part", () => {
    expect(inquiry({ total: "186000" })).toMatchObject({ kind: "bill", bill: { total: 186_000, other: 2_500 } });
  });

  it.each([
    ["a total of less than its parts", { total: "183499" }],
    ["a total of 0", { total: "0" }],
    ["a part that is no number", { tax_pkb: "143.500" }],
    ["a part in words", { penalty_swd: "nihil" }],
    ["an empty part", { tax_bnn: "" }],
    ["a part that is missing", { fee: undefined }],
    ["a negative part", { penalty_pkb: "-500" }],
    ["a part as a fraction", { tax_pkb: 143500.5 }],
    ["a total with Rp", { total: "Rp183500" }],
    ["another product", { product: "SAMSAT_JATENG" }],
    ["another chassis", { structure_number: "MH1JFZ110HK123457" }],
    ["another KTP number", { customer_number: "3204110107900002" }],
    ["no echo of the chassis", { structure_number: undefined }],
    ["no invoice", { invoice: " " }],
    ["an invoice with invisible letters", { invoice: "1111\u200B1111111" }],
    ["an invoice longer than any", { invoice: "1".repeat(65) }],
    ["the status of a payment", { status: "CONFIRM" }],
    ["no status", { status: undefined }],
  ])("with %s is a bad bill", (_, fields) => {
    const said = inquiry(fields);
    if (said.kind !== "bad-bill") throw new Error(said.kind);
    expect(said.why).toMatch(/^[\w ,-]{8,80}$/);
    expect(said.why).not.toMatch(/[0-9]{5}/);
  });

  it("cleans what people will read, and leaves the markup to the channels", () => {
    const fields = {
      customer_name: "TG11~!@#$^``}?-&+D4Ta-#o00",
      customer_address: '<a href="tg://user?id=1">x</a>',
      vehicle_model: "👨‍👩‍👧".repeat(500),
      vehicle_color: "\u202EMERAH\u0000 \u2066 \n MARUN",
    };
    const said = inquiry(fields);
    if (said.kind !== "bill") throw new Error(said.kind);
    expect(said.bill.owner).toBe(fields.customer_name);
    expect(said.bill.address).toBe(fields.customer_address);
    expect(said.bill.model.length).toBeLessThanOrEqual(64);
    expect(said.bill.model).toBe(Buffer.from(said.bill.model).toString());
    expect(said.bill.color).toBe("MERAH MARUN");
  });

  it.each([
    [
      "not-found",
      "Maaf, Datamu Tidak Ketemu. Silakan periksa kembali nomor rangka dan nomor KTP yang telah dimasukkan.",
    ],
    ["not-found", "DATA TIDAK DITEMUKAN, silakan coba lagi"],
    ["not-found", "Kendaraan Anda masih diblokir"],
    ["not-found", "Belum masuk masa pajak"],
    ["already-paid", "Transaksi tidak dapat diproses. Tagihan sudah dibayar (Kode: 0054)"],
    ["already-paid", "Pajak kendaraan ini sudah lunas"],
    ["closed", "Produk SAMSAT_JATENG sedang tutup"],
    ["closed", "Layanan ditutup pukul 23.00 (cut off)"],
  ])("is %s: %s", (kind, reason) => {
    expect(no(reason)).toEqual({ kind, reason });
  });

  it.each([
    ["login", "invalid login"],
    ["login", "ip not registered"],
    ["login", "IP 203.0.113.9 tidak terdaftar"],
    ["login", "Username atau password salah"],
    ["network", "Sistem sedang gangguan, coba beberapa saat lagi"],
    ["network", "Saldo deposit tidak mencukupi"],
    ["garbled", "XYZ 77"],
    ["garbled", ""],
  ])("is unavailable for %s: %s", (why, reason) => {
    expect(no(reason)).toEqual({ kind: "unavailable", why, reason });
  });

  it("cuts a reason to 200 characters, and takes one that is no text as none", () => {
    const said = no(`tidak ditemukan ${"\u202E!".repeat(4_000)}`);
    expect(said.kind === "not-found" && said.reason.length).toBe(200);
    expect(no({ text: "tidak ditemukan" })).toEqual({ kind: "unavailable", why: "garbled", reason: "" });
  });

  it.each(SUSPECT)("is never a bill when it is garbage: $name", ({ body }) => {
    expect(readInquiry(body, QUERY).kind).not.toBe("bill");
  });

  it("never throws, and a bill's parts always add up to its total", () => {
    const sum = fc.oneof(fc.nat({ max: 200_000 }).map(String), fc.nat({ max: 200_000 }), fc.jsonValue());
    const sums = fc.record(
      { tax_pkb: sum, tax_swd: sum, penalty_bnn: sum, fee: sum, total: sum },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(sums, (fields) => {
        const said = inquiry(fields);
        if (said.kind !== "bill") {
          expect(said.kind).toBe("bad-bill");
          return;
        }
        const { pkb, swdkllj, bbn, pkbPenalty, swdklljPenalty, bbnPenalty, fee, other, total } = said.bill;
        expect(pkb + swdkllj + bbn + pkbPenalty + swdklljPenalty + bbnPenalty + fee + other).toBe(total);
        expect(other).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: "binary" })), (body) => {
        expect(readInquiry(body, QUERY).kind).toBe("unavailable");
        expect(readRegions(body, 0).kind).toBe("unavailable");
      }),
      { numRuns: 300 },
    );
  });
});

describe("the list of regions", () => {
  const region = {
    product: "SAMSAT_JABAR",
    product_code: "SAMSAT_JABAR",
    debet: "tagihan+5000",
    cashback: "2000",
    status: "ON",
  };

  it("is read with the time of the look; open is ON and nothing else", () => {
    const list = [
      region,
      { ...region, product: "SAMSAT_JATENG", status: "OFF" },
      { ...region, product: "X", status: "on" },
    ];
    const said = readRegions(JSON.stringify(list), 77);
    if (said.kind !== "regions") throw new Error(said.kind);
    expect(said.at).toBe(77);
    expect(said.regions.map(({ product, open }) => [product, open])).toEqual([
      ["SAMSAT_JABAR", true],
      ["SAMSAT_JATENG", false],
      ["X", false],
    ]);
    expect(said.regions[0]).toMatchObject({ code: "SAMSAT_JABAR", debet: "tagihan+5000", cashback: 2_000 });
  });

  it("is read without quotes around its keys too", () => {
    const list =
      '[{product: "SAMSAT_JABAR", product_code: "SAMSAT_JABAR", debet: "tagihan+5000", cashback: "2000", status: "ON"},]';
    expect(readRegions(list, 1)).toMatchObject({ kind: "regions", regions: [{ product: "SAMSAT_JABAR", open: true }] });
  });

  it("leaves out what names no product, and is garbled when nothing is left", () => {
    const said = readRegions(JSON.stringify([null, 7, {}, region, region]), 1);
    expect(said.kind === "regions" && said.regions.length).toBe(1);
    for (const body of ["[]", "[null]", "", "{}", "<html>", '{"product":"SAMSAT_JABAR","status":"ON"}']) {
      expect(readRegions(body, 1), body).toEqual({ kind: "unavailable", why: "garbled", reason: "" });
    }
  });

  it("says when the login was refused", () => {
    const said = readRegions('{"result":"no","reason":"invalid login"}', 1);
    expect(said).toEqual({ kind: "unavailable", why: "login", reason: "invalid login" });
  });
});
