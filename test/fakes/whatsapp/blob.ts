import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { getMediaKeys, type MediaType, sha256 } from "@whiskeysockets/baileys";
import type { Books } from "./books.ts";
import { present } from "./present.ts";
import { seconds } from "./stanza.ts";

/** Length of the tag behind the ciphertext. */
const TAG = 10;

/** Where a blob lies, and how to open it: the fields that every message with a file has. */
export interface Pointer {
  readonly mediaKey?: Uint8Array | null;
  readonly directPath?: string | null;
}

/** Encrypts a file as a phone does, and puts it on the media host. */
export async function hostBlob(books: Books, file: Uint8Array, kind: MediaType) {
  const mediaKey = randomBytes(32);
  const { iv, cipherKey, macKey } = await keysOf(mediaKey, kind);
  const cipher = createCipheriv("aes-256-cbc", cipherKey, iv);
  const body = Buffer.concat([cipher.update(file), cipher.final()]);
  const sealed = Buffer.concat([body, tagOf(body, { iv, macKey })]);
  const directPath = keepBlob(books, sealed);
  return {
    mediaKey,
    directPath,
    url: `https://${books.host}${directPath}`,
    fileEncSha256: sha256(sealed),
    fileSha256: sha256(Buffer.from(file)),
    fileLength: file.length,
    mediaKeyTimestamp: Number(seconds()),
  };
}

/** Opens what the bot uploaded; throws if it was not encrypted with that key for that kind. */
export async function openBlob(books: Books, pointer: Pointer, kind: MediaType): Promise<Buffer> {
  const sealed = present(books.blobs.get(present(pointer.directPath, "directPath")), "blob at its directPath");
  const { iv, cipherKey, macKey } = await keysOf(present(pointer.mediaKey, "media key"), kind);
  const body = sealed.subarray(0, -TAG);
  if (!tagOf(body, { iv, macKey }).equals(sealed.subarray(-TAG))) throw new Error(`the ${kind} was changed on its way`);
  const decipher = createDecipheriv("aes-256-cbc", cipherKey, iv);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

/** Gives its path. */
export function keepBlob(books: Books, sealed: Buffer): string {
  const path = `/v/t62/${randomBytes(12).toString("hex")}`;
  books.blobs.set(path, sealed);
  return path;
}

async function keysOf(mediaKey: Uint8Array, kind: MediaType) {
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, kind);
  return { iv, cipherKey, macKey: present(macKey, "key of the tag") };
}

function tagOf(body: Buffer, { iv, macKey }: { readonly iv: Uint8Array; readonly macKey: Uint8Array }): Buffer {
  return createHmac("sha256", macKey).update(iv).update(body).digest().subarray(0, TAG);
}
