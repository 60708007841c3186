import type { Conversations } from "../../src/conversation/conversations.ts";
import { refFrom } from "../../src/domain/ref.ts";
import { enrolCodeFrom, staffIdFrom } from "../../src/domain/staff.ts";
import type { Ledger } from "../../src/payments/ledger.ts";
import type { NewOperatorTask, Records } from "../../src/records/records.ts";
import { sqliteConversations } from "../../src/store/sqlite/conversations.ts";
import type { Counter } from "../../src/store/sqlite/counter.ts";
import { sqliteLedger } from "../../src/store/sqlite/ledger.ts";
import { sqliteRecords } from "../../src/store/sqlite/records.ts";
import { sqliteStaff } from "../../src/store/sqlite/staff.ts";
import { openSealer, type WorldDb } from "./database.ts";
import type { OutboxBook } from "./oracle/outbox.ts";
import type { PaymentBook } from "./oracle/payments.ts";
import type { Random } from "./random.ts";
import type { StaffOracle } from "./staff/oracle.ts";

export interface Stores {
  readonly conversations: Conversations;
  readonly ledger: Ledger;
  readonly records: Records;
}

export interface StoresOptions {
  readonly database: WorldDb;
  /** The second file, which outlives a restore. */
  readonly counter: Counter;
  readonly random: Random;
  readonly payments: PaymentBook;
  readonly outbox: OutboxBook;
  readonly onTask: (task: NewOperatorTask) => void;
  /** Where there are agents. */
  readonly staff: StaffOracle | undefined;
}

/** The real drivers, opened anew over the database that is left, with the oracle looking on. */
export function openStores({ database, counter, random, payments, outbox, onTask, staff }: StoresOptions): Stores {
  const { db } = database;
  const bytes = () => Uint8Array.from({ length: 8 }, () => random.below(256));
  const ledger = sqliteLedger({ db, sealer: openSealer, counter, newRef: () => refFrom(bytes()) });
  const records = {
    ...sqliteRecords({ db, sealer: openSealer }),
    staff: sqliteStaff({
      db,
      sealer: openSealer,
      newId: () => staffIdFrom(bytes()),
      newCode: () => enrolCodeFrom(Uint8Array.from({ length: 16 }, () => random.below(256))),
    }),
  };
  const conversations = sqliteConversations({ db, sealer: openSealer });
  return {
    conversations: outbox.tap(conversations),
    ledger: staff === undefined ? payments.tap(ledger) : staff.tap(payments.tap(ledger)),
    records: { ...records, tasks: tapped(records.tasks, onTask) },
  };
}

function tapped(tasks: Records["tasks"], onTask: (task: NewOperatorTask) => void): Records["tasks"] {
  return {
    ...tasks,
    async add(task, at) {
      const made = await tasks.add(task, at);
      onTask(task);
      return made;
    },
  };
}
