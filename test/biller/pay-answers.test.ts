import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerOf } from "../../src/biller/answer.ts";
import type { Order, Settlement } from "../../src/biller/biller.ts";
import { readSettlement, readUntrusted } from "../../src/biller/read-settlement.ts";
import type { Invoice } from "../../src/domain/bill.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { CONFIRMED, SUSPECT } from "./garbage.ts";

const ORDER: Order = { invoice: "SAME" as Invoice, total: rupiah(183_500) };
const FROM = ["pay", "status"] as const;

const say = (fields: object) => JSON.stringify(fields);
const bill = { result: "ok", invoice: "SAME", total: "183500", reference_number: "5A83" };

describe("what an answer to pay or status means", () => {
  it.each(CONFIRMED)("is paid: $name", ({ body }) => {
    for (const from of FROM) expect(readSettlement(from, ORDER, body)).toMatchObject({ kind: "paid" });
  });

  it.each(SUSPECT)("is neither paid nor an end: $name", ({ body }) => {
    for (const from of FROM) {
      const said = readSettlement(from, ORDER, body);
      expect(["unknown", "refused", "unpaid"]).toContain(said.kind);
      if (from === "pay") expect(said.kind).not.toBe("unpaid");
    }
  });

  it("keeps the receipt as the biller gave it, trimmed and cleaned", () => {
    const body = say({
      ...bill,
      status: "CONFIRM",
      reference_number: " 5A834FE7A6394BA0A387EA9E8EFB1E48",
      trace_number: " 245209",
      tanggal: "2019-07-07 13:14:15",
      paymentcode: "322020060719000\u202E",
    });
    expect(readSettlement("pay", ORDER, body)).toEqual({
      kind: "paid",
      receipt: {
        reference: "5A834FE7A6394BA0A387EA9E8EFB1E48",
        trace: "245209",
        total: 183_500,
        tanggal: "2019-07-07 13:14:15",
        paymentCode: "322020060719000",
      },
    });
  });

  it("reads PENDING and REFUND of this invoice, from pay and from status", () => {
    for (const from of FROM) {
      expect(readSettlement(from, ORDER, say({ ...bill, status: "PENDING" }))).toEqual({ kind: "pending" });
      expect(readSettlement(from, ORDER, say({ ...bill, status: "REFUND" }))).toEqual({ kind: "refunded" });
    }
  });

  it("remembers that an answer was ok, whatever else was wrong with it", () => {
    const ok = (fields: object) => readSettlement("pay", ORDER, say({ ...bill, ...fields }));
    for (const fields of [
      { status: "CONFIRM", total: "1" },
      { status: "CONFIRM", reference_number: "" },
      { status: "CONFIRM", invoice: "OTHER" },
      { status: "PENDING", invoice: "" },
      { status: "PROSES" },
      { status: "confirm" },
      { status: "CONFIRM", result: "no" },
      { status: "CONFIRM", result: "OK" },
    ]) {
      expect(ok(fields), JSON.stringify(fields)).toMatchObject({ kind: "unknown", ok: true });
    }
    expect(ok({ status: "INQUIRY" })).toMatchObject({ kind: "unknown", ok: false });
  });

  it("remembers of what it cannot take for an answer whether it says CONFIRM or PENDING of this invoice", () => {
    const says = (fields: object) => readSettlement("status", ORDER, say({ ...bill, ...fields }));
    for (const fields of [
      { status: "CONFIRM", total: "1" },
      { status: "CONFIRM", total: "" },
      { status: "CONFIRM", reference_number: "" },
      { status: "confirmed" },
      { status: "PENDING", invoice: "" },
      { status: "CONFIRM", result: "OK" },
      { status: "CONFIRM", result: "no" },
    ]) {
      expect(says(fields), JSON.stringify(fields)).toMatchObject({ kind: "unknown", ok: true, saysDebit: true });
    }
    for (const fields of [
      { status: "CONFIRM", invoice: "OTHER" },
      { status: "PENDING", invoice: "OTHER", result: "OK" },
      { status: "" },
      { status: "PROSES" },
      { status: "SUCCESS", result: "OK" },
      { status: "REFUND", total: "1" },
    ]) {
      const said = says(fields);
      expect(said, JSON.stringify(fields)).toMatchObject({ kind: "unknown", ok: true });
      expect(said, JSON.stringify(fields)).not.toHaveProperty("saysDebit");
    }
  });

  it("keeps a refusal of pay as a refusal, and hears when it says that the bill was paid", () => {
    const refusal = (reason: string) => readSettlement("pay", ORDER, say({ result: "no", reason }));
    expect(refusal("Transaksi tidak dapat diproses. Tagihan sudah dibayar (Kode: 0054)")).toEqual({
      kind: "refused",
      reason: "Transaksi tidak dapat diproses. Tagihan sudah dibayar (Kode: 0054)",
      code: "0054",
      saysPaid: true,
    });
    for (const reason of [
      "Tagihan telah LUNAS",
      "sudah pernah dibayar",
      "Pajak  sudah\nterbayar",
      "already paid",
      "(Kode: 54)",
      "Transaksi sudah pernah diproses",
      "duplicate transaction",
    ]) {
      expect(refusal(reason), reason).toMatchObject({ kind: "refused", saysPaid: true });
    }
    for (const reason of [
      "Saldo tidak cukup",
      "Tagihan belum lunas",
      "Transaksi tidak dapat diproses",
      "",
      "Kode: 0540",
    ]) {
      expect(refusal(reason), reason).toMatchObject({ kind: "refused", saysPaid: false });
    }
  });

  it("counts a FAILURE of status only as the document prints it", () => {
    const status = (fields: object) => readSettlement("status", ORDER, say({ result: "no", ...fields }));
    expect(status({ status: "FAILURE", reason: "Failure Invoice SAME!" }).kind).toBe("failure");
    expect(status({ status: "FAILURE" }).kind).toBe("failure");
    for (const fields of [
      { reason: "invalid login" },
      { status: "failure", reason: "Failure Invoice SAME!" },
      { status: "FAILURE", reason: "Failure Invoice OTHER!" },
      { status: "FAILURE", invoice: "OTHER" },
      { status: "FAILURE", reason: "invalid login" },
      { status: "FAILURE", reason: "Tagihan sudah dibayar" },
      { status: "FAILURE", reason: "Sistem sedang gangguan" },
    ]) {
      expect(status(fields), JSON.stringify(fields)).toMatchObject({ kind: "unknown", ok: false });
    }
    expect(readSettlement("pay", ORDER, say({ result: "no", status: "FAILURE" })).kind).toBe("refused");
  });

  it("reads INQUIRY of status as unpaid", () => {
    expect(readSettlement("status", ORDER, say({ ...bill, status: "INQUIRY" }))).toEqual({ kind: "unpaid" });
  });
});

describe("an answer whose HTTP status is not 200", () => {
  it("is never paid, pending, refunded or a failure, but remembers what it claimed", () => {
    for (const from of FROM) {
      for (const status of ["CONFIRM", "PENDING", "REFUND"]) {
        const said = readUntrusted(from, ORDER, say({ ...bill, status }));
        const saysDebit = status === "REFUND" ? {} : { saysDebit: true };
        expect(said).toEqual({ kind: "unknown", cause: "garbled", ok: true, ...saysDebit });
      }
    }
    const failure = say({ result: "no", status: "FAILURE", reason: "Failure Invoice SAME!" });
    expect(readUntrusted("status", ORDER, failure)).toEqual({ kind: "unknown", cause: "garbled", ok: false });
    const paid = say({ result: "no", reason: "Tagihan sudah dibayar" });
    expect(readUntrusted("pay", ORDER, paid)).toMatchObject({ kind: "refused", saysPaid: true });
  });
});

describe("a field that the biller did not write", () => {
  it("is not taken from the prototype of the answer", () => {
    const inherits = answerOf(Object.create({ status: "CONFIRM", total: "183500" }));
    expect([inherits?.raw("status"), inherits?.text("status"), inherits?.sum("total")]).toEqual(["", "", undefined]);
    for (const name of ["constructor", "toString", "__proto__"]) expect(answerOf({})?.raw(name)).toBe("");
  });

  it("is not taken from an Object.prototype that somebody has changed", () => {
    const inherited = { invoice: "SAME", total: "183500", reference_number: "5A83", status: "CONFIRM", result: "ok" };
    for (const [name, value] of Object.entries(inherited)) {
      const { [name]: _, ...rest } = { ...bill, status: "CONFIRM" } as Record<string, string>;
      const said = withInherited(name, value, () => FROM.map((from) => readSettlement(from, ORDER, say(rest)).kind));
      expect(said, name).not.toContain("paid");
    }
  });

  /** For the time of `work` alone: everything in this process inherits it. */
  function withInherited<T>(name: string, value: string, work: () => T): T {
    Object.defineProperty(Object.prototype, name, { value, configurable: true });
    try {
      return work();
    } finally {
      Reflect.deleteProperty(Object.prototype, name);
    }
  }
});

describe("any answer at all", () => {
  const value = fc.oneof(
    fc.constantFrom(
      "ok",
      "no",
      "CONFIRM",
      "PENDING",
      "REFUND",
      "FAILURE",
      "INQUIRY",
      "SAME",
      "OTHER",
      "183500",
      "183501",
    ),
    fc.jsonValue(),
  );
  const fields = fc.record(
    { result: value, status: value, invoice: value, total: value, reference_number: value, reason: value },
    { requiredKeys: [] },
  );

  it("is paid only with every mark of it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...FROM), fields, (from, answer) => {
        const said = readSettlement(from, ORDER, JSON.stringify(answer));
        const text = (of: unknown) => (typeof of === "string" ? of.trim() : of);
        const isPaid =
          text(answer.result) === "ok" &&
          text(answer.status) === "CONFIRM" &&
          text(answer.invoice) === "SAME" &&
          Number(text(answer.total)) === 183_500;
        if (said.kind === "paid") expect(isPaid).toBe(true);
        if (said.kind === "failure") expect([text(answer.result), text(answer.status)]).toEqual(["no", "FAILURE"]);
        if (said.kind === "refunded") expect([text(answer.status), text(answer.invoice)]).toEqual(["REFUND", "SAME"]);
        expect(said.kind).not.toBe("not-sent");
      }),
      { numRuns: 500 },
    );
  });

  it("never throws and is never paid or failed when it is random text or a cut answer", () => {
    const whole = CONFIRMED.map(({ body }) => body);
    const cut = fc.tuple(fc.constantFrom(...whole), fc.double({ min: 0, max: 0.99, noNaN: true }));
    const body = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => new TextDecoder().decode(bytes)),
      fc.json().map((text) => text),
      cut.map(([text, part]) => text.trim().slice(0, Math.floor(text.trim().length * part))),
    );
    fc.assert(
      fc.property(fc.constantFrom(...FROM), body, (from, text) => {
        const said: Settlement = readSettlement(from, ORDER, text);
        expect(["unknown", "refused"]).toContain(said.kind);
      }),
      { numRuns: 500 },
    );
  });
});
