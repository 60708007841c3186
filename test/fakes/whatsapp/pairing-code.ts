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
  /** The code that was typed is not the one that the client showed. */
  wrong: boolean;
}

const NAME = "link_code_companion_reg";

/** Both stages of the client; gives what the server answers to its query. */
export function onLinkCode(books: Books, connection: Connection, part: Stanza): Stanza[] {
  if (part.attrs.stage === "companion_hello") return hello(books, connection, part);
  finish(books, connection, part);
  return [];
}

/** The owner types the code on the phone, once a client asked for one. Whether it was the right one shows only when the client answers. */
export async function enterCode(books: Books, code: string): Promise<LinkCode> {
  const newest = () => [...books.connections].findLast((one) => one.pairing?.link !== undefined);
  await books.reached(() => newest() !== undefined);
  const asking = present(newest(), "request for a code");
  const link = present(asking.pairing?.link, "request for a code");
  link.wrong = false;
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
  return link;
}

function hello(books: Books, connection: Connection, part: Stanza): Stanza[] {
  const pairing = present(connection.pairing, "registration");
  const wrapped = bytesOf(part, "link_code_pairing_wrapped_companion_ephemeral_pub");
  pairing.link = { reference: randomBytes(16), wrapped, shared: undefined, wrong: false };
  books.changed();
  const reference = stanza("link_code_pairing_ref", {}, pairing.link.reference);
  return [stanza(NAME, { stage: "companion_hello" }, [reference])];
}

function finish(books: Books, connection: Connection, part: Stanza): void {
  const link = present(connection.pairing?.link, "companion_hello before companion_finish");
  const shared = present(link.shared, "companion_finish after the phone's answer");
  const wrapped = bytesOf(part, "link_code_pairing_wrapped_key_bundle");
  const [salt, nonce, body] = [wrapped.subarray(0, 32), wrapped.subarray(32, 44), wrapped.subarray(44)];
  const info = "link_code_pairing_key_bundle_encryption_key";
  const key = Buffer.from(hkdf(shared, 32, { salt, info }));
  const plain = openedWith(key, { nonce, body });
  if (plain === undefined) {
    link.wrong = true;
    books.changed();
    return;
  }
  const [identity, random] = [plain.subarray(0, 32), plain.subarray(64, 96)];
  const identities = Curve.sharedKey(books.shop.endpoint.creds.signedIdentityKey.private, identity);
  const secret = hkdf(Buffer.concat([shared, identities, random]), 32, { info: "adv_secret" });
  vouch(books, connection, Buffer.from(secret));
}

/** Undefined if that is not the key. */
function openedWith(key: Buffer, { nonce, body }: { readonly nonce: Buffer; readonly body: Buffer }) {
  try {
    return aesDecryptGCM(body, key, nonce, Buffer.alloc(0));
  } catch {
    return undefined;
  }
}
