import { describe, expect } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { aBill, anInvoice, otherBill } from "../fakes/bills.ts";
import {
  balances,
  changeOf,
  confirmed,
  happened,
  type LedgerLaw,
  MINUTE,
  NOW,
  notCharged,
  opened,
  paid,
  pending,
  said,
  send,
  withdraw,
} from "./ledger-samples.ts";

export function ledgerCommits(law: LedgerLaw): void {
  describe("committing a change", () => {
    law("writes payment, sighting, postings, notices and tasks together", async (ledger, made) => {
      const payment = await happened(ledger, await opened(ledger), send());
      const tasks = [{ key: "stuck:x", kind: "stuck", text: "Look at it." }] as const;
      expect(await ledger.commit(changeOf(payment, confirmed(payment), { tasks }))).toBe("done");
      expect(await ledger.load(payment.ref)).toMatchObject({ state: "paid", revision: 3, paidAt: NOW });
      expect(await ledger.sightings(payment.ref)).toMatchObject([{ at: NOW, from: "pay", settlement: "paid" }]);
      expect(await balances(ledger)).toMatchObject({ holds: 0, sales: 183_500, deposit: -183_500, cashback: 2_000 });
      expect((await ledger.owed(NOW, MINUTE, 9)).map(({ notice }) => notice.kind)).toEqual(["under-way", "paid"]);
      expect(await made.openTasks()).toEqual(["stuck:x"]);
    });
    law("a revision that moved on is a conflict, and changes nothing", async (ledger, made) => {
      const payment = await opened(ledger);
      const stale = changeOf(payment, send(), { tasks: [{ key: "x", kind: "stuck", text: "" }] });
      await happened(ledger, payment, withdraw());
      expect(await ledger.commit(stale)).toBe("conflict");
      expect(await ledger.load(payment.ref)).toMatchObject({ state: "withdrawn", revision: 2 });
      expect(await balances(ledger)).toEqual({ holds: 0, unsecured: 0 });
      expect(await made.openTasks()).toEqual([]);
    });
    law("of two that commit at once one wins", async (ledger) => {
      const payment = await opened(ledger);
      const answers = await Promise.all([
        ledger.commit(changeOf(payment, send())),
        ledger.commit(changeOf(payment, withdraw())),
        ledger.commit(changeOf(payment, send())),
      ]);
      expect([...answers].sort()).toEqual(["conflict", "conflict", "done"]);
    });
    law("a task that a change settles is closed with it", async (ledger, made) => {
      const payment = await opened(ledger);
      await ledger.commit(changeOf(payment, send(), { tasks: [{ key: "suspect:1", kind: "suspect", text: "" }] }));
      const sending = changeOf(payment, send()).payment.next;
      await ledger.commit(changeOf(sending, confirmed(sending), { closes: ["suspect:1", "none"] }));
      expect(await made.openTasks()).toEqual([]);
    });
    law("an invoice is sent once, whatever the caller says", async (ledger) => {
      const sending = await happened(ledger, await opened(ledger), send());
      const suspect = await happened(ledger, sending, said("pay", { kind: "pending" }));
      const again = { ...suspect, state: "sending", revision: suspect.revision + 1 } as const;
      const change = { at: NOW, payment: { next: again, expect: suspect.revision, lease: undefined } };
      await expect(ledger.commit(change)).rejects.toThrow();
      expect(await ledger.load(suspect.ref)).toEqual(suspect);
    });
    law("an ended payment cannot be opened again while another of its vehicle is live", async (ledger) => {
      const ended = await notCharged(ledger);
      const at = NOW + MINUTE;
      const second = await opened(ledger, { bill: aBill({ invoice: anInvoice("222") }), inquiredAt: NOW + 1 }, at);
      expect(await ledger.commit(changeOf(ended, pending(at)))).toBe("vehicle-busy");
      expect(await ledger.load(ended.ref)).toEqual(ended);
      await happened(ledger, second, withdraw(at));
      expect(await ledger.commit(changeOf(ended, pending(at)))).toBe("done");
      expect(await ledger.load(ended.ref)).toMatchObject({ state: "review" });
    });
  });

  describe("sums", () => {
    law("a posting that does not sum to zero is refused, and with it the change", async (ledger) => {
      const payment = await opened(ledger);
      const postings = [{ id: "p", what: "hold", entries: [{ account: "holds", amount: rupiah(5) }] }];
      await expect(ledger.commit(changeOf(payment, send(), { postings }))).rejects.toThrow();
      expect(await ledger.load(payment.ref)).toEqual(payment);
      expect(await balances(ledger)).toEqual({ holds: 183_500, unsecured: -183_500 });
    });
    law("a posting's id is written once", async (ledger) => {
      const first = await opened(ledger);
      const second = await opened(ledger, { bill: otherBill(1) });
      const postings = [
        {
          id: "p",
          what: "hold",
          entries: [
            { account: "fees", amount: rupiah(5) },
            { account: "payable", amount: rupiah(-5) },
          ],
        },
      ];
      expect(await ledger.commit(changeOf(first, send(), { postings }))).toBe("done");
      expect(await ledger.commit(changeOf(second, send(), { postings }))).toBe("done");
      expect(await balances(ledger)).toMatchObject({ fees: 5, payable: -5 });
    });
    law("what is sent since a time never passes the cap, whatever is committed at once", async (ledger) => {
      const bills = [1, 2, 3, 4].map((n) => otherBill(n));
      const payments = await Promise.all(bills.map((bill) => opened(ledger, { bill })));
      const cap = { since: NOW - 1, max: rupiah(2 * 183_500) };
      const answers = await Promise.all(payments.map((payment) => ledger.commit(changeOf(payment, send(), { cap }))));
      expect(answers).toEqual(["done", "done", { kind: "capped" }, { kind: "capped" }]);
      const fresh = changeOf(payments[2] ?? payments[0] ?? (await opened(ledger)), send(NOW + 5), {
        cap: { since: NOW + 1, max: rupiah(183_500) },
      });
      expect(await ledger.commit(fresh)).toBe("done");
    });
    law("all accounts together are always nothing", async (ledger) => {
      await paid(ledger);
      await notCharged(ledger, { bill: otherBill(1) });
      await happened(ledger, await opened(ledger, { bill: otherBill(2) }), send());
      const all = Object.values(await balances(ledger)).reduce((sum, amount) => sum + amount, 0);
      expect(all).toBe(0);
      expect(await balances(ledger)).toMatchObject({ holds: 183_500, unsecured: -367_000, sales: 183_500 });
    });
  });
}
