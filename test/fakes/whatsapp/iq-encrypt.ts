import type { Books, Connection, PreKey } from "./books.ts";
import { alone } from "./lock.ts";
import { present } from "./present.ts";
import { bytesOf, first, inside, type Stanza, stanza, userOf } from "./stanza.ts";

/** The store of public keys: the client uploads its own, and fetches those of the people to whom it writes first. */
export async function onEncryptQuery(books: Books, connection: Connection, iq: Stanza): Promise<Stanza[] | undefined> {
  const part = first(iq);
  if (iq.attrs.type === "set") {
    const device = present(connection.device, "login before its keys");
    device.preKeys.push(...inside(first(iq, "list"), "key").map(readPreKey));
    return undefined;
  }
  if (part?.tag === "count") {
    return [stanza("count", { value: String(present(connection.device, "login").preKeys.length) })];
  }
  if (part?.tag === "digest") return [stanza("digest")];
  if (part?.tag !== "key") return undefined;
  const users: Stanza[] = [];
  for (const { attrs } of inside(part, "user")) users.push(await bundleOf(books, attrs.jid));
  return [stanza("list", {}, users)];
}

async function bundleOf(books: Books, jid: string | undefined): Promise<Stanza> {
  const peer = books.peers.get(userOf(jid));
  if (peer === undefined) return stanza("user", { jid }, [stanza("error", { code: "404", text: "item-not-found" })]);
  const { registration, type, identity, signedPreKey, preKey } = await alone(() => peer.endpoint.bundle());
  return stanza("user", { jid }, [registration, type, identity, signedPreKey, preKey]);
}

function readPreKey(key: Stanza): PreKey {
  return { keyId: bytesOf(key, "id").readUIntBE(0, 3), publicKey: bytesOf(key, "value") };
}
