import { expect } from "vitest";
import type { Ledger } from "../../src/payments/ledger.ts";
import { aRequest } from "../fakes/agents.ts";
import { otherBill } from "../fakes/bills.ts";
import { NOW, opened, paid } from "./ledger-samples.ts";

/** What each database refuses by itself, whatever a program says to it. `run` takes one statement. */
export async function refusesWhatMustNeverBe(ledger: Ledger, run: (sql: string) => Promise<unknown>): Promise<void> {
  const first = await paid(ledger);
  await opened(ledger, { bill: otherBill(1) });
  const second = await opened(ledger, { bill: otherBill(2) });
  await ledger.requests.ask(aRequest(NOW), NOW, () => []);
  await ledger.requests.ask(aRequest(NOW, { bill: otherBill(3) }), NOW, () => []);
  const never = [
    "UPDATE entries SET amount = 0",
    "DELETE FROM entries",
    "DELETE FROM postings",
    "UPDATE attempts SET total = 1",
    "DELETE FROM attempts",
    "DELETE FROM payments",
    `UPDATE payments SET total = 1 WHERE ref = '${first.ref}'`,
    `UPDATE payments SET state = 'review' WHERE ref = '${first.ref}'`,
    `UPDATE payments SET chassis_ix = (SELECT chassis_ix FROM payments WHERE invoice = '20000000001') WHERE ref = '${second.ref}'`,
    `UPDATE payments SET plate_ix = (SELECT plate_ix FROM payments WHERE invoice = '20000000001') WHERE ref = '${second.ref}'`,
    `UPDATE payments SET invoice = '20000000001' WHERE ref = '${second.ref}'`,
    `INSERT INTO attempts VALUES('${first.bill.invoice}', '${first.ref}', 1, 1)`,
    "INSERT INTO entries SELECT seq, 9, 'holds', 1 FROM postings LIMIT 1",
    "INSERT INTO postings(id, what, at, lines, who, why) VALUES('p', 'top-up', 1, 0, 'ops', '')",
    "DELETE FROM balances",
    "DELETE FROM requests",
    "UPDATE requests SET state = 'taken'",
    "UPDATE requests SET agent = 'K7QM'",
    "UPDATE requests SET state = 'closed'",
    "UPDATE requests SET chassis_ix = 'same'",
    "UPDATE requests SET plate_ix = 'same'",
    `UPDATE payments SET agent = 'K7QM' WHERE ref = '${first.ref}'`,
    `UPDATE payments SET request = (SELECT ref FROM requests LIMIT 1) WHERE ref = '${second.ref}'`,
    `UPDATE payments SET agent = 'K7QM', request = (SELECT ref FROM requests LIMIT 1) WHERE state = 'intended'`,
  ];
  for (const sql of never) await expect(run(sql), sql).rejects.toThrow();
  await run("UPDATE requests SET state = 'closed', over_at = 1 WHERE plate_ix IS NOT NULL");
  const again = "UPDATE requests SET state = 'asked', over_at = NULL";
  await expect(run(again), again).rejects.toThrow();
}
