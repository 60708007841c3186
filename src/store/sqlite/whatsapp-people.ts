import type { PeopleRoom } from "../../channels/whatsapp/rooms.ts";
import { ABOUT, newIdentity, placeOfAddress } from "../rows/whatsapp.ts";
import type { Sealer } from "../sealing.ts";
import type { Db } from "./open.ts";

/** Who writes on WhatsApp, and under which addresses. The tables are made in whatsapp-rooms. */
export function sqliteWhatsappPeople(db: Db, sealer: Sealer): PeopleRoom {
  const known = db.prepare<{ identity: string }>("SELECT identity FROM whatsapp_people WHERE place = ?");
  const add = db.prepare("INSERT INTO whatsapp_people VALUES(?, ?, ?) ON CONFLICT(place) DO NOTHING");
  const all = db.prepare<{ place: string; sealed: string }>(
    "SELECT place, sealed FROM whatsapp_people WHERE identity = ? ORDER BY rowid",
  );
  const place = (address: string) => placeOfAddress(sealer, address);
  const find = (addresses: readonly string[]) =>
    addresses.flatMap((address) => known.get(place(address))?.identity ?? [])[0];
  const answers = answering(db, sealer);
  return {
    identify: async (addresses, answer) =>
      db.transaction(() => {
        const identity = find(addresses) ?? newIdentity(sealer, addresses, answer);
        for (const address of addresses) {
          add.run(place(address), identity, sealer.seal(address, ABOUT.person(place(address))));
        }
        answers.put(identity, answer);
        return identity;
      }),
    known: async (addresses) => find(addresses),
    addresses: async (identity) => all.all(identity).map((row) => sealer.open(row.sealed, ABOUT.person(row.place))),
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
  const find = (identity: string) => {
    const row = get.get(identity);
    return row === undefined ? undefined : sealer.open(row.sealed, ABOUT.answer(identity));
  };
  const marked = (identity: string) => get.get(identity)?.answered === 1;
  return {
    find,
    marked,
    put(identity: string, answer: string) {
      if (find(identity) !== answer) put.run(identity, sealer.seal(answer, ABOUT.answer(identity)));
    },
    mark(identity: string) {
      if (!marked(identity)) mark.run(identity);
    },
  };
}
