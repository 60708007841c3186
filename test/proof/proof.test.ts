import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { LIVE, type PaymentState } from "../../src/payments/payment.ts";
import { copyOf, makeProof, type Proof } from "../../src/proof/proof.ts";
import { readProof } from "../../src/proof/read-proof.ts";
import { CHASSIS, counter, NIK, PAID_AT, paid } from "./paid.ts";

describe("making a proof", () => {
  test("it holds what the biller confirmed, and nothing recomputed", () => {
    const proof = makeProof(paid({ bill: { pkb: rupiah(1), other: rupiah(7) } }), counter);
    expect(proof).toMatchObject({
      title: "BUKTI PEMBAYARAN E-SAMSAT",
      sandbox: false,
      counter: "Loket Samsat Cibinong",
      contact: "WA 0811-2222-333",
      ref: "7K2MQ",
      code: "7K2MQ-94QD",
      copy: 0,
      invoice: "11111111111",
      paymentCode: "322020060719000",
      reference: "5A834FE7A6394BA0A387EA9E8EFB1E48",
      trace: "245209",
      paidAt: PAID_AT,
      zone: "WIB",
      tanggal: "2019-07-07 13:14:38",
      product: "SAMSAT_JABAR",
      region: "Jawa Barat",
      plate: "F 0001 Z",
      owner: "JORDAN",
      chassis: CHASSIS,
      brand: "YAMAHA",
      model: "28D (AL115S/MIO)",
      color: "MERAH MARUN",
      year: "2010",
      sums: { pkb: 1, swdkllj: 35_000, bbn: 0, pkbPenalty: 0, swdklljPenalty: 0, bbnPenalty: 0 },
      other: 7,
      fee: 5_000,
      total: 183_500,
      totalInWords: "seratus delapan puluh tiga ribu lima ratus rupiah",
    });
  });

  test("the NIK is masked and the address is left out", () => {
    const proof = makeProof(paid(), counter);
    expect(proof.maskedNik).toBe("3204********0001");
    expect(JSON.stringify(proof)).not.toContain(NIK);
    expect(JSON.stringify(proof)).not.toContain("CITAMIANG");
  });

  test("the payment code is the one of the receipt, or the bill's where the receipt has none", () => {
    expect(makeProof(paid({ receipt: { paymentCode: "99" } }), counter).paymentCode).toBe("99");
    expect(makeProof(paid({ receipt: { paymentCode: "" } }), counter).paymentCode).toBe("322020060719000");
  });

  const unpaid: readonly PaymentState[] = [...LIVE, "refunded", "not-charged", "withdrawn"];
  test.each(unpaid)("there is none for a payment that is %s", (state) => {
    expect(() => makeProof(paid({ payment: { state } }), counter)).toThrow(/CONFIRM/);
  });

  test("there is none without the biller's receipt, its reference, or the confirmed total", () => {
    expect(() => makeProof({ ...paid(), receipt: undefined }, counter)).toThrow(/receipt/);
    expect(() => makeProof({ ...paid(), paidAt: undefined }, counter)).toThrow(/receipt/);
    expect(() => makeProof(paid({ receipt: { reference: "" } }), counter)).toThrow(/reference/);
    expect(() => makeProof(paid({ receipt: { total: rupiah(183_501) } }), counter)).toThrow(/total/);
  });

  test.each([
    ["SAMSAT_JABAR", "F 0001 Z", /cabang Bank BJB/, "e-SKKP"],
    ["SAMSAT_JABAR", "B 6543 EFG", /^Samsat Depok, Cinere, atau Bekasi$/, "e-SKKP"],
    ["SAMSAT_JATIM", "L 1234 AB", /^kantor Samsat penerbit STNK$/, ""],
  ])("%s %s is sent to the right place", (product, plate, place, receive) => {
    const { validation } = makeProof(paid({ bill: { product, plate } }), counter);
    expect(validation.place).toMatch(place);
    expect(validation.receive).toBe(receive);
    expect(validation.bring).toBe("cetakan bukti ini, KTP asli pemilik, dan STNK asli");
  });
});

describe("repeating a proof", () => {
  test("a copy is the same proof with its number", () => {
    const proof = makeProof(paid(), counter);
    expect(copyOf(proof, 2)).toEqual({ ...proof, copy: 2 });
    expect(copyOf(copyOf(proof, 2), 0)).toEqual(proof);
  });

  test.each([-1, 1.5, Number.NaN])("a copy cannot have the number %s", (copy) => {
    expect(() => copyOf(makeProof(paid(), counter), copy)).toThrow(RangeError);
  });
});

describe("a saved proof", () => {
  test("comes back as it was saved", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 64 });
    fc.assert(
      fc.property(text, text, fc.nat(), fc.boolean(), (owner, model, copy, sandbox) => {
        const proof = copyOf(makeProof(paid({ bill: { owner, model } }), { ...counter, sandbox }), copy);
        expect(readProof(JSON.stringify(proof))).toEqual(proof);
      }),
    );
  });

  const saved = (changes: Partial<Record<keyof Proof, unknown>>) =>
    JSON.stringify({ ...makeProof(paid(), counter), ...changes });

  test("of a newer program is refused with what to do", () => {
    expect(() => readProof(saved({ version: 2 }))).toThrow(/version 2.*newer program/);
  });

  test.each([
    ["a whole NIK", { maskedNik: NIK }, "maskedNik"],
    ["a sum that is no whole rupiah", { total: 183_500.5 }, "total"],
    ["a reference with a letter that none has", { ref: "7K2M0" }, "ref"],
    ["a field missing", { owner: undefined }, "owner"],
    ["no version", { version: undefined }, "version"],
  ])("with %s is refused", (_, changes, field) => {
    expect(() => readProof(saved(changes))).toThrow(field);
  });

  test("that is damaged is refused without a word of what it held", () => {
    const json = saved({});
    const fault = (damaged: string) => {
      try {
        readProof(damaged);
        return "nothing";
      } catch (error) {
        return String(error);
      }
    };
    for (const damaged of [json.slice(0, -1), `${json}x`, "", "null", "[]", saved({ chassis: 7, owner: ["JORDAN"] })]) {
      expect(fault(damaged)).toContain("cannot be read");
      expect(fault(damaged)).not.toMatch(/JORDAN|MH1JFZ/);
    }
  });
});
