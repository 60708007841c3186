import { describe, expect, it } from "vitest";
import { openSqliteStores } from "../../src/store/sqlite/stores.ts";
import { makeHome, SECRET } from "../program/program.ts";

describe("loket audit", () => {
  it("lists what was done by hand, newest first, to the limit", async () => {
    const home = makeHome();
    const stores = openSqliteStores({ databaseUrl: `sqlite:${home.database}`, secret: SECRET, as: "program" });
    const at = Date.UTC(2019, 6, 7, 3, 0);
    await stores.records.audit.write({ at, who: "sari", what: "paying resumed", ref: "", detail: "deposit filled" });
    const resolved = { who: "budi", what: "payment resolved", ref: "7K2MQ", detail: "paid: asked MMBC" };
    await stores.records.audit.write({ at: at + 60_000, ...resolved });
    stores.close();
    const { code, stdout, stderr } = await home.loket(["audit"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      "7 July 2019 at 10.01 WIB  budi  payment resolved  7K2MQ  paid: asked MMBC\n7 July 2019 at 10.00 WIB  sari  paying resumed  deposit filled\n",
    );
    const last = JSON.parse((await home.loket(["audit", "--limit", "1", "--json"])).stdout);
    expect(last).toEqual([{ at: at + 60_000, ...resolved }]);
    expect((await home.loket(["audit", "--limit", "0"])).code).toBe(2);
  });

  it("has the entry of what was just done", async () => {
    const home = makeHome();
    openSqliteStores({ databaseUrl: `sqlite:${home.database}`, secret: SECRET, as: "program" }).close();
    expect((await home.loket(["audit"])).stdout).toBe("Nothing was done by hand yet.\n");
    await home.loket(["restored"]);
    expect((await home.loket(["audit"])).stdout).toMatch(
      / WIB {2}tester {2}restored {2}the operator says so; 0 to review\n$/,
    );
  });
});
