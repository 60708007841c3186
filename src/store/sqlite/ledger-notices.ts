import type { Ledger, Letter } from "../../payments/ledger.ts";
import { type NoticeRow, newNoticeRows, newsOf, noticeOf, type Source } from "../rows/notice.ts";
import type { Sealer } from "../sealing.ts";
import type { Db } from "./open.ts";
import { addTask } from "./tasks.ts";

export interface Notices extends Pick<Ledger, "owed" | "overdue" | "told" | "untellable" | "news"> {
  /** Inside the transaction of the change that they tell of. */
  write(letters: readonly Letter[], of: Source, at: number): void;
}

const OWED = "told_at IS NULL AND untellable_at IS NULL";

/** What people are owed, until a platform took it. */
export function sqliteNotices(db: Db, sealer: Sealer, ring: () => void): Notices {
  const insert = db.prepare(
    "INSERT INTO notices(id, ref, request, chat, language, notice, written_at) VALUES(?, ?, ?, ?, ?, ?, ?)",
  );
  const owed = db.prepare<NoticeRow>(
    `SELECT * FROM notices WHERE ${OWED} AND chat NOT IN
       (SELECT chat FROM notices WHERE ${OWED} AND lease_until > ?1) ORDER BY seq LIMIT ?2`,
  );
  const overdue = db.prepare<NoticeRow>(`SELECT * FROM notices WHERE ${OWED} AND written_at < ? ORDER BY seq LIMIT ?`);
  const news = db.prepare<NoticeRow>("SELECT * FROM notices WHERE ref = ? ORDER BY seq");
  const lease = db.prepare("UPDATE notices SET lease_until = ? WHERE id = ?");
  return {
    write(letters, of, at) {
      for (const row of newNoticeRows(letters, of, at, sealer)) {
        insert.run(row.id, row.ref, row.request, row.chat, row.language, row.notice, row.written_at);
      }
    },
    owed: async (now, leaseFor, limit) =>
      db.transaction(() => {
        const rows = owed.all(now, limit);
        for (const row of rows) lease.run(now + leaseFor, row.id);
        return rows.map((row) => noticeOf(row, sealer));
      }),
    overdue: async (before, limit) => overdue.all(before, limit).map((row) => noticeOf(row, sealer)),
    news: async (ref) => news.all(ref).map((row) => newsOf(row, sealer)),
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
