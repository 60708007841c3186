import type { AuditEntry, Records, StoredProof } from "../../records/records.ts";
import type { Sealer } from "../sealing.ts";
import { migrate } from "./migrate.ts";
import type { Pg } from "./open.ts";
import { postgresStaff } from "./staff.ts";
import { migrateTasks, postgresTasks } from "./tasks.ts";

const STEPS = [
  `CREATE TABLE consents(chat text PRIMARY KEY, version text NOT NULL, at bigint NOT NULL);
CREATE TABLE audit(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at bigint NOT NULL, who text NOT NULL, what text NOT NULL,
  ref text NOT NULL, detail text NOT NULL);
CREATE TABLE proofs(ref text PRIMARY KEY, made_at bigint NOT NULL, proof text NOT NULL, copies integer NOT NULL DEFAULT 0);
CREATE TABLE flags(name text PRIMARY KEY, value text NOT NULL, at bigint NOT NULL);
CREATE TABLE gone_chats(chat text PRIMARY KEY, at bigint NOT NULL);
CREATE TABLE poison(
  chat text NOT NULL, inbound_id text NOT NULL, body text NOT NULL, why text NOT NULL, at bigint NOT NULL,
  PRIMARY KEY(chat, inbound_id));
CREATE TABLE letters(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, chat text NOT NULL, at bigint NOT NULL, sealed text NOT NULL);
CREATE INDEX letters_chat ON letters(chat, id);
CREATE INDEX letters_at ON letters(at);`,
];

type Poison = Awaited<ReturnType<Records["poison"]["list"]>>[number];

/** All else that must outlive the conversations, in PostgreSQL. Proofs and poison are sealed; chats are keys and are not. */
export async function postgresRecords({ pg, sealer }: { readonly pg: Pg; readonly sealer: Sealer }): Promise<Records> {
  await migrateTasks(pg);
  await migrate(pg, "records", STEPS);
  return {
    staff: await postgresStaff({ pg, sealer }),
    tasks: postgresTasks(pg),
    consents: consents(pg),
    audit: audit(pg),
    proofs: proofs(pg, sealer),
    flags: flags(pg),
    chats: chats(pg),
    letters: letters(pg, sealer),
    poison: poison(pg, sealer),
  };
}

function consents(pg: Pg): Records["consents"] {
  const give = `INSERT INTO consents VALUES($1, $2, $3)
    ON CONFLICT(chat) DO UPDATE SET version = excluded.version, at = excluded.at`;
  return {
    give: async (chat, version, at) => void (await pg.run(give, [chat, version, at])),
    given: (chat) =>
      pg.get<{ version: string; at: number }>("SELECT version, at FROM consents WHERE chat = $1", [chat]),
    withdraw: async (chat) => void (await pg.run("DELETE FROM consents WHERE chat = $1", [chat])),
  };
}

function audit(pg: Pg): Records["audit"] {
  const write = "INSERT INTO audit(at, who, what, ref, detail) VALUES($1, $2, $3, $4, $5)";
  const list = "SELECT at, who, what, ref, detail FROM audit ORDER BY id DESC LIMIT $1";
  return {
    write: async ({ at, who, what, ref, detail }) => void (await pg.run(write, [at, who, what, ref, detail])),
    list: (limit) => pg.all<AuditEntry>(list, [limit]),
  };
}

function proofs(pg: Pg, sealer: Sealer): Records["proofs"] {
  const about = (ref: string) => `proofs:${ref}`;
  const save = "INSERT INTO proofs(ref, made_at, proof) VALUES($1, $2, $3) ON CONFLICT(ref) DO NOTHING";
  const take = "UPDATE proofs SET copies = copies + 1 WHERE ref = $1 RETURNING ref, made_at, proof, copies";
  return {
    save: async (ref, proof, at) => void (await pg.run(save, [ref, at, sealer.seal(proof, about(ref))])),
    async take(ref) {
      const row = await pg.get<{ ref: StoredProof["ref"]; made_at: number; proof: string; copies: number }>(take, [
        ref,
      ]);
      if (row === undefined) return undefined;
      return { ref: row.ref, madeAt: row.made_at, proof: sealer.open(row.proof, about(ref)), copies: row.copies };
    },
    erase: async (ref) => void (await pg.run("DELETE FROM proofs WHERE ref = $1", [ref])),
  };
}

function flags(pg: Pg): Records["flags"] {
  const set = `INSERT INTO flags VALUES($1, $2, $3)
    ON CONFLICT(name) DO UPDATE SET value = excluded.value, at = excluded.at`;
  return {
    get: async (name) => (await pg.get<{ value: string }>("SELECT value FROM flags WHERE name = $1", [name]))?.value,
    async set(name, value, at) {
      if (value === undefined) await pg.run("DELETE FROM flags WHERE name = $1", [name]);
      else await pg.run(set, [name, value, at]);
    },
  };
}

function letters(pg: Pg, sealer: Sealer): Records["letters"] {
  const about = (chat: string) => `letters:${chat}`;
  const keep = "INSERT INTO letters(chat, at, sealed) VALUES($1, $2, $3)";
  const list = `SELECT at, sealed FROM
    (SELECT id, at, sealed FROM letters WHERE chat = $1 ORDER BY id DESC LIMIT $2) AS last ORDER BY id`;
  return {
    keep: async (chat, text, at) => void (await pg.run(keep, [chat, at, sealer.seal(text, about(chat))])),
    async list(chat, limit) {
      const rows = await pg.all<{ at: number; sealed: string }>(list, [chat, limit]);
      return rows.map(({ at, sealed }) => ({ at, text: sealer.open(sealed, about(chat)) }));
    },
    erase: async (chat) => void (await pg.run("DELETE FROM letters WHERE chat = $1", [chat])),
    prune: (before) => pg.run("DELETE FROM letters WHERE at < $1", [before]),
  };
}

function chats(pg: Pg): Records["chats"] {
  const gone = "INSERT INTO gone_chats VALUES($1, $2) ON CONFLICT(chat) DO NOTHING";
  return {
    markGone: async (chat, at) => void (await pg.run(gone, [chat, at])),
    markHere: async (chat) => void (await pg.run("DELETE FROM gone_chats WHERE chat = $1", [chat])),
    isGone: async (chat) => (await pg.get("SELECT at FROM gone_chats WHERE chat = $1", [chat])) !== undefined,
  };
}

function poison(pg: Pg, sealer: Sealer): Records["poison"] {
  const keep = "INSERT INTO poison VALUES($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
  const list = "SELECT chat, inbound_id, why, at FROM poison ORDER BY at DESC LIMIT $1";
  return {
    async keep(chat, inboundId, body, why, at) {
      await pg.run(keep, [chat, inboundId, sealer.seal(body, `poison:${chat}:${inboundId}`), why, at]);
    },
    prune: (before) => pg.run("DELETE FROM poison WHERE at < $1", [before]),
    async list(limit) {
      const rows = await pg.all<{ chat: Poison["chat"]; inbound_id: string; why: string; at: number }>(list, [limit]);
      return rows.map((row) => ({ chat: row.chat, inboundId: row.inbound_id, why: row.why, at: row.at }));
    },
  };
}
