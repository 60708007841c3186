import { expect, test } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { copyOf, makeProof } from "../../src/proof/proof.ts";
import { proofText } from "../../src/proof/text.ts";
import { counter, longest, NIK, paid } from "./paid.ts";

test("the text says everything, line by line", () => {
  expect(proofText(makeProof(paid(), counter))).toBe(`BUKTI PEMBAYARAN E-SAMSAT
LUNAS
Loket Samsat Cibinong

Nomor: TRX-7K2MQ
Dibayar: 7 Juli 2019 pukul 13.14 WIB

Nomor polisi: F 0001 Z
Pemilik: JORDAN
NIK pemilik: 3204********0001
Nomor rangka: MH1JFZ110HK123456
Wilayah: Jawa Barat
Merek: YAMAHA
Model: 28D (AL115S/MIO)
Warna: MERAH MARUN
Tahun: 2010

Pajak kendaraan (PKB): Rp143.500
Denda PKB: Rp0
Jasa Raharja (SWDKLLJ): Rp35.000
Denda SWDKLLJ: Rp0
Bea balik nama (BBN): Rp0
Denda BBN: Rp0
Biaya admin: Rp5.000
Total: Rp183.500
Terbilang: seratus delapan puluh tiga ribu lima ratus rupiah

Berikutnya: sahkan STNK. Bawa cetakan bukti ini, KTP asli pemilik, dan STNK asli ke kantor Samsat di Jawa Barat, cabang Bank BJB, atau Polsek yang ditunjuk (hubungi dulu).
Anda akan menerima e-SKKP. Bukti ini bukan pengganti TBPKP.

Invoice: 11111111111
Kode pembayaran bank: 322020060719000 (LUNAS)
Ref. bank: 5A834FE7A6394BA0A387EA9E8EFB1E48
No. trace: 245209
Waktu menurut mitra: 2019-07-07 13:14:38
Kode asli: 7K2MQ-94QD

WA 0811-2222-333, ketik BUKTI 7K2MQ-94QD
Periksa keaslian: ketik ASLI 7K2MQ-94QD`);
});

test("other components are shown when there are any", () => {
  expect(proofText(makeProof(paid({ bill: { other: rupiah(12_500) } }), counter))).toContain(
    "Komponen lain: Rp12.500\n",
  );
});

test("a repeat and a simulation say what they are", () => {
  const text = proofText(copyOf(makeProof(paid(), { ...counter, sandbox: true }), 3));
  expect(text).toContain("SALINAN 3\n");
  expect(text.startsWith("SIMULASI: ini bukan bukti pembayaran.")).toBe(true);
});

test("what is missing is a dash, and without a contact the chat itself is named", () => {
  const proof = makeProof(paid({ bill: { plate: "", owner: "" }, receipt: { trace: "" } }), {
    ...counter,
    contact: "",
  });
  const text = proofText(proof);
  for (const line of ["Nomor polisi: -", "Pemilik: -", "No. trace: -", "Di chat loket ini, ketik BUKTI 7K2MQ-94QD"]) {
    expect(text.split("\n")).toContain(line);
  }
});

test("the NIK is never whole", () => {
  expect(proofText(makeProof(longest("W"), counter))).not.toContain(NIK);
});
