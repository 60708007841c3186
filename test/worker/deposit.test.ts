import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { silentLog } from "../../src/log.ts";
import { bookDeposit } from "../../src/payments/deposit/booking.ts";
import { depositKeeper } from "../../src/payments/deposit/keeper.ts";
import { aBill } from "../fakes/bills.ts";
import { ANI, aJob, type WorkRoom, workRoom } from "./room.ts";

/** A worker that watches a deposit of so much, of which Rp500.000 must stay. */
async function roomWith(sum: number): Promise<WorkRoom> {
  const floor = rupiah(500_000);
  const room = workRoom((ground) => ({ deposit: depositKeeper({ ...ground, log: silentLog, floor }) }));
  await bookDeposit(room.stores, { what: "start", amount: rupiah(sum), by: "Sari", why: "seen" }, room.clock.now());
  return room;
}

async function confirm(room: WorkRoom, id: string): Promise<void> {
  const at = room.clock.now();
  const task = {
    kind: "pay",
    nonce: "n",
    bill: aBill(),
    inquiredAt: at,
    expiresAt: at + 3_600_000,
    language: "id",
  } as const;
  await room.enqueue({ ...aJob(id, ANI, task), queue: "pay" });
  await room.settle();
}

describe("a confirmation that the deposit does not cover", () => {
  it("opens no payment", async () => {
    const room = await roomWith(683_499);
    await confirm(room, "one");
    expect(await room.stores.ledger.find({})).toEqual([]);
  });

  it("opens it when it is just covered, and its job done again finds it", async () => {
    const room = await roomWith(683_500);
    await confirm(room, "one");
    await confirm(room, "again");
    expect(await room.stores.ledger.find({})).toMatchObject([{ state: "intended" }]);
    expect(await room.stores.ledger.balance("holds")).toBe(183_500);
  });

  it("is the operator's task when nothing can be sold any more", async () => {
    const room = await roomWith(500_000);
    await room.pass(60_000);
    expect(await room.openTasks()).toEqual(["deposit-low"]);
  });
});
