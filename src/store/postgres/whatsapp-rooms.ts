import type { KeyRoom, KeyRow, OpenedRoom, Rooms } from "../../channels/whatsapp/rooms.ts";
import { ABOUT, placeOfKey } from "../rows/whatsapp.ts";
import type { Sealer } from "../sealing.ts";
import { migrate } from "./migrate.ts";
import type { Pg, Sql } from "./open.ts";
import { postgresWhatsappPeople } from "./whatsapp-people.ts";
import { postgresWhatsappSent } from "./whatsapp-sent.ts";

const STEPS = [
  `CREATE TABLE whatsapp_creds(one integer PRIMARY KEY CHECK(one = 1), sealed text NOT NULL);
CREATE TABLE whatsapp_keys(place text PRIMARY KEY, sealed text NOT NULL);
CREATE TABLE whatsapp_opened(mark text PRIMARY KEY, at bigint NOT NULL, sealed text NOT NULL);
CREATE INDEX whatsapp_opened_at ON whatsapp_opened(at);
CREATE TABLE whatsapp_sent(
  id text PRIMARY KEY, chat text NOT NULL, at bigint NOT NULL, progress text NOT NULL, sealed text NOT NULL);
CREATE INDEX whatsapp_sent_at ON whatsapp_sent(at);
CREATE INDEX whatsapp_sent_chat ON whatsapp_sent(chat);
CREATE TABLE whatsapp_people(
  seq bigint GENERATED ALWAYS AS IDENTITY, place text PRIMARY KEY, identity text NOT NULL, sealed text NOT NULL);
CREATE INDEX whatsapp_people_identity ON whatsapp_people(identity, seq);
CREATE TABLE whatsapp_answers(
  identity text PRIMARY KEY, sealed text NOT NULL, answered integer NOT NULL DEFAULT 0);`,
];

/** What a linked WhatsApp number needs to outlive the program, in PostgreSQL. One process at a time drives the number. */
export async function postgresWhatsappRooms(pg: Pg, sealer: Sealer): Promise<Rooms> {
  await migrate(pg, "whatsapp", STEPS);
  return {
    keys: keyRoom(pg, sealer),
    opened: openedRoom(pg, sealer),
    sent: postgresWhatsappSent(pg, sealer),
    people: postgresWhatsappPeople(pg, sealer),
  };
}

function keyRoom(pg: Pg, sealer: Sealer): KeyRoom {
  const inTurn = makeTurns();
  const putCreds = "INSERT INTO whatsapp_creds VALUES(1, $1) ON CONFLICT(one) DO UPDATE SET sealed = excluded.sealed";
  return {
    async load() {
      const creds = await pg.get<{ sealed: string }>("SELECT sealed FROM whatsapp_creds");
      const rows = await pg.all<{ place: string; sealed: string }>("SELECT place, sealed FROM whatsapp_keys");
      return {
        creds: creds === undefined ? undefined : sealer.open(creds.sealed, ABOUT.creds),
        rows: rows.map((row) => JSON.parse(sealer.open(row.sealed, ABOUT.key(row.place))) as KeyRow),
      };
    },
    saveCreds: (text) => inTurn(async () => void (await pg.run(putCreds, [sealer.seal(text, ABOUT.creds)]))),
    async saveRows(rows) {
      // Sealed before it waits: what the caller does with its rows meanwhile changes nothing.
      const changed = changesOf(sealer, rows);
      await inTurn(() => pg.transaction((sql) => write(sql, changed)));
    },
    clear: () =>
      inTurn(() =>
        pg.transaction(async (sql) => {
          for (const table of ["creds", "keys", "opened"]) await sql.run(`DELETE FROM whatsapp_${table}`);
        }),
      ),
  };
}

/** Each begins when the one before has ended, however that ended: two connections would not keep their order. */
function makeTurns(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
}

interface KeyChanges {
  readonly put: readonly { readonly place: string; readonly sealed: string }[];
  readonly drop: readonly string[];
}

/** Of one key that comes twice, the last holds. */
function changesOf(sealer: Sealer, rows: readonly KeyRow[]): KeyChanges {
  const last = new Map(rows.map((row) => [placeOfKey(sealer, row), row]));
  const put = [...last].flatMap(([place, row]) =>
    row.value === null ? [] : [{ place, sealed: sealer.seal(JSON.stringify(row), ABOUT.key(place)) }],
  );
  return { put, drop: [...last].flatMap(([place, row]) => (row.value === null ? [place] : [])) };
}

/** Many rows as one value: a sender key for a crowd is hundreds of them. */
async function write(sql: Sql, { put, drop }: KeyChanges): Promise<void> {
  if (put.length > 0) {
    await sql.run(
      `INSERT INTO whatsapp_keys SELECT place, sealed FROM json_to_recordset($1::json) AS r(place text, sealed text)
       ON CONFLICT(place) DO UPDATE SET sealed = excluded.sealed`,
      [JSON.stringify(put)],
    );
  }
  if (drop.length > 0) {
    await sql.run("DELETE FROM whatsapp_keys WHERE place IN (SELECT value FROM json_array_elements_text($1::json))", [
      JSON.stringify(drop),
    ]);
  }
}

function openedRoom(pg: Pg, sealer: Sealer): OpenedRoom {
  // In one statement, as each message waits for it. One that is too old counts as gone already.
  const keep = `WITH old AS (DELETE FROM whatsapp_opened WHERE at < $4 AND mark <> $1)
    INSERT INTO whatsapp_opened VALUES($1, $2, $3) ON CONFLICT(mark)
    DO UPDATE SET at = excluded.at, sealed = excluded.sealed WHERE whatsapp_opened.at < $4`;
  return {
    async keep(mark, plain, at, since) {
      const sealed = sealer.seal(Buffer.from(plain).toString("base64"), ABOUT.opened(mark));
      await pg.run(keep, [mark, at, sealed, since]);
    },
    async find(mark) {
      const find = "SELECT sealed FROM whatsapp_opened WHERE mark = $1";
      const row = await pg.get<{ sealed: string }>(find, [mark]);
      return row === undefined ? undefined : Buffer.from(sealer.open(row.sealed, ABOUT.opened(mark)), "base64");
    },
    prune: async (before) => void (await pg.run("DELETE FROM whatsapp_opened WHERE at < $1", [before])),
  };
}
