import type { PeopleRoom } from "../../channels/whatsapp/rooms.ts";
import type { Sealer } from "../sealing.ts";
import type { Db } from "./open.ts";

/** Long enough that no two people have the same. */
const NAME = 16;

/** Who writes on WhatsApp, and under which addresses. The tables are made in whatsapp-rooms. */
export function sqliteWhatsappPeople(db: Db, sealer: Sealer): PeopleRoom {
  const known = db.prepare<{ identity: string }>("SELECT identity FROM whatsapp_people WHERE place = ?");
  const add = db.prepare("INSERT INTO whatsapp_people VALUES(?, ?, ?) ON CONFLICT(place) DO NOTHING");
  const all = db.prepare<{ place: string; sealed: string }>(
    "SELECT place, sealed FROM whatsapp_people WHERE identity = ? ORDER BY rowid",
  );
  const place = (address: string) => sealer.index(`whatsapp-address:${address}`);
  const about = (of: string) => `whatsapp_people:${of}`;
  const find = (addresses: readonly string[]) =>
    addresses.flatMap((address) => known.get(place(address))?.identity ?? [])[0];
  const answers = answering(db, sealer);
  return {
    identify: async (addresses, answer) =>
      db.transaction(() => {
        // A hidden address is the better name: it stays when the number changes.
        const first = addresses.find((address) => address.endsWith("@lid")) ?? answer;
        const identity = find(addresses) ?? place(first).slice(0, NAME);
        for (const address of addresses) add.run(place(address), identity, sealer.seal(address, about(place(address))));
        answers.put(identity, answer);
        return identity;
      }),
    known: async (addresses) => find(addresses),
    addresses: async (identity) => all.all(identity).map((row) => sealer.open(row.sealed, about(row.place))),
    answerTo: async (identity) => answers.find(identity),
    markAnswered: async (identity) => answers.mark(identity),
    wasAnswered: async (identity) => answers.marked(identity),
  };
}

function answering(db: Db, sealer: Sealer) {
  const put = db.prepare(
    "INSERT INTO whatsapp_answers(identity, sealed) VALUES(?, ?) ON CONFLICT(identity) DO UPDATE SET sealed = excluded.sealed",
  );
  const get = db.prepare<{ sealed: string; answered: number }>("SELECT * FROM whatsapp_answers WHERE identity = ?");
  const mark = db.prepare("UPDATE whatsapp_answers SET answered = 1 WHERE identity = ?");
  const about = (identity: string) => `whatsapp_answers:${identity}`;
  const find = (identity: string) => {
    const row = get.get(identity);
    return row === undefined ? undefined : sealer.open(row.sealed, about(identity));
  };
  const marked = (identity: string) => get.get(identity)?.answered === 1;
  return {
    find,
    marked,
    put(identity: string, answer: string) {
      if (find(identity) !== answer) put.run(identity, sealer.seal(answer, about(identity)));
    },
    mark(identity: string) {
      if (!marked(identity)) mark.run(identity);
    },
  };
}
