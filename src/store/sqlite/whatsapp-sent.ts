import type { SentRoom } from "../../channels/whatsapp/rooms.ts";
import { ABOUT, PROGRESS } from "../rows/whatsapp.ts";
import type { Sealer } from "../sealing.ts";
import type { Db } from "./open.ts";

/** What was sent on WhatsApp, and how far it got. The table is made in whatsapp-rooms. */
export function sqliteWhatsappSent(db: Db, sealer: Sealer): SentRoom {
  const keep = db.prepare("INSERT INTO whatsapp_sent VALUES(?, ?, ?, 'kept', ?) ON CONFLICT(id) DO NOTHING");
  const find = db.prepare<{ sealed: string }>("SELECT sealed FROM whatsapp_sent WHERE id = ?");
  const progress = db.prepare<{ progress: string }>("SELECT progress FROM whatsapp_sent WHERE id = ?");
  const mark = db.prepare("UPDATE whatsapp_sent SET progress = ? WHERE id = ?");
  const prune = db.prepare("DELETE FROM whatsapp_sent WHERE at < ?");
  const erase = db.prepare("DELETE FROM whatsapp_sent WHERE chat = ?");
  const stepOf = (id: string) => PROGRESS.find((step) => step === progress.get(id)?.progress);
  return {
    keep: async ({ id, chat, message, at }) =>
      void keep.run(id, chat, at, sealer.seal(Buffer.from(message).toString("base64"), ABOUT.sent(id))),
    async find(id) {
      const row = find.get(id);
      return row === undefined ? undefined : Buffer.from(sealer.open(row.sealed, ABOUT.sent(id)), "base64");
    },
    async mark(id, next) {
      const now = stepOf(id);
      if (now !== undefined && PROGRESS.indexOf(now) < PROGRESS.indexOf(next)) mark.run(next, id);
    },
    progress: async (id) => stepOf(id),
    prune: async (before) => void prune.run(before),
    erase: async (chat) => void erase.run(chat),
  };
}
