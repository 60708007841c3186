import { describe, expect } from "vitest";
import type { LeasedPayment, Ledger } from "../../src/payments/ledger.ts";
import { must, otherBill } from "../fakes/bills.ts";
import {
  changeOf,
  HOUR,
  happened,
  type LedgerLaw,
  MINUTE,
  NOW,
  opened,
  paid,
  send,
  withdraw,
} from "./ledger-samples.ts";

const LEASE = 90_000;

export function ledgerClaims(law: LedgerLaw): void {
  describe("claiming what is due", () => {
    law("gives each due payment to one caller, oldest first", async (ledger) => {
      const later = await opened(ledger, { bill: otherBill(2) }, NOW + 1);
      const first = await opened(ledger, { bill: otherBill(1) }, NOW);
      const both = await Promise.all([ledger.claim(NOW + 1, LEASE, 1), ledger.claim(NOW + 1, LEASE, 1)]);
      expect(both.flat().map(({ payment }) => payment.ref)).toEqual([first.ref, later.ref]);
      expect(await ledger.claim(NOW + 1, LEASE, 9)).toEqual([]);
    });
    law("nothing is claimed before its time, and nothing that has ended for good", async (ledger) => {
      await opened(ledger, {}, NOW + 5);
      await paid(ledger, { bill: otherBill(1) });
      await happened(ledger, await opened(ledger, { bill: otherBill(2) }), withdraw());
      expect(await ledger.claim(NOW + 4, LEASE, 9)).toEqual([]);
      expect(await ledger.claim(NOW + HOUR, LEASE, 9)).toHaveLength(1);
    });
    law("a lease that lapsed is another's, who is told that it was somebody's", async (ledger) => {
      await opened(ledger);
      const first = await one(ledger, NOW);
      expect(first.takenOver).toBe(false);
      expect(await ledger.claim(NOW + LEASE - 1, LEASE, 9)).toEqual([]);
      const second = await one(ledger, NOW + LEASE);
      expect(second.takenOver).toBe(true);
      const late = changeOf(first.payment, send(NOW + LEASE));
      const payment = { ...late.payment, lease: first.lease };
      expect(await ledger.commit({ ...late, payment })).toBe("conflict");
      expect(await ledger.commit({ ...late, payment: { ...payment, lease: second.lease } })).toBe("done");
    });
    law("a commit gives the lease back, unless it keeps it", async (ledger) => {
      await opened(ledger);
      const { payment, lease } = await one(ledger, NOW);
      const sending = changeOf(payment, send(NOW));
      await ledger.commit({ ...sending, payment: { ...sending.payment, lease, keepLeaseFor: 2 * MINUTE } });
      expect(await ledger.claim(NOW + 2 * MINUTE - 1, LEASE, 9)).toEqual([]);
      const again = await one(ledger, NOW + 2 * MINUTE);
      expect(again).toMatchObject({ takenOver: true, payment: { state: "sending" } });
      const lost = changeOf(again.payment, { kind: "lost", at: NOW + 2 * MINUTE, jitter: 0 });
      await ledger.commit({ ...lost, payment: { ...lost.payment, lease: again.lease } });
      expect(await one(ledger, NOW + 3 * MINUTE)).toMatchObject({ takenOver: false, payment: { state: "suspect" } });
    });
    law("a lease is given back with the time to look again; only by who has it", async (ledger) => {
      const { ref } = await opened(ledger);
      const { lease } = await one(ledger, NOW);
      await ledger.release(ref, "another", NOW);
      expect(await ledger.claim(NOW, LEASE, 9)).toEqual([]);
      await ledger.release(ref, lease, NOW + MINUTE);
      expect(await ledger.claim(NOW + MINUTE - 1, LEASE, 9)).toEqual([]);
      expect(await one(ledger, NOW + MINUTE)).toMatchObject({ takenOver: false });
    });
    law("a lease that is given back of what has ended meanwhile makes nothing due again", async (ledger) => {
      await opened(ledger);
      const { payment, lease } = await one(ledger, NOW);
      await happened(ledger, payment, withdraw());
      await ledger.release(payment.ref, lease, NOW + MINUTE);
      expect(await ledger.nextDue(NOW)).toBeUndefined();
      expect(await ledger.claim(NOW + HOUR, LEASE, 9)).toEqual([]);
    });
    law("says when the next payment can be claimed", async (ledger) => {
      expect(await ledger.nextDue(NOW)).toBeUndefined();
      await opened(ledger, {}, NOW + 5);
      expect(await ledger.nextDue(NOW)).toBe(NOW + 5);
      await ledger.claim(NOW + 5, LEASE, 1);
      expect(await ledger.nextDue(NOW + 5)).toBe(NOW + 5 + LEASE);
    });
    law("rings when something may have become due", async (ledger) => {
      const stop = new AbortController();
      const rings = ledger.wake(stop.signal)[Symbol.asyncIterator]();
      await opened(ledger);
      expect(await rings.next()).toMatchObject({ done: false });
      const next = rings.next();
      stop.abort();
      expect(await next).toMatchObject({ done: true });
    });
  });
}

async function one(ledger: Ledger, now: number): Promise<LeasedPayment> {
  return must((await ledger.claim(now, LEASE, 1))[0], "a due payment");
}
