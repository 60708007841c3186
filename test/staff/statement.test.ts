import { describe, expect, it } from "vitest";
import { readRef } from "../../src/domain/ref.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { Line } from "../../src/payments/ledger.ts";
import { numberOf, statementCsv, statementOf } from "../../src/staff/statement.ts";

const line = (at: number, amount: number, over: Partial<Line> = {}): Line => ({
  ...{ at, what: "top-up", amount: rupiah(amount), ref: undefined, request: undefined, by: "op", why: "" },
  ...over,
});

describe("a statement", () => {
  it("begins with what was there before, and carries the balance from line to line, oldest first", () => {
    const told = statementOf([line(40, -5), line(30, 100), line(20, 7), line(10, 3)], 30);
    expect(told.opening).toBe(10);
    expect(told.lines.map(({ at, balance }) => [at, balance])).toEqual([
      [30, 110],
      [40, 105],
    ]);
    expect(told.closing).toBe(105);
  });

  it("of a time in which nothing was done ends as it began", () => {
    expect(statementOf([line(10, 3)], 30)).toEqual({ opening: 3, lines: [], closing: 3 });
    expect(statementOf([])).toEqual({ opening: 0, lines: [], closing: 0 });
  });

  it("takes a year of an agent's lines", () => {
    const many = Array.from({ length: 300_000 }, (_, at) => line(at, 1)).reverse();
    expect(statementOf(many, 200_000)).toMatchObject({ opening: 200_000, closing: 300_000 });
  });

  it("names the payment or the request that a line is about", () => {
    const ref = readRef("7K2MQ");
    expect(numberOf({ ref, request: undefined })).toBe("TRX-7K2MQ");
    const csv = statementCsv(statementOf([line(0, -5, { what: "hold", ref, by: "", why: "@x" })]));
    expect(csv).toBe(
      "time,what,number,amount,balance,by,why\r\n1970-01-01T07:00:00+07:00,hold,TRX-7K2MQ,-5,-5,,'@x\r\n",
    );
  });
});
