import { randomBytes } from "node:crypto";
import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  Curve,
  derivePairingCodeKey,
  hkdf,
} from "@whiskeysockets/baileys";
import type { Books, Connection } from "./books.ts";
import { vouch } from "./pairing.ts";
import { present } from "./present.ts";
import { bytesOf, HOST, type Stanza, seconds, stanza } from "./stanza.ts";

/** A client that showed an eight-character code. The server never sees the code: phone and client know it alone. */
export interface LinkCode {
  readonly reference: Buffer;
  /** The client's ephemeral key under the code: salt (32), initialisation vector (16), key (32). */
  readonly wrapped: Buffer;
  /** What phone and client share, once the code was typed. */
  shared: Buffer | undefined;
}

const NAME = "link_code_companion_reg";

/** Both stages of the client; gives what the server answers to its query. */
export function onLinkCode(books: Books, connection: Connection, part: Stanza): Stanza[] {
  if (part.attrs.stage === "companion_hello") return hello(books, connection, part);
  finish(books, connection, part);
  return [];
}

/** The owner types the code on the phone. A wrong one is found out by the client, which cannot read the answer. */
export async function enterCode(books: Books, code: string): Promise<void> {
  const asking = [...books.connections].findLast((one) => one.pairing?.link !== undefined);
  if (asking === undefined) throw new Error("no client that is connected asked for a code");
  const link = present(asking.pairing?.link, "request for a code");
  const typed = code.replace(/[^A-Za-z0-9]/g, "").toUpperCase();
  const { wrapped } = link;
  const companion = aesDecryptCTR(
    wrapped.subarray(48, 80),
    await derivePairingCodeKey(typed, wrapped.subarray(0, 32)),
    wrapped.subarray(32, 48),
  );
  const ephemeral = Curve.generateKeyPair();
  link.shared = Curve.sharedKey(ephemeral.private, companion);
  const [salt, vector] = [randomBytes(32), randomBytes(16)];
  const sealed = aesEncryptCTR(ephemeral.public, await derivePairingCodeKey(typed, salt), vector);
  const attrs = { from: HOST, type: NAME, id: `link-${seconds()}`, t: seconds() };
  const content = [
    stanza("link_code_pairing_wrapped_primary_ephemeral_pub", {}, Buffer.concat([salt, vector, sealed])),
    stanza("primary_identity_pub", {}, books.shop.endpoint.creds.signedIdentityKey.public),
    stanza("link_code_pairing_ref", {}, link.reference),
  ];
  asking.send(stanza("notification", attrs, [stanza(NAME, { stage: "primary_hello" }, content)]));
}

function hello(books: Books, connection: Connection, part: Stanza): Stanza[] {
  const pairing = present(connection.pairing, "registration");
  const wrapped = bytesOf(part, "link_code_pairing_wrapped_companion_ephemeral_pub");
  pairing.link = { reference: randomBytes(16), wrapped, shared: undefined };
  books.changed();
  const reference = stanza("link_code_pairing_ref", {}, pairing.link.reference);
  return [stanza(NAME, { stage: "companion_hello" }, [reference])];
}

function finish(books: Books, connection: Connection, part: Stanza): void {
  const shared = present(connection.pairing?.link?.shared, "key exchange before companion_finish");
  const wrapped = bytesOf(part, "link_code_pairing_wrapped_key_bundle");
  const [salt, nonce, body] = [wrapped.subarray(0, 32), wrapped.subarray(32, 44), wrapped.subarray(44)];
  const info = "link_code_pairing_key_bundle_encryption_key";
  const key = Buffer.from(hkdf(shared, 32, { salt, info }));
  const plain = aesDecryptGCM(body, key, nonce, Buffer.alloc(0));
  const [identity, random] = [plain.subarray(0, 32), plain.subarray(64, 96)];
  const identities = Curve.sharedKey(books.shop.endpoint.creds.signedIdentityKey.private, identity);
  const secret = hkdf(Buffer.concat([shared, identities, random]), 32, { info: "adv_secret" });
  vouch(books, connection, Buffer.from(secret));
}
