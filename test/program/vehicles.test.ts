import { describe, expect, it } from "vitest";
import type { VehicleKind } from "../../src/biller/sandbox/kinds.ts";
import { KINDS } from "../../src/biller/sandbox/kinds.ts";
import { testChassis, testPlate } from "../../src/biller/sandbox/vehicles.ts";
import { makeCounter } from "./counter.ts";
import { type Customer, isProof, NIK, payLabel, proofsOf, refIn, says, toBill } from "./customer.ts";
import { toDaytime, withClock } from "./daytime.ts";
import { openTab } from "./tab.ts";

/** How it goes with a vehicle, and what the biller's book then says of it. */
interface Course {
  readonly money: { readonly debits: number; readonly pays: number };
  readonly goes: (customer: Customer, chassis: string, plate: string) => Promise<unknown>;
}

const NOTHING = { debits: 0, pays: 0 };
const ONCE = { debits: 1, pays: 1 };
const TRIED = { debits: 0, pays: 1 };

const paid = (total: string): Course => ({
  money: ONCE,
  async goes(customer, chassis, plate) {
    const bill = await toBill(customer, chassis);
    expect(bill.text).toContain(`Total: ${total}`);
    await customer.tap(payLabel(bill));
    const proof = await customer.next(isProof);
    expect(proof.text).toContain(plate);
    expect(proof.text).toContain(total);
  },
});

/** Paid in the end, and until then nobody says that it failed. */
const paidLater: Course = {
  money: ONCE,
  async goes(customer, chassis, plate) {
    await customer.tap(payLabel(await toBill(customer, chassis)));
    const underWay = await customer.next(says("Pembayaran sedang diproses", "Mohon jangan membayar di tempat lain"));
    const proof = await customer.next(isProof);
    expect(proof.text).toContain(plate);
    expect(refIn(proof)).toBe(refIn(underWay));
    expect(customer.all().filter(says("belum berhasil"))).toEqual([]);
  },
};

/** Nothing is certain for eleven minutes: after one minute the payer hears that it is being looked into. */
const unknown = (money: Course["money"]): Course => ({
  money,
  async goes(customer, chassis) {
    await customer.tap(payLabel(await toBill(customer, chassis)));
    await customer.next(says("Pembayaran sedang diproses"));
    await customer.next(says("Sistem pembayaran belum memberi jawaban", "Mohon jangan membayar di tempat lain"));
    await customer.say("status");
    await customer.next(says("sedang diproses", "Mohon jangan membayar di tempat lain"));
    expect(customer.all().filter(says("belum berhasil"))).toEqual([]);
    expect(proofsOf(customer)).toEqual([]);
  },
});

const refused = (...parts: readonly string[]): Course => ({
  money: NOTHING,
  async goes(customer, chassis) {
    await customer.say(`Jawa Barat ${NIK} ${chassis}`);
    await customer.next(says(...parts));
    expect(
      customer
        .all()
        .flatMap(({ buttons }) => buttons)
        .filter((label) => label.startsWith("Bayar")),
    ).toEqual([]);
  },
});

/** Every vehicle of the sandbox: a new one does not compile until it has a course. */
const COURSES: Readonly<Record<VehicleKind, Course>> = {
  ordinary: paid("Rp183.500"),
  penalties: paid("Rp378.375"),
  "other-part": paid("Rp186.000"),
  "plate-b": paid("Rp183.500"),
  "bare-keys": paid("Rp183.500"),
  slow: paid("Rp183.500"),
  "not-found": refused("Data tidak ditemukan"),
  "already-paid": refused("sudah lunas", "Tidak perlu membayar"),
  "bad-bill": refused("tidak dapat kami baca dengan pasti"),
  down: refused("Sistem pembayaran sedang lambat", "Belum ada pembayaran"),
  "pending-confirm": paidLater,
  "reset-applied": paidLater,
  garbage: paidLater,
  "hang-applied": paidLater,
  "pending-refund": {
    money: TRIED,
    async goes(customer, chassis, plate) {
      await customer.tap(payLabel(await toBill(customer, chassis)));
      await customer.next(says("Pembayaran sedang diproses"));
      await customer.next(says(`Pembayaran ${plate} belum berhasil`, "dananya dikembalikan"));
      expect(proofsOf(customer)).toEqual([]);
    },
  },
  "hang-not-applied": unknown(TRIED),
  "bad-gateway": unknown(TRIED),
  refused: unknown(TRIED),
  "wrong-total": unknown(ONCE),
};

describe("in the web chat", () => {
  it("every vehicle of the sandbox gets the right words, and never a second debit", async () => {
    const { biller, home } = await makeCounter({
      settings: { TELEGRAM_BOT_TOKEN: "", ...withClock({ ahead: toDaytime(), times: 5 }) },
      biller: { pendingMs: 3_000 },
    });
    await home.start();
    const courses = KINDS.map(async ({ kind }) => {
      const customer = openTab(home.open);
      await COURSES[kind].goes(customer, testChassis(kind, 7), testPlate(kind, 7));
      return { kind, proofs: proofsOf(customer).length, ...biller.moneyOf(testChassis(kind, 7)) };
    });
    const outcomes = await Promise.all(courses);
    const expected = KINDS.map(({ kind }) => {
      const { money, goes } = COURSES[kind];
      const provable = money === ONCE && goes !== COURSES["wrong-total"].goes;
      return { kind, proofs: provable ? 1 : 0, ...money };
    });
    expect(outcomes).toEqual(expected);
    // 19 vehicles at once: the deposit lost what was confirmed, and no rupiah more.
    expect(biller.sandbox.book.debits.filter(({ refundedAt }) => refundedAt === undefined)).toHaveLength(
      expected.reduce((sum, { debits }) => sum + debits, 0),
    );
  }, 110_000);
});
