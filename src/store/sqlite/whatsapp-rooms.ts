import type { KeyRoom, KeyRow, PeopleRoom, Progress, Rooms, SentRoom } from "../../channels/whatsapp/rooms.ts";
import type { Sealer } from "../sealing.ts";
import { type Db, migrate } from "./open.ts";

const STEPS = [
  `CREATE TABLE whatsapp_creds(one INTEGER PRIMARY KEY CHECK(one = 1), sealed TEXT NOT NULL) STRICT;
   CREATE TABLE whatsapp_keys(
     type TEXT NOT NULL, id TEXT NOT NULL, sealed TEXT NOT NULL, PRIMARY KEY(type, id)) STRICT, WITHOUT ROWID;
   CREATE TABLE whatsapp_sent(
     id TEXT PRIMARY KEY, at INTEGER NOT NULL, progress TEXT NOT NULL DEFAULT '', sealed TEXT NOT NULL) STRICT;
   CREATE INDEX whatsapp_sent_at ON whatsapp_sent(at);
   -- An address is a person's: kept as it is, since it must be answered, like any chat's key.
   CREATE TABLE whatsapp_people(address TEXT PRIMARY KEY, identity TEXT NOT NULL) STRICT;
   CREATE TABLE whatsapp_answers(identity TEXT PRIMARY KEY, address TEXT NOT NULL) STRICT;`,
];

/** What a linked WhatsApp number needs to outlive the program, in the SQLite file. */
export function sqliteWhatsappRooms(db: Db, sealer: Sealer): Rooms {
  migrate(db, "whatsapp", STEPS);
  return { keys: keyRoom(db, sealer), sent: sentRoom(db, sealer), people: peopleRoom(db) };
}

function keyRoom(db: Db, sealer: Sealer): KeyRoom {
  const creds = db.prepare<{ sealed: string }>("SELECT sealed FROM whatsapp_creds");
  const all = db.prepare<{ type: string; id: string; sealed: string }>("SELECT type, id, sealed FROM whatsapp_keys");
  const putCreds = db.prepare(
    "INSERT INTO whatsapp_creds VALUES(1, ?) ON CONFLICT(one) DO UPDATE SET sealed = excluded.sealed",
  );
  const put = db.prepare(
    "INSERT INTO whatsapp_keys VALUES(?, ?, ?) ON CONFLICT(type, id) DO UPDATE SET sealed = excluded.sealed",
  );
  const drop = db.prepare("DELETE FROM whatsapp_keys WHERE type = ? AND id = ?");
  const about = (row: Pick<KeyRow, "type" | "id">) => `whatsapp_keys:${row.type}:${row.id}`;
  return {
    async load() {
      const sealed = creds.get()?.sealed;
      return {
        creds: sealed === undefined ? undefined : sealer.open(sealed, "whatsapp_creds"),
        rows: all.all().map((row) => ({ type: row.type, id: row.id, value: sealer.open(row.sealed, about(row)) })),
      };
    },
    saveCreds: async (text) => void putCreds.run(sealer.seal(text, "whatsapp_creds")),
    async saveRows(rows) {
      db.transaction(() => {
        for (const row of rows) {
          if (row.value === null) drop.run(row.type, row.id);
          else put.run(row.type, row.id, sealer.seal(row.value, about(row)));
        }
      });
    },
    async clear() {
      db.transaction(() => db.exec("DELETE FROM whatsapp_creds; DELETE FROM whatsapp_keys;"));
    },
  };
}

const ORDER: readonly Progress[] = ["written", "accepted", "delivered", "read"];

function sentRoom(db: Db, sealer: Sealer): SentRoom {
  const keep = db.prepare("INSERT INTO whatsapp_sent(id, at, sealed) VALUES(?, ?, ?) ON CONFLICT(id) DO NOTHING");
  const find = db.prepare<{ sealed: string }>("SELECT sealed FROM whatsapp_sent WHERE id = ?");
  const progress = db.prepare<{ progress: string }>("SELECT progress FROM whatsapp_sent WHERE id = ?");
  const mark = db.prepare("UPDATE whatsapp_sent SET progress = ? WHERE id = ?");
  const prune = db.prepare("DELETE FROM whatsapp_sent WHERE at < ?");
  const about = (id: string) => `whatsapp_sent:${id}`;
  const now = (id: string) => progress.get(id)?.progress;
  return {
    keep: async (id, _jid, message, at) =>
      void keep.run(id, at, sealer.seal(Buffer.from(message).toString("base64"), about(id))),
    async find(id) {
      const row = find.get(id);
      return row === undefined ? undefined : Buffer.from(sealer.open(row.sealed, about(id)), "base64");
    },
    async mark(id, next) {
      const rank = (step: string) => ORDER.findIndex((one) => one === step);
      if (rank(now(id) ?? "read") < rank(next)) mark.run(next, id);
    },
    async progress(id) {
      const step = now(id);
      return step === undefined ? undefined : (ORDER.find((one) => one === step) ?? "written");
    },
    prune: async (before) => void prune.run(before),
  };
}

function peopleRoom(db: Db): PeopleRoom {
  const known = db.prepare<{ identity: string }>("SELECT identity FROM whatsapp_people WHERE address = ?");
  const add = db.prepare("INSERT INTO whatsapp_people VALUES(?, ?) ON CONFLICT(address) DO NOTHING");
  const answers = db.prepare(
    "INSERT INTO whatsapp_answers VALUES(?, ?) ON CONFLICT(identity) DO UPDATE SET address = excluded.address",
  );
  const answerTo = db.prepare<{ address: string }>("SELECT address FROM whatsapp_answers WHERE identity = ?");
  return {
    identify: async (addresses, answer) =>
      db.transaction(() => {
        const before = addresses.map((address) => known.get(address)?.identity).find((one) => one !== undefined);
        // A hidden address is the better name: it stays when the number changes.
        const identity = before ?? addresses.find((address) => address.endsWith("@lid")) ?? answer;
        for (const address of addresses) add.run(address, identity);
        if (answerTo.get(identity)?.address !== answer) answers.run(identity, answer);
        return identity;
      }),
    answerTo: async (identity) => answerTo.get(identity)?.address,
  };
}
