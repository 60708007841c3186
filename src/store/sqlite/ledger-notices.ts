import type { Notice } from "../../domain/notice.ts";
import type { PaymentRef } from "../../domain/ref.ts";
import type { RequestRef } from "../../domain/staff.ts";
import type { Ledger, Letter } from "../../payments/ledger.ts";
import type { OwedNotice } from "../../payments/payment.ts";
import type { Sealer } from "../sealing.ts";
import type { Db } from "./open.ts";
import { addTask } from "./tasks.ts";

interface NoticeRow {
  readonly id: string;
  readonly ref: PaymentRef | null;
  readonly request: RequestRef | null;
  readonly chat: OwedNotice["to"];
  readonly language: OwedNotice["language"];
  readonly notice: string;
  readonly written_at: number;
  readonly told_at: number | null;
}

export interface Notices extends Pick<Ledger, "owed" | "overdue" | "told" | "untellable" | "news"> {
  /** Inside the transaction of the change that they tell of. */
  write(letters: readonly Letter[], of: Source, at: number): void;
}

/** `id`: of the change, so that a notice has the same id however often it is handed over. */
export interface Source {
  readonly id: string;
  readonly ref?: PaymentRef;
  readonly request?: RequestRef;
}

const OWED = "told_at IS NULL AND untellable_at IS NULL";

/** What people are owed, until a platform took it. */
export function sqliteNotices(db: Db, sealer: Sealer, ring: () => void): Notices {
  const noticeOf = opened(sealer);
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
      letters.forEach(({ to, language, notice }, place) => {
        const id = `${of.id}.${place}`;
        const sealed = sealer.seal(JSON.stringify(notice), about(id));
        insert.run(id, of.ref ?? null, of.request ?? null, to, language, sealed, at);
      });
    },
    owed: async (now, leaseFor, limit) =>
      db.transaction(() => {
        const rows = owed.all(now, limit);
        for (const row of rows) lease.run(now + leaseFor, row.id);
        return rows.map(noticeOf);
      }),
    overdue: async (before, limit) => overdue.all(before, limit).map(noticeOf),
    news: async (ref) => news.all(ref).map((row) => ({ ...noticeOf(row), toldAt: row.told_at ?? undefined })),
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
  return ({ id, ref, request, chat, language, notice, written_at }) => {
    const read = JSON.parse(sealer.open(notice, about(id))) as Notice;
    const of = { ref: ref ?? undefined, request: request ?? undefined };
    return { id, ...of, to: chat, language, notice: read, writtenAt: written_at };
  };
}

function about(id: string): string {
  return `notices:${id}`;
}
