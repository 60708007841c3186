import { randomBytes } from "node:crypto";
import type { Nudge, Ring, WebInbox } from "../../channels/web/inbox.ts";
import type { ConversationKey } from "../../conversation/message.ts";
import { aboutEvent, aboutFile, packed, unpacked } from "../rows/web.ts";
import type { Sealer } from "../sealing.ts";
import { migrate } from "./migrate.ts";
import type { Pg } from "./open.ts";

const STEPS = [
  `CREATE TABLE web_events(
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL, id text NOT NULL, at bigint NOT NULL,
  sealed text NOT NULL, UNIQUE(key, id));
CREATE INDEX web_events_key ON web_events(key, seq);
CREATE INDEX web_events_at ON web_events(at);
CREATE TABLE web_files(
  key text NOT NULL, id text NOT NULL, at bigint NOT NULL, sealed text NOT NULL, PRIMARY KEY(key, id));
CREATE INDEX web_files_at ON web_files(at);`,
];

/** Where the processes tell each other: who tells, what, and of whom. */
const CHANNEL = "loket_web";

/** First half of the advisory locks of one tab's appends. Chosen once, at random. */
const APPENDING = 902_713_446;

/** Notes of one process: what it hears of itself it knows already. */
interface Notes {
  readonly own: string;
  readonly of: (what: Nudge, key: ConversationKey) => string;
}

/** The web chat's inbox in PostgreSQL, which any number of processes share. */
export async function postgresWebInbox(pg: Pg, sealer: Sealer): Promise<WebInbox> {
  await migrate(pg, "web", STEPS);
  const own = randomBytes(6).toString("hex");
  const notes: Notes = { own, of: (what, key) => `${own} ${what} ${key}` };
  return {
    ...events(pg, sealer, notes),
    ...files(pg, sealer),
    prune: (before) =>
      pg.transaction(
        async (sql) =>
          (await sql.run("DELETE FROM web_events WHERE at < $1", [before])) +
          (await sql.run("DELETE FROM web_files WHERE at < $1", [before])),
      ),
    erase: (key) =>
      pg.transaction(async (sql) => {
        await sql.run("DELETE FROM web_events WHERE key = $1", [key]);
        await sql.run("DELETE FROM web_files WHERE key = $1", [key]);
        await sql.get("SELECT pg_notify($1, $2)", [CHANNEL, notes.of("cleared", key)]);
      }),
    typing: async (key) => void (await pg.get("SELECT pg_notify($1, $2)", [CHANNEL, notes.of("typing", key)])),
    listen: (ring) => pg.listen(CHANNEL, (note) => hear(note, own, ring)),
  };
}

function hear(note: string, own: string, ring: Ring): void {
  const [from, what, key] = note.split(" ");
  if (from === own) return;
  if (what === "saved" || what === "typing" || what === "cleared") ring(what, key as ConversationKey);
  // The connection was away, and what was said meanwhile is lost; or a newer program says something new.
  else ring("saved", undefined);
}

/**
 * Numbers are given out before they are seen, so those of one tab are given out one append at a time: else a stream
 * that has read 6 would never see the 5 that is committed later. The note goes out with the commit.
 */
const APPEND = `WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock($5, hashtext($1))),
  added AS (
    INSERT INTO web_events(key, id, at, sealed) SELECT $1, $2, $3, $4 FROM turn ON CONFLICT DO NOTHING RETURNING seq)
  SELECT seq, pg_notify($6, $7) FROM added`;

function events(pg: Pg, sealer: Sealer, notes: Notes): Pick<WebInbox, "append" | "replace" | "since" | "last"> {
  const since = "SELECT seq, id, sealed FROM web_events WHERE key = $1 AND seq > $2 ORDER BY seq LIMIT $3";
  const last = "SELECT seq FROM web_events WHERE key = $1 ORDER BY seq DESC LIMIT 1";
  return {
    async append(key, { id, event, at }) {
      const sealed = sealer.seal(event, aboutEvent(key, id));
      const values = [key, id, at, sealed, APPENDING, CHANNEL, notes.of("saved", key)];
      const added = await pg.get<{ seq: number }>(APPEND, values);
      const found = added ?? (await pg.get<{ seq: number }>(FIND, [key, id]));
      if (found === undefined) throw new Error(`An event of ${key} is missing right after it was saved.`);
      return found.seq;
    },
    async replace(key, id, event) {
      const sealed = sealer.seal(event, aboutEvent(key, id));
      await pg.run("UPDATE web_events SET sealed = $1 WHERE key = $2 AND id = $3", [sealed, key, id]);
    },
    async since(key, seq, limit) {
      const rows = await pg.all<{ seq: number; id: string; sealed: string }>(since, [key, seq, limit]);
      return rows.map((row) => ({ seq: row.seq, event: sealer.open(row.sealed, aboutEvent(key, row.id)) }));
    },
    last: async (key) => (await pg.get<{ seq: number }>(last, [key]))?.seq ?? 0,
  };
}

const FIND = "SELECT seq FROM web_events WHERE key = $1 AND id = $2";

function files(pg: Pg, sealer: Sealer): Pick<WebInbox, "keepFile" | "file"> {
  const add = "INSERT INTO web_files(key, id, at, sealed) VALUES($1, $2, $3, $4) ON CONFLICT DO NOTHING";
  return {
    async keepFile(key, file, at) {
      await pg.run(add, [key, file.id, at, sealer.seal(packed(file), aboutFile(key, file.id))]);
    },
    async file(key, id) {
      const find = "SELECT sealed FROM web_files WHERE key = $1 AND id = $2";
      const row = await pg.get<{ sealed: string }>(find, [key, id]);
      return row === undefined ? undefined : { id, ...unpacked(sealer.open(row.sealed, aboutFile(key, id))) };
    },
  };
}
