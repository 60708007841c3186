import type { WASocket } from "@whiskeysockets/baileys";
import type { Clock } from "../../clock.ts";

/** The typing sign. It shows only while the device is marked as there, and that mutes the owner's phone: for as short as may be. */
export interface Typing {
  sign(socket: WASocket, jid: string): Promise<void>;
  /** The connection is gone. */
  end(): void;
}

const AWAY_AFTER = 15_000;

export function makeTyping(clock: Clock): Typing {
  let until = 0;
  let stop: AbortController | undefined;
  const goAway = async (socket: WASocket, over: AbortController) => {
    while (!over.signal.aborted && clock.now() < until) await clock.sleep(until, over.signal);
    if (over.signal.aborted) return;
    stop = undefined;
    await socket.sendPresenceUpdate("unavailable");
  };
  return {
    async sign(socket, jid) {
      until = clock.now() + AWAY_AFTER;
      if (stop === undefined) {
        stop = new AbortController();
        await socket.sendPresenceUpdate("available");
        goAway(socket, stop).catch(() => {});
      }
      await socket.sendPresenceUpdate("composing", jid);
    },
    end() {
      stop?.abort();
      stop = undefined;
    },
  };
}
