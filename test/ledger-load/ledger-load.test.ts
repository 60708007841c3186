import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { openSealer } from "../../src/store/sealing.ts";
import { sqliteLedger } from "../../src/store/sqlite/ledger.ts";
import { MEMORY, openSqlite } from "../../src/store/sqlite/open.ts";
import { broken } from "./laws.ts";
import { play } from "./moves.ts";
import { playerOf } from "./player.ts";
import { askOf } from "./store.ts";

/** What must happen often enough in a history that shows anything. */
const OFTEN = [
  "top-up: again",
  "adjustment: short",
  "open: short",
  "open: capped",
  "open: vehicle-busy",
  "intended -> sending",
  "intended -> withdrawn",
  "sending -> paid",
  "sending -> not-charged",
  "suspect -> not-charged",
  "not-charged -> review",
  "review -> paid",
  "ask: exists",
  "request: short",
  "request: capped",
  "request: asked -> taken",
  "request: taken -> asked",
  "request: taken -> closed",
  "request: received -> paying",
  "request: paying -> done",
  "request: paying -> unpaid",
  "request: unpaid -> received",
];

it("what is wrong in a file is seen, whatever it is", async () => {
  const harms = [
    ["has drifted", "UPDATE balances SET balance = balance + 1 WHERE account = 'holds'"],
    ["is crooked", "DROP TRIGGER entries_stay; UPDATE entries SET amount = amount + 1 WHERE posting = 1 AND line = 0"],
    [
      "overdraws",
      "DROP TRIGGER entries_stay; UPDATE entries SET amount = amount - 90000000 WHERE account LIKE 'agent%'",
    ],
    ["is bound", "UPDATE payments SET state = 'withdrawn' WHERE state IN ('intended', 'sending', 'suspect', 'review')"],
    ["the sales are not", "UPDATE payments SET state = 'paid' WHERE state = 'not-charged'"],
    [
      "the processes moved",
      "INSERT INTO postings VALUES(NULL, 'p', NULL, NULL, 'p', 1, 2, 'x', 'y'); INSERT INTO entries SELECT seq, 0, 'deposit', 5 FROM postings WHERE id = 'p'; INSERT INTO entries SELECT seq, 1, 'fees', -5 FROM postings WHERE id = 'p'",
    ],
  ] as const;
  for (const [seen, sql] of harms) {
    const db = openSqlite(MEMORY);
    const ledger = sqliteLedger({ db, sealer: openSealer({}) });
    const player = playerOf(ledger, "P0", "harm");
    for (let done = 0; done < 300; done++) await play(player);
    expect(await broken(askOf(db), ledger, [player.tally])).toEqual([]);
    db.exec(sql);
    expect((await broken(askOf(db), ledger, [player.tally])).join(), seen).toContain(seen);
    db.close();
  }
});

it("12,000 random operations keep every balance and every sum", async () => {
  const db = openSqlite(MEMORY);
  const ledger = sqliteLedger({ db, sealer: openSealer({}) });
  const player = playerOf(ledger, "P0", "suite");
  for (let done = 0; done < 12_000; done++) {
    await play(player);
    if (done % 3_000 === 0) expect(await broken(askOf(db), ledger, [player.tally])).toEqual([]);
  }
  expect(await broken(askOf(db), ledger, [player.tally])).toEqual([]);
  expect(OFTEN.filter((outcome) => (player.outcomes[outcome] ?? 0) < 3)).toEqual([]);
  db.close();
}, 120_000);

it.each([
  { store: "SQLite file", operations: 2_400, more: [] },
  { store: "PostgreSQL", operations: 1_200, more: ["--postgres"] },
])(
  "several processes on one $store keep every balance and every sum",
  async ({ operations, more }) => {
    const program = join(import.meta.dirname, "main.ts");
    const options = ["--import", "tsx", program, "--operations", `${operations}`, "--processes", "3", ...more];
    const { stdout } = await promisify(execFile)(process.execPath, options);
    const last = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
    expect(last).toMatchObject({ operations, processes: 3, wrong: 0 });
    expect(last.outcomes["sending -> paid"]).toBeGreaterThan(50);
    expect(last.outcomes["request: asked -> taken"]).toBeGreaterThan(20);
  },
  120_000,
);
