import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { agentAccount } from "../../src/domain/staff.ts";
import type { Ledger } from "../../src/payments/ledger.ts";
import { holdRequest } from "../../src/relay/postings.ts";
import { postgresLedger } from "../../src/store/postgres/ledger.ts";
import { openPostgres, type Pg } from "../../src/store/postgres/open.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { balances, changeOf, HOUR, happened, NOW, opened, send, withdraw } from "../contract/ledger-samples.ts";
import { aRequest, aTopUp, CIBINONG } from "../fakes/agents.ts";
import { aPayment } from "../fakes/bills.ts";
import { type CommitProxy, startProxy, type When } from "../fakes/servers/proxy.ts";
import { inPostgres } from "./in-postgres.ts";

const sealer = openSealer({});
const postgres = inPostgres();
const TOTAL = 183_500;
const MOMENTS: readonly When[] = ["before", "after", "late"];

let proxy: CommitProxy;
let pg: Pg;
/** By way of the proxy, and straight. */
let ledger: Ledger;
let other: Ledger;

beforeEach(async () => {
  const address = await postgres.server.database();
  proxy = await startProxy(postgres.server.port);
  other = await postgresLedger({ pg: await postgres.open(address), sealer });
  pg = await openPostgres(proxy.url(address), { max: 2 });
  ledger = await postgresLedger({ pg, sealer });
});
afterEach(async () => {
  await pg.close();
  await proxy.stop();
});

describe.each(MOMENTS)("a change whose connection broke at its COMMIT (%s it reached the server)", (when) => {
  it("an opening is opened once, and the caller has the payment that there is", async () => {
    proxy.cut(when);
    const answer = await ledger.open(aPayment(NOW), NOW);
    if (answer.kind !== "opened") throw new Error(answer.kind);
    expect(proxy.cuts()).toBe(1);
    expect(await other.find({})).toEqual([answer.payment]);
    expect(await balances(other)).toEqual({ holds: TOTAL, unsecured: -TOTAL });
  });

  it("a payment that is sent was sent once, and the caller knows it", async () => {
    const payment = await opened(ledger);
    proxy.cut(when);
    const change = changeOf(payment, send());
    expect(await ledger.commit(change)).toBe("done");
    expect(proxy.cuts()).toBe(1);
    expect(await other.load(payment.ref)).toEqual(change.payment.next);
    expect(await other.owed(NOW, HOUR, 9)).toHaveLength(1);
  });

  it("a top-up is booked once, and was not booked before", async () => {
    proxy.cut(when);
    expect(await ledger.post(aTopUp(CIBINONG, 500), NOW)).toBe("done");
    expect(proxy.cuts()).toBe(1);
    expect(await other.balance(agentAccount(CIBINONG.id))).toBe(500);
  });

  it("a request is asked once and taken once", async () => {
    await ledger.post(aTopUp(CIBINONG, 1_000_000), NOW);
    proxy.cut(when);
    const { kind, request } = await ledger.requests.ask(aRequest(NOW), NOW, () => []);
    expect(kind).toBe("asked");
    expect(await other.requests.find({})).toEqual([request]);
    proxy.cut(when);
    const taken = { ...CIBINONG, at: NOW, until: NOW + HOUR };
    const next = { ...request, revision: 2, state: "taken", taken } as const;
    const postings = [holdRequest(request, CIBINONG.id)];
    const committed = await ledger.requests.commit({
      at: NOW,
      next,
      expect: 1,
      postings,
      limits: { credit: rupiah(0) },
    });
    expect(committed).toBe("done");
    expect(proxy.cuts()).toBe(2);
    expect(await other.requests.load(request.ref)).toEqual(next);
    expect(await balances(other)).toMatchObject({ holds: TOTAL });
  });
});

describe("a change whose answer was lost", () => {
  it("is not mistaken for another's, though that one is the same to the letter", async () => {
    const payment = await opened(ledger);
    const change = changeOf(payment, send());
    proxy.cut("before", async () => expect(await other.commit(change)).toBe("done"));
    expect(await ledger.commit(change)).toBe("conflict");
    expect(proxy.cuts()).toBe(1);
  });

  it("is known, though somebody else has changed the payment since", async () => {
    const payment = await opened(ledger);
    const change = changeOf(payment, withdraw());
    proxy.cut("after", async () => {
      const again = await other.open(aPayment(NOW + HOUR), NOW + HOUR);
      expect(again.kind).toBe("opened");
    });
    expect(await ledger.commit(change)).toBe("done");
    expect(await other.load(payment.ref)).toMatchObject({ state: "intended", revision: 3 });
  });

  it("is found out when its connection breaks again and again", async () => {
    const payment = await opened(ledger);
    const cutTwiceMore = async () => {
      proxy.cut("before", async () => proxy.cut("after"));
    };
    proxy.cut("before", cutTwiceMore);
    expect(await ledger.commit(changeOf(payment, send()))).toBe("done");
    expect(proxy.cuts()).toBe(3);
    expect(await other.load(payment.ref)).toMatchObject({ state: "sending", revision: 2 });
  });

  it("is neither done nor not done when the database does not come back", async () => {
    const payment = await opened(ledger);
    proxy.cut("after", () => proxy.stop());
    await expect(ledger.commit(changeOf(payment, send()))).rejects.toThrow("it is not known whether it was saved");
    expect(await other.load(payment.ref)).toMatchObject({ state: "sending" });
  });

  it("leaves nothing that would hold others up", async () => {
    const payment = await opened(ledger);
    proxy.cut("before");
    expect(await ledger.commit(changeOf(payment, send()))).toBe("done");
    await happened(other, changeOf(payment, send()).payment.next, { kind: "lost", at: NOW, jitter: 0 });
  });
});
