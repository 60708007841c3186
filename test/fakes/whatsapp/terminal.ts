import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Message } from "./books.ts";
import type { Kind } from "./content.ts";
import { readMarks } from "./markup.ts";
import type { Person } from "./person.ts";
import type { WhatsAppServer } from "./server.ts";

export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
  /** Where files of the counter are put. */
  readonly folder: string;
}

const HELP = `You are a customer of the counter: what you type is sent to it. Besides:
  /photo /voice /video /sticker /document /location /contact /poll   send one of those
  /call          ring
  /edit TEXT     change your newest message
  /revoke        delete it
  /vanish TEXT   a message that disappears
  /owner TEXT    the owner writes to you from the shop's own phone
  /drop          break the line
  /logout        remove the counter from the phone's linked devices
  /quit`;

const KINDS: ReadonlySet<string> = new Set<Kind>([
  "photo",
  "voice",
  "video",
  "sticker",
  "document",
  "location",
  "contact",
  "poll",
]);

/** A person at a keyboard: first the shop's phone, which links the counter, then a customer. Resolves at the end. */
export async function runTerminal(server: WhatsAppServer, terminal: Terminal): Promise<void> {
  const customer = server.person({ pn: "6281200000002", lid: "100000000000002", name: "Budi" });
  const print = (line: string) => void terminal.output.write(`${line}\n`);
  print(`WhatsApp for this machine alone. Start the counter in another terminal with these settings:

  WHATSAPP=on
  WHATSAPP_WS_URL=${server.wsUrl}
  NODE_EXTRA_CA_CERTS=${server.caFile}

and, before that, link it to the shop's phone, which is this terminal. With the same settings:

  npx loket whatsapp pair --phone ${server.phone.pn}

Type the code that it shows here. The text of a QR code can be pasted, too.`);
  let over = false;
  void printAnswers(customer, terminal.folder, print);
  void printState(server, () => over, print);
  for await (const line of createInterface({ input: terminal.input })) {
    if (line.trim() === "/quit") break;
    try {
      await obey({ server, customer, print }, line.trim());
    } catch (cause) {
      print(`! ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  over = true;
}

interface Room {
  readonly server: WhatsAppServer;
  readonly customer: Person;
  readonly print: (line: string) => void;
}

async function obey({ server, customer, print }: Room, line: string): Promise<void> {
  const { phone } = server;
  if (line === "") return;
  if (phone.devices().length === 0) {
    await link(server, line);
    return print(`linked; the counter connects again by itself\n\n${HELP}\n`);
  }
  const [, command, rest = ""] = /^\/(\w+)\s*(.*)$/.exec(line) ?? [];
  if (command === undefined) return void (await customer.say(line));
  if (isKind(command)) return void (await customer.send(command));
  await act({ server, customer, print }, command, rest);
}

async function link({ phone, books }: WhatsAppServer, line: string): Promise<void> {
  if (line.includes(",")) return phone.scan(line);
  const asked = [...books.connections].some(({ pairing }) => pairing?.link !== undefined);
  if (!asked) throw new Error("no counter asks for a code yet; a QR code's text has commas in it");
  return phone.enter(line);
}

async function act({ server, customer, print }: Room, command: string, text: string): Promise<void> {
  switch (command) {
    case "call":
      return void (await customer.call());
    case "edit":
      return void (await customer.edit(text));
    case "revoke":
      return void (await customer.revoke());
    case "vanish":
      return void (await customer.ephemeral(text));
    case "owner":
      return void (await server.phone.say(customer, text));
    case "drop":
      return server.drop();
    case "logout":
      server.phone.remove();
      return print("removed; paste the text of a new QR code, or type a new code");
    default:
      return print(HELP);
  }
}

function isKind(word: string): word is Kind {
  return KINDS.has(word);
}

async function printAnswers(customer: Person, folder: string, print: Room["print"]): Promise<void> {
  for (;;) {
    const message = await customer.next();
    print(`\n${readMarks(message.text).text}${await saved(message, folder)}\n`);
    customer.read();
  }
}

/** Puts the file of a message into the folder, and says where. */
async function saved({ file, at }: Message, folder: string): Promise<string> {
  if (file === undefined) return "";
  const ending = file.mime === "image/png" ? "png" : "bin";
  const path = join(folder, `${at}-${file.name.replace(/[^\w.-]/g, "_") || `${file.as}.${ending}`}`);
  await writeFile(path, file.bytes);
  return `\n[${file.mime}: ${path}]`;
}

async function printState(server: WhatsAppServer, over: () => boolean, print: Room["print"]): Promise<void> {
  const here = () => [...server.books.devices.values()].some(({ connection }) => connection !== undefined);
  for (let was = false; ; was = !was) {
    await server.reached(() => here() !== was);
    if (over()) return;
    print(was ? "[the counter is gone]" : "[the counter is here]");
  }
}
