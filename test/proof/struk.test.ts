import fc from "fast-check";
import { expect, test } from "vitest";
import type { Invoice } from "../../src/domain/bill.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { COLUMNS } from "../../src/proof/columns.ts";
import { copyOf, makeProof } from "../../src/proof/proof.ts";
import { struk } from "../../src/proof/struk.ts";
import { CHASSIS, counter, longest, NIK, paid } from "./paid.ts";

test("the struk of a small motorcycle", () => {
  expect(struk(makeProof(paid(), counter))).toBe(`     Loket Samsat Cibinong
   BUKTI PEMBAYARAN E-SAMSAT
             LUNAS
--------------------------------
No      TRX-7K2MQ
Tgl     07-07-2019 13.14 WIB
Nopol   F 0001 Z
Pemilik JORDAN
NIK     3204********0001
Rangka  MH1JFZ110HK123456
Merek   YAMAHA
Model   28D (AL115S/MIO)
Warna   MERAH MARUN
Tahun   2010
Wilayah Jawa Barat
--------------------------------
PKB                    Rp143.500
SWDKLLJ                 Rp35.000
Biaya admin              Rp5.000
--------------------------------
TOTAL                  Rp183.500
seratus delapan puluh tiga ribu
lima ratus rupiah
--------------------------------
Invoice 11111111111
Kd bank 322020060719000 (LUNAS)
Ref     5A834FE7A6394BA0A387EA9E
        8EFB1E48
Trace   245209
Mitra   2019-07-07 13:14:38
Asli    7K2MQ-94QD
--------------------------------
Sahkan STNK di:
kantor Samsat di Jawa Barat,
cabang Bank BJB, atau Polsek
yang ditunjuk (hubungi dulu)
Bawa cetakan bukti ini, KTP asli
pemilik, dan STNK asli.
Anda akan menerima e-SKKP. Bukti
ini bukan pengganti TBPKP.
WA 0811-2222-333, ketik BUKTI
7K2MQ-94QD`);
});

test("every penalty and other component that there is stands on it", () => {
  const printed = struk(makeProof(longest("W"), counter)).split("\n");
  for (const label of ["PKB", "Denda PKB", "SWDKLLJ", "Denda SWDKLLJ", "BBN", "Denda BBN", "Komponen lain", "TOTAL"]) {
    expect(printed).toContain(`${label}${"Rp999.999.999.999".padStart(COLUMNS - label.length)}`);
  }
});

test("no line is wider than the printer, whatever the biller sends", () => {
  const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 64 }), fc.string({ unit: "binary", maxLength: 64 }));
  const sum = fc.integer({ min: 0, max: 999_999_999_999 }).map(rupiah);
  fc.assert(
    fc.property(text, text, text, sum, fc.nat(), fc.boolean(), (one, two, three, money, copy, sandbox) => {
      const payment = paid({
        bill: {
          owner: one,
          model: two,
          plate: three,
          invoice: three as Invoice,
          pkb: money,
          other: money,
          total: money,
        },
        receipt: { reference: `R${one}`, trace: two },
      });
      const printed = struk(copyOf(makeProof(payment, { name: two, contact: three, sandbox }), copy));
      expect(printed.split("\n").filter((line) => !/^[\x20-\x7e]{0,32}$/.test(line))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test("a repeat and a simulation say what they are", () => {
  const printed = struk(copyOf(makeProof(paid(), { ...counter, sandbox: true }), 2));
  expect(printed).toContain("SALINAN 2\n");
  expect(printed).toMatch(/^ +SIMULASI: ini bukan bukti\n/);
});

test("the chassis is whole and the NIK is not", () => {
  const printed = struk(makeProof(paid(), counter));
  expect(printed).toContain(CHASSIS);
  expect(printed).not.toContain(NIK);
});

test("accents fall off, and what a printer cannot know is a question mark", () => {
  const printed = struk(
    makeProof(paid({ bill: { owner: "Siti Zahrā – “Łéla” 漢 👨‍👩‍👧", plate: "F Ø001 Z" } }), counter),
  );
  expect(printed).toContain('Pemilik Siti Zahra - "Lela" ?');
  expect(printed).toContain("Nopol   F ?001 Z");
});
