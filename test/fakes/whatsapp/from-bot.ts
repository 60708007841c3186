import { proto, unpadRandomMax16 } from "@whiskeysockets/baileys";
import type { Books, Connection, Device, Message, Peer } from "./books.ts";
import { takeFault } from "./faults.ts";
import { alone } from "./lock.ts";
import { present } from "./present.ts";
import { askAgain, confirm } from "./receipts.ts";
import { normal, readFile, readText } from "./shown.ts";
import { bytes, first, HOST, inside, type Stanza, seconds, stanza, userOf } from "./stanza.ts";

/** One copy of a message of the bot, for one of its receivers. */
interface Copy {
  readonly peer: Peer;
  readonly id: string;
  readonly to: string;
  readonly enc: Stanza;
}

/** Takes the bot's message, hands a copy to each receiver, and says so. */
export async function onBotMessage(books: Books, connection: Connection, message: Stanza): Promise<void> {
  const device = present(connection.device, "login before its message");
  const { id = "", to = "" } = message.attrs;
  const nack = takeFault(books, "nack");
  const error = nack === undefined ? undefined : String(nack.code);
  // Who blocks the bot when the server takes its message never gets it.
  const copies = copiesOf(books, message).filter(({ peer }) => !peer.blocks);
  connection.send(stanza("ack", { class: "message", id, from: to, t: seconds(), error }));
  if (error !== undefined) return;
  for (const copy of copies) {
    const arrive = () => arrives(books, device, copy);
    if (copy.peer.away) copy.peer.waiting.push(() => void arrive());
    else await arrive();
  }
}

/** A message goes to each device by itself; one that is sent again goes to one device alone. */
function copiesOf(books: Books, message: Stanza): readonly Copy[] {
  const { id = "", to = "" } = message.attrs;
  const addressed = inside(first(message, "participants"), "to").flatMap((one) =>
    inside(one, "enc").map((enc) => ({ jid: one.attrs.jid, enc })),
  );
  const alone = inside(message, "enc").map((enc) => ({ jid: to, enc }));
  return [...addressed, ...alone].flatMap(({ jid, enc }) => {
    const peer = books.peers.get(userOf(jid));
    return peer === undefined ? [] : [{ peer, id, to: to.replace(/:\d+@/, "@"), enc }];
  });
}

async function arrives(books: Books, device: Device, copy: Copy): Promise<void> {
  const { peer, id, to } = copy;
  const content = await opened(books, device, copy);
  if (content === undefined) return askAgain(books, peer, { id, to });
  const [inner, chat] = content.deviceSentMessage?.message
    ? [content.deviceSentMessage.message, content.deviceSentMessage.destinationJid ?? to]
    : [content, to];
  await show(books, peer, { id, to: chat, content: normal(inner) });
  if (peer !== books.shop) confirm(books, { id, to });
  books.changed();
}

/** Undefined if it cannot be decrypted. */
async function opened(books: Books, device: Device, { peer, enc }: Copy): Promise<proto.Message | undefined> {
  if (peer.undecryptable > 0) {
    peer.undecryptable--;
    return undefined;
  }
  const type = enc.attrs.type === "pkmsg" ? "pkmsg" : "msg";
  const ciphertext = present(bytes(enc), "ciphertext");
  const jid = `${books.shop.pn}:${device.number}${HOST}`;
  try {
    const plain = await alone(() => peer.endpoint.repository.decryptMessage({ jid, type, ciphertext }));
    return proto.Message.decode(unpadRandomMax16(plain));
  } catch (cause) {
    books.errors.push(new Error(`${peer.name} cannot decrypt a message of the bot`, { cause }));
    return undefined;
  }
}

type Content = Pick<Message, "id" | "to" | "content">;

/** The screen shows each id once, edits and revocations on the message that they are about. */
async function show(books: Books, peer: Peer, { id, to, content }: Content): Promise<void> {
  const again = peer.chat.find((one) => one.id === id);
  if (again !== undefined) {
    again.times++;
    return;
  }
  const about = content.protocolMessage;
  const place = peer.chat.findIndex((one) => one.id === about?.key?.id);
  const old = peer.chat[place];
  if (about && old !== undefined) {
    if (about.editedMessage) old.text = readText(normal(about.editedMessage));
    else peer.chat.splice(place, 1);
    return;
  }
  const file = await readFile(books, content);
  const shown = { id, to, content, at: books.nextMessage++, from: "bot", text: readText(content) } as const;
  peer.chat.push({ ...shown, ...(file === undefined ? {} : { file }), times: 1, read: false });
}
