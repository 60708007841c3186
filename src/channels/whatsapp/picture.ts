import { createDecipheriv, createHmac, timingSafeEqual } from "node:crypto";
import { DEF_MEDIA_HOST, getMediaKeys, type proto, toNumber, type WASocket } from "@whiskeysockets/baileys";
import type { Clock } from "../../clock.ts";
import { isPictureMime, PICTURE_LIMIT } from "../../domain/picture.ts";
import type { Fetched } from "../channel.ts";
import { download } from "../download.ts";

/** Where a picture lies, and what opens it: WhatsApp keeps it encrypted, for some weeks. */
interface Pointer {
  readonly path: string;
  /** base64 */
  readonly key: string;
  readonly as: "image" | "document";
}

type Sent = Pick<proto.IMessage, "imageMessage" | "documentMessage">;

/** What names the picture of a message; undefined for what is certainly none, or too big, or was to be seen once. */
export function pictureIn({ imageMessage, documentMessage }: Sent): string | undefined {
  const file = imageMessage ?? documentMessage;
  const { mediaKey, directPath, fileLength } = file ?? {};
  if (!isPictureMime(file?.mimetype) || !mediaKey || !isPath(directPath)) return undefined;
  if (imageMessage?.viewOnce === true || toNumber(fileLength) > PICTURE_LIMIT) return undefined;
  const as = imageMessage ? "image" : "document";
  const pointer: Pointer = { path: directPath, key: Buffer.from(mediaKey).toString("base64"), as };
  return JSON.stringify(pointer);
}

/** Its sender wrote it: it must not lead to another host than the one that we ask. */
function isPath(path: string | null | undefined): path is string {
  return typeof path === "string" && path.startsWith("/") && path.length <= 1000;
}

export interface PictureTools {
  readonly clock: Clock;
  /** The connection that is open, or just being opened: without it WhatsApp's usual host is asked. */
  readonly soon: (ms: number) => Promise<WASocket | undefined>;
}

const PATIENCE = 10_000;
/** How long the connection may take to name a host, ms. */
const NAMING = 3000;
/** AES fills up to a whole block, and a tag stands behind it. */
const BLOCK = 16;
const TAG = 10;
const HEADERS = { origin: "https://web.whatsapp.com" };

/** Has it from WhatsApp's media host and opens it: nothing is asked of the phone that sent it. */
export function pictureOf({ clock, soon }: PictureTools) {
  return async (named: string, limit: number): Promise<Fetched> => {
    const pointer = read(named);
    if (pointer === undefined) return { kind: "gone", reason: "it names no picture of WhatsApp" };
    const url = new URL(`https://${await hostOf(clock, await soon(NAMING))}${pointer.path}`);
    const fetched = await download({ url, limit: limit + BLOCK + TAG, ms: PATIENCE, clock, headers: HEADERS });
    if (fetched.kind !== "bytes") return fetched;
    const bytes = await opened(fetched.bytes, pointer);
    return bytes === undefined ? { kind: "gone", reason: "it was changed on its way" } : { kind: "bytes", bytes };
  };
}

async function hostOf(clock: Clock, socket: WASocket | undefined): Promise<string> {
  if (socket === undefined) return DEF_MEDIA_HOST;
  const done = new AbortController();
  const late = clock.sleep(clock.now() + NAMING, done.signal).then(() => undefined);
  const named = socket.refreshMediaConn(false).then(
    ({ hosts }) => hosts[0]?.hostname,
    () => undefined,
  );
  const host = await Promise.race([named, late]);
  done.abort();
  return host ?? DEF_MEDIA_HOST;
}

/** Undefined when the tag is not that of these bytes, or no whole file comes out. */
async function opened(sealed: Uint8Array, { key, as }: Pointer): Promise<Uint8Array | undefined> {
  const { iv, cipherKey, macKey } = await getMediaKeys(Buffer.from(key, "base64"), as);
  const body = sealed.subarray(0, -TAG);
  const tag = sealed.subarray(-TAG);
  if (body.length === 0 || !macKey) return undefined;
  const right = createHmac("sha256", macKey).update(iv).update(body).digest().subarray(0, TAG);
  if (!timingSafeEqual(right, tag)) return undefined;
  const decipher = createDecipheriv("aes-256-cbc", cipherKey, iv);
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    return undefined;
  }
}

function read(named: string): Pointer | undefined {
  try {
    const { path, key, as } = JSON.parse(named) as Partial<Pointer>;
    if (!isPath(path) || typeof key !== "string" || (as !== "image" && as !== "document")) return undefined;
    return { path, key, as };
  } catch {
    return undefined;
  }
}
