import { describe, expect } from "vitest";
import type { Ledger } from "../../src/payments/ledger.ts";
import { ANI, BUDI, must, otherBill } from "../fakes/bills.ts";
import { confirmed, happened, type LedgerLaw, MINUTE, NOW, opened, paid, send } from "./ledger-samples.ts";

const LEASE = 30_000;

export function ledgerNotices(law: LedgerLaw): void {
  describe("what payers are owed", () => {
    law("is owed until it was told, and told once", async (ledger) => {
      const { ref } = await paid(ledger);
      const owed = await ledger.owed(NOW, LEASE, 9);
      expect(owed.map(({ notice }) => notice.kind)).toEqual(["under-way", "paid"]);
      expect(owed[0]).toMatchObject({ ref, to: ANI, language: "id", writtenAt: NOW });
      expect(await ledger.owed(NOW, LEASE, 9)).toEqual([]);
      for (const { id } of owed) await ledger.told(id, "m1", NOW);
      await ledger.told(must(owed[0]).id, "m2", NOW);
      expect(await ledger.owed(NOW + LEASE, LEASE, 9)).toEqual([]);
    });
    law("is known with its payment afterwards: what was told when, and what was not", async (ledger) => {
      const { ref } = await paid(ledger);
      await paid(ledger, { payer: BUDI, bill: otherBill(1) });
      const [first] = await ledger.owed(NOW, LEASE, 9);
      await ledger.told(must(first).id, "m1", NOW + MINUTE);
      expect((await ledger.news(ref)).map(({ to, notice, toldAt }) => [to, notice.kind, toldAt])).toEqual([
        [ANI, "under-way", NOW + MINUTE],
        [ANI, "paid", undefined],
      ]);
    });
    law("comes again with the same id when nobody said that it was told", async (ledger) => {
      await happened(ledger, await opened(ledger), send());
      const [first] = await ledger.owed(NOW, LEASE, 9);
      const [again] = await ledger.owed(NOW + LEASE, LEASE, 9);
      expect(again).toEqual(first);
    });
    law("of one chat nothing overtakes what is on its way; other chats do not wait", async (ledger) => {
      const sending = await happened(ledger, await opened(ledger), send());
      const [underWay] = await ledger.owed(NOW, LEASE, 9);
      await happened(ledger, sending, confirmed(sending));
      await happened(ledger, await opened(ledger, { payer: BUDI, bill: otherBill(1) }), send());
      expect((await ledger.owed(NOW, LEASE, 9)).map(({ to }) => to)).toEqual([BUDI]);
      await ledger.told(must(underWay).id, "m1", NOW);
      expect(await kinds(ledger)).toEqual(["paid"]);
    });
    law("a chat that takes nothing any more is settled by a task", async (ledger, made) => {
      await happened(ledger, await opened(ledger), send());
      const [owed] = await ledger.owed(NOW, LEASE, 9);
      const task = { key: "gone", kind: "proof-undelivered", text: "Call them." } as const;
      await ledger.untellable(must(owed).id, task, NOW);
      expect(await made.openTasks()).toEqual(["gone"]);
      expect(await ledger.owed(NOW + LEASE, LEASE, 9)).toEqual([]);
    });
    law("what waits for too long is seen, leased or not", async (ledger) => {
      await happened(ledger, await opened(ledger), send());
      await ledger.owed(NOW, LEASE, 9);
      expect(await ledger.overdue(NOW, 9)).toEqual([]);
      expect(await ledger.overdue(NOW + 1, 9)).toHaveLength(1);
      await ledger.told(must((await ledger.overdue(NOW + 1, 9))[0]).id, "m1", NOW + MINUTE);
      expect(await ledger.overdue(NOW + MINUTE, 9)).toEqual([]);
    });
  });
}

async function kinds(ledger: Ledger): Promise<readonly string[]> {
  return (await ledger.owed(NOW, LEASE, 9)).map(({ notice }) => notice.kind);
}
