import { describe, expect, it } from "vitest";
import { agentAccount, readStaffId } from "../../src/domain/staff.ts";
import { openSqliteStores, type SqliteStores } from "../../src/store/sqlite/stores.ts";
import { happened, opened, pending, send } from "../contract/ledger-samples.ts";
import { must } from "../fakes/bills.ts";
import { type Home, makeHome, SECRET } from "../program/program.ts";

const HOUR = 3_600_000;

/** What the running counter would do, on the same file. */
async function within<T>(home: Home, work: (stores: SqliteStores) => Promise<T>): Promise<T> {
  const stores = openSqliteStores({ databaseUrl: `sqlite:${home.database}`, secret: SECRET, as: "program" });
  try {
    return await work(stores);
  } finally {
    stores.close();
  }
}

/** A home in which more than Rp100.000 takes two, with one agent. */
async function counter(): Promise<{ readonly home: Home; readonly id: string }> {
  const home = makeHome({ TWO_PERSONS_ABOVE: "100000" });
  await within(home, async () => {});
  const { id } = JSON.parse((await home.loket(["agent", "add", "Loket Cibinong", "--json"])).stdout);
  return { home, id };
}

async function balance(home: Home, id: string): Promise<number> {
  return within(home, ({ ledger }) => ledger.balance(agentAccount(must(readStaffId(id)))));
}

describe("above TWO_PERSONS_ABOVE", () => {
  it("a top-up and a correction are refused with the way to do it, and what is below is done", async () => {
    const { home, id } = await counter();
    const big = await home.loket(["agent", "topup", id, "100001"]);
    expect([big.code, big.stdout]).toEqual([1, ""]);
    expect(big.stderr).toContain(`Nothing was done. In an operator's chat: ISI ${id} 100001; another operator answers`);
    expect((await home.loket(["agent", "topup", id, "100000"])).code).toBe(0);
    const less = await home.loket(["agent", "adjust", id, "-100001", "--why", "counted twice"]);
    expect([less.code, less.stderr]).toEqual([1, expect.stringContaining("TWO_PERSONS_ABOVE raised for that one run")]);
    expect(await balance(home, id)).toBe(100_000);
    const raised = { TWO_PERSONS_ABOVE: "200000" };
    expect((await home.loket(["agent", "adjust", id, "100001", "--why", "both looked"], raised)).code).toBe(0);
    expect(await balance(home, id)).toBe(200_001);
  });

  it("the end of a payment is refused with the words for the chat, and it stays in review", async () => {
    const { home } = await counter();
    const { ref } = await within(home, async ({ ledger }) => {
      const at = Date.now() - HOUR;
      const sent = await happened(ledger, await opened(ledger, {}, at), send(at));
      return happened(ledger, sent, { ...pending(at), from: "pay" });
    });
    const paid = await home.loket(["payments", "resolve", ref, "--paid", "BJB-77", "--why", "the bank says so"]);
    expect([paid.code, paid.stdout]).toEqual([1, ""]);
    expect(paid.stderr).toContain(`TETAPKAN ${ref} LUNAS BJB-77; another operator answers SETUJU in his.`);
    const not = await home.loket(["payments", "resolve", ref, "--not-charged", "--why", "not on the list"]);
    expect(not.stderr).toContain(`TETAPKAN ${ref} TIDAK and why`);
    expect(await within(home, async ({ ledger }) => (await ledger.load(ref))?.state)).toBe("suspect");
  });
});
