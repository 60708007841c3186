import type { Ledger, Letter } from "../../payments/ledger.ts";
import { type NoticeRow, newNoticeRows, newsOf, noticeOf, type Source } from "../rows/notice.ts";
import type { Sealer } from "../sealing.ts";
import { CHANNEL, type Change } from "./ledger-change.ts";
import type { Pg, Sql } from "./open.ts";
import { addTask } from "./tasks.ts";

export interface Notices extends Pick<Ledger, "owed" | "overdue" | "told" | "untellable" | "news"> {
  /** Inside the transaction of the change that they tell of. */
  write(sql: Sql, letters: readonly Letter[], of: Source, at: number): Promise<void>;
}

export interface NoticesOptions {
  readonly pg: Pg;
  readonly sealer: Sealer;
  readonly change: Change;
  readonly ring: () => void;
  readonly origin: string;
}

const OWED = "told_at IS NULL AND untellable_at IS NULL";

/**
 * A chat is its oldest owed notice: who locks that one has the chat, and what others have locked is passed over. It is
 * leased with all that is taken after it, so it also says whether the chat is out on a lease.
 */
const TAKE = `
  WITH heads AS (
    SELECT chat FROM notices AS head WHERE ${OWED} AND (lease_until IS NULL OR lease_until <= $1)
      AND NOT EXISTS(SELECT 1 FROM notices AS other WHERE other.chat = head.chat AND other.told_at IS NULL
        AND other.untellable_at IS NULL AND (other.seq < head.seq OR other.lease_until > $1))
    ORDER BY seq LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED),
  taken AS (SELECT seq FROM notices WHERE ${OWED} AND chat IN (SELECT chat FROM heads) ORDER BY seq LIMIT $3)
  UPDATE notices SET lease_until = $2 WHERE ${OWED} AND seq IN (SELECT seq FROM taken) RETURNING *`;

/** What people are owed, until a platform took it. */
export function postgresNotices(options: NoticesOptions): Notices {
  const { pg, sealer } = options;
  const overdue = `SELECT * FROM notices WHERE ${OWED} AND written_at < $1 ORDER BY seq LIMIT $2`;
  return {
    async write(sql, letters, of, at) {
      if (letters.length > 0) await insert(sql, JSON.stringify(newNoticeRows(letters, of, at, sealer)));
    },
    async owed(now, leaseFor, limit) {
      const rows = await pg.all<NoticeRow & { readonly seq: number }>(TAKE, [now, now + leaseFor, limit]);
      return [...rows].sort((one, other) => one.seq - other.seq).map((row) => noticeOf(row, sealer));
    },
    overdue: async (before, limit) =>
      (await pg.all<NoticeRow>(overdue, [before, limit])).map((row) => noticeOf(row, sealer)),
    news: async (ref) =>
      (await pg.all<NoticeRow>("SELECT * FROM notices WHERE ref = $1 ORDER BY seq", [ref])).map((row) =>
        newsOf(row, sealer),
      ),
    ...telling(options),
  };
}

async function insert(sql: Sql, rows: string): Promise<void> {
  await sql.run(
    `INSERT INTO notices(id, ref, request, chat, language, notice, written_at)
     SELECT row->>'id', row->>'ref', row->>'request', row->>'chat', row->>'language', row->>'notice',
       (row->>'written_at')::bigint
     FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS rows(row, place) ORDER BY place`,
    [rows],
  );
}

function telling({ pg, change, ring, origin }: NoticesOptions): Pick<Ledger, "told" | "untellable"> {
  return {
    async told(id, platformRef, at) {
      await pg.run(
        `WITH told AS (UPDATE notices SET told_at = $1, platform_ref = $2 WHERE id = $3 AND ${OWED} RETURNING 1)
         SELECT pg_notify($4, $5) FROM told`,
        [at, platformRef, id, CHANNEL, origin],
      );
      // The next one of the same chat may have waited for it.
      ring();
    },
    async untellable(id, task, at) {
      const give = async (sql: Sql) => {
        const given = await sql.run(`UPDATE notices SET untellable_at = $1 WHERE id = $2 AND ${OWED}`, [at, id]);
        if (given === 1) await addTask(sql, task, at);
        return given === 1;
      };
      await change(give, (given) => given);
    },
  };
}
