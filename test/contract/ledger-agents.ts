import { describe, expect } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { agentAccount } from "../../src/domain/staff.ts";
import type { Ledger } from "../../src/payments/ledger.ts";
import { ACCOUNTS, moved } from "../../src/payments/life/postings.ts";
import { aTopUp, CIBINONG, PARUNG } from "../fakes/agents.ts";
import { aBill, anInvoice, aPayment, BUDI, otherBill } from "../fakes/bills.ts";
import {
  balances,
  changeOf,
  confirmed,
  HOUR,
  happened,
  type LedgerLaw,
  MINUTE,
  NOW,
  notSent,
  opened,
  pending,
  send,
  withdraw,
} from "./ledger-samples.ts";

const TOTAL = 183_500;
const BALANCE = agentAccount(CIBINONG.id);
const SECURED = { agent: CIBINONG, payer: CIBINONG.chat };
const CREDIT = rupiah(50_000);

const rich = (ledger: Ledger, sum = 1_000_000) => ledger.post(aTopUp(CIBINONG, sum), NOW);

export function ledgerAgents(law: LedgerLaw): void {
  describe("money that belongs to no payment", () => {
    law("is posted once, however often it is said", async (ledger) => {
      const answers = await Promise.all([rich(ledger), rich(ledger), rich(ledger)]);
      expect([...answers].sort()).toEqual(["again", "again", "done"]);
      expect(await balances(ledger)).toEqual({ [BALANCE]: 1_000_000, topups: -1_000_000 });
    });
    law("with the id of another posting it is a fault, and changes nothing", async (ledger) => {
      await rich(ledger);
      const other = aTopUp(CIBINONG, 2, { id: aTopUp(CIBINONG, 1_000_000).id });
      await expect(ledger.post(other, NOW)).rejects.toThrow("other sums");
      expect(await ledger.balance(BALANCE)).toBe(1_000_000);
    });
    law("says who booked it and why, moves something, and sums to zero", async (ledger) => {
      const [first] = aTopUp(CIBINONG, 5).entries;
      const wrong = [{ by: "" }, { why: "" }, { entries: [] }, { entries: first === undefined ? [] : [first] }];
      for (const over of wrong) await expect(ledger.post(aTopUp(CIBINONG, 5, over), NOW)).rejects.toThrow();
      expect(await balances(ledger)).toEqual({});
    });
    law("takes from no agent what he does not have, but down to the floor that is given", async (ledger) => {
      await rich(ledger, 100);
      const less = (id: string, sum: number, floor?: number) => {
        const entries = moved(BALANCE, ACCOUNTS.adjustments, rupiah(sum));
        const posting = { id, what: "adjustment", by: "ops", why: "counted twice", entries };
        return ledger.post(posting, NOW, floor === undefined ? undefined : rupiah(floor));
      };
      expect(await less("a", 130)).toEqual({ kind: "short", missing: 30 });
      expect(await less("b", 130, -29)).toEqual({ kind: "short", missing: 1 });
      expect(await less("c", 130, -30)).toBe("done");
      // Who is below it may still be given something.
      expect(await ledger.post(aTopUp(CIBINONG, 10), NOW)).toBe("done");
      expect(await ledger.balance(BALANCE)).toBe(-20);
    });
    law("tells whom it concerns in the same change, once", async (ledger) => {
      const notice = { kind: "balance", what: "top-up", amount: rupiah(500) } as const;
      const letters = [{ to: CIBINONG.chat, language: "id", notice }] as const;
      for (const _ of [1, 2]) await ledger.post(aTopUp(CIBINONG, 500, { letters }), NOW);
      const owed = await ledger.owed(NOW, MINUTE, 9);
      expect(owed).toMatchObject([{ to: CIBINONG.chat, notice, ref: undefined, request: undefined }]);
      await expect(ledger.post(aTopUp(CIBINONG, 5, { letters, by: "" }), NOW)).rejects.toThrow();
      expect(await ledger.overdue(NOW + 1, 9)).toHaveLength(1);
    });
  });

  describe("an agent's balance", () => {
    law("is nothing before anything was posted", async (ledger) => {
      expect(await ledger.balance(BALANCE)).toBe(0);
      expect(await ledger.lines(BALANCE, {})).toEqual([]);
    });
    law("secures what he confirms: held when it is opened, taken when it is paid", async (ledger) => {
      await rich(ledger);
      const payment = await opened(ledger, { ...SECURED, markup: rupiah(5_000) });
      expect(payment).toMatchObject({ agent: CIBINONG, request: undefined, markup: 5_000 });
      expect(await ledger.load(payment.ref)).toEqual(payment);
      expect(await balances(ledger)).toMatchObject({ [BALANCE]: 1_000_000 - TOTAL, holds: TOTAL });
      const sending = await happened(ledger, payment, send());
      expect(await balances(ledger)).toMatchObject({ [BALANCE]: 1_000_000 - TOTAL, holds: TOTAL });
      await happened(ledger, sending, confirmed(sending));
      expect(await balances(ledger)).toMatchObject({
        ...{ [BALANCE]: 1_000_000 - TOTAL, holds: 0, sales: TOTAL, markup: 5_000 },
        [`till:${CIBINONG.id}`]: -5_000,
      });
    });
    law("has it back when it was let go or surely not charged", async (ledger) => {
      await rich(ledger);
      await happened(ledger, await opened(ledger, SECURED), withdraw());
      expect(await ledger.balance(BALANCE)).toBe(1_000_000);
      const sending = await happened(ledger, await opened(ledger, { ...SECURED, bill: otherBill(1) }), send());
      await happened(ledger, sending, notSent());
      expect(await balances(ledger)).toMatchObject({ [BALANCE]: 1_000_000, holds: 0 });
    });
    law("is too small when it, with the credit, does not cover the total: nothing is opened", async (ledger) => {
      await rich(ledger, TOTAL - 50_001);
      const payment = aPayment(NOW, SECURED);
      expect(await ledger.open(payment, NOW)).toEqual({ kind: "short", missing: 50_001 });
      expect(await ledger.check(payment, NOW, { credit: CREDIT })).toEqual({ kind: "short", missing: 1 });
      expect(await ledger.open(payment, NOW, { credit: CREDIT })).toEqual({ kind: "short", missing: 1 });
      expect(await ledger.find({})).toEqual([]);
      await ledger.post(aTopUp(CIBINONG, 1), NOW);
      expect((await ledger.open(payment, NOW, { credit: CREDIT })).kind).toBe("opened");
      expect(await ledger.balance(BALANCE)).toBe(-50_000);
    });
    law("is never overdrawn, whatever is opened at once", async (ledger) => {
      await rich(ledger, 3 * TOTAL);
      await ledger.post(aTopUp(PARUNG, TOTAL), NOW);
      const bills = Array.from({ length: 10 }, (_, number) => otherBill(number));
      const answers = await Promise.all(
        bills.map((bill, place) => {
          const agent = place < 7 ? CIBINONG : PARUNG;
          return ledger.open(aPayment(NOW, { agent, payer: agent.chat, bill }), NOW);
        }),
      );
      expect(answers.filter(({ kind }) => kind === "opened")).toHaveLength(4);
      expect(answers.filter(({ kind }) => kind === "short")).toHaveLength(6);
      expect(await balances(ledger)).toMatchObject({ [BALANCE]: 0, [agentAccount(PARUNG.id)]: 0, holds: 4 * TOTAL });
    });
    law("holds again when a withdrawn bill is opened anew, of whoever opens it", async (ledger) => {
      await rich(ledger);
      await ledger.post(aTopUp(PARUNG, 500_000), NOW);
      await happened(ledger, await opened(ledger, SECURED), withdraw());
      const at = NOW + MINUTE;
      const again = await opened(ledger, { agent: PARUNG, payer: PARUNG.chat }, at);
      expect(await ledger.load(again.ref)).toEqual(again);
      expect(await balances(ledger)).toMatchObject({
        ...{ [BALANCE]: 1_000_000, [agentAccount(PARUNG.id)]: 500_000 - TOTAL, holds: TOTAL },
      });
      await happened(ledger, again, withdraw(at));
      expect(await ledger.balance(agentAccount(PARUNG.id))).toBe(500_000);
    });
    law("pays a dispute though there is nothing left of it", async (ledger) => {
      await rich(ledger, TOTAL);
      const sending = await happened(ledger, await opened(ledger, SECURED), send());
      const ended = await happened(ledger, sending, notSent());
      await opened(ledger, { ...SECURED, bill: otherBill(1) });
      await happened(ledger, ended, pending(NOW + HOUR));
      expect(await balances(ledger)).toMatchObject({ [BALANCE]: -TOTAL, disputed: TOTAL, holds: TOTAL });
      const third = aPayment(NOW, { ...SECURED, bill: otherBill(2) });
      expect(await ledger.open(third, NOW)).toEqual({ kind: "short", missing: 2 * TOTAL });
    });
    law("is taken from by nothing but openings and disputes", async (ledger) => {
      await rich(ledger);
      const payment = await opened(ledger, SECURED);
      const postings = [{ id: "p", what: "hold", entries: moved(BALANCE, "holds", rupiah(5)) }];
      await expect(ledger.commit(changeOf(payment, send(), { postings }))).rejects.toThrow("not held");
      expect(await ledger.load(payment.ref)).toEqual(payment);
    });
    law("is none of those who confirm for themselves", async (ledger) => {
      await opened(ledger, {}, NOW);
      expect(await balances(ledger)).toEqual({ holds: TOTAL, unsecured: -TOTAL });
    });
  });

  describe("an agent's day", () => {
    const daily = { since: NOW - HOUR, max: rupiah(2 * TOTAL) };
    const open = (ledger: Ledger, number: number, over = {}) =>
      ledger.open(aPayment(NOW, { ...SECURED, bill: otherBill(number), ...over }), NOW, { credit: rupiah(0), daily });
    law("ends at its limit, whatever is opened at once; another agent's goes on", async (ledger) => {
      await rich(ledger);
      await ledger.post(aTopUp(PARUNG, TOTAL), NOW);
      const answers = await Promise.all([1, 2, 3].map((number) => open(ledger, number)));
      expect(answers.map(({ kind }) => kind)).toEqual(["opened", "opened", "capped"]);
      expect(await ledger.balance(BALANCE)).toBe(1_000_000 - 2 * TOTAL);
      expect((await open(ledger, 4, { agent: PARUNG })).kind).toBe("opened");
    });
    law("does not count what was let go, came to nothing, or was opened the day before", async (ledger) => {
      await rich(ledger);
      await opened(ledger, { ...SECURED, bill: otherBill(1) }, daily.since - 1);
      await happened(ledger, await opened(ledger, { ...SECURED, bill: otherBill(2) }), withdraw());
      const sending = await happened(ledger, await opened(ledger, { ...SECURED, bill: otherBill(3) }), send());
      await happened(ledger, sending, notSent());
      const answers = [await open(ledger, 4), await open(ledger, 5), await open(ledger, 6)];
      expect(answers.map(({ kind }) => kind)).toEqual(["opened", "opened", "capped"]);
    });
  });

  describe("the lines of an account", () => {
    law("come newest first, with what they are about", async (ledger) => {
      await rich(ledger);
      const at = NOW + MINUTE;
      const payment = await opened(ledger, SECURED, at);
      await happened(ledger, payment, withdraw(at + 1));
      const nobody = { request: undefined, by: "", why: "" };
      expect(await ledger.lines(BALANCE, {})).toEqual([
        { at: at + 1, what: "release", amount: TOTAL, ref: payment.ref, ...nobody },
        { at, what: "hold", amount: -TOTAL, ref: payment.ref, ...nobody },
        { at: NOW, what: "top-up", amount: 1_000_000, ref: undefined, request: undefined, by: "ops", why: "transfer" },
      ]);
      const amounts = async (query: Parameters<Ledger["lines"]>[1]) =>
        (await ledger.lines(BALANCE, query)).map(({ amount }) => amount);
      expect(await amounts({ limit: 1 })).toEqual([TOTAL]);
      expect(await amounts({ since: at })).toEqual([TOTAL, -TOTAL]);
      expect(await amounts({ until: at })).toEqual([1_000_000]);
      expect(await amounts({ since: at, until: at + 1 })).toEqual([-TOTAL]);
      expect(await ledger.lines("holds", { limit: 1 })).toMatchObject([{ amount: -TOTAL, ref: payment.ref }]);
    });
  });

  describe("what an agent is owed", () => {
    law("he hears in his own chat, and the payer in hers; one who is both hears it once", async (ledger) => {
      await rich(ledger);
      await happened(ledger, await opened(ledger, { agent: CIBINONG, payer: BUDI }), send());
      const bill = aBill({ ...otherBill(1), invoice: anInvoice("99") });
      await happened(ledger, await opened(ledger, { ...SECURED, bill }), send());
      const told = (await ledger.overdue(NOW + 1, 9)).map(({ to, notice }) => `${to} ${notice.kind}`);
      expect(told).toEqual([`${BUDI} under-way`, `${CIBINONG.chat} under-way`, `${CIBINONG.chat} under-way`]);
    });
  });
}
