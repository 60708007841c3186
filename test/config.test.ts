import { describe, expect, it } from "vitest";
import { type Config, readConfig } from "../src/config.ts";

type Env = Readonly<Record<string, string>>;

function faultsOf(env: Env): readonly string[] {
  const read = readConfig(env);
  return read.kind === "faults" ? read.faults : [];
}

function configOf(env: Env): Config {
  const read = readConfig(env);
  if (read.kind === "faults") throw new Error(read.faults.join("\n"));
  return read.config;
}

/** A value that is wrong, for each setting that can be. */
const WRONG: Env = {
  MMBC_URL: "http://klikmbc.co.id",
  MMBC_USERNAME: "",
  MMBC_PASSWORD: "",
  MMBC_BODY: "xml",
  TELEGRAM_BOT_TOKEN: "not-a-token",
  TELEGRAM_API_ROOT: "telegram",
  TELEGRAM_WEBHOOK_URL: "http://loket.example.id",
  TELEGRAM_WEBHOOK_SECRET: "short",
  DATABASE_URL: "data/loket.db",
  LOKET_SECRET: "too short",
  CUSTOMER_PAYMENT: "cash",
  DIRECT_USERS: "4242",
  PAY_MAX: "ten million",
  PAY_MAX_DAY: "0",
  LOKET_NAME: "x".repeat(41),
  LOKET_HOURS: "20.00-08.00",
  PORT: "70000",
  LOG_LEVEL: "loud",
  REDIS_URL: "localhost:6379",
};

describe("the settings", () => {
  it("are all there without any: the sandbox, SQLite, the web chat on this machine", () => {
    expect(configOf({})).toMatchObject({
      mmbc: undefined,
      telegram: undefined,
      databaseUrl: "sqlite:data/loket.db",
      customers: "direct",
      payMax: 10_000_000,
      payMaxDay: undefined,
      name: "Loket Samsat",
      web: { host: "127.0.0.1", port: 3000 },
      logLevel: "info",
    });
  });

  it("that are wrong are listed all at once, each with its name and an example", () => {
    const faults = faultsOf(WRONG);
    const names = faults.map((fault) => fault.split(" ")[0]);
    expect([...names].sort()).toEqual(Object.keys(WRONG).sort());
    faults.forEach((fault, at) => {
      expect(fault).toMatch(new RegExp(`^${names[at]} .+\\. Example: ${names[at]}=`));
    });
  });

  it("that are wrong have examples that are right", () => {
    const examples = faultsOf(WRONG).map((fault) => /Example: (\w+)=(.*)$/.exec(fault) ?? []);
    const mended = Object.fromEntries(
      // What a shell makes of it is not ours.
      examples.map(([, name = "", value = ""]) => [name, value.startsWith("$(") ? "x".repeat(64) : value]),
    );
    expect(faultsOf({ ...WRONG, ...mended })).toEqual([]);
  });

  it("repeat no secret when they are wrong", () => {
    const secrets: Env = {
      TELEGRAM_BOT_TOKEN: "CANARY-token",
      TELEGRAM_WEBHOOK_SECRET: "CANARY!",
      LOKET_SECRET: "CANARY-secret",
      MMBC_PASSWORD: "CANARY-password",
      MMBC_URL: "https://CANARY-user:CANARY@klikmbc.co.id",
      DATABASE_URL: "postgres://loket:CANARY@db/loket",
      REDIS_URL: "redis://:CANARY@localhost",
    };
    const faults = faultsOf(secrets);
    expect(faults.length).toBeGreaterThan(5);
    expect(faults.join("\n")).not.toContain("CANARY");
  });

  it("of many processes are whole: PostgreSQL wants Redis, a secret, and a biller that all can reach", () => {
    const missing = ["REDIS_URL", "LOKET_SECRET", "MMBC_USERNAME"].map((name) =>
      expect.stringMatching(new RegExp(`^${name} is missing: `)),
    );
    expect(faultsOf({ DATABASE_URL: "postgres://db/loket" })).toEqual(missing);
    const whole = {
      DATABASE_URL: "postgres://db/loket",
      REDIS_URL: "redis://localhost",
      LOKET_SECRET: "x".repeat(32),
      MMBC_USERNAME: "dummy",
      MMBC_PASSWORD: "dummy123",
    };
    expect(configOf(whole)).toMatchObject({ databaseUrl: "postgres://db/loket", redisUrl: "redis://localhost" });
    expect(configOf({ REDIS_URL: "redis://localhost" })).toMatchObject({ databaseUrl: "sqlite:data/loket.db" });
  });

  it("are taken with blanks around them, and an empty one is none", () => {
    expect(configOf({ PORT: " 8080 ", LOKET_NAME: "  ", LOG_LEVEL: "" })).toMatchObject({
      web: { port: 8080 },
      name: "Loket Samsat",
      logLevel: "info",
    });
  });
});

describe("the biller's settings", () => {
  const LOGIN = { MMBC_USERNAME: "loket", MMBC_PASSWORD: "dummy123" };

  it("need both halves of the login, whichever is missing", () => {
    expect(faultsOf({ MMBC_USERNAME: "loket" })).toEqual([expect.stringMatching(/^MMBC_PASSWORD is missing/)]);
    expect(faultsOf({ MMBC_PASSWORD: "x" })).toEqual([expect.stringMatching(/^MMBC_USERNAME is missing/)]);
    expect(faultsOf({ MMBC_URL: "https://klikmbc.co.id" })).toHaveLength(2);
  });

  it("take plain http to this machine alone", () => {
    for (const host of ["127.0.0.1:9", "localhost:9", "[::1]:9"]) {
      expect(configOf({ ...LOGIN, MMBC_URL: `http://${host}` }).mmbc?.url).toBe(`http://${host}`);
    }
    for (const host of ["127.0.0.1.example.id", "10.0.0.1", "localhost.example.id"]) {
      expect(faultsOf({ ...LOGIN, MMBC_URL: `http://${host}` })).toHaveLength(1);
    }
  });

  it("make the customers' way of paying relay, and keep a cap on a direct way that is open to all", () => {
    expect(configOf(LOGIN)).toMatchObject({ customers: "relay", payMaxDay: undefined });
    expect(configOf({ ...LOGIN, CUSTOMER_PAYMENT: "direct" })).toMatchObject({ payMaxDay: 2_000_000 });
    const listed = { ...LOGIN, CUSTOMER_PAYMENT: "direct", DIRECT_USERS: "telegram:1, web:abc telegram:2" };
    expect(configOf(listed)).toMatchObject({
      payMaxDay: undefined,
      directUsers: ["telegram:1", "web:abc", "telegram:2"],
    });
    expect(configOf({ ...listed, PAY_MAX_DAY: "Rp5.000.000" }).payMaxDay).toBe(5_000_000);
  });
});

describe("sums", () => {
  it.each([
    ["2000000", 2_000_000],
    ["2.000.000", 2_000_000],
    ["Rp2.000.000", 2_000_000],
    ["Rp 2.000.000", 2_000_000],
  ])("are whole rupiah: %s", (text, sum) => {
    expect(configOf({ PAY_MAX: text }).payMax).toBe(sum);
  });

  it.each(["2,000,000", "2e6", "-1", "0", "1.5", "2000000.00", "1.0000", "99999999999999999"])(
    "are nothing else: %s",
    (text) => {
      expect(faultsOf({ PAY_MAX: text })).toEqual([expect.stringMatching(/^PAY_MAX must be a sum in whole rupiah/)]);
    },
  );
});

describe("the opening hours", () => {
  it.each([
    ["08.00-20.00", { from: 480, to: 1200, text: "08.00–20.00 WIB" }],
    ["8:00 – 24:00", { from: 480, to: 1440, text: "08.00–24.00 WIB" }],
  ])("are from and to: %s", (text, hours) => expect(configOf({ LOKET_HOURS: text }).hours).toEqual(hours));

  it.each(["08.00", "20.00-08.00", "08.75-12.00", "08.00-25.00", "all day"])("are nothing else: %s", (text) => {
    expect(faultsOf({ LOKET_HOURS: text })).toEqual([expect.stringMatching(/^LOKET_HOURS must be/)]);
  });
});
