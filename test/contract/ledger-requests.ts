import { describe, expect } from "vitest";
import { rupiah, ZERO } from "../../src/domain/rupiah.ts";
import { agentAccount } from "../../src/domain/staff.ts";
import type { Ledger } from "../../src/payments/ledger.ts";
import type { NewPayment } from "../../src/payments/payment.ts";
import { holdRequest, releaseRequest } from "../../src/relay/postings.ts";
import type { NewRequest, Reached, Request, RequestChange } from "../../src/relay/request.ts";
import { aRequest, aTopUp, CIBINONG, LIMITS, PARUNG } from "../fakes/agents.ts";
import { ANI, aBill, anInvoice, aPayment, BUDI, must, otherBill } from "../fakes/bills.ts";
import {
  balances,
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

async function asked(ledger: Ledger, over: Partial<NewRequest> = {}, at = NOW): Promise<Request> {
  const answer = await ledger.requests.ask(aRequest(at, over), at, () => []);
  expect(answer.kind).toBe("asked");
  return answer.request;
}

function nextOf(request: Request, over: Partial<Request>): Request {
  return { ...request, ...over, revision: request.revision + 1 };
}

type Over = Partial<RequestChange>;

function changing(request: Request, over: Partial<Request>, more: Over = {}): RequestChange {
  return { at: NOW, next: nextOf(request, over), expect: request.revision, ...more };
}

function taking(request: Request, agent: Reached = CIBINONG, more: Over = {}): RequestChange {
  const taken = { ...agent, at: NOW, until: NOW + HOUR };
  return changing(request, { state: "taken", taken }, { postings: [holdRequest(request, agent.id)], ...more });
}

function lettingGo(request: Request, more: Over = {}): RequestChange {
  const { id } = must(request.taken);
  return changing(request, { state: "asked", taken: undefined }, { postings: [releaseRequest(request, id)], ...more });
}

const receiving = (request: Request, at = NOW) => changing(request, { state: "received", receivedAt: at });

function paymentOf({ ref, bill, customer, taken, markup }: Request, over: Partial<NewPayment> = {}): NewPayment {
  const { id, chat } = must(taken);
  return aPayment(NOW, { bill, payer: customer.chat, agent: { id, chat }, request: ref, markup, ...over });
}

const paying = (request: Request, more: Over = {}) =>
  changing(request, { state: "paying" }, { opens: paymentOf(request), ...more });

/** Commits it; gives the request as it then is. */
async function moved(ledger: Ledger, change: RequestChange): Promise<Request> {
  expect(await ledger.requests.commit(change)).toBe("done");
  return must(await ledger.requests.load(change.next.ref));
}

const rich = (ledger: Ledger, agent = CIBINONG, sum = 1_000_000) => ledger.post(aTopUp(agent, sum), NOW);

async function received(ledger: Ledger): Promise<Request> {
  await rich(ledger);
  return moved(ledger, receiving(await moved(ledger, taking(await asked(ledger)))));
}

/** A request whose payment is open, and that payment. */
async function inPaying(ledger: Ledger) {
  const request = await moved(ledger, paying(await received(ledger)));
  return { request, payment: must(await ledger.load(must(request.payments[0]))) };
}

export function ledgerRequests(law: LedgerLaw): void {
  asking(law);
  taken(law);
  paid(law);
  reading(law);
}

function asking(law: LedgerLaw): void {
  describe("asking", () => {
    law("is kept as it was given, and locks no vehicle and no money", async (ledger) => {
      const over = { wanted: PARUNG.id, offers: [{ ...PARUNG, at: NOW, skipped: false }] };
      const request = await asked(ledger, over);
      expect(request).toMatchObject({ ...aRequest(NOW, over), state: "asked", revision: 1, askedAt: NOW });
      expect(request).toMatchObject({ taken: undefined, said: undefined, payments: [], closed: undefined });
      expect(await ledger.requests.load(request.ref)).toEqual(request);
      expect(await balances(ledger)).toEqual({});
      expect((await ledger.check(aPayment(NOW, { payer: BUDI }), NOW)).kind).toBe("free");
    });
    law(
      "of one vehicle a customer has one open request, whatever comes at once; another customer has his",
      async (ledger) => {
        const answers = await Promise.all(
          [0, 1, 2, 3].map((place) => {
            const bill = aBill({ invoice: anInvoice(`5${place}`), ...(place === 3 ? { plate: "" } : {}) });
            return ledger.requests.ask(aRequest(NOW, { bill }), NOW, () => []);
          }),
        );
        expect(answers.map(({ kind }) => kind)).toEqual(["asked", "exists", "exists", "exists"]);
        expect(new Set(answers.map(({ request }) => request.ref)).size).toBe(1);
        await asked(ledger, { customer: { chat: BUDI, language: "en" } });
        await asked(ledger, { bill: otherBill(1) });
      },
    );
    law("after the first is over it may be asked again", async (ledger) => {
      const first = await asked(ledger);
      await moved(ledger, changing(first, { state: "closed", closed: { at: NOW, why: "cancelled" } }));
      expect((await asked(ledger)).ref).not.toBe(first.ref);
    });
    law("tells whom it concerns in the same change; who asks twice tells once", async (ledger) => {
      const letters = ({ ref }: Request) => [
        {
          to: CIBINONG.chat,
          language: "id" as const,
          notice: {
            kind: "offer" as const,
            request: {
              ref,
              plate: "F 0001 Z",
              vehicle: "MIO",
              product: "SAMSAT_JABAR",
              total: rupiah(TOTAL),
              markup: ZERO,
            },
          },
        },
      ];
      for (const _ of [1, 2]) await ledger.requests.ask(aRequest(NOW), NOW, letters);
      const [request] = await ledger.requests.find({});
      const owed = await ledger.owed(NOW, MINUTE, 9);
      expect(owed).toMatchObject([{ to: CIBINONG.chat, request: must(request).ref, ref: undefined }]);
      expect(owed.map(({ notice }) => notice)).toEqual(letters(must(request)).map(({ notice }) => notice));
    });
  });
}

function taken(law: LedgerLaw): void {
  describe("taking a request", () => {
    law("holds the total of the agent's balance, and letting go gives it back", async (ledger) => {
      await rich(ledger);
      const request = await moved(ledger, taking(await asked(ledger)));
      expect(request).toMatchObject({ state: "taken", revision: 2, taken: { id: CIBINONG.id } });
      expect(await balances(ledger)).toMatchObject({ [BALANCE]: 1_000_000 - TOTAL, holds: TOTAL });
      await moved(ledger, lettingGo(request));
      expect(await balances(ledger)).toMatchObject({ [BALANCE]: 1_000_000, holds: 0 });
      expect(await ledger.lines(BALANCE, { limit: 1 })).toMatchObject([{ what: "release", request: request.ref }]);
    });
    law("of two agents at once one wins, and only his balance is held", async (ledger) => {
      await rich(ledger);
      await rich(ledger, PARUNG);
      const request = await asked(ledger);
      const answers = await Promise.all(
        [CIBINONG, PARUNG, CIBINONG].map((agent) => ledger.requests.commit(taking(request, agent))),
      );
      expect(answers).toEqual(["done", "conflict", "conflict"]);
      expect(await ledger.balance(agentAccount(PARUNG.id))).toBe(1_000_000);
      expect(await balances(ledger)).toMatchObject({ holds: TOTAL });
    });
    law("needs a balance that covers it with the credit: else nothing is written", async (ledger, made) => {
      await rich(ledger, CIBINONG, TOTAL - 50_001);
      const request = await asked(ledger);
      const tasks = [{ key: "x", kind: "stuck", text: "" }] as const;
      const short = (credit: number) => taking(request, CIBINONG, { limits: LIMITS(credit), tasks });
      expect(await ledger.requests.commit(taking(request))).toEqual({ kind: "short", missing: 50_001 });
      expect(await ledger.requests.commit(short(50_000))).toEqual({ kind: "short", missing: 1 });
      expect(await ledger.requests.load(request.ref)).toEqual(request);
      expect(await made.openTasks()).toEqual([]);
      expect(await ledger.requests.commit(short(50_001))).toBe("done");
      expect(await made.openTasks()).toEqual(["x"]);
    });
    law("counts for the agent's day, with what he confirms himself", async (ledger) => {
      await rich(ledger);
      const limits = { credit: ZERO, daily: { since: NOW - HOUR, max: rupiah(2 * TOTAL) } };
      await moved(ledger, taking(await asked(ledger), CIBINONG, { limits }));
      const own = (number: number) =>
        ledger.open(aPayment(NOW, { agent: CIBINONG, payer: CIBINONG.chat, bill: otherBill(number) }), NOW, limits);
      expect((await own(1)).kind).toBe("opened");
      expect((await own(2)).kind).toBe("capped");
      const second = await asked(ledger, { bill: otherBill(3) });
      expect(await ledger.requests.commit(taking(second, CIBINONG, { limits }))).toEqual({ kind: "capped" });
      // What he has in hand he may finish: it was counted when he took it.
      const [first] = await ledger.requests.find({ states: ["taken"] });
      const inHand = await moved(ledger, receiving(must(first)));
      expect(await ledger.requests.commit(paying(inHand, { limits }))).toBe("done");
    });
    law("a revision that moved on is a conflict, and one that does not grow by one a fault", async (ledger) => {
      await rich(ledger);
      const request = await asked(ledger);
      const late = taking(request);
      await moved(ledger, changing(request, { offers: [{ ...PARUNG, at: NOW, skipped: true }] }));
      expect(await ledger.requests.commit(late)).toBe("conflict");
      expect(await ledger.balance(BALANCE)).toBe(1_000_000);
      const now = must(await ledger.requests.load(request.ref));
      await expect(ledger.requests.commit({ at: NOW, next: now, expect: now.revision })).rejects.toThrow("by one");
    });
  });

  describe("what must never be", () => {
    law("an agent's hand without an agent, or without the hold; a hold without his hand", async (ledger) => {
      await rich(ledger);
      const request = await asked(ledger);
      const { next } = taking(request);
      const never: readonly RequestChange[] = [
        { ...taking(request), next: { ...next, taken: undefined } },
        { ...taking(request), postings: [] },
        { ...taking(request), next: { ...next, state: "asked", taken: undefined } },
        { ...taking(request), next: { ...next, bill: aBill({ total: rupiah(TOTAL + 1) }) } },
        {
          ...taking(request),
          postings: [holdRequest(request, CIBINONG.id), holdRequest(request, CIBINONG.id)].map((posting, place) => ({
            ...posting,
            id: `${place}`,
          })),
        },
      ];
      for (const change of never) await expect(ledger.requests.commit(change)).rejects.toThrow();
      expect(await ledger.requests.load(request.ref)).toEqual(request);
      expect(await ledger.balance(BALANCE)).toBe(1_000_000);
    });
    law("a hold that is released twice, or kept by one that is over", async (ledger) => {
      await rich(ledger);
      await moved(ledger, taking(await asked(ledger, { bill: otherBill(1) })));
      const request = await moved(ledger, taking(await asked(ledger)));
      const release = releaseRequest(request, CIBINONG.id);
      const twice = lettingGo(request, { postings: [release, { ...release, id: "again" }] });
      const closed = { state: "closed", closed: { at: NOW, why: "operator" } } as const;
      await expect(ledger.requests.commit(twice)).rejects.toThrow();
      await expect(ledger.requests.commit(changing(request, closed))).rejects.toThrow();
      // The same posting twice is one.
      await moved(ledger, lettingGo(request, { postings: [release, release] }));
      expect(await balances(ledger)).toMatchObject({ [BALANCE]: 1_000_000 - TOTAL, holds: TOTAL });
    });
    law("a request that was over is another thing again", async (ledger) => {
      const closed = await moved(
        ledger,
        changing(await asked(ledger), { state: "closed", closed: { at: NOW, why: "nobody" } }),
      );
      await expect(ledger.requests.commit(changing(closed, { state: "asked" }))).rejects.toThrow();
    });
    law("money that is moved elsewhere by a request", async (ledger) => {
      await rich(ledger);
      const request = await asked(ledger);
      const entries = [
        { account: "deposit", amount: rupiah(-1) },
        { account: "holds", amount: rupiah(1) },
      ];
      const change = taking(request, CIBINONG, { postings: [{ id: "p", what: "hold", entries }] });
      await expect(ledger.requests.commit(change)).rejects.toThrow("may be moved");
    });
  });
}

function paid(law: LedgerLaw): void {
  describe("paying for a request", () => {
    law("opens its payment, which takes the hold over", async (ledger) => {
      const { request, payment } = await inPaying(ledger);
      expect(payment).toMatchObject({
        state: "intended",
        request: request.ref,
        agent: CIBINONG,
        payer: ANI,
        markup: 5_000,
      });
      expect(request.payments).toEqual([payment.ref]);
      expect(payment.ref).not.toBe(request.ref);
      expect(await balances(ledger)).toMatchObject({ [BALANCE]: 1_000_000 - TOTAL, holds: TOTAL });
      const sending = await happened(ledger, payment, send());
      await happened(ledger, sending, confirmed(sending));
      expect(await balances(ledger)).toMatchObject({
        ...{ [BALANCE]: 1_000_000 - TOTAL, holds: 0, sales: TOTAL, markup: 5_000 },
      });
      expect(await moved(ledger, changing(request, { state: "done" }))).toMatchObject({ state: "done" });
    });
    law("when it comes to nothing the balance is back, and another try holds it again", async (ledger) => {
      const { request, payment } = await inPaying(ledger);
      await happened(ledger, payment, withdraw());
      expect(await balances(ledger)).toMatchObject({ [BALANCE]: 1_000_000, holds: 0 });
      const unpaid = await moved(ledger, changing(request, { state: "unpaid" }));
      const again = { state: "received", inquiredAt: NOW + MINUTE } as const;
      const postings = [holdRequest(unpaid, CIBINONG.id)];
      await expect(ledger.requests.commit(changing(unpaid, again))).rejects.toThrow();
      const ready = await moved(ledger, changing(unpaid, again, { postings }));
      const opens = paymentOf(ready, { inquiredAt: NOW + MINUTE });
      const second = await moved(ledger, { ...paying(ready, { opens }), at: NOW + MINUTE });
      // The biller gave the same invoice again: the same payment is opened again.
      expect(second.payments).toEqual([payment.ref]);
      expect(await balances(ledger)).toMatchObject({ [BALANCE]: 1_000_000 - TOTAL, holds: TOTAL });
    });
    law("of a dispute the agent's balance bears it", async (ledger) => {
      const { request, payment } = await inPaying(ledger);
      const ended = await happened(ledger, await happened(ledger, payment, send()), notSent());
      await moved(ledger, changing(request, { state: "unpaid" }));
      await happened(ledger, ended, pending(NOW + HOUR));
      expect(await balances(ledger)).toMatchObject({ [BALANCE]: 1_000_000 - TOTAL, disputed: TOTAL, holds: 0 });
    });
    law("is not begun when the ledger refuses: nothing is written, and it says why", async (ledger) => {
      const request = await received(ledger);
      await opened(ledger, { payer: BUDI, bill: aBill({ invoice: anInvoice("777") }) });
      const refused = await ledger.requests.commit(paying(request));
      expect(refused).toMatchObject({ kind: "not-opened", opened: { kind: "vehicle-busy" } });
      expect(await ledger.requests.load(request.ref)).toEqual(request);
      expect(await ledger.find({ payer: ANI })).toEqual([]);
    });
    law("twice at once it is opened once", async (ledger) => {
      const request = await received(ledger);
      const both = await Promise.all([1, 2].map(() => ledger.requests.commit(paying(request))));
      expect(both).toEqual(["done", "conflict"]);
      expect(await ledger.find({})).toHaveLength(1);
    });
    law(
      "a second live payment of one request is refused, and so is another's, or one without a request's commit",
      async (ledger) => {
        const request = await received(ledger);
        const wrong: readonly Partial<NewPayment>[] = [
          { payer: BUDI },
          { agent: PARUNG },
          { request: undefined },
          { bill: aBill({ total: rupiah(TOTAL - 1) }) },
        ];
        for (const over of wrong) {
          await expect(ledger.requests.commit(paying(request, { opens: paymentOf(request, over) }))).rejects.toThrow();
        }
        await expect(ledger.requests.commit(changing(request, { state: "paying" }))).rejects.toThrow("opens nothing");
        await expect(ledger.open(paymentOf(request), NOW)).rejects.toThrow("its own commit");
        const pays = await moved(ledger, paying(request));
        const other = paymentOf(pays, { bill: otherBill(9) });
        const postings = [holdRequest(pays, CIBINONG.id)];
        await expect(ledger.requests.commit(paying(pays, { opens: other, postings }))).rejects.toThrow();
        expect(await ledger.find({})).toHaveLength(1);
      },
    );
    law("settles the operator's tasks that it names", async (ledger, made) => {
      await rich(ledger);
      const tasks = [{ key: "silent:1", kind: "stuck", text: "" }] as const;
      const request = await moved(ledger, taking(await asked(ledger), CIBINONG, { tasks }));
      expect(await made.openTasks()).toEqual(["silent:1"]);
      await moved(ledger, { ...receiving(request), closes: ["silent:1"] });
      expect(await made.openTasks()).toEqual([]);
    });
  });
}

function reading(law: LedgerLaw): void {
  describe("finding requests", () => {
    law("by customer, agent and state, newest first", async (ledger) => {
      await rich(ledger);
      const first = await asked(ledger, { bill: otherBill(1) }, NOW);
      const second = await asked(ledger, { customer: { chat: BUDI, language: "id" } }, NOW + 1);
      const third = await moved(ledger, taking(await asked(ledger, { bill: otherBill(3) }, NOW + 2)));
      const refs = async (query: Parameters<typeof ledger.requests.find>[0]) =>
        (await ledger.requests.find(query)).map(({ ref }) => ref);
      expect(await refs({})).toEqual([third.ref, second.ref, first.ref]);
      expect(await refs({ limit: 1 })).toEqual([third.ref]);
      expect(await refs({ customer: ANI })).toEqual([third.ref, first.ref]);
      expect(await refs({ agent: CIBINONG.id })).toEqual([third.ref]);
      expect(await refs({ states: ["asked"] })).toEqual([second.ref, first.ref]);
      expect(await refs({ states: [] })).toEqual([]);
      expect(await refs({ agent: PARUNG.id, states: ["taken"] })).toEqual([]);
    });
    law("those that are due, oldest first, and when the next is", async (ledger) => {
      const later = await asked(ledger, { bill: otherBill(2), dueAt: NOW + 9 });
      const sooner = await asked(ledger, { bill: otherBill(1), dueAt: NOW + 5 });
      await asked(ledger, { bill: otherBill(3), dueAt: undefined });
      const due = async (now: number) => (await ledger.requests.due(now, 9)).map(({ ref }) => ref);
      expect(await due(NOW + 4)).toEqual([]);
      expect(await due(NOW + 9)).toEqual([sooner.ref, later.ref]);
      expect(await ledger.requests.due(NOW + 9, 1)).toHaveLength(1);
      expect(await ledger.requests.nextDue(NOW)).toBe(NOW + 5);
      await moved(ledger, changing(sooner, { dueAt: undefined }));
      expect(await ledger.requests.nextDue(NOW)).toBe(NOW + 9);
      expect(await due(NOW + 9)).toEqual([later.ref]);
    });
    law("one in paying is due as soon as its payment has come to an end", async (ledger) => {
      const { request, payment } = await inPaying(ledger);
      await ledger.requests.commit(changing(request, { dueAt: undefined }));
      expect(await ledger.requests.due(NOW, 9)).toEqual([]);
      expect(await ledger.requests.nextDue(NOW)).toBeUndefined();
      await happened(ledger, payment, withdraw());
      const [due] = await ledger.requests.due(NOW, 9);
      expect(due).toMatchObject({ ref: request.ref, state: "paying" });
      expect(await ledger.requests.nextDue(NOW)).toBe(NOW);
      await moved(ledger, changing(must(due), { state: "unpaid" }));
      expect(await ledger.requests.due(NOW, 9)).toEqual([]);
    });
    law("rings when something was asked or has changed", async (ledger) => {
      const stop = new AbortController();
      const rings = ledger.wake(stop.signal)[Symbol.asyncIterator]();
      const request = await asked(ledger);
      expect(await rings.next()).toMatchObject({ done: false });
      await moved(ledger, changing(request, { reminders: 1 }));
      expect(await rings.next()).toMatchObject({ done: false });
      stop.abort();
    });
  });

  describe("forgetting the person of a request", () => {
    law("takes NIK, chassis, owner and address, but never while it is open", async (ledger) => {
      const request = await asked(ledger);
      expect(await ledger.requests.forgetPerson(request.ref, NOW)).toBe(false);
      const over = { state: "closed", closed: { at: NOW, why: "nobody" } } as const;
      const closed = await moved(ledger, changing(request, over));
      expect(await ledger.requests.forgettable(NOW, 9)).toEqual([]);
      expect(await ledger.requests.forgettable(NOW + 1, 9)).toEqual([request.ref]);
      expect(await ledger.requests.forgetPerson(request.ref, NOW)).toBe(true);
      const nobody = { nik: "", chassis: "", owner: "", address: "" };
      expect(await ledger.requests.load(request.ref)).toEqual({ ...closed, bill: { ...closed.bill, ...nobody } });
      expect(await ledger.requests.forgettable(NOW + 1, 9)).toEqual([]);
      expect(await ledger.requests.forgetPerson(closed.ref, NOW)).toBe(true);
    });
  });
}
