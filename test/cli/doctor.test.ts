import { readdirSync } from "node:fs";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { lockOwner } from "../../src/store/sqlite/lock.ts";
import { LOGIN, startBiller } from "../program/biller-gate.ts";
import { makeCounter } from "../program/counter.ts";
import { makeHome, SECRET } from "../program/program.ts";
import { makeOldFile, shapeOf } from "../store/old-file.ts";

const finding = (stdout: string, what: string) =>
  stdout.split("\n").find((line) => new RegExp(`^(ok {3}|FAULT) ${what} `).test(line)) ?? "";

describe("loket doctor", () => {
  it("finds a counter well that is set up well, running or not", async () => {
    const { home, telegram } = await makeCounter();
    const before = await home.loket(["doctor"]);
    expect(finding(before.stdout, "database")).toMatch(/^ok .* is not there yet: the first start makes it/);
    expect(readdirSync(home.folder)).toEqual([]);
    await home.start();
    await telegram.reached(({ calls }) => calls.some(({ method }) => method === "getUpdates"));
    const { code, stdout, stderr } = await home.loket(["doctor"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(finding(stdout, "database")).toMatch(/^ok .* opens, and its key fits/);
    expect(finding(stdout, "biller")).toMatch(/^ok .* takes the login; open: SAMSAT_JABAR$/);
    expect(finding(stdout, "telegram")).toMatch(/^ok .* the token of @loket_uji_bot/);
    expect(finding(stdout, "money")).toMatch(/^ok .*without DIRECT_USERS: whoever confirms debits your deposit/);
    // It only looked.
    expect(telegram.books.calls.filter(({ method }) => method === "deleteWebhook")).toHaveLength(1);
  });

  it("says what is ill, all of it, and what to do: the bot's token, the biller's login, the key", async () => {
    const { home } = await makeCounter();
    await (await home.start()).stop();
    const ill = {
      TELEGRAM_BOT_TOKEN: "424242:WRONG-CANARY-TOKEN",
      MMBC_PASSWORD: "WRONG-CANARY-PASSWORD",
      LOKET_SECRET: `${SECRET} WRONG-CANARY-SECRET`,
    };
    const { code, stdout, stderr } = await home.loket(["doctor"], ill);
    expect(code).toBe(1);
    expect(finding(stdout, "database")).toMatch(/^FAULT .* was sealed with another key\. Set the LOKET_SECRET/);
    expect(finding(stdout, "biller")).toMatch(/^FAULT .* check MMBC_USERNAME and MMBC_PASSWORD/);
    expect(finding(stdout, "telegram")).toMatch(/^FAULT .* refuses the token: copy it again from @BotFather/);
    expect(stdout + stderr).not.toContain("CANARY");
  });

  it("says that the biller or Telegram was not reached", async () => {
    const nobody = "http://127.0.0.1:1";
    const home = makeHome({
      MMBC_URL: nobody,
      MMBC_USERNAME: LOGIN.username,
      MMBC_PASSWORD: LOGIN.password,
      TELEGRAM_BOT_TOKEN: "424242:AAxTESTxTESTxTESTx",
      TELEGRAM_API_ROOT: nobody,
    });
    const { code, stdout } = await home.loket(["doctor"]);
    expect(code).toBe(1);
    expect(finding(stdout, "biller")).toMatch(/^FAULT .* check MMBC_URL and this machine's way to the internet/);
    expect(finding(stdout, "telegram")).toMatch(/^FAULT .* was not reached .* check TELEGRAM_API_ROOT/);
  });

  it("knows a database that a newer program wrote, and start refuses it, too", async () => {
    const biller = await startBiller();
    const home = makeHome(biller.settings);
    await (await home.start()).stop();
    const database = new Database(home.database);
    database.exec("UPDATE schema_versions SET version = version + 1 WHERE room = 'ledger'");
    database.close();
    const sentence = /was written by a newer Loket \(ledger \d+, this one knows \d+\)\. Start the newer program/;
    const { code, stdout } = await home.loket(["doctor"]);
    expect([code, finding(stdout, "database")]).toEqual([1, expect.stringMatching(sentence)]);
    const started = await home.loket(["start"]);
    expect([started.code, started.stderr]).toEqual([1, expect.stringMatching(sentence)]);
  });

  it("leaves a database of an older version as it is, like every tool; only what may own it brings it up to date", async () => {
    const home = makeHome((await startBiller()).settings);
    makeOldFile(home.database, SECRET);
    const before = shapeOf(home.database);
    const sentence =
      /is of an older version \(ledger \d+, this one knows \d+\); nothing was changed\. .* start this version once/;
    const { code, stdout } = await home.loket(["doctor"]);
    expect([code, finding(stdout, "database")]).toEqual([1, expect.stringMatching(sentence)]);
    const listed = await home.loket(["payments"]);
    expect([listed.code, listed.stderr]).toEqual([1, expect.stringMatching(sentence)]);
    const running = lockOwner(home.database);
    expect((await home.loket(["restored"])).stderr).toMatch(sentence);
    expect((await home.loket(["start"])).stderr).toMatch(/^Another Loket is running/);
    running?.release();
    expect(shapeOf(home.database)).toEqual(before);
    // A copy from before the upgrade is marked before the first start.
    expect((await home.loket(["restored"])).stdout).toContain("nothing is paid for 15 minutes");
    expect(finding((await home.loket(["doctor"])).stdout, "database")).toMatch(/^ok .* opens/);
    await (await home.start()).stop();
  });

  it("lists wrong settings and looks at nothing else", async () => {
    const { code, stdout } = await makeHome({ PORT: "abc" }).loket(["doctor"]);
    expect(code).toBe(2);
    expect(finding(stdout, "settings")).toMatch(/^FAULT settings {2}PORT must be a number/);
  });
});
