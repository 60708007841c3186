import { Curve, hmacSign, proto, WA_ADV_ACCOUNT_SIG_PREFIX, WA_ADV_DEVICE_SIG_PREFIX } from "@whiskeysockets/baileys";
import type { Books, Connection } from "./books.ts";
import type { LinkCode } from "./pairing-code.ts";
import { present } from "./present.ts";
import { isSignedBy } from "./signature.ts";
import { bytesOf, first, HOST, LID, type Stanza, seconds, stanza } from "./stanza.ts";

/** A client that is not linked yet. */
export interface Pairing {
  readonly registration: number;
  readonly identity: Buffer;
  readonly signedPreKey: { readonly keyId: number; readonly publicKey: Buffer; readonly signature: Buffer };
  /** Once it asked for an eight-character code. */
  link: LinkCode | undefined;
  /** What the phone has signed for it, until it signs too. */
  details: Uint8Array | undefined;
}

export function readPairing(data: proto.ClientPayload.IDevicePairingRegistrationData): Pairing {
  const read = (bytes: Uint8Array | null | undefined, what: string) => Buffer.from(present(bytes, what));
  const publicKey = read(data.eSkeyVal, "signed prekey");
  return {
    registration: read(data.eRegid, "registration id").readUInt32BE(0),
    identity: read(data.eIdent, "identity"),
    signedPreKey: {
      keyId: read(data.eSkeyId, "signed prekey's id").readUIntBE(0, 3),
      publicKey,
      signature: read(data.eSkeySig, "signed prekey's signature"),
    },
    link: undefined,
    details: undefined,
  };
}

/**
 * The phone vouches for a companion: it signs the companion's identity, and proves with the secret, which it has from
 * the QR code or from the code exchange, that it is the phone that was meant.
 */
export function vouch(books: Books, connection: Connection, secret: Buffer): void {
  const pairing = present(connection.pairing, "registration");
  const { shop, nextDevice: number } = books;
  const { signedIdentityKey: account } = shop.endpoint.creds;
  const details = proto.ADVDeviceIdentity.encode({
    rawId: 1_234_567,
    timestamp: Number(seconds()),
    keyIndex: number,
    accountType: proto.ADVEncryptionType.E2EE,
    deviceType: proto.ADVEncryptionType.E2EE,
  }).finish();
  const message = Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, pairing.identity]);
  const accountSignature = Curve.sign(account.private, message);
  const signed = proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: account.public,
    accountSignature,
  });
  const sealed = signed.finish();
  const outer = { details: sealed, hmac: hmacSign(Buffer.from(sealed), secret) };
  pairing.details = details;
  const success = stanza("pair-success", {}, [
    stanza("device-identity", {}, proto.ADVSignedDeviceIdentityHMAC.encode(outer).finish()),
    stanza("biz", { name: shop.name }),
    stanza("platform", { name: "android" }),
    stanza("device", { jid: `${shop.pn}:${number}${HOST}`, lid: `${shop.lid}:${number}${LID}` }),
  ]);
  const attrs = { from: HOST, type: "set", id: `pair-${number}`, xmlns: "md", t: seconds() };
  connection.send(stanza("iq", attrs, [success]));
}

/** The companion signs too: from here on it is a linked device. It has to connect again. */
export function finishPairing(books: Books, connection: Connection, sign: Stanza): void {
  const pairing = present(connection.pairing, "registration");
  const details = present(pairing.details, "pair-success before its signature");
  const answer = proto.ADVSignedDeviceIdentity.decode(bytesOf(sign, "device-identity"));
  const account = books.shop.endpoint.creds.signedIdentityKey.public;
  const message = Buffer.concat([WA_ADV_DEVICE_SIG_PREFIX, details, pairing.identity, account]);
  if (!isSignedBy(pairing.identity, message, present(answer.deviceSignature, "device signature"))) {
    throw new Error("the companion's signature is not the one of its identity");
  }
  const number = books.nextDevice++;
  books.devices.set(number, {
    number,
    noiseKey: connection.noiseKey,
    identity: pairing.identity,
    registration: pairing.registration,
    signedPreKey: pairing.signedPreKey,
    preKeys: [],
    queue: new Map(),
    sent: new Map(),
    connection: undefined,
  });
  connection.send(stanza("stream:error", { code: "515" }));
  connection.close();
  books.changed();
}

/** Offers QR codes: the text that the client shows is one of these references with its own keys behind it. */
export function offerQr(books: Books, connection: Connection, reference: () => Buffer): void {
  const refs = Array.from({ length: books.refs }, () => stanza("ref", {}, reference()));
  const attrs = { from: HOST, type: "set", id: "pair-device", xmlns: "md" };
  connection.send(stanza("iq", attrs, [stanza("pair-device", {}, refs)]));
}

/** The phone's camera: finds the client whose code that is, and vouches for it. */
export function scanQr(books: Books, text: string): void {
  const [, noiseKey = "", , secret = ""] = (text.trim().split("#")[1] ?? "").split(",");
  const key = Buffer.from(noiseKey, "base64");
  const shown = [...books.connections].find((one) => one.pairing !== undefined && one.noiseKey.equals(key));
  if (key.length !== 32 || shown === undefined) throw new Error("no client that is connected shows this QR code");
  vouch(books, shown, Buffer.from(secret, "base64"));
}

/** The companion's answer to pair-success. */
export function isPairingSign(iq: Stanza): boolean {
  return iq.attrs.type === "result" && first(iq, "pair-device-sign") !== undefined;
}
