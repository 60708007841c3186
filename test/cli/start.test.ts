import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freePort } from "../program/counter.ts";
import { makeHome } from "../program/program.ts";

/** Nothing but what the test sets: the database is where a fresh folder would have it. */
const BARE = { DATABASE_URL: "", LOKET_SECRET: "", PORT: "" };

describe("loket start", () => {
  it("lists all wrong settings and opens nothing: no folder, no port, exit code 2", async () => {
    const home = makeHome(BARE);
    const wrong = { PORT: "abc", LOG_LEVEL: "loud", MMBC_USERNAME: "loket", LOKET_SECRET: "CANARY-secret" };
    const { code, stdout, stderr } = await home.loket(["start"], wrong);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    const lines = stderr.trim().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual(
      expect.arrayContaining(["PORT", "LOG_LEVEL", "MMBC_PASSWORD", "LOKET_SECRET"]),
    );
    expect(lines.at(-1)).toBe("4 settings are wrong. Nothing was opened.");
    expect(stderr).not.toContain("CANARY");
    expect(readdirSync(home.folder)).toEqual([]);
  });

  it("reads .env of its folder, below the environment", async () => {
    const home = makeHome({ ...BARE, PORT: "0" });
    writeFileSync(
      join(home.folder, ".env"),
      "PORT=abc\nLOKET_NAME=Loket Cibinong\nDATABASE_URL=sqlite:here/loket.db\n",
    );
    const program = await home.start();
    const settings = await (await fetch(`${program.url}/chat/settings`)).json();
    expect(settings).toMatchObject({ name: "Loket Cibinong" });
    expect(existsSync(join(home.folder, "here/loket.db"))).toBe(true);
    expect((await program.stop()).code).toBe(0);
  });

  it("says so when .env cannot be read", async () => {
    const home = makeHome(BARE);
    mkdirSync(join(home.folder, ".env"));
    const { code, stderr } = await home.loket(["start"]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^\.env cannot be read .*Nothing was opened\.\n$/)]);
    expect(readdirSync(home.folder)).toEqual([".env"]);
  });

  it("with nothing set runs the sandbox, and prints the address and the test vehicles", async () => {
    const home = makeHome({ ...BARE, PORT: "0" });
    const program = await home.start();
    await program.line(/MH1SBXLANCARX0001 +Ordinary/);
    expect(program.output()).toContain("SANDBOX: no tax is really paid.");
    expect((await program.stop()).code).toBe(0);
    expect(readdirSync(join(home.folder, "data")).sort()).toEqual(expect.arrayContaining(["loket.db", "loket.db.key"]));
  });

  it("refuses to run twice on one database, and the first goes on", async () => {
    const home = makeHome();
    const first = await home.start();
    const { code, stderr } = await home.loket(["start"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Another Loket is running on .*loket\.db\. Stop that one first/);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    await first.kill();
    const second = await home.start();
    expect((await second.stop()).code).toBe(0);
  });

  it("says which port is taken", async () => {
    const port = await freePort();
    const other = makeHome({ PORT: String(port) });
    await other.start();
    const { code, stderr } = await makeHome({ PORT: String(port) }).loket(["start"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^Cannot listen on 127\\.0\\.0\\.1:${port}: another program uses it\\.`));
  });
});

describe("loket", () => {
  it("says what there is", async () => {
    const home = makeHome(BARE);
    const { code, stdout } = await home.loket(["--help"]);
    expect(code).toBe(0);
    for (const command of ["start", "doctor", "tasks", "payments", "sandbox", "backup", "restored"]) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b.* {2}\\w`, "m"));
    }
    const shown = await home.loket(["payments", "resolve", "--help"]);
    for (const option of ["--paid", "--refunded", "--not-charged", "--why"]) expect(shown.stdout).toContain(option);
  });

  it("says its version, and needs no settings for it", async () => {
    const home = makeHome({ PORT: "abc" });
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
    expect(await home.loket(["--version"])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
    expect(readdirSync(home.folder)).toEqual([]);
  });

  it.each([
    [["no-such-command"]],
    [["payments", "no-such-command"]],
    [["payments", "show"]],
    [["payments", "show", "not-a-number-at-all"]],
    [["payments", "list", "--limit", "many"]],
    [["payments", "resolve", "TRX-7K2MQ"]],
    [["payments", "resolve", "TRX-7K2MQ", "--why", "x"]],
    [["payments", "resolve", "TRX-7K2MQ", "--why", "x", "--refunded", "--not-charged"]],
    [["tasks", "close", "1"]],
    [["sandbox", "--port", "99999"]],
    [["backup"]],
  ])("answers a wrong call with 2 and a sentence: %j", async (args) => {
    const home = makeHome(BARE);
    const { code, stderr } = await home.loket(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/\w/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(home.folder)).toEqual([]);
  });

  it.each([
    [["tasks"]],
    [["payments"]],
    [["audit"]],
    [["payments", "show", "TRX-7K2MQ"]],
    [["backup", "copy.db"]],
    [["restored"]],
  ])("makes no database where there is none: %j", async (args) => {
    const home = makeHome(BARE);
    const { code, stderr } = await home.loket(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^There is no database .*data\/loket\.db\. Call the tool in the folder/);
    expect(readdirSync(home.folder)).toEqual([]);
  });
});
