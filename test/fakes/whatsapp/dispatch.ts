import type { Books, Connection } from "./books.ts";
import { onBotMessage } from "./from-bot.ts";
import { onIq } from "./iq.ts";
import { onAck, onReceipt } from "./receipts.ts";
import { first, type Stanza, seconds, stanza, userOf } from "./stanza.ts";

/** Whatever the client says after its login. Presence and the like are taken in silence. */
export async function onStanza(books: Books, connection: Connection, of: Stanza): Promise<void> {
  switch (of.tag) {
    case "iq":
      return onIq(books, connection, of);
    case "message":
      return onBotMessage(books, connection, of);
    case "receipt":
      return onReceipt(books, connection, of);
    case "ack":
      return onAck(connection, of);
    case "chatstate":
      books.peers.get(userOf(of.attrs.to))?.states.push(first(of)?.tag ?? "");
      return;
    case "call":
      // The bot hangs up, and waits for this answer.
      return connection.send(stanza("ack", { class: "call", id: of.attrs.id, from: of.attrs.to, t: seconds() }));
  }
}
