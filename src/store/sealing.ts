import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { freshBytes } from "./fresh-bytes.ts";
import { readKeyFile } from "./key-file.ts";
import { StoreError } from "./store-error.ts";

/** Seals personal data before any driver writes it. */
export interface Sealer {
  /** `about` names the row (`table:key`): a value that is moved to another row does not open there. */
  seal(text: string, about: string): string;
  /** Throws StoreError when the value was changed or moved, or its key is not here. */
  open(sealed: string, about: string): string;
  /** The same without text around it, for a store that counts bytes: 34 more than were given. */
  sealBytes(bytes: Uint8Array, about: string): Buffer;
  openBytes(sealed: Uint8Array, about: string): Buffer;
  /**
   * The same text gives the same 43 characters, and nobody without the key finds the text: for what must be unique or
   * searched. Put the kind before it (`chassis:MH1…`). Survives a rotation of the sealing key.
   */
  index(text: string): string;
}

export interface SealerOptions {
  /** LOKET_SECRET, at least 32 characters: both keys are derived from it, and the key file is not looked at. */
  readonly secret?: string | undefined;
  /** Read, or made with mode 600 when it is missing. */
  readonly keyFile?: string | undefined;
  /** False for a database that was sealed before: a missing key file is then an error, and none is made. */
  readonly mayMake?: boolean | undefined;
}

/** The first of `seal` seals; all of them open. */
export interface Keys {
  readonly seal: readonly [Uint8Array, ...Uint8Array[]];
  readonly index: Uint8Array;
}

const SHORTEST_SECRET = 32;
const NONCE = 12;
const TAG = 16;
const KEY_ID = 6;

/** With neither secret nor key file: keys that end with the process, for a database in memory. */
export function openSealer({ secret, keyFile, mayMake = true }: SealerOptions): Sealer {
  if (secret !== undefined) return sealerOf(derived(secret));
  if (keyFile !== undefined) return sealerOf(readKeyFile(keyFile, mayMake));
  return sealerOf({ seal: [randomBytes(32)], index: randomBytes(32) });
}

export function sealerOf(keys: Keys): Sealer {
  const byId = new Map(keys.seal.map((key) => [idOf(key), key]));
  const current = idOf(keys.seal[0]);
  const currentBytes = Buffer.from(current, "base64url");
  const sealed = (bytes: Uint8Array, about: string): readonly Buffer[] => {
    const nonce = freshBytes(NONCE);
    const cipher = createCipheriv("aes-256-gcm", keys.seal[0], nonce).setAAD(Buffer.from(about));
    const body = [cipher.update(bytes), cipher.final()];
    return [nonce, cipher.getAuthTag(), ...body];
  };
  const open = (id: string, bytes: Buffer, about: string): Buffer => {
    const key = byId.get(id);
    if (key === undefined) throw unopened(about, "with a key that is not here");
    try {
      return opened(key, bytes, about);
    } catch (error) {
      throw unopened(about, "and was then changed or moved", error);
    }
  };
  return {
    seal: (text, about) => `${current}.${Buffer.concat(sealed(Buffer.from(text), about)).toString("base64url")}`,
    open(text, about) {
      const dot = text.indexOf(".");
      return open(text.slice(0, dot), Buffer.from(text.slice(dot + 1), "base64url"), about).toString("utf8");
    },
    sealBytes: (bytes, about) => Buffer.concat([currentBytes, ...sealed(bytes, about)]),
    openBytes(bytes, about) {
      const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return open(all.subarray(0, KEY_ID).toString("base64url"), all.subarray(KEY_ID), about);
    },
    index: (text) => createHmac("sha256", keys.index).update(text).digest("base64url"),
  };
}

function opened(key: Uint8Array, bytes: Buffer, about: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(about))
    .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
}

/** `about` may hold a chat's id: only the table's name goes into the sentence. */
function unopened(about: string, how: string, cause?: unknown): StoreError {
  return new StoreError(
    `A value of ${about.slice(0, about.indexOf(":"))} was sealed ${how}.`,
    "Put back the LOKET_SECRET or the key file that belongs to this database, or restore the last backup.",
    cause,
  );
}

function derived(secret: string): Keys {
  if (secret.length < SHORTEST_SECRET) {
    throw new StoreError(
      `LOKET_SECRET has ${secret.length} characters, fewer than ${SHORTEST_SECRET}.`,
      "Give it a random one (`openssl rand -hex 32`), or leave it out to use the key file.",
    );
  }
  return { seal: [derive(secret, "seal")], index: derive(secret, "index") };
}

/** A key's name is derived from it, so that it cannot be given to another key by mistake. Tells nothing of the key. */
function idOf(key: Uint8Array): string {
  return Buffer.from(derive(key, "id").subarray(0, KEY_ID)).toString("base64url");
}

function derive(from: string | Uint8Array, what: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", from, "loket", what, 32));
}
