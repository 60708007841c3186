import { deflateSync } from "node:zlib";
import { proto } from "@whiskeysockets/baileys";
import type { Books, Message } from "./books.ts";
import { scanQr } from "./pairing.ts";
import { enterCode } from "./pairing-code.ts";
import type { Person } from "./person.ts";
import { HOST, LID, stanza } from "./stanza.ts";
import { deliver, newId } from "./to-bot.ts";

/** The shop owner's phone, to which the program under test is linked as a device. */
export interface Phone {
  readonly pn: string;
  /** Points the camera at a QR code, given as its text. Resolves once the client is linked (and has to log in anew). */
  scan(qr: string): Promise<void>;
  /** Types the eight characters that the client shows; rejects if they are not those. */
  enter(code: string): Promise<void>;
  /** The owner himself writes to somebody, in the same chat as the bot. Gives the id. */
  say(to: Person, text: string): Promise<string>;
  /** What the bot wrote, to whomever, as this phone shows it. */
  copies(): readonly Message[];
  /** The numbers of the linked devices. */
  devices(): readonly number[];
  /** Logs every linked device out. */
  remove(): void;
  /** What a phone sends after a new device was linked: the chats so far, here none. */
  history(): Promise<string>;
}

export function makePhone(books: Books): Phone {
  const { shop } = books;
  return {
    pn: shop.pn ?? "",
    async scan(qr) {
      const linked = books.nextDevice;
      scanQr(books, qr);
      await books.reached(() => books.nextDevice > linked);
    },
    async enter(code) {
      const linked = books.nextDevice;
      const link = await enterCode(books, code);
      await books.reached(() => books.nextDevice > linked || link.wrong);
      if (link.wrong) throw new Error("the phone says: could not link this device, check the code");
    },
    say: (to, text) => typed(books, to, text),
    copies: () => [...shop.chat],
    devices: () => [...books.devices.keys()],
    remove() {
      const removed = stanza("conflict", { type: "device_removed" });
      for (const { connection } of books.devices.values()) {
        connection?.send(stanza("stream:error", { code: "401" }, [removed]));
        connection?.close();
      }
      books.devices.clear();
      books.changed();
    },
    history: () => bootstrap(books),
  };
}

async function typed(books: Books, { peer }: Person, text: string): Promise<string> {
  const { shop } = books;
  const asLid = peer.jid.endsWith(LID);
  const content = { deviceSentMessage: { destinationJid: peer.jid, message: { conversation: text } } };
  const id = newId();
  const shown = {
    id,
    at: books.nextMessage++,
    from: "phone",
    to: peer.jid,
    text,
    content,
    times: 1,
    read: false,
  } as const;
  peer.chat.push({ ...shown });
  const number = peer.pn === undefined || peer.hidesNumber ? undefined : `${peer.pn}${HOST}`;
  const attrs = {
    from: asLid ? `${shop.lid}${LID}` : `${shop.pn}${HOST}`,
    addressing_mode: asLid ? "lid" : "pn",
    recipient: peer.jid,
    sender_pn: undefined,
    sender_lid: undefined,
    peer_recipient_pn: asLid ? number : undefined,
  };
  return deliver(books, shop, { id, content, attrs });
}

function bootstrap(books: Books): Promise<string> {
  const { INITIAL_BOOTSTRAP: syncType } = proto.HistorySync.HistorySyncType;
  const history = proto.HistorySync.encode({ syncType, conversations: [] }).finish();
  const historySyncNotification = { syncType, initialHistBootstrapInlinePayload: deflateSync(history) };
  const { HISTORY_SYNC_NOTIFICATION: type } = proto.Message.ProtocolMessage.Type;
  const content = { protocolMessage: { type, historySyncNotification } };
  const from = `${books.shop.pn}${HOST}`;
  const attrs = { from, category: "peer", addressing_mode: "pn", sender_pn: undefined, sender_lid: undefined };
  return deliver(books, books.shop, { content, attrs });
}
