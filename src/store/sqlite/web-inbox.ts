import type { WebInbox } from "../../channels/web/inbox.ts";
import { aboutEvent, aboutFile, packed, unpacked } from "../rows/web.ts";
import type { Sealer } from "../sealing.ts";
import { type Db, migrate } from "./open.ts";

const STEPS = [
  `CREATE TABLE web_events(
     seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL,
     sealed TEXT NOT NULL, UNIQUE(key, id)) STRICT;
   CREATE INDEX web_events_key ON web_events(key, seq);
   CREATE INDEX web_events_at ON web_events(at);
   CREATE TABLE web_files(
     key TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, sealed TEXT NOT NULL,
     PRIMARY KEY(key, id)) STRICT;
   CREATE INDEX web_files_at ON web_files(at);`,
];

export function migrateWebInbox(db: Db): void {
  migrate(db, "web", STEPS);
}

/** The web chat's inbox in the SQLite file. */
export function sqliteWebInbox(db: Db, sealer: Sealer): WebInbox {
  migrateWebInbox(db);
  return {
    ...events(db, sealer),
    ...files(db, sealer),
    async prune(before) {
      return db.transaction(
        () =>
          db.prepare("DELETE FROM web_events WHERE at < ?").run(before) +
          db.prepare("DELETE FROM web_files WHERE at < ?").run(before),
      );
    },
    async erase(key) {
      db.transaction(() => {
        db.prepare("DELETE FROM web_events WHERE key = ?").run(key);
        db.prepare("DELETE FROM web_files WHERE key = ?").run(key);
      });
    },
    // The file has one owner: there is nobody else to tell or to hear.
    typing: async () => {},
    listen: () => () => {},
  };
}

function events(db: Db, sealer: Sealer): Pick<WebInbox, "append" | "replace" | "since" | "last"> {
  const add = db.prepare("INSERT INTO web_events(key, id, at, sealed) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const find = db.prepare<{ seq: number }>("SELECT seq FROM web_events WHERE key = ? AND id = ?");
  const put = db.prepare("UPDATE web_events SET sealed = ? WHERE key = ? AND id = ?");
  const since = db.prepare<{ seq: number; id: string; sealed: string }>(
    "SELECT seq, id, sealed FROM web_events WHERE key = ? AND seq > ? ORDER BY seq LIMIT ?",
  );
  const last = db.prepare<{ seq: number }>("SELECT seq FROM web_events WHERE key = ? ORDER BY seq DESC LIMIT 1");
  return {
    async append(key, { id, event, at }) {
      return db.transaction(() => {
        add.run(key, id, at, sealer.seal(event, aboutEvent(key, id)));
        const row = find.get(key, id);
        if (row === undefined) throw new Error(`An event of ${key} is missing right after it was saved.`);
        return row.seq;
      });
    },
    async replace(key, id, event) {
      db.transaction(() => put.run(sealer.seal(event, aboutEvent(key, id)), key, id));
    },
    async since(key, seq, limit) {
      const rows = since.all(key, seq, limit);
      return rows.map((row) => ({ seq: row.seq, event: sealer.open(row.sealed, aboutEvent(key, row.id)) }));
    },
    last: async (key) => last.get(key)?.seq ?? 0,
  };
}

function files(db: Db, sealer: Sealer): Pick<WebInbox, "keepFile" | "file"> {
  const add = db.prepare("INSERT INTO web_files(key, id, at, sealed) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const find = db.prepare<{ sealed: string }>("SELECT sealed FROM web_files WHERE key = ? AND id = ?");
  return {
    async keepFile(key, file, at) {
      db.transaction(() => add.run(key, file.id, at, sealer.seal(packed(file), aboutFile(key, file.id))));
    },
    async file(key, id) {
      const row = find.get(key, id);
      return row === undefined ? undefined : { id, ...unpacked(sealer.open(row.sealed, aboutFile(key, id))) };
    },
  };
}
