import { describe, expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import type { Payment } from "../../src/payments/payment.ts";
import { retain } from "../../src/worker/retention.ts";
import { confirmed, happened, opened, paid, send } from "../contract/ledger-samples.ts";
import { aRequest } from "../fakes/agents.ts";
import { must, otherBill } from "../fakes/bills.ts";
import { ANI, heard, type WorkRoom, workRoom } from "./room.ts";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

async function personOf(room: WorkRoom, { ref }: Payment): Promise<readonly string[]> {
  const { bill } = must(await room.stores.ledger.load(ref));
  return [bill.nik, bill.chassis, bill.owner, bill.address];
}

const NOBODY = ["", "", "", ""];

/** Asked by Ani, and taken back by her. */
async function closedRequest(room: WorkRoom) {
  const at = room.clock.now();
  const { requests } = room.stores.ledger;
  const { request } = await requests.ask(aRequest(at, { customer: { chat: ANI, language: "id" } }), at, () => []);
  const next = { ...request, revision: 2, state: "closed", closed: { at, why: "cancelled" } } as const;
  expect(await requests.commit({ at, next, expect: 1 })).toBe("done");
  return next;
}

/** The clock is moved without anybody looking on the way. */
async function later(room: WorkRoom, ms: number): Promise<void> {
  room.clock.setWall(room.clock.now() + ms);
  await retain(room.deps);
}

describe("what is kept", () => {
  it("of a paid payment is for ninety days all of it, then the sums and the numbers", async () => {
    const room = workRoom();
    const payment = await paid(room.stores.ledger, { payer: ANI }, room.clock.now());
    await room.clock.advance(5_000);
    await room.settle();
    await later(room, 90 * DAY - HOUR);
    expect(await personOf(room, payment)).not.toContain("");
    expect(await room.stores.records.proofs.take(payment.ref)).toBeDefined();
    await later(room, 2 * HOUR);
    expect(await personOf(room, payment)).toEqual(NOBODY);
    expect(await room.stores.records.proofs.take(payment.ref)).toBeUndefined();
    const { bill, state, receipt } = must(await room.stores.ledger.load(payment.ref));
    expect([state, bill.total, bill.invoice, receipt?.reference]).toEqual([
      "paid",
      183_500,
      payment.bill.invoice,
      "5A834FE7",
    ]);
  });

  it("of a request is for a day after its end", async () => {
    const room = workRoom();
    const { ref } = await closedRequest(room);
    const nik = async () => must(await room.stores.ledger.requests.load(ref)).bill.nik;
    await later(room, DAY - HOUR);
    expect(await nik()).not.toBe("");
    await later(room, 2 * HOUR);
    expect(await nik()).toBe("");
  });

  it("of a letter to a human is for thirty days", async () => {
    const room = workRoom();
    const { letters } = room.stores.records;
    await letters.keep(ANI, "halo", room.clock.now());
    await later(room, 30 * DAY - HOUR);
    expect(await letters.list(ANI, 9)).toHaveLength(1);
    await later(room, 2 * HOUR);
    expect(await letters.list(ANI, 9)).toEqual([]);
  });
});

describe("HAPUS DATA", () => {
  async function asksToBeErased(room: WorkRoom): Promise<void> {
    await room.say(ANI, "hapus data");
    await room.enqueue({
      id: `erase-${room.clock.now()}` as never,
      key: ANI,
      queue: "look",
      lane: undefined,
      dueAt: 0,
      task: { kind: "erase" },
    });
  }

  it("takes away the person, the proofs, the letters, the consent, and what the channel keeps", async () => {
    const room = workRoom();
    const { records, ledger } = room.stores;
    const mine = await paid(ledger, { payer: ANI }, room.clock.now());
    const others = await paid(
      ledger,
      { payer: conversationKey("telegram", "9"), bill: otherBill(1) },
      room.clock.now(),
    );
    await records.letters.keep(ANI, "halo", room.clock.now());
    await records.consents.give(ANI, "1", room.clock.now());
    const { ref } = await closedRequest(room);
    await asksToBeErased(room);
    expect((await ledger.requests.load(ref))?.bill).toMatchObject({ nik: "", chassis: "", owner: "", address: "" });
    expect(await personOf(room, mine)).toEqual(NOBODY);
    expect(await personOf(room, others)).not.toContain("");
    expect(await records.letters.list(ANI, 9)).toEqual([]);
    expect(await records.consents.given(ANI)).toBeUndefined();
    expect(room.erased).toEqual([ANI]);
    expect(heard(room, ANI).at(-1)).toContain("Data Anda sudah kami hapus");
    expect(await room.openTasks()).toEqual([]);
  });

  it("waits for a payment that is under way, and says so when it is done", async () => {
    const room = workRoom();
    const { ledger } = room.stores;
    const old = await paid(ledger, { payer: ANI, bill: otherBill(1) }, room.clock.now());
    const sending = await happened(
      ledger,
      await opened(ledger, { payer: ANI }, room.clock.now()),
      send(room.clock.now()),
    );
    await asksToBeErased(room);
    expect(heard(room, ANI).at(-1)).toMatch(/Masih ada pembayaran/);
    expect(await personOf(room, old)).toEqual(NOBODY);
    expect(await personOf(room, sending)).not.toContain("");
    expect(await room.openTasks()).toEqual(["erase-later"]);
    await retain(room.deps);
    expect(await room.openTasks()).toEqual(["erase-later"]);
    await happened(ledger, sending, confirmed(sending, room.clock.now()));
    await retain(room.deps);
    expect(await personOf(room, sending)).toEqual(NOBODY);
    expect(await room.openTasks()).toEqual([]);
    await room.clock.advance(10_000);
    await room.settle();
    const told = heard(room, ANI).filter((text) => text.includes("Data Anda sudah kami hapus"));
    expect(told).toHaveLength(1);
    // Once is enough.
    await retain(room.deps);
    await room.clock.advance(10_000);
    expect(heard(room, ANI).filter((text) => text.includes("Data Anda sudah kami hapus"))).toEqual(told);
  });
});
