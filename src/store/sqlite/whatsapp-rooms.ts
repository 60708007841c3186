import type { KeyRoom, KeyRow, OpenedRoom, Rooms } from "../../channels/whatsapp/rooms.ts";
import { ABOUT, placeOfKey } from "../rows/whatsapp.ts";
import type { Sealer } from "../sealing.ts";
import { type Db, migrate } from "./open.ts";
import { sqliteWhatsappPeople } from "./whatsapp-people.ts";
import { sqliteWhatsappSent } from "./whatsapp-sent.ts";

const STEPS = [
  `CREATE TABLE whatsapp_creds(one INTEGER PRIMARY KEY CHECK(one = 1), sealed TEXT NOT NULL) STRICT;
   CREATE TABLE whatsapp_keys(place TEXT PRIMARY KEY, sealed TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE whatsapp_opened(mark TEXT PRIMARY KEY, at INTEGER NOT NULL, sealed TEXT NOT NULL) STRICT;
   CREATE INDEX whatsapp_opened_at ON whatsapp_opened(at);
   CREATE TABLE whatsapp_sent(
     id TEXT PRIMARY KEY, chat TEXT NOT NULL, at INTEGER NOT NULL, progress TEXT NOT NULL, sealed TEXT NOT NULL) STRICT;
   CREATE INDEX whatsapp_sent_at ON whatsapp_sent(at);
   CREATE INDEX whatsapp_sent_chat ON whatsapp_sent(chat);
   CREATE TABLE whatsapp_people(place TEXT PRIMARY KEY, identity TEXT NOT NULL, sealed TEXT NOT NULL) STRICT;
   CREATE INDEX whatsapp_people_identity ON whatsapp_people(identity);
   CREATE TABLE whatsapp_answers(
     identity TEXT PRIMARY KEY, sealed TEXT NOT NULL, answered INTEGER NOT NULL DEFAULT 0) STRICT;`,
];

export function migrateWhatsapp(db: Db): void {
  migrate(db, "whatsapp", STEPS);
}

/** What a linked WhatsApp number needs to outlive the program, in the SQLite file. */
export function sqliteWhatsappRooms(db: Db, sealer: Sealer): Rooms {
  migrateWhatsapp(db);
  return {
    keys: keyRoom(db, sealer),
    opened: openedRoom(db, sealer),
    sent: sqliteWhatsappSent(db, sealer),
    people: sqliteWhatsappPeople(db, sealer),
  };
}

function keyRoom(db: Db, sealer: Sealer): KeyRoom {
  const creds = db.prepare<{ sealed: string }>("SELECT sealed FROM whatsapp_creds");
  const all = db.prepare<{ place: string; sealed: string }>("SELECT place, sealed FROM whatsapp_keys");
  const putCreds = db.prepare(
    "INSERT INTO whatsapp_creds VALUES(1, ?) ON CONFLICT(one) DO UPDATE SET sealed = excluded.sealed",
  );
  const put = db.prepare(
    "INSERT INTO whatsapp_keys VALUES(?, ?) ON CONFLICT(place) DO UPDATE SET sealed = excluded.sealed",
  );
  const drop = db.prepare("DELETE FROM whatsapp_keys WHERE place = ?");
  return {
    async load() {
      const sealed = creds.get()?.sealed;
      return {
        creds: sealed === undefined ? undefined : sealer.open(sealed, ABOUT.creds),
        rows: all.all().map((row) => JSON.parse(sealer.open(row.sealed, ABOUT.key(row.place))) as KeyRow),
      };
    },
    saveCreds: async (text) => void putCreds.run(sealer.seal(text, ABOUT.creds)),
    async saveRows(rows) {
      db.transaction(() => {
        for (const row of rows) {
          const place = placeOfKey(sealer, row);
          if (row.value === null) drop.run(place);
          else put.run(place, sealer.seal(JSON.stringify(row), ABOUT.key(place)));
        }
      });
    },
    async clear() {
      db.transaction(() =>
        db.exec("DELETE FROM whatsapp_creds; DELETE FROM whatsapp_keys; DELETE FROM whatsapp_opened;"),
      );
    },
  };
}

function openedRoom(db: Db, sealer: Sealer): OpenedRoom {
  const put = db.prepare("INSERT INTO whatsapp_opened VALUES(?, ?, ?) ON CONFLICT(mark) DO NOTHING");
  const find = db.prepare<{ sealed: string }>("SELECT sealed FROM whatsapp_opened WHERE mark = ?");
  const prune = db.prepare("DELETE FROM whatsapp_opened WHERE at < ?");
  return {
    async keep(mark, plain, at, since) {
      db.transaction(() => {
        prune.run(since);
        put.run(mark, at, sealer.seal(Buffer.from(plain).toString("base64"), ABOUT.opened(mark)));
      });
    },
    async find(mark) {
      const row = find.get(mark);
      return row === undefined ? undefined : Buffer.from(sealer.open(row.sealed, ABOUT.opened(mark)), "base64");
    },
    prune: async (before) => void prune.run(before),
  };
}
