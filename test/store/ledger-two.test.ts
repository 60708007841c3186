import { expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { agentAccount } from "../../src/domain/staff.ts";
import { holdRequest } from "../../src/relay/postings.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { sqliteLedger } from "../../src/store/sqlite/ledger.ts";
import { openSqlite } from "../../src/store/sqlite/open.ts";
import { balances, HOUR, NOW } from "../contract/ledger-samples.ts";
import { aRequest, aTopUp, CIBINONG, PARUNG } from "../fakes/agents.ts";
import { aPayment, otherBill } from "../fakes/bills.ts";
import { inFolder } from "./folder.ts";

const folder = inFolder();
const sealer = openSealer({});
const TOTAL = 183_500;

/** Two programs' connections to one file: the counter, and `npx loket` beside it. */
function two(name: string) {
  const dbs = [openSqlite(folder.path(name)), openSqlite(folder.path(name))];
  const [here, there] = dbs.map((db) => sqliteLedger({ db, sealer }));
  if (here === undefined || there === undefined) throw new Error("two were opened");
  return {
    here,
    there,
    close: () => {
      for (const db of dbs) db.close();
    },
  };
}

it("two programs on one file open no more than a balance covers, turn by turn", async () => {
  const { here, there, close } = two("opens.db");
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

it("a top-up that is booked by both is booked once, and a request taken by both is one agent's", async () => {
  const { here, there, close } = two("claims.db");
  const booked = await Promise.all([here, there].map((ledger) => ledger.post(aTopUp(CIBINONG, 1_000_000), NOW)));
  expect(booked).toEqual(["done", "again"]);
  await there.post(aTopUp(PARUNG, 1_000_000), NOW);
  const { request } = await here.requests.ask(aRequest(NOW), NOW, () => []);
  const take = (ledger: typeof here, agent: typeof CIBINONG) =>
    ledger.requests.commit({
      at: NOW,
      next: { ...request, revision: 2, state: "taken", taken: { ...agent, at: NOW, until: NOW + HOUR } },
      expect: 1,
      postings: [holdRequest(request, agent.id)],
      limits: { credit: rupiah(0) },
    });
  expect(await Promise.all([take(here, CIBINONG), take(there, PARUNG)])).toEqual(["done", "conflict"]);
  expect(await balances(there)).toMatchObject({
    ...{ [agentAccount(CIBINONG.id)]: 1_000_000 - TOTAL, [agentAccount(PARUNG.id)]: 1_000_000, holds: TOTAL },
  });
  close();
});
