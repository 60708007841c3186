import { describe, expect, it } from "vitest";
import type { ConversationKey } from "../../src/conversation/message.ts";
import { ZERO } from "../../src/domain/rupiah.ts";
import { agentAccount, type StaffId } from "../../src/domain/staff.ts";
import { holdRequest } from "../../src/relay/postings.ts";
import { openSqliteStores, type SqliteStores } from "../../src/store/sqlite/stores.ts";
import { aRequest, aTopUp } from "../fakes/agents.ts";
import { type Home, makeHome, SECRET } from "../program/program.ts";

const MINUTE = 60_000;

interface Counter {
  readonly home: Home;
  readonly ref: string;
  /** Who has it, and another one. */
  readonly one: StaffId;
  readonly other: StaffId;
}

async function inStores<T>(home: Home, work: (stores: SqliteStores) => Promise<T>): Promise<T> {
  const stores = openSqliteStores({ databaseUrl: `sqlite:${home.database}`, secret: SECRET, as: "tool" });
  try {
    return await work(stores);
  } finally {
    stores.close();
  }
}

async function agent({ records, ledger }: SqliteStores, name: string, at: number): Promise<StaffId> {
  const base = { role: "agent", place: name, handover: "", credit: ZERO, daily: undefined, language: "id" } as const;
  const { staff, code } = await records.staff.add({ ...base, name: `Loket ${name}` }, at);
  const chat = `telegram:${name}` as ConversationKey;
  await records.staff.enrol(chat, code, at);
  await ledger.post(aTopUp({ id: staff.id, chat }, 1_000_000), at);
  return staff.id;
}

/** Ani's request is in an agent's hand, she says that he has the money, and he is silent. */
async function handedOver(): Promise<Counter> {
  const home = makeHome();
  return inStores(home, async (stores) => {
    const { requests } = stores.ledger;
    const at = Date.now() - 20 * MINUTE;
    const [one, other] = [await agent(stores, "Cibinong", at), await agent(stores, "Parung", at)];
    const { request } = await requests.ask(aRequest(at), at, () => []);
    const taken = { id: one, chat: "telegram:Cibinong" as ConversationKey, at, until: at + 30 * MINUTE };
    const said = { at: at + MINUTE, photo: false };
    const next = { ...request, state: "taken", taken, said, revision: request.revision + 1 } as const;
    const postings = [holdRequest(request, one)];
    expect(await requests.commit({ at, next, expect: request.revision, postings })).toBe("done");
    return { home, ref: request.ref, one, other };
  });
}

async function said(home: Home, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await home.loket(["requests", ...args]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

async function refused(home: Home, ...args: readonly string[]): Promise<readonly [number | null, string]> {
  const { code, stdout, stderr } = await home.loket(["requests", ...args]);
  expect(stdout).toBe("");
  return [code, stderr];
}

/** Whom the ledger owes news of the request, and which. */
async function owed(home: Home): Promise<readonly string[]> {
  return inStores(home, async ({ ledger }) => {
    const news = await ledger.owed(Date.now() + MINUTE, 0, 99);
    return news.map(({ to, notice }) => `${to}: ${notice.kind}`);
  });
}

const balance = (home: Home, id: StaffId) => inStores(home, ({ ledger }) => ledger.balance(agentAccount(id)));

describe("loket requests", () => {
  it("lists those that are not over, and tells the story of one", async () => {
    const { home, ref, one } = await handedOver();
    expect(await said(home)).toMatch(
      new RegExp(`^${ref} {2}.* WIB {2}taken {2}F 0001 Z {2}Rp183\\.500 {2}${one} {2}telegram:4242\\n$`),
    );
    expect(JSON.parse(await said(home, "list", "--json"))).toMatchObject([
      { ref, state: "taken", plate: "F 0001 Z", total: 183_500, agent: one, closed: null },
    ]);
    const story = await said(home, "show", ref.toLowerCase());
    expect(story).toMatch(
      new RegExp(
        `^Request ${ref}.*taken\\n[\\s\\S]*asked for[\\s\\S]*in the hand of Loket Cibinong \\(${one}\\)[\\s\\S]*the customer says`,
      ),
    );
    expect(JSON.parse(await said(home, "show", ref, "--json"))).toMatchObject({ ref, receivedAt: null });
  });

  it("gives one to another agent: the hold goes with it, all hear of it, and who and why is kept", async () => {
    const { home, ref, one, other } = await handedOver();
    const given = JSON.parse(await said(home, "give", ref, other, "--why", "he is ill", "--json"));
    expect(given).toMatchObject({ ref, state: "taken", agent: other });
    expect([await balance(home, one), await balance(home, other)]).toEqual([1_000_000, 816_500]);
    expect(await owed(home)).toEqual([
      "telegram:Cibinong: not-yours",
      "telegram:4242: passed-on",
      "telegram:Parung: yours",
      "telegram:Parung: customer-paid",
    ]);
    expect((await home.loket(["audit"])).stdout).toContain(`tester  request given  ${ref}  to ${other}: he is ill\n`);
    expect(await refused(home, "give", ref, other, "--why", "again")).toEqual([
      1,
      expect.stringContaining("he has it already"),
    ]);
  });

  it("does not give it to one whose balance does not cover it, who is suspended, or who has no chat", async () => {
    const { home, ref, one, other } = await handedOver();
    await inStores(home, async ({ ledger, records }) => {
      const chat = "telegram:Parung" as ConversationKey;
      const [takes] = [aTopUp({ id: other, chat }, -900_000)];
      await ledger.post({ ...takes, id: "less" }, Date.now());
      await records.staff.change(one, { state: "suspended" }, Date.now());
    });
    expect(await refused(home, "give", ref, other, "--why", "x")).toEqual([
      1,
      "The agent's balance lacks Rp83.500 for it. Nothing was done.\n",
    ]);
    expect(await refused(home, "give", ref, one, "--why", "x")).toEqual([1, expect.stringContaining("is suspended")]);
    await inStores(home, async ({ records }) => {
      await records.staff.unbind(other, "telegram:Parung" as ConversationKey, Date.now());
    });
    expect(await refused(home, "give", ref, other, "--why", "x")).toEqual([1, expect.stringContaining("has no chat")]);
    expect(await said(home, "show", ref)).toContain("in the hand of Loket Cibinong");
  });

  it("closes one: nothing stays held, both hear of it, and it is listed only with --all", async () => {
    const { home, ref, one } = await handedOver();
    expect(await said(home, "close", ref, "--why", "the money went back")).toContain("closed: by the operator");
    expect(await balance(home, one)).toBe(1_000_000);
    expect(await owed(home)).toEqual(["telegram:4242: shut", "telegram:Cibinong: not-yours"]);
    expect((await home.loket(["audit"])).stdout).toContain(`tester  request closed  ${ref}  the money went back\n`);
    expect(await said(home)).toBe("No open requests.\n");
    expect(await said(home, "list", "--all")).toContain(`${ref}  `);
    expect(await refused(home, "close", ref, "--why", "again")).toEqual([1, expect.stringContaining("it is over")]);
  });

  it.each([
    [["show", "7K2MQ"], 1, "There is no request 7K2MQ."],
    [["close", "7K2MQ", "--why", "x"], 1, "There is no request 7K2MQ."],
    [["give", "7K2MQ", "ZZZ9", "--why", "x"], 1, "There is no agent ZZZ9."],
    [["show", "motor"], 2, '"motor" is no request\'s name.'],
    [["give", "7K2MQ", "Cibinong", "--why", "x"], 2, '"Cibinong" names no agent.'],
    [["close", "7K2MQ"], 2, "error: "],
    [["close", "7K2MQ", "--why", ""], 2, "error: "],
    [["give", "7K2MQ", "--why", "x"], 2, "error: "],
  ])("answers %j with %i and a sentence", async (args, code, sentence) => {
    const home = makeHome();
    await inStores(home, async () => undefined);
    expect(await refused(home, ...args)).toEqual([code, expect.stringContaining(sentence)]);
  });
});
