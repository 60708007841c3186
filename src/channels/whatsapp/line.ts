import type { ConnectionState, WASocket } from "@whiskeysockets/baileys";
import type { Clock } from "../../clock.ts";
import type { Log } from "../../log.ts";
import { endOf, pauseBefore } from "./ends.ts";
import { type Keys, openKeys } from "./keys.ts";
import type { Rooms } from "./rooms.ts";
import { connect } from "./socket.ts";

export interface LineOptions {
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly wsUrl?: string;
  readonly keepAliveMs?: number;
  /** A code for a phone to scan: the number is not linked yet. */
  readonly onQr: (qr: string, socket: WASocket) => void;
  /** Puts ears on a new connection, before anything can come. */
  readonly onSocket: (socket: WASocket) => void;
  /** The connection is gone; nothing of it may be used any more. */
  readonly onClose: () => void;
  /** The operator must act. */
  readonly alarm: (key: string, text: string) => void;
}

export interface Condition {
  readonly ready: boolean;
  readonly detail: string;
}

/** The line to WhatsApp: one connection after the other, until `stop`, or until an end that only a human can mend. */
export interface Line {
  /** The connection that is open now. */
  readonly open: () => WASocket | undefined;
  readonly condition: () => Condition;
  readonly linked: () => boolean;
  /** Resolves when the line is over: "stopped", or the code of the end that it is. */
  run(stop: AbortSignal): Promise<"stopped" | number>;
}

interface State {
  keys: Keys | undefined;
  open: WASocket | undefined;
  condition: Condition;
}

export function makeLine(options: LineOptions): Line {
  const state: State = { keys: undefined, open: undefined, condition: { ready: false, detail: "not connected yet" } };
  return {
    open: () => state.open,
    condition: () => state.condition,
    linked: () => state.keys?.linked() ?? false,
    run: (stop) => run(options, state, stop),
  };
}

async function run(options: LineOptions, state: State, stop: AbortSignal): Promise<"stopped" | number> {
  const { rooms, clock, log, random, alarm } = options;
  let tries = 0;
  while (!stop.aborted) {
    state.keys ??= await openKeys(rooms.keys, log);
    const closed = await oneConnection(options, state, state.keys, stop);
    await state.keys.settled();
    if (stop.aborted) break;
    const end = endOf(closed.code);
    state.condition = { ready: false, detail: end.says };
    if (end.kind === "over") {
      if (end.unlink) {
        await rooms.keys.clear();
        state.keys = undefined;
      }
      log.error({ code: closed.code }, `WhatsApp: ${end.says}`);
      alarm(`whatsapp:${closed.code}`, `WhatsApp: ${end.says}.`);
      return closed.code ?? 0;
    }
    tries = closed.opened || end.at === "once" ? 1 : tries + 1;
    const pause = end.at === "once" ? 0 : pauseBefore(tries, random());
    log.warn({ code: closed.code, pause: Math.round(pause) }, `WhatsApp: ${end.says}; a new one is made`);
    await clock.sleep(clock.now() + pause, stop);
  }
  return "stopped";
}

interface Closed {
  readonly code: number | undefined;
  readonly opened: boolean;
}

function oneConnection(options: LineOptions, state: State, keys: Keys, stop: AbortSignal): Promise<Closed> {
  const { rooms, log, wsUrl, keepAliveMs } = options;
  const socket = connect({
    keys,
    sent: rooms.sent,
    log,
    ...(wsUrl === undefined ? {} : { wsUrl }),
    ...(keepAliveMs === undefined ? {} : { keepAliveMs }),
  });
  let opened = false;
  return new Promise((resolve) => {
    const hangUp = () => void socket.end(undefined);
    stop.addEventListener("abort", hangUp, { once: true });
    socket.ev.on("creds.update", () => void keys.saveCreds());
    options.onSocket(socket);
    socket.ev.on("connection.update", (update) => {
      if (update.qr !== undefined) options.onQr(update.qr, socket);
      if (update.connection === "open") {
        opened = true;
        state.open = socket;
        state.condition = { ready: true, detail: "connected" };
        log.info({}, "WhatsApp is connected");
      }
      if (update.connection === "close") {
        stop.removeEventListener("abort", hangUp);
        state.open = undefined;
        // An old connection's ears must not hear anything that belongs to the next one.
        socket.ev.removeAllListeners("messages.upsert");
        options.onClose();
        resolve({ code: codeOf(update), opened });
      }
    });
    if (stop.aborted) hangUp();
  });
}

function codeOf({ lastDisconnect }: Partial<ConnectionState>): number | undefined {
  const error: unknown = lastDisconnect?.error;
  if (typeof error !== "object" || error === null || !("output" in error)) return undefined;
  const { output } = error;
  if (typeof output !== "object" || output === null || !("statusCode" in output)) return undefined;
  return typeof output.statusCode === "number" ? output.statusCode : undefined;
}
