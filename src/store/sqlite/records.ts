import type { AuditEntry, Records, StoredProof } from "../../records/records.ts";
import type { Sealer } from "../sealing.ts";
import { gathering } from "./gather.ts";
import { type Db, migrate } from "./open.ts";
import { sqliteStaff } from "./staff.ts";
import { sqliteTasks } from "./tasks.ts";

const STEPS = [
  `CREATE TABLE consents(chat TEXT PRIMARY KEY, version TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
   CREATE TABLE audit(
     id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, ref TEXT NOT NULL,
     detail TEXT NOT NULL) STRICT;
   CREATE TABLE proofs(ref TEXT PRIMARY KEY, made_at INTEGER NOT NULL, proof TEXT NOT NULL, copies INTEGER NOT NULL DEFAULT 0) STRICT;
   CREATE TABLE flags(name TEXT PRIMARY KEY, value TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
   CREATE TABLE gone_chats(chat TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
   CREATE TABLE poison(
     chat TEXT NOT NULL, inbound_id TEXT NOT NULL, body TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL,
     PRIMARY KEY(chat, inbound_id)) STRICT;
   CREATE TABLE letters(id INTEGER PRIMARY KEY, chat TEXT NOT NULL, at INTEGER NOT NULL, sealed TEXT NOT NULL) STRICT;
   CREATE INDEX letters_chat ON letters(chat, id);
   CREATE INDEX letters_at ON letters(at);`,
];

type Poison = Awaited<ReturnType<Records["poison"]["list"]>>[number];

/** All else that must outlive the conversations, in SQLite. Proofs and poison are sealed; chats are keys and are not. */
export function sqliteRecords({ db, sealer }: { readonly db: Db; readonly sealer: Sealer }): Records {
  migrate(db, "records", STEPS);
  return {
    staff: sqliteStaff({ db, sealer }),
    tasks: sqliteTasks(db),
    consents: consents(db),
    audit: audit(db),
    proofs: proofs(db, sealer),
    flags: flags(db),
    chats: chats(db),
    letters: letters(db, sealer),
    poison: poison(db, sealer),
  };
}

function consents(db: Db): Records["consents"] {
  const give = db.prepare(
    "INSERT INTO consents VALUES(?, ?, ?) ON CONFLICT(chat) DO UPDATE SET version = excluded.version, at = excluded.at",
  );
  const given = db.prepare<{ version: string; at: number }>("SELECT version, at FROM consents WHERE chat = ?");
  const withdraw = db.prepare("DELETE FROM consents WHERE chat = ?");
  const together = gathering(db);
  return {
    // Every new person gives it: by itself it would be a wait for the disk of its own.
    give: (chat, version, at) => together(() => void give.run(chat, version, at)),
    async given(chat) {
      const row = given.get(chat);
      return row === undefined ? undefined : { version: row.version, at: row.at };
    },
    withdraw: async (chat) => void withdraw.run(chat),
  };
}

function audit(db: Db): Records["audit"] {
  const write = db.prepare("INSERT INTO audit(at, who, what, ref, detail) VALUES(?, ?, ?, ?, ?)");
  const list = db.prepare<AuditEntry>("SELECT at, who, what, ref, detail FROM audit ORDER BY id DESC LIMIT ?");
  return {
    write: async ({ at, who, what, ref, detail }) => void write.run(at, who, what, ref, detail),
    list: async (limit) => list.all(limit),
  };
}

function proofs(db: Db, sealer: Sealer): Records["proofs"] {
  const about = (ref: string) => `proofs:${ref}`;
  const save = db.prepare("INSERT INTO proofs(ref, made_at, proof) VALUES(?, ?, ?) ON CONFLICT(ref) DO NOTHING");
  const take = db.prepare<{ ref: StoredProof["ref"]; made_at: number; proof: string; copies: number }>(
    "UPDATE proofs SET copies = copies + 1 WHERE ref = ? RETURNING ref, made_at, proof, copies",
  );
  const erase = db.prepare("DELETE FROM proofs WHERE ref = ?");
  return {
    save: async (ref, proof, at) => void save.run(ref, at, sealer.seal(proof, about(ref))),
    async take(ref) {
      const row = take.get(ref);
      if (row === undefined) return undefined;
      return { ref: row.ref, madeAt: row.made_at, proof: sealer.open(row.proof, about(ref)), copies: row.copies };
    },
    erase: async (ref) => void erase.run(ref),
  };
}

function flags(db: Db): Records["flags"] {
  const get = db.prepare<{ value: string }>("SELECT value FROM flags WHERE name = ?");
  const set = db.prepare(
    "INSERT INTO flags VALUES(?, ?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value, at = excluded.at",
  );
  const drop = db.prepare("DELETE FROM flags WHERE name = ?");
  return {
    get: async (name) => get.get(name)?.value,
    set: async (name, value, at) => void (value === undefined ? drop.run(name) : set.run(name, value, at)),
  };
}

function letters(db: Db, sealer: Sealer): Records["letters"] {
  const about = (chat: string) => `letters:${chat}`;
  const keep = db.prepare("INSERT INTO letters(chat, at, sealed) VALUES(?, ?, ?)");
  const list = db.prepare<{ at: number; sealed: string }>(
    "SELECT at, sealed FROM (SELECT id, at, sealed FROM letters WHERE chat = ? ORDER BY id DESC LIMIT ?) ORDER BY id",
  );
  const erase = db.prepare("DELETE FROM letters WHERE chat = ?");
  const prune = db.prepare("DELETE FROM letters WHERE at < ?");
  return {
    keep: async (chat, text, at) => void keep.run(chat, at, sealer.seal(text, about(chat))),
    list: async (chat, limit) =>
      list.all(chat, limit).map(({ at, sealed }) => ({ at, text: sealer.open(sealed, about(chat)) })),
    erase: async (chat) => void erase.run(chat),
    prune: async (before) => prune.run(before),
  };
}

function chats(db: Db): Records["chats"] {
  const gone = db.prepare("INSERT INTO gone_chats VALUES(?, ?) ON CONFLICT(chat) DO NOTHING");
  const here = db.prepare("DELETE FROM gone_chats WHERE chat = ?");
  const find = db.prepare<{ at: number }>("SELECT at FROM gone_chats WHERE chat = ?");
  return {
    markGone: async (chat, at) => void gone.run(chat, at),
    markHere: async (chat) => void here.run(chat),
    isGone: async (chat) => find.get(chat) !== undefined,
  };
}

function poison(db: Db, sealer: Sealer): Records["poison"] {
  const keep = db.prepare("INSERT INTO poison VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const prune = db.prepare("DELETE FROM poison WHERE at < ?");
  const list = db.prepare<{ chat: Poison["chat"]; inbound_id: string; why: string; at: number }>(
    "SELECT chat, inbound_id, why, at FROM poison ORDER BY at DESC LIMIT ?",
  );
  return {
    keep: async (chat, inboundId, body, why, at) =>
      void keep.run(chat, inboundId, sealer.seal(body, `poison:${chat}:${inboundId}`), why, at),
    prune: async (before) => prune.run(before),
    list: async (limit) =>
      list.all(limit).map((row) => ({ chat: row.chat, inboundId: row.inbound_id, why: row.why, at: row.at })),
  };
}
