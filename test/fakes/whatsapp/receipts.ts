import type { Books, Connection, Message, Peer } from "./books.ts";
import { alone } from "./lock.ts";
import { present } from "./present.ts";
import { give, receiptKey } from "./queue.ts";
import { first, inside, type Stanza, seconds, stanza, userOf } from "./stanza.ts";
import { resend } from "./to-bot.ts";

/** The bot has a message, has read it, or cannot decrypt it. What it has is not sent again. */
export async function onReceipt(books: Books, connection: Connection, receipt: Stanza): Promise<void> {
  const { id = "", to, type, participant } = receipt.attrs;
  connection.send(stanza("ack", { class: "receipt", id, from: to, type }));
  const device = present(connection.device, "login before its receipt");
  const ids = [id, ...inside(first(receipt, "list"), "item").flatMap(({ attrs }) => attrs.id ?? [])];
  const peer = books.peers.get(userOf(participant ?? to));
  for (const one of ids) peer?.receipts.push({ id: one, type: type ?? "delivered" });
  if (type === "retry") return resend(books, device, receipt);
  for (const one of ids) device.queue.delete(`message ${one}`);
}

/**
 * The bot has taken note of something. A refusal of a message ends its way too, unless the bot has asked for it again:
 * then it refuses the damaged one alone.
 */
export function onAck(connection: Connection, ack: Stanza): void {
  const { class: of = "", id = "", type, error } = ack.attrs;
  const device = connection.device;
  if (error !== undefined && (device?.sent.get(id)?.retries ?? 0) > 0) return;
  device?.queue.delete(of === "receipt" ? receiptKey(id, type) : `${of} ${id}`);
}

/** Tells the bot what became of its message. */
export function confirm(books: Books, message: Pick<Message, "id" | "to">, type?: "read"): void {
  const receipt = stanza("receipt", { from: message.to, id: message.id, t: seconds(), type });
  for (const device of books.devices.values()) give(device, receiptKey(message.id, type), receipt);
}

/** Asks the bot for its message once more, with keys for a new session. */
export async function askAgain(
  books: Books,
  peer: Peer,
  { id, to }: { readonly id: string; readonly to: string },
): Promise<void> {
  const count = (peer.asked.get(id) ?? 0) + 1;
  peer.asked.set(id, count);
  const { registration, type, identity, preKey, signedPreKey } = await alone(() => peer.endpoint.bundle());
  const retry = stanza("retry", { count: String(count), id, t: seconds(), v: "1" });
  const keys = stanza("keys", {}, [type, identity, preKey, signedPreKey]);
  const receipt = stanza("receipt", { from: to, id, t: seconds(), type: "retry" }, [retry, registration, keys]);
  for (const device of books.devices.values()) give(device, receiptKey(id, "retry"), receipt);
}
