import { describe, expect } from "vitest";
import { aStaffId, aTopUp, CIBINONG, PARUNG } from "../fakes/agents.ts";
import { ANI, aBill, anInvoice, BUDI, otherBill } from "../fakes/bills.ts";
import {
  confirmed,
  HOUR,
  happened,
  type LedgerLaw,
  MINUTE,
  NOW,
  notCharged,
  opened,
  paid,
  pending,
  send,
  withdraw,
} from "./ledger-samples.ts";

export function ledgerReads(law: LedgerLaw): void {
  describe("finding payments", () => {
    law("by payer, state, plate, invoice, vehicle and reference, newest first", async (ledger) => {
      const first = await paid(ledger, { bill: otherBill(1) }, NOW);
      const second = await opened(ledger, { bill: otherBill(2), payer: BUDI }, NOW + 1);
      const third = await opened(ledger, { bill: otherBill(3) }, NOW + 2);
      const refs = async (query: Parameters<typeof ledger.find>[0]) => (await ledger.find(query)).map(({ ref }) => ref);
      expect(await refs({})).toEqual([third.ref, second.ref, first.ref]);
      expect(await refs({ limit: 2 })).toEqual([third.ref, second.ref]);
      expect(await refs({ payer: ANI })).toEqual([third.ref, first.ref]);
      expect(await refs({ states: ["intended"] })).toEqual([third.ref, second.ref]);
      expect(await refs({ states: [] })).toEqual([]);
      expect(await refs({ plate: "f 1001 ab" })).toEqual([first.ref]);
      expect(await refs({ plate: "nonsense" })).toEqual([]);
      expect(await refs({ invoice: second.bill.invoice })).toEqual([second.ref]);
      expect(await refs({ ref: third.ref, payer: BUDI })).toEqual([]);
      expect(await refs({ vehicle: otherBill(9, { plate: otherBill(1).plate }) })).toEqual([first.ref]);
      expect(await refs({ vehicle: otherBill(9, { chassis: otherBill(2).chassis, plate: "" }) })).toEqual([second.ref]);
    });
    law("by the agent whose balance secures them, whoever asked", async (ledger) => {
      for (const agent of [CIBINONG, PARUNG]) await ledger.post(aTopUp(agent, 1_000_000), NOW);
      const own = await paid(ledger, { bill: otherBill(1), payer: CIBINONG.chat, agent: CIBINONG }, NOW);
      await paid(ledger, { bill: otherBill(2), payer: PARUNG.chat, agent: PARUNG }, NOW + 1);
      await paid(ledger, { bill: otherBill(3), payer: CIBINONG.chat }, NOW + 2);
      const asked = await opened(ledger, { bill: otherBill(4), payer: BUDI, agent: CIBINONG }, NOW + 3);
      const refs = async (query: Parameters<typeof ledger.find>[0]) => (await ledger.find(query)).map(({ ref }) => ref);
      expect(await refs({ agent: CIBINONG.id })).toEqual([asked.ref, own.ref]);
      expect(await refs({ agent: CIBINONG.id, states: ["paid"] })).toEqual([own.ref]);
      expect(await refs({ agent: aStaffId("2222") })).toEqual([]);
    });
    law("by when they ended, whenever they were opened", async (ledger) => {
      const early = await opened(ledger, { bill: otherBill(1) }, NOW);
      const later = await paid(ledger, { bill: otherBill(2) }, NOW + MINUTE);
      const late = await happened(ledger, await happened(ledger, early, send()), confirmed(early, NOW + HOUR));
      const refs = async (since: number, until: number) =>
        (await ledger.find({ states: ["paid"], ended: { since, until } })).map(({ ref }) => ref);
      expect(await refs(NOW, NOW + HOUR)).toEqual([later.ref]);
      expect(await refs(NOW + MINUTE + 1, NOW + HOUR + 1)).toEqual([late.ref]);
      expect(await refs(NOW + MINUTE, NOW + HOUR + 1)).toEqual([later.ref, late.ref]);
    });
    law("the other payments of a vehicle, newest first", async (ledger) => {
      const first = await notCharged(ledger);
      const at = NOW + HOUR;
      const second = await opened(ledger, { bill: aBill({ invoice: anInvoice("222") }) }, at);
      await opened(ledger, { bill: otherBill(1) }, at);
      expect((await ledger.ofVehicle(second.ref)).map(({ ref }) => ref)).toEqual([first.ref]);
      expect((await ledger.ofVehicle(first.ref)).map(({ ref }) => ref)).toEqual([second.ref]);
    });
    law("what the biller said of a payment, in order", async (ledger) => {
      const sending = await happened(ledger, await opened(ledger), send());
      const suspect = await happened(ledger, sending, { kind: "lost", at: NOW + 1, jitter: 0 });
      await happened(ledger, suspect, pending(NOW + 2));
      expect(await ledger.sightings(sending.ref)).toEqual([
        { at: NOW + 2, from: "status", settlement: "pending", detail: "" },
      ]);
    });
  });

  describe("forgetting a person", () => {
    law("takes the person and leaves the sums, but never while the payment is live", async (ledger) => {
      const live = await opened(ledger, { bill: otherBill(1) });
      expect(await ledger.forgetPerson(live.ref, NOW)).toBe(false);
      const { ref, bill } = await paid(ledger);
      expect(await ledger.forgetPerson(ref, NOW)).toBe(true);
      const nobody = { nik: "", chassis: "", owner: "", address: "" };
      expect((await ledger.load(ref))?.bill).toEqual({ ...bill, ...nobody });
      expect((await ledger.load(live.ref))?.bill).toEqual(live.bill);
    });
    law("does not make the vehicle another one", async (ledger) => {
      const { ref } = await paid(ledger);
      await ledger.forgetPerson(ref, NOW);
      const again = aBill({ invoice: anInvoice("222"), plate: "" });
      expect(await ledger.find({ vehicle: again })).toHaveLength(1);
      const second = await opened(ledger, { bill: again }, NOW + 25 * HOUR);
      expect((await ledger.ofVehicle(ref)).map((payment) => payment.ref)).toEqual([second.ref]);
    });
    law("lists what may be forgotten, once", async (ledger) => {
      const first = await paid(ledger, { bill: otherBill(1) }, NOW);
      await happened(ledger, await opened(ledger, { bill: otherBill(2) }, NOW + MINUTE), withdraw(NOW + MINUTE));
      await opened(ledger, { bill: otherBill(3) });
      expect(await ledger.forgettable(NOW + 1, 9)).toEqual([first.ref]);
      expect(await ledger.forgettable(NOW + HOUR, 9)).toHaveLength(2);
      await ledger.forgetPerson(first.ref, NOW);
      expect(await ledger.forgettable(NOW + 1, 9)).toEqual([]);
    });
  });
}
