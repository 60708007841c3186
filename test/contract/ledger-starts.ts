import { describe, expect } from "vitest";
import type { LeasedPayment, Ledger } from "../../src/payments/ledger.ts";
import { must, otherBill } from "../fakes/bills.ts";
import { changeOf, happened, type LedgerLaw, NOW, opened, send } from "./ledger-samples.ts";

const LEASE = 90_000;

/** Of a ledger that its program owns alone: what another had in hand was left. */
export function ledgerAlone(law: LedgerLaw): void {
  describe("starting anew, alone", () => {
    law("a program that starts takes over at once what its predecessor had", async (ledger) => {
      await opened(ledger, { bill: otherBill(1) });
      const sent = changeOf((await one(ledger, NOW)).payment, send(NOW));
      await ledger.commit(sent);
      await opened(ledger, { bill: otherBill(2) });
      expect(await ledger.takeOver(NOW + 1)).toEqual({ wentBack: false });
      const claimed = await ledger.claim(NOW + 1, LEASE, 9);
      expect(claimed.map(({ payment }) => payment.state).sort()).toEqual(["intended", "sending"]);
      expect(claimed.every(({ takenOver }) => takenOver)).toBe(true);
      // What is opened from now on is nobody's heirloom.
      await opened(ledger, { bill: otherBill(3) }, NOW + 2);
      expect(await one(ledger, NOW + 2)).toMatchObject({ takenOver: false });
    });
    law("what was owed comes again at once when the program starts anew", async (ledger) => {
      await happened(ledger, await opened(ledger), send());
      expect(await kinds(ledger)).toEqual(["under-way"]);
      await ledger.takeOver(NOW);
      expect(await kinds(ledger)).toEqual(["under-way"]);
    });
  });
}

/** Of a ledger that others are at, too: what they have in hand stays theirs until their lease has run out. */
export function ledgerShared(law: LedgerLaw): void {
  describe("starting beside others", () => {
    law("leaves them what they have in hand, until their lease lapses", async (ledger) => {
      await opened(ledger, { bill: otherBill(1) });
      const { lease } = await one(ledger, NOW);
      await opened(ledger, { bill: otherBill(2) });
      expect(await ledger.takeOver(NOW + 1)).toEqual({ wentBack: false });
      const claimed = await ledger.claim(NOW + 1, LEASE, 9);
      expect(claimed.map(({ takenOver }) => takenOver)).toEqual([false]);
      const lapsed = await one(ledger, NOW + LEASE);
      expect(lapsed).toMatchObject({ takenOver: true, payment: { state: "intended" } });
      expect(lapsed.lease).not.toBe(lease);
    });
    law("leaves them what they are telling", async (ledger) => {
      await happened(ledger, await opened(ledger), send());
      expect(await kinds(ledger)).toEqual(["under-way"]);
      await ledger.takeOver(NOW);
      expect(await kinds(ledger)).toEqual([]);
      expect(await kinds(ledger, NOW + LEASE)).toEqual(["under-way"]);
    });
  });
}

async function one(ledger: Ledger, now: number): Promise<LeasedPayment> {
  return must((await ledger.claim(now, LEASE, 1))[0], "a due payment");
}

async function kinds(ledger: Ledger, at = NOW): Promise<readonly string[]> {
  return (await ledger.owed(at, LEASE, 9)).map(({ notice }) => notice.kind);
}
