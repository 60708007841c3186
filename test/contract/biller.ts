import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Biller, Inquiry } from "../../src/biller/biller.ts";
import type { Bill, Invoice } from "../../src/domain/bill.ts";
import type { Chassis } from "../../src/domain/chassis.ts";
import type { Nik } from "../../src/domain/nik.ts";
import { rupiah } from "../../src/domain/rupiah.ts";

interface Query {
  readonly product: string;
  readonly nik: Nik;
  readonly chassis: Chassis;
}

/** A biller with one open region, one vehicle that pays at once, and one that nobody knows. */
export interface BillerWorld {
  readonly biller: Biller;
  readonly known: Query;
  readonly unknown: Query;
  /** The invoices of the pay calls that reached the biller, in order. */
  pays(): readonly string[];
  /** How many debits stand. */
  debits(): number;
  close(): Promise<void>;
}

/** What every driver of the biller's port owes. */
export function billerLaw(name: string, open: () => Promise<BillerWorld>): void {
  describe(`the law of a biller: ${name}`, () => {
    let world: BillerWorld;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(() => world.close());
    const bill = async () => billOf(await world.biller.inquire(world.known));

    it("lists its regions with the time of the look, and keeps a look for as long as it is asked to", async () => {
      const first = await world.biller.regions(0);
      if (first.kind !== "regions") throw new Error(`no regions: ${first.kind}`);
      expect(first.regions.some(({ product, open: isOpen }) => product === world.known.product && isOpen)).toBe(true);
      expect(await world.biller.regions(60_000)).toEqual(first);
    });

    it("finds the bill of the vehicle that was asked, with sums that add up", async () => {
      const found = await bill();
      expect(found).toMatchObject(world.known);
      const { pkb, swdkllj, bbn, pkbPenalty, swdklljPenalty, bbnPenalty, fee, other, total } = found;
      const parts = [pkb, swdkllj, bbn, pkbPenalty, swdklljPenalty, bbnPenalty, fee, other];
      expect(parts.reduce<number>((sum, part) => sum + part, 0)).toBe(total);
      expect(found.invoice.trim()).not.toBe("");
    });

    it("says not-found of a vehicle that it does not know", async () => {
      expect((await world.biller.inquire(world.unknown)).kind).toBe("not-found");
    });

    it("pays once, with a receipt of the confirmed total, and its status says the same", async () => {
      const order = await bill();
      let asked = 0;
      const paid = await world.biller.pay(order, () => {
        asked += 1;
        return true;
      });
      expect(asked).toBe(1);
      expect(paid).toMatchObject({ kind: "paid", receipt: { total: order.total } });
      expect(world.pays()).toEqual([order.invoice]);
      expect(world.debits()).toBe(1);
      expect(await world.biller.status(order)).toMatchObject({ kind: "paid", receipt: { total: order.total } });
      expect(world.pays()).toEqual([order.invoice]);
    });

    it("sends nothing when it may not go", async () => {
      const order = await bill();
      expect((await world.biller.pay(order, () => false)).kind).toBe("not-sent");
      expect(world.pays()).toEqual([]);
      expect(world.debits()).toBe(0);
    });

    it("never says paid of another total than the one that was confirmed", async () => {
      const { invoice, total } = await bill();
      const other = { invoice, total: rupiah(total + 1) };
      expect(await world.biller.pay(other, () => true)).toMatchObject({
        kind: "unknown",
        cause: "other-total",
        ok: true,
      });
      expect(await world.biller.status(other)).toMatchObject({ kind: "unknown", cause: "other-total", ok: true });
    });

    it("says unpaid or failure of a bill that nobody paid, and failure of an invoice that nobody made", async () => {
      const order = await bill();
      expect(["unpaid", "failure"]).toContain((await world.biller.status(order)).kind);
      const nobodys = { invoice: "99999999999999" as Invoice, total: order.total };
      expect((await world.biller.status(nobodys)).kind).toBe("failure");
    });

    it("refuses a second pay of a paid bill with words that say so", async () => {
      const order = await bill();
      await world.biller.pay(order, () => true);
      expect(await world.biller.pay(order, () => true)).toMatchObject({ kind: "refused", saysPaid: true });
      expect(world.debits()).toBe(1);
    });
  });
}

export function billOf(inquiry: Inquiry): Bill {
  if (inquiry.kind !== "bill") throw new Error(`no bill: ${JSON.stringify(inquiry)}`);
  return inquiry.bill;
}
