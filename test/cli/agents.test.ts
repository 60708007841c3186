import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { agentAccount, readStaffId, type StaffId } from "../../src/domain/staff.ts";
import { moved } from "../../src/payments/life/postings.ts";
import { openSqliteStores, type SqliteStores } from "../../src/store/sqlite/stores.ts";
import { type Ended, type Home, makeHome, SECRET } from "../program/program.ts";

const PHONE = conversationKey("telegram", "4242");
const OLD_PHONE = conversationKey("whatsapp", "Ab3dE");

/** What the running counter would do, on the same file. */
async function within<T>(home: Home, work: (stores: SqliteStores) => Promise<T>): Promise<T> {
  const stores = openSqliteStores({ databaseUrl: `sqlite:${home.database}`, secret: SECRET, as: "tool" });
  try {
    return await work(stores);
  } finally {
    stores.close();
  }
}

/** A home whose counter was started before. */
async function opened(): Promise<Home> {
  const home = makeHome();
  openSqliteStores({ databaseUrl: `sqlite:${home.database}`, secret: SECRET, as: "program" }).close();
  return home;
}

async function said(home: Home, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await home.loket(args);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

async function refused(home: Home, ...args: readonly string[]): Promise<[code: number | null, sentence: string]> {
  const { code, stdout, stderr } = await home.loket(args);
  expect(stdout).toBe("");
  return [code, stderr];
}

async function agent(home: Home, ...more: readonly string[]): Promise<{ readonly id: StaffId; readonly code: string }> {
  const added = JSON.parse(await said(home, "agent", "add", "Loket Cibinong", "--json", ...more));
  const id = readStaffId(added.id);
  if (id === undefined) throw new Error(`${added.id} is no agent's name`);
  return { id, code: added.code };
}

function audited(home: Home): Promise<readonly string[]> {
  return within(home, async ({ records }) =>
    (await records.audit.list(99)).map(({ who, what, ref, detail }) => `${who}: ${what} ${ref}: ${detail}`),
  );
}

const jsonOf = (ended: Ended) => JSON.parse(ended.stdout);

describe("loket agent", () => {
  it("adds an agent and prints a code that works for 24 hours, how it is used, and nothing but it as JSON", async () => {
    const home = await opened();
    expect(await said(home, "agent")).toBe("No agents. The first one: npx loket agent add\n");
    const limits = [
      "--place",
      "Cibinong",
      "--handover",
      "Jl. Raya Bogor 1",
      "--credit",
      "0",
      "--daily",
      "Rp20.000.000",
    ];
    const text = await said(home, "agent", "add", "Loket Cibinong", ...limits);
    const [, id = "", code = ""] = /^Loket Cibinong is the agent (\w{4})\.\nCode: (\w{8})\n/.exec(text) ?? [];
    expect(text).toContain(`on Telegram or WhatsApp: DAFTAR ${code}\n`);
    expect(text).toMatch(/once, until .* WIB \(24 hours\)\.\n$/);
    const enrolled = await within(home, ({ records }) => records.staff.enrol(PHONE, code, Date.now()));
    expect(enrolled).toMatchObject({ kind: "enrolled", staff: { id, role: "agent", name: "Loket Cibinong" } });
    const second = JSON.parse(await said(home, "agent", "add", "Loket Parung", "--credit", "500.000", "--json"));
    expect(Object.keys(second)).toEqual(["id", "code"]);
    expect(JSON.parse(await said(home, "agent", "list", "--json"))).toMatchObject([
      { id, place: "Cibinong", handover: "Jl. Raya Bogor 1", credit: 0, daily: 20_000_000, chats: [PHONE], balance: 0 },
      { id: second.id, place: "", credit: 500_000, daily: null, pin: "none", chats: [], state: "active", balance: 0 },
    ]);
    expect(await said(home, "agent", "list")).toMatch(
      new RegExp(`^${id} {2}Loket Cibinong \\(Cibinong\\) {2}active {2}PIN none {2}1 device {2}Rp0\n`),
    );
    const twice = await refused(home, "agent", "add", "loket cibinong");
    expect(twice).toEqual([1, expect.stringContaining(`Loket Cibinong is there already: ${id}.`)]);
    expect(await audited(home)).toEqual([
      `tester: agent added ${second.id}: Loket Parung, credit Rp500.000, no limit a day`,
      `tester: agent added ${id}: Loket Cibinong, Cibinong, credit Rp0, at most Rp20.000.000 a day`,
    ]);
  });

  it("gives one more device a code, takes a lost one away, and resets a PIN", async () => {
    const home = await opened();
    const { id, code } = await agent(home);
    const next = JSON.parse(await said(home, "agent", "device", id.toLowerCase(), "--json"));
    expect(next).toEqual({ id, code: expect.stringMatching(/^\w{8}$/) });
    await within(home, async ({ records: { staff } }) => {
      expect(await staff.enrol(OLD_PHONE, code, Date.now())).toEqual({ kind: "wrong" });
      expect((await staff.enrol(OLD_PHONE, next.code, Date.now())).kind).toBe("enrolled");
      await staff.setPin(id, "a hash", Date.now());
      for (const tryId of ["1", "2", "3", "4", "5"]) await staff.tryPin(id, tryId, Date.now());
    });
    expect(await said(home, "agent", "show", id)).toMatch(/PIN locked[\s\S]*Devices: whatsapp:Ab3dE\n/);
    expect(await said(home, "agent", "reset-pin", id)).toContain("is asked for a new one");
    expect(await said(home, "agent", "device", id, "--remove", OLD_PHONE)).toContain("no device of Loket Cibinong");
    const again = await refused(home, "agent", "device", id, "--remove", OLD_PHONE);
    expect(again).toEqual([1, expect.stringContaining(`no device of ${id}`)]);
    const shown = await said(home, "agent", "show", id);
    expect(shown).toMatch(/PIN none[\s\S]*Devices: none\n/);
    expect(shown).toMatch(/device taken away by tester: whatsapp:Ab3dE\n[\s\S]*PIN reset by tester: it was locked\n/);
    expect(JSON.parse(await said(home, "agent", "show", id, "--json"))).toMatchObject({ id, pin: "none", chats: [] });
  });

  it("suspends and resumes with a reason, and sets what is named", async () => {
    const home = await opened();
    const { id } = await agent(home, "--daily", "1000000");
    await within(home, ({ records: { staff } }) =>
      staff.change(id, { duty: { on: true, since: 1, unanswered: 1 } }, Date.now()),
    );
    expect((await refused(home, "agent", "suspend", id))[0]).toBe(2);
    expect(await said(home, "agent", "suspend", id, "--why", "phone stolen")).toContain("may confirm nothing any more");
    const load = () => within(home, ({ records }) => records.staff.load(id));
    expect(await load()).toMatchObject({ state: "suspended", duty: { on: false, unanswered: 0 } });
    expect((await refused(home, "agent", "suspend", id, "--why", "again"))[1]).toContain("suspended already");
    expect(await said(home, "agent", "resume", id, "--why", "new phone")).toContain("may confirm again");
    expect((await refused(home, "agent", "resume", id, "--why", "again"))[1]).toContain("not suspended");
    const set = [
      "--name",
      "Loket Baru",
      "--place",
      "",
      "--handover",
      "BCA 1",
      "--credit",
      "Rp250.000",
      "--daily",
      "none",
    ];
    expect(await said(home, "agent", "set", id, ...set)).toContain("credit Rp250.000, no limit a day");
    const now = {
      name: "Loket Baru",
      place: "",
      handover: "BCA 1",
      credit: 250_000,
      daily: undefined,
      state: "active",
    };
    expect(await load()).toMatchObject(now);
    expect(await refused(home, "agent", "set", id)).toEqual([2, expect.stringMatching(/^Say what to set: /)]);
    expect((await audited(home)).slice(0, 3)).toEqual([
      expect.stringContaining("credit 0 -> 250000, daily 1000000 -> none"),
      `tester: agent resumed ${id}: new phone`,
      `tester: agent suspended ${id}: phone stolen`,
    ]);
  });

  it("says in one sentence what is wrong, answers 2 or 1, and changes nothing", async () => {
    const home = await opened();
    const { id } = await agent(home);
    const wrong: readonly (readonly [number, RegExp, ...string[]])[] = [
      [2, /"K7Q!" names no agent\. It looks like K7QM/, "agent", "show", "K7Q!"],
      [1, /There is no agent ZZZ2\. See: npx loket agent list/, "agent", "topup", "ZZZ2", "500000"],
      [2, /sum in whole rupiah, 500000 or 500\.000 or Rp500\.000/, "agent", "topup", id, "500rb"],
      [2, /A top-up is more than zero\. To correct a balance/, "agent", "topup", id, "-Rp500.000"],
      [2, /--why/, "agent", "adjust", id, "5000"],
      [2, /at most 40 characters/, "agent", "add", "x".repeat(41)],
      [2, /--since is later than --until/, "agent", "statement", id, "--since", "2019-07-02", "--until", "2019-07-01"],
      [2, /too many arguments/, "agent", "topup", id, "500000", "--much"],
    ];
    for (const [code, sentence, ...args] of wrong) {
      expect(await refused(home, ...args)).toEqual([code, expect.stringMatching(sentence)]);
    }
    expect(await audited(home)).toHaveLength(1);
    expect(await within(home, ({ ledger }) => ledger.lines(agentAccount(id), {}))).toEqual([]);
  });
});

describe("an agent's balance", () => {
  it("is topped up while the counter runs, and he is owed a word about it", async () => {
    const home = makeHome();
    await home.start();
    const { id, code } = await agent(home);
    await within(home, ({ records }) => records.staff.enrol(PHONE, code, Date.now()));
    expect(await said(home, "agent", "topup", id, "500.000", "--ref", "BCA 1207")).toBe(
      "+Rp500.000 for Loket Cibinong: the balance is Rp500.000 now.\n",
    );
    const json = await home.loket(["agent", "topup", id, "Rp120000", "--json"]);
    expect(jsonOf(json)).toEqual({ id, balance: 620_000 });
    await within(home, async ({ ledger }) => {
      expect(await ledger.lines(agentAccount(id), {})).toMatchObject([
        { what: "top-up", amount: 120_000, by: "tester", why: "paid in" },
        { what: "top-up", amount: 500_000, by: "tester", why: "BCA 1207" },
      ]);
      expect(await ledger.balance("topups")).toBe(-620_000);
      const notices = await ledger.overdue(Date.now() + 1, 9);
      expect(notices).toMatchObject([
        { to: PHONE, notice: { kind: "balance", what: "top-up", amount: 500_000 } },
        { to: PHONE, notice: { kind: "balance", what: "top-up", amount: 120_000 } },
      ]);
    });
    expect((await audited(home)).slice(0, 2)).toEqual([
      `tester: top-up ${id}: Rp120.000: paid in`,
      `tester: top-up ${id}: Rp500.000: BCA 1207`,
    ]);
  });

  it("is not topped up by a double press, one after the other or at once, unless it is said to be another one", async () => {
    const home = await opened();
    const { id } = await agent(home);
    const topUp = (...more: readonly string[]) => home.loket(["agent", "topup", id, "500000", ...more]);
    const presses = await Promise.all([topUp(), topUp(), topUp()]);
    expect(presses.map(({ code }) => code).sort()).toEqual([0, 1, 1]);
    const twice = await topUp();
    expect([twice.code, twice.stderr]).toEqual([1, expect.stringMatching(/less than a minute ago.*--again\n$/)]);
    expect(jsonOf(await topUp("--again", "--json"))).toEqual({ id, balance: 1_000_000 });
    expect(jsonOf(await home.loket(["agent", "topup", id, "499999", "--json"])).balance).toBe(1_499_999);
    const other = JSON.parse(await said(home, "agent", "add", "Loket Parung", "--json"));
    expect(JSON.parse(await said(home, "agent", "topup", other.id, "500000", "--json")).balance).toBe(500_000);
  });

  it("is corrected in both directions with a reason, and never below his credit", async () => {
    const home = await opened();
    const { id } = await agent(home, "--credit", "100000");
    await said(home, "agent", "topup", id, "1.500.000");
    const taken = await said(home, "agent", "adjust", id, "-1.400.000", "--why", "typed a zero too many");
    expect(taken).toBe("-Rp1.400.000 for Loket Cibinong: the balance is Rp100.000 now.\n");
    const short = await refused(home, "agent", "adjust", id, "-200001", "--why", "more");
    expect(short).toEqual([
      1,
      expect.stringContaining("would fall Rp1 below his credit of Rp100.000. Nothing was done"),
    ]);
    expect((await refused(home, "agent", "adjust", id, "-1400000", "--why", "pressed twice"))[1]).toContain("--again");
    await said(home, "agent", "adjust", id, "-200000", "--why", "all of it");
    expect(await said(home, "agent", "adjust", id, "50000", "--why", "found", "--json")).toBe(
      `${JSON.stringify({ id, balance: -50_000 })}\n`,
    );
    expect(await within(home, ({ ledger }) => ledger.balance("adjustments"))).toBe(1_550_000);
    expect(await said(home, "agent", "list")).toContain("-Rp50.000");
  });

  it("is told as a statement of whole days in WIB, as text, JSON and CSV, with no formula in it", async () => {
    const home = await opened();
    const { id } = await agent(home);
    const book = (at: string, amount: number, why: string) =>
      within(home, ({ ledger }) =>
        ledger.post(
          {
            id: `${at} ${amount}`,
            what: amount > 0 ? "top-up" : "adjustment",
            entries: moved("topups", agentAccount(id), rupiah(amount)),
            by: "tester",
            why,
          },
          Date.parse(at),
        ),
      );
    await book("2019-06-30T23:59:59+07:00", 100_000, "before");
    await book("2019-07-01T00:00:00+07:00", 400_000, '=HYPERLINK("x")');
    await book("2019-07-31T23:59:59+07:00", -50_000, "a, b");
    await book("2019-08-01T00:00:00+07:00", 7, "after");
    const july = ["agent", "statement", id, "--since", "2019-07-01", "--until", "2019-07-31"];
    expect(await said(home, ...july)).toBe(
      [
        `Loket Cibinong (${id})`,
        "Before: Rp100.000",
        '01-07-2019 00.00 WIB  top-up  +Rp400.000  Rp500.000  =HYPERLINK("x")',
        "31-07-2019 23.59 WIB  adjustment  -Rp50.000  Rp450.000  a, b",
        "Now: Rp450.000",
        "",
      ].join("\n"),
    );
    const all = JSON.parse(await said(home, "agent", "statement", id, "--json"));
    expect(all).toMatchObject({ id, opening: 0, closing: 450_007 });
    expect(all.lines.map((line: { amount: number; balance: number }) => [line.amount, line.balance])).toEqual([
      [100_000, 100_000],
      [400_000, 500_000],
      [-50_000, 450_000],
      [7, 450_007],
    ]);
    expect(await said(home, ...july, "--csv", "july.csv")).toBe("Saved to july.csv: 2 lines.\n");
    const file = join(home.folder, "july.csv");
    expect(readFileSync(file, "utf8").split("\r\n")).toEqual([
      "time,what,number,amount,balance,by,why",
      `2019-07-01T00:00:00+07:00,top-up,,400000,500000,tester,"'=HYPERLINK(""x"")"`,
      '2019-07-31T23:59:59+07:00,adjustment,,-50000,450000,tester,"a, b"',
      "",
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await refused(home, ...july, "--csv", "july.csv")).toEqual([
      1,
      "july.csv exists already. Name a new file.\n",
    ]);
  });
});

describe("loket operator", () => {
  it("links a chat by a code, one more under the same name, and unlinks all at once", async () => {
    const home = await opened();
    expect(await said(home, "operator")).toBe("No operator is linked. The first one: npx loket operator link\n");
    const first = JSON.parse(await said(home, "operator", "link", "--name", "Sari", "--json"));
    const { id } = first;
    const enrol = (chat: typeof PHONE, code: string) =>
      within(home, ({ records }) => records.staff.enrol(chat, code, Date.now()));
    expect(await enrol(PHONE, first.code)).toMatchObject({
      kind: "enrolled",
      staff: { role: "operator", name: "Sari" },
    });
    const text = await said(home, "operator", "link", "--name", "Sari");
    const code = new RegExp(`^Sari is the operator ${id}\\.\nCode: (\\w{8})\n.*DAFTAR \\1\n`).exec(text)?.[1] ?? "";
    expect((await enrol(OLD_PHONE, code)).kind).toBe("enrolled");
    expect(await said(home, "operator", "list")).toBe(`${id}  Sari  PIN none  whatsapp:Ab3dE, telegram:4242\n`);
    const third = JSON.parse(await said(home, "operator", "link", "--name", "Sari", "--json"));
    expect(await refused(home, "agent", "show", id)).toEqual([1, expect.stringContaining(`There is no agent ${id}.`)]);
    expect(await said(home, "operator", "unlink", id)).toBe("Sari has no chat at the counter any more.\n");
    expect(await within(home, ({ records }) => records.staff.byChat(PHONE))).toBeUndefined();
    expect((await enrol(PHONE, third.code)).kind).toBe("wrong");
    expect(JSON.parse(await said(home, "operator", "list", "--json"))).toMatchObject([
      { id, name: "Sari", state: "unlinked", chats: [] },
    ]);
    expect(await refused(home, "operator", "unlink", id)).toEqual([1, "Sari is unlinked already.\n"]);
    expect((await audited(home))[0]).toBe(`tester: operator unlinked ${id}: whatsapp:Ab3dE, telegram:4242`);
    const back = JSON.parse(await said(home, "operator", "link", "--name", "Sari", "--json"));
    expect(back.id).toBe(id);
    expect((await enrol(PHONE, back.code)).kind).toBe("enrolled");
  });

  it("takes the name of who calls it when none is given", async () => {
    const home = await opened();
    expect(await said(home, "operator", "link")).toMatch(/^tester is the operator \w{4}\.\n/);
  });
});
