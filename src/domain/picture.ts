/** The largest picture that is passed on, bytes. */
export const PICTURE_LIMIT = 5 * 1024 * 1024;

export type PictureMime = "image/jpeg" | "image/png" | "image/webp";

const MIMES: readonly PictureMime[] = ["image/jpeg", "image/png", "image/webp"];

/** What a sender says of a file: untrusted, and good enough to leave out what is certainly no picture. */
export function isPictureMime(mime: unknown): boolean {
  const [said = ""] = typeof mime === "string" ? mime.toLowerCase().split(";") : [];
  return MIMES.some((one) => one === said.trim());
}

/** What the bytes are, by how such a file begins; undefined for all else, whatever its sender called it. */
export function pictureMime(bytes: Uint8Array): PictureMime | undefined {
  if (begins(bytes, 0, [0xff, 0xd8, 0xff])) return "image/jpeg";
  if (begins(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "image/png";
  // RIFF, its length, WEBP.
  const isWebp = begins(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && begins(bytes, 8, [0x57, 0x45, 0x42, 0x50]);
  return isWebp ? "image/webp" : undefined;
}

function begins(bytes: Uint8Array, from: number, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[from + at] === byte);
}
