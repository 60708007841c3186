import { type Books, bad, type Call, type Fields, find, good, type Message, type Reply, wire } from "./books.ts";
import { keep, keyboardOf, readText } from "./compose.ts";
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from "./polling.ts";
import { getFile, sendFile } from "./uploads.ts";

/** `closed` aborts when the caller hangs up. */
export type Method = (books: Books, call: Call, closed: AbortSignal) => Reply | Promise<Reply>;

const profile: Method = (books, { method, fields }) => {
  books.profile.set(`${method}:${fields.language_code ?? ""}`, fields);
  return good(true);
};

/** By the name in lower case: the Bot API does not mind the case. */
export const METHODS: Readonly<Record<string, Method>> = {
  getme: (books) => good(books.bot),
  getupdates: getUpdates,
  setwebhook: setWebhook,
  deletewebhook: deleteWebhook,
  getwebhookinfo: getWebhookInfo,
  sendmessage: sendMessage,
  editmessagetext: editText,
  editmessagereplymarkup: editKeyboard,
  deletemessage: deleteMessage,
  answercallbackquery: answerCallback,
  sendchataction: () => good(true),
  senddocument: (books, call) => sendFile(books, call, "document"),
  sendphoto: (books, call) => sendFile(books, call, "photo"),
  getfile: getFile,
  setmycommands: profile,
  setmydescription: profile,
  setmyshortdescription: profile,
  setmyname: profile,
};

function sendMessage(books: Books, { fields }: Call): Reply {
  const read = readText(fields, fields.text, 4096);
  if (!read.ok) return bad(400, `Bad Request: ${read.error}`);
  const keyboard = keyboardOf(fields);
  if (keyboard === undefined) return bad(400, "Bad Request: BUTTON_DATA_INVALID");
  const { text, bold } = read;
  return good(wire(books, keep(books, { chat: Number(fields.chat_id), text, bold, keyboard, raw: fields })));
}

function editText(books: Books, { fields }: Call): Reply {
  const message = find(books, fields);
  if (message?.from !== "bot") return bad(400, "Bad Request: message to edit not found");
  const read = readText(fields, fields.text, 4096);
  if (!read.ok) return bad(400, `Bad Request: ${read.error}`);
  return edit(books, message, fields, read);
}

function editKeyboard(books: Books, { fields }: Call): Reply {
  const message = find(books, fields);
  if (message?.from !== "bot") return bad(400, "Bad Request: message to edit not found");
  return edit(books, message, fields, message);
}

function edit(books: Books, message: Message, fields: Fields, to: Pick<Message, "text" | "bold">): Reply {
  const keyboard = keyboardOf(fields);
  if (keyboard === undefined) return bad(400, "Bad Request: BUTTON_DATA_INVALID");
  if (message.text === to.text && JSON.stringify(message.keyboard) === JSON.stringify(keyboard)) {
    return bad(400, "Bad Request: message is not modified: the new content and reply markup are the same");
  }
  message.text = to.text;
  message.bold = to.bold;
  message.keyboard = keyboard;
  books.changed();
  return good(wire(books, message));
}

function deleteMessage(books: Books, { fields }: Call): Reply {
  const message = find(books, fields);
  const chat = books.chats.get(Number(fields.chat_id));
  if (message === undefined || chat === undefined) return bad(400, "Bad Request: message to delete not found");
  chat.splice(chat.indexOf(message), 1);
  books.changed();
  return good(true);
}

/** Once only, and not for ever. */
function answerCallback(books: Books, { fields }: Call): Reply {
  const callback = books.callbacks.get(String(fields.callback_query_id));
  if (callback === undefined || callback.answered || callback.tooOld) {
    return bad(400, "Bad Request: query is too old and response timeout expired or query ID is invalid");
  }
  callback.answered = true;
  books.changed();
  return good(true);
}
