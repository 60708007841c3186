import type { PeopleRoom } from "../../channels/whatsapp/rooms.ts";
import { ABOUT, newIdentity, placeOfAddress } from "../rows/whatsapp.ts";
import type { Sealer } from "../sealing.ts";
import type { Pg, Sql } from "./open.ts";

/** First half of the advisory locks of one address. Chosen once, at random. */
const IDENTIFYING = 1_730_052_988;

/** Who writes on WhatsApp, and under which addresses. The tables are made in whatsapp-rooms. */
export function postgresWhatsappPeople(pg: Pg, sealer: Sealer): PeopleRoom {
  const all = "SELECT place, sealed FROM whatsapp_people WHERE identity = $1 ORDER BY seq";
  const mark = "UPDATE whatsapp_answers SET answered = 1 WHERE identity = $1 AND answered = 0";
  return {
    async identify(addresses, answer) {
      const met = { addresses, answer, places: addresses.map((address) => placeOfAddress(sealer, address)) };
      // The usual message is of somebody who is known, at the address where he wrote last: nothing is written.
      const known = await find(pg, sealer, met.places);
      if (known?.isWhole && known.answer === answer) return known.identity;
      return pg.transaction((sql) => remember(sql, sealer, met));
    },
    async known(addresses) {
      const places = addresses.map((address) => placeOfAddress(sealer, address));
      return (await find(pg, sealer, places))?.identity;
    },
    async addresses(identity) {
      const rows = await pg.all<{ place: string; sealed: string }>(all, [identity]);
      return rows.map((row) => sealer.open(row.sealed, ABOUT.person(row.place)));
    },
    answerTo: async (identity) => {
      const row = await answersOf(pg, identity);
      return row === undefined ? undefined : sealer.open(row.sealed, ABOUT.answer(identity));
    },
    markAnswered: async (identity) => void (await pg.run(mark, [identity])),
    wasAnswered: async (identity) => (await answersOf(pg, identity))?.answered === 1,
  };
}

function answersOf(pg: Pg, identity: string) {
  return pg.get<{ sealed: string; answered: number }>(
    "SELECT sealed, answered FROM whatsapp_answers WHERE identity = $1",
    [identity],
  );
}

interface Known {
  readonly identity: string;
  /** Each of the addresses is somebody's. */
  readonly isWhole: boolean;
  readonly answer: string | undefined;
}

/** Whose the first address is that is known. */
async function find(sql: Sql, sealer: Sealer, places: readonly string[]): Promise<Known | undefined> {
  const rows = await sql.all<{ place: string; identity: string; answer: string | null }>(
    `SELECT p.place, p.identity, a.sealed AS answer FROM whatsapp_people p
     LEFT JOIN whatsapp_answers a ON a.identity = p.identity WHERE p.place = ANY(string_to_array($1, ','))`,
    [places.join(",")],
  );
  const first = places.flatMap((place) => rows.find((row) => row.place === place) ?? [])[0];
  if (first === undefined) return undefined;
  const { identity, answer } = first;
  return {
    identity,
    isWhole: places.every((place) => rows.some((row) => row.place === place)),
    answer: answer === null ? undefined : sealer.open(answer, ABOUT.answer(identity)),
  };
}

interface Met {
  readonly addresses: readonly string[];
  readonly answer: string;
  /** Of the addresses, in their order. */
  readonly places: readonly string[];
}

async function remember(sql: Sql, sealer: Sealer, { addresses, answer, places }: Met): Promise<string> {
  // Two messages of one person at once, each with another of his addresses, would make two people of him. Always in
  // the same order, so that nobody waits in a circle.
  await sql.all(
    `SELECT pg_advisory_xact_lock($2, one) FROM
       (SELECT DISTINCT hashtext(place) AS one FROM unnest(string_to_array($1, ',')) AS place ORDER BY one) AS sorted`,
    [places.join(","), IDENTIFYING],
  );
  const known = await find(sql, sealer, places);
  const identity = known?.identity ?? newIdentity(sealer, addresses, answer);
  for (const [at, address] of addresses.entries()) {
    const place = places[at] ?? "";
    await sql.run(
      "INSERT INTO whatsapp_people(place, identity, sealed) VALUES($1, $2, $3) ON CONFLICT(place) DO NOTHING",
      [place, identity, sealer.seal(address, ABOUT.person(place))],
    );
  }
  if (known?.answer !== answer) {
    await sql.run(
      `INSERT INTO whatsapp_answers(identity, sealed) VALUES($1, $2)
       ON CONFLICT(identity) DO UPDATE SET sealed = excluded.sealed`,
      [identity, sealer.seal(answer, ABOUT.answer(identity))],
    );
  }
  return identity;
}
