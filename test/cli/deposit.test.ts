import { describe, expect, it } from "vitest";
import { openSqliteStores } from "../../src/store/sqlite/stores.ts";
import { type Home, makeHome, SECRET } from "../program/program.ts";

/** A home whose counter was started before, with a floor of the deposit. */
async function opened(): Promise<Home> {
  const home = makeHome({ DEPOSIT_FLOOR: "500000" });
  openSqliteStores({ databaseUrl: `sqlite:${home.database}`, secret: SECRET, as: "tool" }).close();
  return home;
}

async function said(home: Home, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await home.loket(["deposit", ...args]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

async function refused(home: Home, ...args: readonly string[]): Promise<readonly [number | null, string]> {
  const { code, stdout, stderr } = await home.loket(["deposit", ...args]);
  expect(stdout).toBe("");
  return [code, stderr];
}

describe("loket deposit", () => {
  it("is not known until it is said, and is then reckoned", async () => {
    const home = await opened();
    expect(await said(home)).toBe("It is not known. Say what the biller shows now: npx loket deposit start SUM\n");
    expect(await refused(home, "topup", "1000")).toEqual([1, expect.stringContaining("npx loket deposit start SUM")]);
    expect(await said(home, "start", "5.000.000")).toContain("Deposit at the biller: Rp5.000.000\nUnder way: Rp0\n");
    expect(await refused(home, "start", "1")).toEqual([1, expect.stringContaining("already")]);
    expect(JSON.parse(await said(home, "topup", "Rp250.000", "--ref", "BCA 1207", "--json"))).toMatchObject({
      started: true,
      sum: 5_250_000,
      room: 4_750_000,
      floor: 500_000,
    });
    expect(await said(home, "adjust", "-4900000", "--why", "counted wrong")).toContain(
      "Deposit at the biller: Rp350.000\nUnder way: Rp0\nSales pause below Rp500.000.\nSales pause now.",
    );
    expect(JSON.parse(await said(home, "show", "--json"))).toMatchObject({ sum: 350_000, room: -150_000 });
  });

  it("takes the same sum within a minute for a command that was sent twice", async () => {
    const home = await opened();
    await said(home, "start", "1000000");
    await said(home, "topup", "200000");
    expect(await refused(home, "topup", "200000")).toEqual([1, expect.stringContaining("--again")]);
    expect(await said(home, "topup", "200000", "--again")).toContain("Rp1.400.000");
  });

  it.each([
    ["start", "0"],
    ["start", "5jt"],
    ["topup", "-1000"],
    ["topup", "1.000.00"],
    ["adjust", "0", "--why", "x"],
    ["adjust", "5"],
    ["adjust", "5", "--why", ""],
    ["empty"],
  ])("refuses %s %s with what it should be, before anything is opened", async (...args) => {
    const [code, sentence] = await refused(await opened(), ...args);
    expect(code).toBe(2);
    expect(sentence).toContain("error: ");
  });
});
