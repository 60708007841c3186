import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox } from "../../src/biller/sandbox/server.ts";
import { EXAMPLE_NIK, TEST_VEHICLES, testChassis, testPlate } from "../../src/biller/sandbox/vehicles.ts";
import { systemClock } from "../../src/clock.ts";
import { readChassis } from "../../src/domain/chassis.ts";
import { readNik } from "../../src/domain/nik.ts";
import { readPlate } from "../../src/domain/plate.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { billOf } from "../contract/biller.ts";
import { clientOf, queryOf, YES } from "./sandbox-client.ts";

describe("the sandbox's file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "loket-sandbox-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("keeps debits, invoices, regions and the deposit over a restart", async () => {
    const file = join(folder, "book.json");
    const first = await startSandbox({ clock: systemClock, file, deposit: rupiah(1_000_000) });
    const order = billOf(await clientOf(first).inquire(queryOf("hang-applied")));
    const open = billOf(await clientOf(first).inquire(queryOf("ordinary")));
    first.book.setRegion("SAMSAT_JATENG", "ON");
    await clientOf(first, "form", 200).pay(order, YES);
    // As it is on the disk while the first still runs: a kill would find no more.
    const copy = join(folder, "killed.json");
    writeFileSync(copy, readFileSync(file));
    await first.close();
    const second = await startSandbox({ clock: systemClock, file: copy });
    expect(second.book.debits).toEqual(first.book.debits);
    expect(second.book.pays).toEqual(first.book.pays);
    expect(second.book.deposit).toBe(1_000_000 - 183_500);
    expect((await clientOf(second).status(order)).kind).toBe("paid");
    expect((await clientOf(second).pay(open, YES)).kind).toBe("paid");
    const jateng = { ...queryOf("ordinary", 2), product: "SAMSAT_JATENG" };
    expect((await clientOf(second).inquire(jateng)).kind).toBe("bill");
    await second.close();
  });

  it("that is damaged is refused with a sentence", async () => {
    const file = join(folder, "book.json");
    writeFileSync(file, "{");
    await expect(startSandbox({ clock: systemClock, file })).rejects.toThrow(/delete it to begin anew/);
  });
});

describe("the list of test vehicles", () => {
  it("has numbers that the counter takes without a doubt, each with a plate of its own", () => {
    const all = TEST_VEHICLES.flatMap(({ kind }) =>
      [1, 2, 9_999].map((n) => [testChassis(kind, n), testPlate(kind, n)]),
    );
    expect(new Set(all.map(([chassis]) => chassis)).size).toBe(all.length);
    expect(new Set(all.map(([, plate]) => plate)).size).toBe(all.length);
    for (const [chassis = "", plate = ""] of all) {
      expect(readChassis(chassis)).toEqual({ kind: "chassis", chassis, doubts: [] });
      expect(chassis).toHaveLength(17);
      expect(readPlate(plate)).toBeDefined();
    }
    expect(readNik(EXAMPLE_NIK)).toEqual({ kind: "nik", nik: EXAMPLE_NIK, unusual: false });
  });

  it("gives for each an example of its pattern", () => {
    for (const { chassis, pattern, title, titleId, what } of TEST_VEHICLES) {
      expect(chassis.replace(/[0-9]{4}$/, "####")).toBe(pattern);
      expect([title, titleId, what].every((text) => text.length > 3)).toBe(true);
    }
  });
});
