import { describe, expect, it } from "vitest";
import type { Channel } from "../../src/channels/channel.ts";
import type { Outbound } from "../../src/conversation/message.ts";
import { paid } from "../contract/ledger-samples.ts";
import { ANI, workRoom } from "./room.ts";

const MINUTE = 60_000;

/** A room whose platform tells whether a message reached the phone, and a payment whose proof was just sent. */
async function proofSent() {
  const sent: { readonly message: Outbound; readonly id: string }[] = [];
  const arrived = new Set<string>();
  const channel: Channel = {
    name: "telegram",
    style: "numbers",
    forgets: false,
    listen: async () => {},
    async send(_, message, id) {
      if (!sent.some((one) => one.id === id)) sent.push({ message, id });
      return { kind: "delivered", ref: `ref of ${id}` };
    },
    typing: async () => {},
    arrived: async (ref) => arrived.has(ref),
    state: () => ({ ready: true, detail: "reached" }),
  };
  const room = workRoom({ channels: new Map([["telegram", channel]]) });
  const payment = await paid(room.stores.ledger, { payer: ANI }, room.clock.now());
  const file = () => sent.find(({ message }) => message.kind === "document");
  const proofs = () =>
    sent.filter(({ message }) => message.kind === "text" && message.text.includes("BUKTI PEMBAYARAN"));
  await room.pass(30_000);
  const tick = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 15_000) await room.pass(15_000);
  };
  return { room, payment, arrived, file, proofs, tick };
}

describe("a proof, where the platform tells whether it reached the phone", () => {
  it("that has is not sent again, and nobody is called", async () => {
    const { room, arrived, file, proofs, tick } = await proofSent();
    arrived.add(`ref of ${file()?.id}`);
    await tick(70 * MINUTE);
    expect(proofs()).toEqual([]);
    expect(await room.openTasks()).toEqual([]);
  });

  it("that has not is sent once more as text after a quarter of an hour", async () => {
    const { room, arrived, file, proofs, tick } = await proofSent();
    expect(file()).toBeDefined();
    await tick(14 * MINUTE);
    expect(proofs()).toEqual([]);
    await tick(2 * MINUTE);
    expect(proofs()).toHaveLength(1);
    arrived.add(`ref of ${proofs()[0]?.id}`);
    await tick(60 * MINUTE);
    expect(proofs()).toHaveLength(1);
    expect(await room.openTasks()).toEqual([]);
  });

  it("of which neither has is on the operator's list after an hour", async () => {
    const { room, payment, proofs, tick } = await proofSent();
    await tick(58 * MINUTE);
    expect(await room.openTasks()).toEqual([]);
    await tick(4 * MINUTE);
    const [task] = await room.stores.records.tasks.list("open", 9);
    expect(task).toMatchObject({ kind: "proof-undelivered", ref: payment.ref, chat: ANI });
    await tick(120 * MINUTE);
    expect(proofs()).toHaveLength(1);
    expect(await room.openTasks()).toEqual(["proof-undelivered"]);
  });

  it("of a person who was erased meanwhile is not sent again", async () => {
    const { room, payment, proofs, tick } = await proofSent();
    await room.stores.ledger.forgetPerson(payment.ref, room.clock.now());
    await room.stores.records.proofs.erase(payment.ref);
    await tick(70 * MINUTE);
    expect(proofs()).toEqual([]);
    expect(await room.openTasks()).toEqual([]);
  });
});

it("where the platform tells nothing, a proof is followed by nothing", async () => {
  const room = workRoom();
  await paid(room.stores.ledger, { payer: ANI }, room.clock.now());
  await room.pass(30_000);
  const before = room.sent(ANI).length;
  await room.pass(80 * MINUTE);
  expect(room.sent(ANI).slice(before)).toEqual([]);
  expect(await room.openTasks()).toEqual([]);
});
