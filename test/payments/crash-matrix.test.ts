import { describe, expect, it } from "vitest";
import { COURSES } from "./courses.ts";
import { matrixOf, POINTS, secondMatrix } from "./crash-matrix.ts";

describe("a crash at every await of the payment path, whatever the biller does", () => {
  for (const course of COURSES) {
    it(`${course.name}: at most one debit, and nobody is told what is not so`, { timeout: 240_000 }, async () => {
      const { broken, deaths } = await matrixOf(course);
      expect(broken).toEqual([]);
      // The rare happened: a run that never died in the call has shown nothing.
      for (const name of ["biller.pay", "biller.regions", "ledger.commit", "ledger.claim"]) {
        for (const point of POINTS) expect(deaths).toContain(`${name} ${point}`);
      }
    });
  }
});

describe("a crash before a second payment of the vehicle", () => {
  it("at every await: each invoice is sent once at most", { timeout: 240_000 }, async () => {
    const { broken, deaths } = await secondMatrix();
    expect(broken).toEqual([]);
    for (const point of POINTS) expect(deaths).toContain(`biller.pay ${point}`);
  });
});
