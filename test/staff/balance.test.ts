import { describe, expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { agentAccount } from "../../src/domain/staff.ts";
import { type Booking, book } from "../../src/staff/balance.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { sqliteLedger } from "../../src/store/sqlite/ledger.ts";
import { openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteRecords } from "../../src/store/sqlite/records.ts";

const NOW = Date.UTC(2019, 6, 7, 3);
const PHONE = conversationKey("telegram", "1");

async function counter() {
  const at = { db: openSqlite(":memory:"), sealer: openSealer({}) };
  const deps = { ledger: sqliteLedger(at), records: sqliteRecords(at) };
  const { staff } = deps.records;
  const added = await staff.add(
    { role: "agent", name: "A", place: "", handover: "", credit: rupiah(100), daily: undefined, language: "en" },
    1,
  );
  await staff.enrol(PHONE, added.code, 2);
  const agent = (await staff.load(added.staff.id)) ?? added.staff;
  const booking = (amount: number, over: Partial<Booking> = {}): Booking => ({
    ...{ what: "top-up", agent, amount: rupiah(amount), by: "op", why: "BCA 1207", again: false },
    ...over,
  });
  const balance = () => deps.ledger.balance(agentAccount(agent.id));
  return { deps, booking, balance };
}

describe("what the operator books on an agent's balance", () => {
  it("is there, is told to the agent, and is in the audit log", async () => {
    const { deps, booking } = await counter();
    expect(await book(deps, booking(500_000), NOW)).toEqual({ kind: "booked", balance: 500_000 });
    const [owed] = await deps.ledger.overdue(NOW + 1, 9);
    expect(owed).toMatchObject({ to: PHONE, language: "en", notice: { what: "top-up", amount: 500_000 } });
    expect(await deps.records.audit.list(9)).toMatchObject([
      { at: NOW, who: "op", what: "top-up", detail: "Rp500.000: BCA 1207" },
    ]);
  });

  it("is booked once when it is sent twice: at once, or within a minute", async () => {
    const { deps, booking, balance } = await counter();
    const both = await Promise.all([NOW, NOW + 1].map((at) => book(deps, booking(5), at)));
    expect(both.map(({ kind }) => kind).sort()).toEqual(["booked", "twice"]);
    expect((await book(deps, booking(5), NOW + 60_000)).kind).toBe("twice");
    expect(await balance()).toBe(5);
    expect((await deps.records.audit.list(9)).length).toBe(1);
    expect(await book(deps, booking(5), NOW + 60_002)).toEqual({ kind: "booked", balance: 10 });
    expect(await book(deps, booking(6), NOW + 60_002)).toEqual({ kind: "booked", balance: 16 });
  });

  it("is another one when that is said, and that once, too", async () => {
    const { deps, booking, balance } = await counter();
    await book(deps, booking(5), NOW);
    const again = booking(5, { again: true });
    const both = await Promise.all([NOW + 9, NOW + 10].map((at) => book(deps, again, at)));
    expect(both.map(({ kind }) => kind).sort()).toEqual(["booked", "twice"]);
    expect(await balance()).toBe(10);
  });

  it("is seen as sent twice also when the clock was set back meanwhile", async () => {
    const { deps, booking } = await counter();
    await book(deps, booking(5), NOW);
    expect((await book(deps, booking(5), NOW - 3_600_000)).kind).toBe("twice");
    expect((await book(deps, booking(5, { again: true }), NOW - 3_600_000)).kind).toBe("booked");
  });

  it("takes away by an adjustment, and not below his credit", async () => {
    const { deps, booking, balance } = await counter();
    const down = (amount: number) => booking(amount, { what: "adjustment" });
    expect(await book(deps, down(-101), NOW)).toEqual({ kind: "short", missing: 1 });
    expect(await book(deps, down(-100), NOW)).toEqual({ kind: "booked", balance: -100 });
    expect(await book(deps, down(100), NOW)).toEqual({ kind: "booked", balance: 0 });
    expect((await book(deps, down(-100), NOW + 1)).kind).toBe("twice");
    expect(await balance()).toBe(0);
  });

  it("is never nothing, and a top-up never less", async () => {
    const { deps, booking } = await counter();
    await expect(book(deps, booking(0), NOW)).rejects.toThrow(RangeError);
    await expect(book(deps, booking(-5), NOW)).rejects.toThrow(RangeError);
    await expect(book(deps, booking(0, { what: "adjustment" }), NOW)).rejects.toThrow(RangeError);
  });
});
