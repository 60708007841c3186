import type { Books, Peer } from "./books.ts";
import { bytes, first, HOST, inside, LID, type Stanza, stanza, userOf } from "./stanza.ts";

/** Who is on WhatsApp, with which devices, under which LID. */
export function onUsync(books: Books, iq: Stanza): Stanza[] {
  const usync = first(iq, "usync");
  const asked = inside(first(usync, "query")).map(({ tag }) => tag);
  const users = inside(first(usync, "list")).map((user) => describe(books, user, asked));
  const attrs = { index: "0", last: "true", sid: usync?.attrs.sid };
  return [stanza("usync", attrs, [stanza("list", {}, users)])];
}

function describe(books: Books, user: Stanza, asked: readonly string[]): Stanza {
  const phone = bytes(first(user, "contact"))?.toString();
  const jid = user.attrs.jid ?? (phone === undefined ? undefined : `${phone.replace("+", "")}${HOST}`);
  const peer = books.peers.get(userOf(jid));
  const content: Stanza[] = [];
  if (asked.includes("contact")) content.push(stanza("contact", { type: peer === undefined ? "out" : "in" }));
  if (peer !== undefined && asked.includes("devices")) content.push(devicesOf(books, peer));
  const named = peer?.lid !== undefined && jid?.endsWith(HOST) === true;
  if (named && asked.includes("lid")) content.push(stanza("lid", { val: `${peer.lid}${LID}` }));
  return stanza("user", { jid }, content);
}

/** The phone is number 0; a companion counts only with its key index. */
function devicesOf(books: Books, peer: Peer): Stanza {
  const linked = peer === books.shop ? [...books.devices.keys()] : [];
  const companions = linked.map((number) => stanza("device", { id: String(number), "key-index": String(number) }));
  return stanza("devices", {}, [stanza("device-list", {}, [stanza("device", { id: "0" }), ...companions])]);
}
