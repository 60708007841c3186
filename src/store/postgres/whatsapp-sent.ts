import type { Progress, SentRoom } from "../../channels/whatsapp/rooms.ts";
import { ABOUT, PROGRESS } from "../rows/whatsapp.ts";
import type { Sealer } from "../sealing.ts";
import type { Pg } from "./open.ts";

/** What was sent on WhatsApp, and how far it got. The table is made in whatsapp-rooms. */
export function postgresWhatsappSent(pg: Pg, sealer: Sealer): SentRoom {
  const keep = "INSERT INTO whatsapp_sent VALUES($1, $2, $3, 'kept', $4) ON CONFLICT(id) DO NOTHING";
  const find = "SELECT sealed FROM whatsapp_sent WHERE id = $1";
  const mark = "UPDATE whatsapp_sent SET progress = $1 WHERE id = $2 AND progress = ANY(string_to_array($3, ','))";
  return {
    async keep({ id, chat, message, at }) {
      const sealed = sealer.seal(Buffer.from(message).toString("base64"), ABOUT.sent(id));
      await pg.run(keep, [id, chat, at, sealed]);
    },
    async find(id) {
      const row = await pg.get<{ sealed: string }>(find, [id]);
      return row === undefined ? undefined : Buffer.from(sealer.open(row.sealed, ABOUT.sent(id)), "base64");
    },
    mark: async (id, next) => void (await pg.run(mark, [next, id, before(next).join(",")])),
    async progress(id) {
      const row = await pg.get<{ progress: string }>("SELECT progress FROM whatsapp_sent WHERE id = $1", [id]);
      return PROGRESS.find((step) => step === row?.progress);
    },
    prune: async (at) => void (await pg.run("DELETE FROM whatsapp_sent WHERE at < $1", [at])),
    erase: async (chat) => void (await pg.run("DELETE FROM whatsapp_sent WHERE chat = $1", [chat])),
  };
}

function before(next: Progress): readonly string[] {
  return PROGRESS.slice(0, PROGRESS.indexOf(next));
}
