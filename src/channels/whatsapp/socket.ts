import { makeWASocket, proto, type WASocket } from "@whiskeysockets/baileys";
import type { Log } from "../../log.ts";
import type { Keys } from "./keys.ts";
import { isNobody } from "./read.ts";
import type { SentRoom } from "./rooms.ts";

export interface SocketOptions {
  readonly keys: Keys;
  readonly sent: SentRoom;
  readonly log: Log;
  /** Another endpoint than WhatsApp's own, for tests. */
  readonly wsUrl?: string;
  /** How long before a silent connection is asked whether it lives, ms; Baileys' 30 s unless given. */
  readonly keepAliveMs?: number;
}

/** One connection of the linked device. Its settings are those that hazards of the library ask for. */
export function connect({ keys, sent, log, wsUrl, keepAliveMs }: SocketOptions): WASocket {
  return makeWASocket({
    auth: keys.auth,
    logger: libraryLog(log),
    // True would mute the owner's own phone.
    markOnlineOnConnect: false,
    syncFullHistory: false,
    shouldSyncHistoryMessage: () => false,
    shouldIgnoreJid: isNobody,
    generateHighQualityLinkPreview: false,
    async getMessage({ id }) {
      const bytes = id ? await sent.find(id) : undefined;
      return bytes === undefined ? undefined : proto.Message.decode(bytes);
    },
    ...(wsUrl === undefined ? {} : { waWebSocketUrl: wsUrl }),
    ...(keepAliveMs === undefined ? {} : { keepAliveIntervalMs: keepAliveMs }),
  });
}

/** What the library logs holds stanzas, numbers and names: only its sentences are kept, at the lowest level. */
function libraryLog(log: Log) {
  const say = (_: unknown, message?: string) => {
    if (message !== undefined) log.debug({ from: "baileys" }, message);
  };
  const logger = {
    level: "error",
    child: () => logger,
    trace: () => {},
    debug: () => {},
    info: () => {},
    warn: say,
    error: say,
  };
  return logger;
}
