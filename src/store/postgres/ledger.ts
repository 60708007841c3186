import { randomUUID } from "node:crypto";
import type { PaymentRef } from "../../domain/ref.ts";
import { ZERO } from "../../domain/rupiah.ts";
import type { Ledger } from "../../payments/ledger.ts";
import type { Sealer } from "../sealing.ts";
import { makeSignal } from "../signal.ts";
import type { Counter } from "../sqlite/counter.ts";
import { CHANNEL, type Change, changing } from "./ledger-change.ts";
import { committing } from "./ledger-commit.ts";
import { type History, historyOf } from "./ledger-history.ts";
import { leasing } from "./ledger-lease.ts";
import { postgresNotices } from "./ledger-notices.ts";
import { freeRefs, type Opening, opening } from "./ledger-open.ts";
import { accounting, postings } from "./ledger-postings.ts";
import { forgetting, reading } from "./ledger-read.ts";
import { LEDGER_STEPS } from "./ledger-schema.ts";
import { migrate } from "./migrate.ts";
import type { Pg } from "./open.ts";
import { postgresRequests } from "./requests.ts";
import { migrateTasks } from "./tasks.ts";

export interface PostgresLedgerOptions {
  readonly pg: Pg;
  readonly sealer: Sealer;
  /** Counts the calls of pay in a file beside, so that a database is noticed that was restored without a trace. */
  readonly counter?: Counter;
  readonly newRef?: () => PaymentRef;
  /** Names leases and changes: never the same twice, in any process. */
  readonly newId?: () => string;
}

/** Money, in PostgreSQL, for any number of processes. Brings its tables to this version first. */
export async function postgresLedger(options: PostgresLedgerOptions): Promise<Ledger> {
  const { pg, sealer, counter, newId = randomUUID } = options;
  await migrateTasks(pg);
  await migrate(pg, "ledger", LEDGER_STEPS);
  const history = await historyOf(pg, pg.name);
  const { ring, wake } = bells(pg, newId());
  const change = changing({ pg, newId, ring: ring.here, origin: ring.origin });
  const notices = postgresNotices({ pg, sealer, change, ring: ring.here, origin: ring.origin });
  const posts = postings(notices);
  const freeRef = freeRefs(options.newRef);
  const opens = opening({ sealer, postings: posts, freeRef });
  const commit = committing({ notices, postings: posts, history, counted: counter?.read });
  return {
    ...opened(pg, opens, change),
    post: (posting, at, floor = ZERO) =>
      change(
        (sql) => posts.free(sql, posting, at, floor),
        (posted) => posted === "done",
      ),
    async commit(asked) {
      const { committed, sent } = await change(
        (sql) => commit(sql, asked),
        (result) => result.committed === "done",
      );
      // Before the caller may send: should it fail, the call does not go out.
      if (sent !== undefined) counter?.write(sent);
      return committed;
    },
    ...leasing({ pg, sealer, history, newId, ring: ring.here, origin: ring.origin }),
    ...restoring(pg, history, counter),
    ...reading(pg, sealer),
    ...accounting(pg),
    ...forgetting(pg, sealer, change),
    requests: postgresRequests({ pg, sealer, change, notices, opens, postings: posts, freeRef }),
    owed: notices.owed,
    overdue: notices.overdue,
    news: notices.news,
    told: notices.told,
    untellable: notices.untellable,
    wake,
  };
}

/** Rings here at once, and in the other processes by NOTIFY; what this one said it need not hear again. */
function bells(pg: Pg, origin: string) {
  const signal = makeSignal();
  let isListening = false;
  const wake: Ledger["wake"] = (stop) => {
    if (!isListening) pg.listen(CHANNEL, (from) => from !== origin && signal.ring());
    isListening = true;
    return signal.listen(stop);
  };
  return { ring: { here: signal.ring, origin }, wake };
}

function opened(pg: Pg, opens: Opening, change: Change): Pick<Ledger, "check" | "open"> {
  return {
    async check(payment, at, limits) {
      const no = await opens.refusal(pg, payment, at, limits);
      if (no === undefined) return { kind: "free" };
      return no.kind === "exists" ? { kind: "exists" } : no;
    },
    async open(payment, at, limits) {
      const { request } = payment;
      if (request !== undefined) throw new Error(`the payment of request ${request} is opened by its own commit alone`);
      return change(
        (sql) => opens.open(sql, payment, at, limits),
        ({ kind }) => kind === "opened",
      );
    },
  };
}

/** Others share this ledger, so no lease is ended before its time: one that has run out is anybody's (`claim`). */
function restoring(pg: Pg, history: History, counter: Counter | undefined): Pick<Ledger, "takeOver" | "restoreSeen"> {
  return {
    async takeOver() {
      if (!(await history.isKnown(pg))) return { wentBack: true };
      if (counter === undefined) return { wentBack: false };
      const row = await pg.get<{ n: number }>("SELECT n FROM sent_count");
      return { wentBack: (row?.n ?? 0) < counter.read() };
    },
    async restoreSeen() {
      await history.know(pg);
      if (counter !== undefined) await pg.run("UPDATE sent_count SET n = greatest(n, $1)", [counter.read()]);
    },
  };
}
