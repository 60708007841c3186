import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  NOISE_MODE,
  NOISE_WA_HEADER,
  proto,
  sha256,
} from "@whiskeysockets/baileys";
import type { ServerKey } from "./certificate.ts";
import { present } from "./present.ts";

/** The server's side of Noise_XX_25519_AESGCM_SHA256: the two steps of the handshake, then a cipher for each way. */
export interface Noise {
  /** Takes the ClientHello, gives the ServerHello; both without their frames. */
  hello(frame: Buffer): Uint8Array;
  /** Takes the ClientFinish: who the client says it is, and the key that it proved to hold. */
  finish(frame: Buffer): { readonly payload: proto.ClientPayload; readonly clientKey: Buffer };
  decrypt(frame: Buffer): Buffer;
  encrypt(bytes: Uint8Array): Buffer;
}

const EMPTY = Buffer.alloc(0);

export function makeNoise({ fixed, chain }: ServerKey): Noise {
  const ephemeral = Curve.generateKeyPair();
  const symmetric = symmetricState();
  let reading = cipher(EMPTY);
  let writing = cipher(EMPTY);
  return {
    hello(frame) {
      const client = present(proto.HandshakeMessage.decode(frame).clientHello?.ephemeral, "ephemeral key");
      symmetric.mixHash(Buffer.from(client));
      symmetric.mixHash(Buffer.from(ephemeral.public));
      symmetric.mixKey(Curve.sharedKey(ephemeral.private, client));
      const encrypted = symmetric.encrypt(fixed.public);
      symmetric.mixKey(Curve.sharedKey(fixed.private, client));
      const payload = symmetric.encrypt(chain);
      const serverHello = { ephemeral: ephemeral.public, static: encrypted, payload };
      return proto.HandshakeMessage.encode({ serverHello }).finish();
    },
    finish(frame) {
      const { clientFinish } = proto.HandshakeMessage.decode(frame);
      const clientKey = symmetric.decrypt(present(clientFinish?.static, "noise key"));
      symmetric.mixKey(Curve.sharedKey(ephemeral.private, clientKey));
      const payload = proto.ClientPayload.decode(symmetric.decrypt(present(clientFinish?.payload, "payload")));
      const [toServer, toClient] = symmetric.split();
      reading = cipher(toServer);
      writing = cipher(toClient);
      return { payload, clientKey };
    },
    decrypt: (frame) => reading.decrypt(frame, EMPTY),
    encrypt: (bytes) => writing.encrypt(bytes, EMPTY),
  };
}

/** AES-256-GCM under one key; the nonce counts from 0. */
function cipher(key: Buffer) {
  let count = 0;
  const nonce = () => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt32BE(count++, 8);
    return bytes;
  };
  return {
    encrypt: (plain: Uint8Array, associated: Buffer) => aesEncryptGCM(plain, key, nonce(), associated),
    decrypt: (sealed: Uint8Array, associated: Buffer) => aesDecryptGCM(sealed, key, nonce(), associated),
  };
}

/** Noise's SymmetricState: all that was said so far, in a hash, and the chain of keys. */
function symmetricState() {
  // The protocol's name is exactly 32 bytes long and is used as it is.
  const name = Buffer.from(NOISE_MODE);
  let hash: Buffer = sha256(Buffer.concat([name, NOISE_WA_HEADER]));
  let chain: Buffer = name;
  let current = cipher(name);
  const mixHash = (bytes: Buffer) => {
    hash = sha256(Buffer.concat([hash, bytes]));
  };
  const derive = (input: Buffer): readonly [Buffer, Buffer] => {
    const both = Buffer.from(hkdf(input, 64, { salt: chain, info: "" }));
    return [both.subarray(0, 32), both.subarray(32)];
  };
  return {
    mixHash,
    mixKey(input: Buffer) {
      const [next, key] = derive(input);
      chain = next;
      current = cipher(key);
    },
    encrypt(plain: Uint8Array): Buffer {
      const sealed = current.encrypt(plain, hash);
      mixHash(sealed);
      return sealed;
    },
    decrypt(sealed: Uint8Array): Buffer {
      const plain = current.decrypt(sealed, hash);
      mixHash(Buffer.from(sealed));
      return plain;
    },
    split: () => derive(EMPTY),
  };
}
