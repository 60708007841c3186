import { randomBytes } from "node:crypto";
import { type Books, bad, type Call, good, type Reply, type StoredFile, type Upload, wire } from "./books.ts";
import { keep, keyboardOf, readText } from "./compose.ts";

/** What a bot may have of a file, bytes. */
const BIGGEST = 20 * 1024 * 1024;

/** The bytes are kept. */
export function sendFile(books: Books, { fields, files }: Call, as: "document" | "photo"): Reply {
  const upload = files.get(as);
  if (upload === undefined) return bad(400, `Bad Request: there is no ${as} in the request`);
  const read =
    fields.caption === undefined ? { ok: true as const, text: "", bold: [] } : readText(fields, fields.caption, 1024);
  if (!read.ok) return bad(400, `Bad Request: ${read.error}`);
  const keyboard = keyboardOf(fields);
  if (keyboard === undefined) return bad(400, "Bad Request: BUTTON_DATA_INVALID");
  const file = { ...store(books, upload), as };
  const { text, bold } = read;
  return good(wire(books, keep(books, { chat: Number(fields.chat_id), text, bold, keyboard, file, raw: fields })));
}

export function getFile(books: Books, { fields }: Call): Reply {
  const file = books.files.get(String(fields.file_id));
  if (file === undefined) return bad(400, "Bad Request: invalid file_id");
  if (file.bytes.length > BIGGEST) return bad(400, "Bad Request: file is too big");
  return good({ file_id: file.id, file_unique_id: `u${file.id}`, file_size: file.bytes.length, file_path: file.path });
}

export function store(books: Books, upload: Upload): StoredFile {
  const id = `F${randomBytes(8).toString("hex")}`;
  const file = { ...upload, id, path: `documents/${id}` };
  books.files.set(id, file);
  return file;
}
