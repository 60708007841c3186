import { describe, expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { agentAccount } from "../../src/domain/staff.ts";
import type { Ledger } from "../../src/payments/ledger.ts";
import type { Payment } from "../../src/payments/payment.ts";
import { holdRequest } from "../../src/relay/postings.ts";
import type { Request } from "../../src/relay/request.ts";
import { postgresLedger } from "../../src/store/postgres/ledger.ts";
import type { Pg } from "../../src/store/postgres/open.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { sqliteLedger } from "../../src/store/sqlite/ledger.ts";
import { openSqlite } from "../../src/store/sqlite/open.ts";
import {
  balances,
  changeOf,
  HOUR,
  happened,
  MINUTE,
  NOW,
  notCharged,
  opened,
  pending,
  send,
} from "../contract/ledger-samples.ts";
import { aRequest, aTopUp, CIBINONG, PARUNG } from "../fakes/agents.ts";
import { aBill, anInvoice, aPayment, BUDI, must, otherBill } from "../fakes/bills.ts";
import { inFolder } from "./folder.ts";
import { inPostgres } from "./in-postgres.ts";

const sealer = openSealer({});
const TOTAL = 183_500;

interface Two {
  readonly here: Ledger;
  readonly there: Ledger;
  close(): void;
}

function taking(request: Request, agent: typeof CIBINONG, limits = { credit: rupiah(0) }) {
  const next = { ...request, revision: 2, state: "taken", taken: { ...agent, at: NOW, until: NOW + HOUR } } as const;
  return { at: NOW, next, expect: 1, postings: [holdRequest(request, agent.id)], limits };
}

/** What two processes at one ledger never do, whoever is first. */
function laws(open: (name: string) => Promise<Two>): void {
  it("open no more than a balance covers", async () => {
    const { here, there, close } = await open("opens");
    await here.post(aTopUp(CIBINONG, 5 * TOTAL), NOW);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, number) => {
        const payment = aPayment(NOW, { agent: CIBINONG, payer: CIBINONG.chat, bill: otherBill(number) });
        return (number % 2 === 0 ? here : there).open(payment, NOW);
      }),
    );
    expect(answers.filter(({ kind }) => kind === "opened")).toHaveLength(5);
    expect(answers.filter(({ kind }) => kind === "short")).toHaveLength(7);
    expect(await there.balance(agentAccount(CIBINONG.id))).toBe(0);
    expect(await here.accounts()).toEqual(await there.accounts());
    close();
  });

  it("open no more than an agent's day allows, with the requests that he takes", async () => {
    const { here, there, close } = await open("days");
    await here.post(aTopUp(CIBINONG, 20 * TOTAL), NOW);
    const limits = { credit: rupiah(0), daily: { since: NOW - HOUR, max: rupiah(4 * TOTAL) } };
    const requests = [];
    for (const number of [20, 21, 22, 23]) {
      requests.push((await here.requests.ask(aRequest(NOW, { bill: otherBill(number) }), NOW, () => [])).request);
    }
    const opens = Array.from({ length: 6 }, (_, number) => {
      const payment = aPayment(NOW, { agent: CIBINONG, payer: CIBINONG.chat, bill: otherBill(number) });
      return (number % 2 === 0 ? here : there).open(payment, NOW, limits);
    });
    const takes = requests.map((request, place) =>
      (place % 2 === 0 ? there : here).requests.commit(taking(request, CIBINONG, limits)),
    );
    await Promise.all<unknown>([...opens, ...takes]);
    expect(await balances(here)).toMatchObject({ holds: 4 * TOTAL });
    close();
  });

  it("send no more than the day's cap", async () => {
    const { here, there, close } = await open("caps");
    const payments = [];
    for (const number of [1, 2, 3, 4, 5, 6]) payments.push(await opened(here, { bill: otherBill(number) }));
    const cap = { since: NOW - 1, max: rupiah(2 * TOTAL) };
    const answers = await Promise.all(
      payments.map((payment, place) => (place % 2 === 0 ? here : there).commit(changeOf(payment, send(), { cap }))),
    );
    expect(answers.filter((answer) => answer === "done")).toHaveLength(2);
    close();
  });

  it("open one payment of a vehicle", async () => {
    const { here, there, close } = await open("vehicles");
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, number) => {
        // By chassis alone, by plate alone, or by both.
        const other = otherBill(number);
        const part = [{}, { chassis: other.chassis }, { plate: other.plate }][number % 3];
        const bill = aBill({ ...part, invoice: anInvoice(`7${number}`) });
        return (number % 2 === 0 ? here : there).open(aPayment(NOW, { bill, payer: BUDI }), NOW);
      }),
    );
    const live = answers.flatMap((answer) => (answer.kind === "opened" ? [answer.payment] : []));
    const keys = live.flatMap(({ bill: { chassis, plate } }) => [chassis, plate]);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(["opened", "vehicle-busy"]));
    close();
  });

  it("let one bill be confirmed once, however often", async () => {
    const { here, there, close } = await open("confirms");
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, number) => (number % 2 === 0 ? here : there).open(aPayment(NOW), NOW)),
    );
    expect(answers.map(({ kind }) => kind).sort()).toEqual([...Array(9).fill("exists"), "opened"]);
    close();
  });

  it("have one live payment of a vehicle when one is opened while an ended one is doubted", async () => {
    const { here, there, close } = await open("doubts");
    for (const number of [1, 2, 3, 4, 5, 6]) {
      const bill = otherBill(number);
      const ended = await notCharged(here, { bill });
      const at = NOW + MINUTE;
      const fresh = aPayment(at, { bill: { ...bill, invoice: anInvoice(`8${number}`) }, inquiredAt: NOW + 1 });
      const [answer, doubted] = await Promise.all([there.open(fresh, at), here.commit(changeOf(ended, pending(at)))]);
      expect([answer.kind === "opened", doubted === "done"].filter(Boolean)).toHaveLength(1);
    }
    close();
  });

  it("send an invoice once", async () => {
    const { here, there, close } = await open("sends");
    const payment = await opened(here);
    const answers = await Promise.all([here, there, here, there].map((one) => one.commit(changeOf(payment, send()))));
    expect([...answers].sort()).toEqual(["conflict", "conflict", "conflict", "done"]);
    close();
  });

  it("book a top-up once, and give a request to one agent", async () => {
    const { here, there, close } = await open("claims");
    const booked = await Promise.all([here, there].map((ledger) => ledger.post(aTopUp(CIBINONG, 1_000_000), NOW)));
    expect([...booked].sort()).toEqual(["again", "done"]);
    await there.post(aTopUp(PARUNG, 1_000_000), NOW);
    const { request } = await here.requests.ask(aRequest(NOW), NOW, () => []);
    const answers = await Promise.all([
      here.requests.commit(taking(request, CIBINONG)),
      there.requests.commit(taking(request, PARUNG)),
    ]);
    expect([...answers].sort()).toEqual(["conflict", "done"]);
    const [winner, loser] = answers[0] === "done" ? [CIBINONG, PARUNG] : [PARUNG, CIBINONG];
    expect(await balances(there)).toMatchObject({
      ...{ [agentAccount(winner.id)]: 1_000_000 - TOTAL, [agentAccount(loser.id)]: 1_000_000, holds: TOTAL },
    });
    close();
  });

  it("let one customer ask once for a vehicle", async () => {
    const { here, there, close } = await open("asks");
    const answers = await Promise.all(
      [here, there, here, there].map((ledger) => ledger.requests.ask(aRequest(NOW), NOW, () => [])),
    );
    expect(answers.map(({ kind }) => kind).sort()).toEqual(["asked", "exists", "exists", "exists"]);
    expect(new Set(answers.map(({ request }) => request.ref)).size).toBe(1);
    close();
  });

  it("claim each due payment once, and tell each chat its news one after the other", async () => {
    const { here, there, close } = await open("dues");
    for (let number = 0; number < 12; number++) await opened(here, { bill: otherBill(number) });
    const claimed = (await Promise.all([here, there, here, there].map((one) => one.claim(NOW, HOUR, 5)))).flat();
    expect(new Set(claimed.map(({ payment }) => payment.ref)).size).toBe(claimed.length);
    expect(claimed.length + (await here.claim(NOW, HOUR, 99)).length).toBe(12);
    for (const { payment, lease } of claimed) {
      const change = changeOf(payment, send());
      expect(await there.commit({ ...change, payment: { ...change.payment, lease } })).toBe("done");
    }
    // All of them are one chat's: who has the first has them all.
    const told = await Promise.all([here, there, here, there].map((one) => one.owed(NOW, HOUR, 3)));
    const [got, ...others] = told.filter((owed) => owed.length > 0);
    expect(others).toEqual([]);
    const all = await here.overdue(NOW + 1, 99);
    expect(must(got).map(({ id }) => id)).toEqual(all.slice(0, 3).map(({ id }) => id));
    expect(await there.owed(NOW, HOUR, 99)).toEqual([]);
    close();
  });
}

describe("two programs on one SQLite file", () => {
  const folder = inFolder();
  laws(async (name) => {
    const dbs = [openSqlite(folder.path(`${name}.db`)), openSqlite(folder.path(`${name}.db`))];
    const [here, there] = dbs.map((db) => sqliteLedger({ db, sealer }));
    return {
      here: must(here),
      there: must(there),
      close: () => {
        for (const db of dbs) db.close();
      },
    };
  });
});

describe("two programs on one PostgreSQL", () => {
  const postgres = inPostgres();
  const two = async (): Promise<Two & { readonly pg: Pg }> => {
    const pgs = await postgres.openTwo();
    const [here, there] = await Promise.all(pgs.map((pg) => postgresLedger({ pg, sealer })));
    // All connections are made first: what is asked for at once then comes at once.
    await Promise.all(pgs.flatMap((pg) => Array.from({ length: 10 }, () => pg.get("SELECT 1"))));
    return { pg: must(pgs[0]), here: must(here), there: must(there), close: () => {} };
  };
  laws(two);

  it("look at the day's cap one after the other, though all stop in the middle", async () => {
    const { pg, here, there } = await two();
    const payments: Payment[] = [];
    for (const number of [1, 2, 3, 4, 5, 6]) payments.push(await opened(here, { bill: otherBill(number) }));
    const cap = { since: NOW - 1, max: rupiah(2 * TOTAL) };
    const answers = await stopped(pg, payments.length, () =>
      payments.map((payment, place) => (place % 2 === 0 ? here : there).commit(changeOf(payment, send(), { cap }))),
    );
    expect(answers.filter((answer) => answer === "done")).toHaveLength(2);
  });

  it("tell no chat's news twice, however often they ask at once", async () => {
    const { here, there } = await two();
    for (let number = 0; number < 20; number++) {
      await happened(
        here,
        await opened(here, { payer: conversationKey("telegram", `${number % 10}`), bill: otherBill(number) }),
        send(),
      );
    }
    for (let round = 0; round < 20; round++) {
      const at = NOW + round * HOUR;
      const asked = Array.from({ length: 8 }, (_, place) => (place % 2 === 0 ? here : there).owed(at, HOUR, 6));
      const owed = (await Promise.all(asked)).map((notices) => notices.map(({ id, to }) => ({ id, to })));
      const ids = owed.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const chats = owed.flatMap((notices) => [...new Set(notices.map(({ to }) => to))]);
      expect(new Set(chats).size).toBe(chats.length);
    }
  });

  it("hear of each other's work", async () => {
    const { here, there } = await two();
    const stop = new AbortController();
    const rings = there.wake(stop.signal)[Symbol.asyncIterator]();
    // The first ring says that it hears now; the next is of what the other one did.
    expect(await rings.next()).toMatchObject({ done: false });
    const next = rings.next();
    await opened(here);
    expect(await next).toMatchObject({ done: false });
    expect(await there.claim(NOW, HOUR, 9)).toHaveLength(1);
    stop.abort();
  });
});

/** All of `work` comes to the notices that it writes, or waits for who is before it, before any of it may go on. */
async function stopped<T>(pg: Pg, count: number, work: () => readonly Promise<T>[]): Promise<readonly T[]> {
  let all: readonly Promise<T>[] = [];
  await pg.transaction(async (sql) => {
    await sql.run("LOCK TABLE notices IN SHARE MODE");
    all = work();
    for (let waiting = 0; waiting < count; ) {
      const row = await sql.get<{ n: number }>(
        "SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
      );
      waiting = row?.n ?? 0;
    }
  });
  return Promise.all(all);
}
