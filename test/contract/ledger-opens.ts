import { describe, expect } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { ANI, aBill, aChassis, anInvoice, aPayment, BUDI, otherBill } from "../fakes/bills.ts";
import {
  HOUR,
  happened,
  type LedgerLaw,
  MINUTE,
  NOW,
  notCharged,
  opened,
  paid,
  send,
  withdraw,
} from "./ledger-samples.ts";

export function ledgerOpens(law: LedgerLaw): void {
  describe("opening a payment", () => {
    law("is intended, due at once, and comes back as it was given", async (ledger) => {
      const payment = await opened(ledger);
      expect(payment).toMatchObject({ ...aPayment(NOW), state: "intended", revision: 1, openedAt: NOW, dueAt: NOW });
      expect(payment.code.startsWith(`${payment.ref}-`)).toBe(true);
      expect(await ledger.load(payment.ref)).toEqual(payment);
    });
    law("confirmed twice by the same chat is one payment, whatever became of it", async (ledger) => {
      const first = await opened(ledger);
      expect(await ledger.open(aPayment(NOW), NOW + 1)).toEqual({ kind: "exists", payment: first });
      const done = await paid(ledger, { bill: otherBill(1) });
      const again = await ledger.open(aPayment(NOW, { bill: otherBill(1) }), NOW + 5 * MINUTE);
      expect(again).toEqual({ kind: "exists", payment: done });
    });
    law("twenty confirmations at once are one payment", async (ledger) => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => ledger.open(aPayment(NOW), NOW)));
      expect(answers.filter(({ kind }) => kind === "opened")).toHaveLength(1);
      expect(answers.filter(({ kind }) => kind === "exists")).toHaveLength(19);
    });
    law("a vehicle that is being paid is busy; only its own payer hears the reference", async (ledger) => {
      const { ref } = await opened(ledger);
      const bill = aBill({ invoice: anInvoice("222") });
      const busy = { kind: "vehicle-busy", since: NOW, plate: "F 0001 Z" };
      expect(await ledger.open(aPayment(NOW, { bill }), NOW)).toEqual({ ...busy, ref });
      expect(await ledger.open(aPayment(NOW, { bill, payer: BUDI }), NOW)).toEqual({ ...busy, ref: undefined });
    });
    law("the same plate or the same chassis is the same vehicle", async (ledger) => {
      await opened(ledger);
      const samePlate = otherBill(1, { plate: "f-0001-z" });
      const sameChassis = otherBill(2, { chassis: aBill().chassis });
      expect((await ledger.open(aPayment(NOW, { bill: samePlate }), NOW)).kind).toBe("vehicle-busy");
      expect((await ledger.open(aPayment(NOW, { bill: sameChassis }), NOW)).kind).toBe("vehicle-busy");
    });
    law(
      "a plate that is empty or no plate is nobody's, and a chassis counts within its region alone",
      async (ledger) => {
        await opened(ledger, { bill: otherBill(1, { plate: "" }) });
        await opened(ledger, { bill: otherBill(2, { plate: "" }) });
        await opened(ledger, { bill: otherBill(3, { plate: "BARU" }) });
        await opened(ledger, { bill: otherBill(4, { plate: "BARU" }) });
        await opened(ledger, {
          bill: otherBill(5, { product: "SAMSAT_JATENG", chassis: aChassis("MH1JFZ110HK200001") }),
        });
      },
    );
    law("ten bills of one vehicle opened at once give one payment", async (ledger) => {
      const bills = Array.from({ length: 10 }, (_, n) => aBill({ invoice: anInvoice(`3${n}`) }));
      const answers = await Promise.all(bills.map((bill) => ledger.open(aPayment(NOW, { bill }), NOW)));
      expect(answers.filter(({ kind }) => kind === "opened")).toHaveLength(1);
    });
    law("a vehicle that was paid within 24 h is not paid again, and later only with a newer bill", async (ledger) => {
      const { ref } = await paid(ledger);
      const bill = aBill({ invoice: anInvoice("222") });
      const lately = await ledger.open(aPayment(NOW + 23 * HOUR, { bill }), NOW + 23 * HOUR);
      expect(lately).toEqual({ kind: "paid-lately", plate: "F 0001 Z", ref });
      const others = await ledger.open(aPayment(NOW + 23 * HOUR, { bill, payer: BUDI }), NOW + 23 * HOUR);
      expect(others).toEqual({ kind: "paid-lately", plate: "F 0001 Z", ref: undefined });
      const old = await ledger.open(aPayment(NOW, { bill, inquiredAt: NOW }), NOW + 25 * HOUR);
      expect(old).toEqual({ kind: "bill-too-old" });
      expect((await ledger.open(aPayment(NOW + 25 * HOUR, { bill }), NOW + 25 * HOUR)).kind).toBe("opened");
    });
    law("a bill that is older than the end of the vehicle's last payment is too old", async (ledger) => {
      const later = NOW + 20 * MINUTE;
      await notCharged(ledger, {}, NOW);
      const bill = aBill({ invoice: anInvoice("222") });
      expect(await ledger.open(aPayment(NOW, { bill, inquiredAt: NOW }), later)).toEqual({ kind: "bill-too-old" });
      expect((await ledger.open(aPayment(NOW, { bill, inquiredAt: NOW + 1 }), later)).kind).toBe("opened");
    });
    law("an invoice that was ever sent is never opened again, not even when it was surely not sent", async (ledger) => {
      await notCharged(ledger);
      const at = NOW + 2 * HOUR;
      expect(await ledger.open(aPayment(at), at)).toEqual({ kind: "invoice-used" });
      expect(await ledger.open(aPayment(at, { payer: BUDI }), at)).toEqual({ kind: "invoice-used" });
    });
    law("a withdrawn invoice is opened again by a bill that was inquired anew", async (ledger) => {
      const first = await happened(ledger, await opened(ledger), withdraw());
      expect(await ledger.open(aPayment(NOW), NOW + 1)).toEqual({ kind: "exists", payment: first });
      const at = NOW + MINUTE;
      const again = await ledger.open(aPayment(at), at);
      const { ref, revision } = first;
      expect(again).toMatchObject({ kind: "opened", payment: { ref, state: "intended", openedAt: at } });
      expect(again).toMatchObject({ payment: { revision: revision + 1, withdrawnWhy: undefined, endedAt: undefined } });
    });
    law(
      "by another payer it is opened under a reference of his own, and the first one's stays as it was",
      async (ledger) => {
        const first = await happened(ledger, await opened(ledger), withdraw());
        const at = NOW + MINUTE;
        const again = await ledger.open(aPayment(at, { payer: BUDI }), at);
        expect(again).toMatchObject({ kind: "opened", payment: { state: "intended", payer: BUDI, revision: 1 } });
        if (again.kind !== "opened") return;
        expect(again.payment.ref).not.toBe(first.ref);
        expect(await ledger.load(first.ref)).toEqual(first);
        expect(await ledger.find({ invoice: first.bill.invoice })).toEqual([again.payment]);
        // There is one of the invoice all the same: it waits while the other is live.
        const waits = await ledger.open(aPayment(at + 1), at + 1);
        expect(waits).toMatchObject({ kind: "vehicle-busy", ref: undefined });
        await happened(ledger, again.payment, withdraw(at));
        const third = await ledger.open(aPayment(at + 2), at + 2);
        expect(third).toMatchObject({ kind: "opened", payment: { payer: ANI, revision: 1 } });
      },
    );
    law("the same invoice with another total is another bill, and waits for the first", async (ledger) => {
      await opened(ledger);
      const bill = aBill({ total: rupiah(196_300) });
      expect((await ledger.open(aPayment(NOW, { bill }), NOW)).kind).toBe("vehicle-busy");
    });
    law("check says what open would, and opens nothing", async (ledger) => {
      expect(await ledger.check(aPayment(NOW), NOW)).toEqual({ kind: "free" });
      expect(await ledger.find({ payer: ANI })).toEqual([]);
      const payment = await opened(ledger);
      expect(await ledger.check(aPayment(NOW), NOW)).toEqual({ kind: "exists" });
      await happened(ledger, payment, send());
      expect((await ledger.check(aPayment(NOW, { payer: BUDI }), NOW)).kind).toBe("vehicle-busy");
    });
  });
}
