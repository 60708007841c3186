import { expect, it } from "vitest";
import type { Context } from "../../flows/index.ts";
import type { Payment } from "../../src/payments/payment.ts";
import { happened, send } from "../contract/ledger-samples.ts";
import { aBill, aChassis, must } from "../fakes/bills.ts";
import { ANI, aJob, BUDI, type WorkRoom, words, workRoom } from "./room.ts";

const CHASSIS = "MH1JFZ110HK123456";

/** Ani confirms her bill; nobody sends the payment. */
async function confirmed(room: WorkRoom): Promise<Payment> {
  room.answer({ kind: "bill", bill: aBill({ chassis: aChassis(CHASSIS) }) });
  await room.say(ANI, `Jawa Barat 3204110101800001 ${CHASSIS}`);
  await room.clock.advance(10_000);
  await room.settle();
  const context = (await room.stores.conversations.load(ANI))?.context as Context | undefined;
  await room.say(ANI, `BAYAR ${must(context?.quote).code}`);
  const [payment] = await room.stores.ledger.find({ payer: ANI });
  expect(payment).toMatchObject({ state: "intended" });
  return must(payment);
}

async function news(room: WorkRoom): Promise<readonly string[]> {
  const before = words(room, ANI).length;
  await room.say(ANI, "batal");
  await room.clock.advance(5_000);
  await room.settle();
  return words(room, ANI).slice(before);
}

const stateOf = async ({ stores }: WorkRoom, { ref }: Payment) => (await stores.ledger.load(ref))?.state;

it("BATAL before the payment was sent stops it, and that is said once", async () => {
  const room = workRoom();
  const payment = await confirmed(room);
  expect(await news(room)).toEqual(["Pembayaran F 0001 Z dibatalkan. Belum ada pembayaran."]);
  expect(await stateOf(room, payment)).toBe("withdrawn");
  expect(await news(room)).toEqual(["Tidak ada yang perlu dibatalkan. Ketik MENU untuk cek pajak."]);
});

it("BATAL after it was sent stops nothing, and says so", async () => {
  const room = workRoom();
  const payment = await confirmed(room);
  await happened(room.stores.ledger, payment, send(room.clock.now()));
  await room.clock.advance(5_000);
  expect(await news(room)).toEqual([
    `TRX-${payment.ref} sudah dikirim dan tidak dapat dibatalkan. Hasilnya kami kabari.`,
  ]);
  expect(await stateOf(room, payment)).toBe("sending");
});

it("BATAL that is done again after a crash says nothing new", async () => {
  const room = workRoom();
  const { bill, openedAt: since } = await confirmed(room);
  await news(room);
  const before = words(room, ANI).length;
  const task = { kind: "cancel", plate: bill.plate, total: bill.total, since } as const;
  await room.enqueue({ ...aJob("again", ANI, task), queue: "pay" });
  expect(words(room, ANI)).toHaveLength(before);
});

it("BATAL never stops the payment of another confirmation, or of another chat", async () => {
  const room = workRoom();
  const payment = await confirmed(room);
  const { plate, total } = payment.bill;
  const later = { kind: "cancel", plate, total, since: payment.openedAt + 1 } as const;
  const other = { kind: "cancel", plate: "F 4321 CD", total, since: 0 } as const;
  const meant = { kind: "cancel", plate, total, since: 0 } as const;
  await room.enqueue(
    { ...aJob("later", ANI, later), queue: "pay" },
    { ...aJob("other", ANI, other), queue: "pay" },
    { ...aJob("budi", BUDI, meant), queue: "pay" },
  );
  expect(await stateOf(room, payment)).toBe("intended");
});
