import { describe, expect, it } from "vitest";
import { showRef } from "../../src/domain/ref.ts";
import type { Payment } from "../../src/payments/payment.ts";
import { paid } from "../contract/ledger-samples.ts";
import { must } from "../fakes/bills.ts";
import { ANI, aJob, BUDI, heard, type WorkRoom, workRoom } from "./room.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const RETRY = { kind: "retry", reason: "busy" } as const;
const GONE = { kind: "gone", reason: "blocked" } as const;
const REFUSED = { kind: "refused", reason: "too strange" } as const;
const AMBIGUOUS = { kind: "ambiguous", reason: "reset" } as const;
const DELIVERED = { kind: "delivered", ref: "x" } as const;

/** A payment of Ani's that was just paid: two notices and a document are owed to her. */
async function justPaid(room: WorkRoom): Promise<Payment> {
  const payment = await paid(room.stores.ledger, { payer: ANI }, room.clock.now());
  await room.clock.advance(5_000);
  await room.settle();
  return payment;
}

const owed = (room: WorkRoom) => room.stores.ledger.overdue(Number.MAX_SAFE_INTEGER, 9);
const asDocument = (ref: Payment["ref"], form: "pdf" | "image" = "pdf") =>
  ({ kind: "document", ref, form, language: "id" }) as const;
const files = (room: WorkRoom, key = ANI) =>
  room.sent(key).flatMap(({ message }) => (message.kind === "document" || message.kind === "image" ? [message] : []));

describe("the news of a payment", () => {
  it("comes in order, with the proof behind it, and is owed no more", async () => {
    const room = workRoom();
    const { ref } = await justPaid(room);
    expect(heard(room, ANI)).toEqual([
      expect.stringContaining("sedang diproses"),
      expect.stringContaining("Pembayaran berhasil"),
      expect.stringContaining(`Bukti pembayaran F 0001 Z (${showRef(ref)})`),
    ]);
    expect(await owed(room)).toEqual([]);
    await room.pass(HOUR);
    expect(heard(room, ANI)).toHaveLength(3);
  });

  it("is owed until the platform took it", async () => {
    const room = workRoom();
    room.deliver(ANI, DELIVERED, ...Array.from({ length: 6 }, () => RETRY));
    await justPaid(room);
    expect((await owed(room)).map(({ notice }) => notice.kind)).toEqual(["paid"]);
    // The pauses together: 1, 2, 5, 15, 30, 60 s. Meanwhile the lease of the notice lapsed, and it was handed over again.
    await room.clock.advance(3 * MINUTE);
    await room.settle();
    expect(await owed(room)).toEqual([]);
    expect(heard(room, ANI).filter((text) => text.includes("Pembayaran berhasil"))).toHaveLength(1);
  });

  it("that no chat takes is the operator's", async () => {
    const room = workRoom();
    room.deliver(ANI, GONE, GONE, GONE);
    await justPaid(room);
    expect(await owed(room)).toEqual([]);
    // "Under way", "paid", and the file.
    expect(await room.openTasks()).toEqual(Array.from({ length: 3 }, () => "proof-undelivered"));
  });

  it("that nobody can say whether it arrived is the operator's after a few tries", async () => {
    const room = workRoom();
    room.deliver(ANI, DELIVERED, ...Array.from({ length: 4 }, () => AMBIGUOUS));
    await justPaid(room);
    await room.pass(HOUR);
    expect(await owed(room)).toEqual([]);
    expect(await room.openTasks()).toEqual(["proof-undelivered"]);
  });

  it("that could not be told in a day is the operator's", async () => {
    const room = workRoom();
    room.deliver(ANI, ...Array.from({ length: 2_000 }, () => RETRY));
    await justPaid(room);
    await room.pass(23 * HOUR, MINUTE);
    expect(await room.openTasks()).toEqual([]);
    await room.pass(2 * HOUR, MINUTE);
    expect(await room.openTasks()).toContain("proof-undelivered");
  });
});

describe("a proof", () => {
  it("that is asked for again is a copy of the same", async () => {
    const drawn: string[] = [];
    const pdf = (proof: object) => {
      drawn.push(JSON.stringify(proof));
      return new TextEncoder().encode("%PDF-");
    };
    const room = workRoom({ draw: { pdf, image: pdf } });
    const { ref } = await justPaid(room);
    await room.enqueue(aJob("again", ANI, asDocument(ref)), aJob("picture", ANI, asDocument(ref, "image")));
    expect(files(room).map(({ name }) => name)).toEqual([
      `Bukti-${showRef(ref)}.pdf`,
      `Bukti-${showRef(ref)}.pdf`,
      `Bukti-${showRef(ref)}.png`,
    ]);
    const [first, second, third] = drawn.map((one) => JSON.parse(one));
    expect([first.copy, second.copy, third.copy]).toEqual([0, 1, 2]);
    expect({ ...second, copy: 0 }).toEqual(first);
  });

  it("goes out as text when the platform refuses the file", async () => {
    const room = workRoom();
    room.deliver(ANI, DELIVERED, DELIVERED, REFUSED);
    const { ref } = await justPaid(room);
    expect(heard(room, ANI).at(-1)).toMatch(/BUKTI PEMBAYARAN E-SAMSAT[\s\S]*5A834FE7/);
    expect(heard(room, ANI).at(-1)).toContain(showRef(ref));
    expect(await room.openTasks()).toEqual([]);
  });

  it("that can be sent in no way is the operator's", async () => {
    const room = workRoom();
    room.deliver(ANI, DELIVERED, DELIVERED, REFUSED, REFUSED);
    await justPaid(room);
    expect(await room.openTasks()).toEqual(["proof-undelivered"]);
    expect(await room.stores.conversations.depth()).toMatchObject({ waiting: 0 });
  });

  it("is given to no other chat, which does not even learn whether there is one", async () => {
    const room = workRoom();
    const { ref } = await justPaid(room);
    await room.enqueue(aJob("other", BUDI, asDocument(ref)), aJob("none", BUDI, asDocument("22222" as typeof ref)));
    expect(files(room, BUDI)).toEqual([]);
    const [other = "", none] = heard(room, BUDI);
    expect(other.replace(showRef(ref), "TRX-22222")).toBe(none);
  });

  it("of somebody who was erased is no more", async () => {
    const room = workRoom();
    const { ref } = await justPaid(room);
    await room.enqueue({ ...aJob("erase", ANI, { kind: "erase" }), queue: "look" });
    await room.enqueue(aJob("again", ANI, asDocument(ref)));
    expect(files(room)).toHaveLength(1);
    expect(heard(room, ANI).at(-1)).toMatch(/Bukti .* sudah dihapus/);
    expect(must(await room.stores.ledger.load(ref)).bill.total).toBe(183_500);
  });
});
