import type { Notice } from "../../domain/notice.ts";
import type { Ledger } from "../../payments/ledger.ts";
import type { OwedNotice, Payment } from "../../payments/payment.ts";
import type { Sealer } from "../sealing.ts";
import type { Db } from "./open.ts";
import { addTask } from "./tasks.ts";

interface NoticeRow {
  readonly id: string;
  readonly ref: OwedNotice["ref"];
  readonly chat: OwedNotice["to"];
  readonly language: OwedNotice["language"];
  readonly notice: string;
  readonly written_at: number;
}

export interface Notices extends Pick<Ledger, "owed" | "overdue" | "told" | "untellable"> {
  /** Inside the transaction that changes the payment. */
  write(payment: Payment, notices: readonly Notice[], at: number): void;
}

const OWED = "told_at IS NULL AND untellable_at IS NULL";

/** What payers are owed, until a platform took it. */
export function sqliteNotices(db: Db, sealer: Sealer, ring: () => void): Notices {
  const noticeOf = opened(sealer);
  const insert = db.prepare(
    "INSERT INTO notices(id, ref, chat, language, notice, written_at) VALUES(?, ?, ?, ?, ?, ?)",
  );
  const owed = db.prepare<NoticeRow>(
    `SELECT * FROM notices WHERE ${OWED} AND chat NOT IN
       (SELECT chat FROM notices WHERE ${OWED} AND lease_until > ?1) ORDER BY seq LIMIT ?2`,
  );
  const overdue = db.prepare<NoticeRow>(`SELECT * FROM notices WHERE ${OWED} AND written_at < ? ORDER BY seq LIMIT ?`);
  const lease = db.prepare("UPDATE notices SET lease_until = ? WHERE id = ?");
  return {
    write(payment, notices, at) {
      notices.forEach((notice, place) => {
        // Made from the payment's revision, so that it is the same id however often it is handed over.
        const id = `${payment.ref}.${payment.revision}.${place}`;
        insert.run(
          id,
          payment.ref,
          payment.payer,
          payment.language,
          sealer.seal(JSON.stringify(notice), about(id)),
          at,
        );
      });
    },
    owed: async (now, leaseFor, limit) =>
      db.transaction(() => {
        const rows = owed.all(now, limit);
        for (const row of rows) lease.run(now + leaseFor, row.id);
        return rows.map(noticeOf);
      }),
    overdue: async (before, limit) => overdue.all(before, limit).map(noticeOf),
    ...telling(db, ring),
  };
}

function telling(db: Db, ring: () => void): Pick<Ledger, "told" | "untellable"> {
  const tell = db.prepare(`UPDATE notices SET told_at = ?, platform_ref = ? WHERE id = ? AND ${OWED}`);
  const give = db.prepare(`UPDATE notices SET untellable_at = ? WHERE id = ? AND ${OWED}`);
  return {
    async told(id, platformRef, at) {
      tell.run(at, platformRef, id);
      // The next one of the same chat may have waited for it.
      ring();
    },
    async untellable(id, task, at) {
      db.transaction(() => {
        if (give.run(at, id) === 1) addTask(db, task, at);
      });
      ring();
    },
  };
}

function opened(sealer: Sealer): (row: NoticeRow) => OwedNotice {
  return ({ id, ref, chat, language, notice, written_at }) => {
    const read = JSON.parse(sealer.open(notice, about(id))) as Notice;
    return { id, ref, to: chat, language, notice: read, writtenAt: written_at };
  };
}

function about(id: string): string {
  return `notices:${id}`;
}
