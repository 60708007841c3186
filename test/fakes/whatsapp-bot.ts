import {
  type AuthenticationState,
  BufferJSON,
  type ConnectionState,
  initAuthCreds,
  type MessageUpsertType,
  makeWASocket,
  type proto,
  type SignalKeyStore,
  type UserFacingSocketConfig,
  type WAMessage,
  type WAMessageUpdate,
  type WASocket,
} from "@whiskeysockets/baileys";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { quietLibsignal } from "../../src/channels/whatsapp/quiet.ts";
import { silentLog } from "../../src/log.ts";
import { startWhatsApp, type WhatsAppServer, type WhatsAppServerOptions } from "./whatsapp/server.ts";

quietLibsignal(silentLog);

export interface Upsert {
  readonly type: MessageUpsertType;
  readonly message: WAMessage;
}

/** The real Baileys on a server, with its keys in memory as a database would keep them; ends with the test. */
export interface Bot {
  /** The newest socket. */
  socket(): WASocket;
  /** A new one, as after a restart: what it knows is what was saved. */
  connect(more?: Partial<UserFacingSocketConfig>): void;
  opened(): Promise<void>;
  /** The code with which the newest socket closed. */
  closed(): Promise<number | undefined>;
  qr(): Promise<string>;
  /** The message of that id once it could be read. */
  got(id: string): Promise<Upsert>;
  /** Everything under that id, stubs and repetitions too. */
  all(id: string): readonly Upsert[];
  /** Resolves once that message of ours had that status, however Baileys told it. */
  status(id: string, status: number): Promise<void>;
  reached(holds: () => boolean): Promise<void>;
  /** From now on that happens with every message that comes, at once. */
  answering(answer: (jid: string) => void): void;
  /** What getMessage finds. */
  readonly said: Map<string, proto.IMessage>;
  /** Which ids getMessage was asked for. */
  readonly asked: string[];
  readonly calls: { readonly from: string; readonly status: string }[];
}

export interface World {
  readonly server: WhatsAppServer;
  readonly bot: Bot;
}

/** A server and a bot that is linked and open. */
export async function linked(options: WhatsAppServerOptions = {}, keys?: SignalKeyStore): Promise<World> {
  const world = await unlinked(options, keys);
  world.bot.connect();
  await world.server.phone.scan(await world.bot.qr());
  await world.bot.closed();
  world.bot.connect();
  await world.bot.opened();
  return world;
}

export async function unlinked(options: WhatsAppServerOptions = {}, keys?: SignalKeyStore): Promise<World> {
  const server = await startWhatsApp(options);
  server.trust();
  const bot = makeBot(server, keys);
  onTestFinished(async () => {
    await bot.socket().end(undefined);
    await server.close();
  });
  return { server, bot };
}

export function makeBot(server: WhatsAppServer, keys: SignalKeyStore = jsonKeys()): Bot {
  const auth = memoryAuth(keys);
  const upserts: Upsert[] = [];
  const updates: WAMessageUpdate[] = [];
  const said = new Map<string, proto.IMessage>();
  const asked: string[] = [];
  const calls: { from: string; status: string }[] = [];
  const looks = new Set<() => void>();
  let answer: (jid: string) => void = () => {};
  let news: Partial<ConnectionState>[] = [];
  let socket: WASocket | undefined;
  const changed = () => {
    for (const look of looks) look();
  };
  const reached = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!holds()) return;
        looks.delete(look);
        resolve();
      };
      looks.add(look);
      look();
    });
  const seen = async <T>(pick: () => T | undefined): Promise<T> => {
    await reached(() => pick() !== undefined);
    const value = pick();
    if (value === undefined) throw new Error("it was there a moment ago");
    return value;
  };
  const all = (id: string) => upserts.filter(({ message }) => message.key.id === id);
  const had = (id: string, status: number) =>
    updates.some(({ key, update }) => key.id === id && update.status === status) ||
    all(id).some(({ message }) => message.status === status);
  return {
    socket() {
      if (socket === undefined) throw new Error("connect first");
      return socket;
    },
    connect(more = {}) {
      const own = makeWASocket({ ...settings(server), auth: auth.load(), getMessage: find, ...more });
      socket = own;
      news = [];
      own.ev.on("creds.update", () => auth.save(own.authState.creds));
      const on = listening(own, () => socket === own, changed);
      on("connection.update", (update) => news.push(update));
      on("messages.upsert", ({ type, messages }) => {
        upserts.push(...messages.map((message) => ({ type, message })));
        if (type === "notify") for (const { key, message } of messages) if (message) answer(key.remoteJid ?? "");
      });
      on("messages.update", (more) => updates.push(...more));
      on("call", (more) => calls.push(...more));
    },
    opened: () => reached(() => news.some(({ connection }) => connection === "open")),
    async closed() {
      const { lastDisconnect } = await seen(() => news.find(({ connection }) => connection === "close"));
      return codeOf(lastDisconnect?.error);
    },
    qr: () => seen(() => news.findLast(({ qr }) => qr !== undefined)?.qr),
    got: (id) => seen(() => all(id).find(({ message }) => message.message)),
    all,
    status: (id, status) => reached(() => had(id, status)),
    reached,
    answering(then) {
      answer = then;
    },
    said,
    asked,
    calls,
  };
  async function find({ id }: { id?: string | null }) {
    asked.push(id ?? "");
    changed();
    return said.get(id ?? "");
  }
}

type Settings = Omit<UserFacingSocketConfig, "auth">;

function settings({ wsUrl }: WhatsAppServer): Settings {
  return {
    waWebSocketUrl: wsUrl,
    logger: pino({ level: "silent" }),
    markOnlineOnConnect: false,
    syncFullHistory: false,
    shouldSyncHistoryMessage: () => false,
    retryRequestDelayMs: 10,
  };
}

/** An old socket's events do not count any more. */
function listening(socket: WASocket, current: () => boolean, changed: () => void) {
  const on: WASocket["ev"]["on"] = (event, listener) =>
    socket.ev.on(event, (value) => {
      if (!current()) return;
      listener(value);
      changed();
    });
  return on;
}

function codeOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("output" in error)) return undefined;
  const { output } = error;
  if (typeof output !== "object" || output === null || !("statusCode" in output)) return undefined;
  return typeof output.statusCode === "number" ? output.statusCode : undefined;
}

/** Saves and loads by way of JSON, as a database does. */
function memoryAuth(keys: SignalKeyStore) {
  let saved: string | undefined;
  return {
    save(creds: AuthenticationState["creds"]) {
      saved = JSON.stringify(creds, BufferJSON.replacer);
    },
    load: (): AuthenticationState => ({
      creds: saved === undefined ? initAuthCreds() : JSON.parse(saved, BufferJSON.reviver),
      keys,
    }),
  };
}

function jsonKeys(): SignalKeyStore {
  const rows = new Map<string, string>();
  return {
    get: (type, ids) =>
      Object.fromEntries(
        ids.flatMap((id) => {
          const row = rows.get(`${type} ${id}`);
          return row === undefined ? [] : [[id, JSON.parse(row, BufferJSON.reviver)]];
        }),
      ),
    set(data) {
      for (const [type, values] of Object.entries(data)) {
        for (const [id, value] of Object.entries(values)) {
          if (value === null) rows.delete(`${type} ${id}`);
          else rows.set(`${type} ${id}`, JSON.stringify(value, BufferJSON.replacer));
        }
      }
    },
  };
}
