import { makeWASocket, proto, type WASocket } from "@whiskeysockets/baileys";
import type { Clock } from "../../clock.ts";
import type { Log } from "../../log.ts";
import { fence } from "./fence.ts";
import type { Keys } from "./keys.ts";
import { inOrder } from "./order.ts";
import { isNobody } from "./read.ts";
import type { Rooms } from "./rooms.ts";
import { signalRepository, type Turns } from "./signal.ts";

export interface SocketOptions {
  readonly keys: Keys;
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly log: Log;
  readonly turns: Turns;
  /** Whether this process drives the number: asked in the tick of each write. */
  readonly mayWrite?: () => boolean;
  /** Another endpoint than WhatsApp's own, for tests. */
  readonly wsUrl?: string;
  /** How long before a silent connection is asked whether it lives, ms; Baileys' 30 s unless given. */
  readonly keepAliveMs?: number;
}

/** A question that WhatsApp's server does not answer is given up after this long: a message waits behind it. */
const QUERY = 20_000;

/** One connection of the linked device. Its settings are those that hazards of the library ask for. */
export function connect(options: SocketOptions): WASocket {
  const { keys, rooms, clock, log, turns, wsUrl, keepAliveMs, mayWrite } = options;
  const socket = makeWASocket({
    auth: keys.auth,
    logger: libraryLog(log),
    makeSignalRepository: signalRepository({ turns, opened: rooms.opened, clock }),
    // True would mute the owner's own phone.
    markOnlineOnConnect: false,
    syncFullHistory: false,
    shouldSyncHistoryMessage: () => false,
    shouldIgnoreJid: isNobody,
    generateHighQualityLinkPreview: false,
    defaultQueryTimeoutMs: QUERY,
    async getMessage({ id }) {
      const bytes = id ? await rooms.sent.find(id) : undefined;
      return bytes === undefined ? undefined : proto.Message.decode(bytes);
    },
    ...(wsUrl === undefined ? {} : { waWebSocketUrl: wsUrl }),
    ...(keepAliveMs === undefined ? {} : { keepAliveIntervalMs: keepAliveMs }),
  });
  inOrder(socket, turns);
  if (mayWrite !== undefined) fence(socket, mayWrite);
  return socket;
}

/** What the library logs holds stanzas, numbers and names: only its sentences are kept, at the lowest level. */
function libraryLog(log: Log) {
  const say = (fields: unknown, message?: string) => {
    const sentence = message ?? (typeof fields === "string" ? fields : undefined);
    if (sentence !== undefined) log.debug({ from: "baileys" }, sentence.replace(/\d{5,}/g, "[number]"));
  };
  const mute = () => {};
  const logger = { level: "error", child: () => logger, trace: mute, debug: mute, info: mute, warn: say, error: say };
  return logger;
}
