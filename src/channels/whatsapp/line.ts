import type { ConnectionState, WASocket } from "@whiskeysockets/baileys";
import type { Clock } from "../../clock.ts";
import type { Log } from "../../log.ts";
import { type End, endOf, pauseBefore } from "./ends.ts";
import { type Keys, openKeys } from "./keys.ts";
import type { Rooms } from "./rooms.ts";
import { makeTurns, type Turns } from "./signal.ts";
import { connect } from "./socket.ts";
import { withStorages } from "./storages.ts";

export interface LineOptions {
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly wsUrl?: string;
  readonly keepAliveMs?: number;
  readonly mayWrite?: () => boolean;
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
  /** The same, but waits for one that is just being opened, at most so long, ms. */
  soon(ms: number): Promise<WASocket | undefined>;
  /** For what reads and writes Signal sessions. */
  readonly turns: Turns;
  /** Resolves when the line is over: "stopped", or the end that it is. May be run again after that. */
  run(stop: AbortSignal): Promise<"stopped" | Extract<End, { kind: "over" }>>;
}

interface State {
  readonly turns: Turns;
  keys: Keys | undefined;
  open: WASocket | undefined;
  condition: Condition;
  /** Aborts when the connection that is being made is open or gone. */
  settled: AbortController;
  /** Ends what the last connections left in the process. */
  past: readonly (() => void)[];
}

export function makeLine(options: LineOptions): Line {
  const condition = { ready: false, detail: "not connected yet" };
  const settled = new AbortController();
  const state: State = { turns: makeTurns(), keys: undefined, open: undefined, condition, settled, past: [] };
  return {
    open: () => state.open,
    condition: () => state.condition,
    async soon(ms) {
      // Logged in, and what came meanwhile is already being answered.
      if (state.open === undefined && state.condition.ready)
        await options.clock.sleep(options.clock.now() + ms, state.settled.signal);
      return state.open;
    },
    turns: state.turns,
    run: (stop) => run(options, state, stop),
  };
}

async function run(options: LineOptions, state: State, stop: AbortSignal): ReturnType<Line["run"]> {
  const { clock, log, random } = options;
  let failures = 0;
  while (!stop.aborted) {
    const closed = await oneConnection(options, state, stop).catch((error: unknown): Closed => {
      log.error({ error }, "a connection to WhatsApp could not be begun");
      return { code: undefined, opened: false };
    });
    if (stop.aborted) break;
    const end = endOf(closed.code);
    state.condition = { ready: false, detail: end.says };
    if (end.kind === "over") {
      await over(options, state, end, closed.code ?? 0);
      return end;
    }
    failures = closed.opened ? 1 : failures + 1;
    // At once, but not for ever at once.
    const pause = end.at === "once" && failures <= 2 ? 0 : pauseBefore(failures, random());
    log.warn({ code: closed.code, pause: Math.round(pause) }, `WhatsApp: ${end.says}; a new one is made`);
    await clock.sleep(clock.now() + pause, stop);
  }
  state.condition = { ready: false, detail: "stopped" };
  // Another process may drive the number meanwhile, and then these are old.
  state.keys = undefined;
  return "stopped";
}

async function over(
  { rooms, log, alarm }: LineOptions,
  state: State,
  end: Extract<End, { kind: "over" }>,
  code: number,
): Promise<void> {
  if (end.unlink) {
    await rooms.keys.clear();
    state.keys = undefined;
  }
  log.error({ code }, `WhatsApp: ${end.says}`);
  alarm(`whatsapp:${code}`, `WhatsApp: ${end.says}.`);
}

interface Closed {
  readonly code: number | undefined;
  readonly opened: boolean;
}

async function oneConnection(options: LineOptions, state: State, stop: AbortSignal): Promise<Closed> {
  const { rooms, log } = options;
  state.keys ??= await openKeys(rooms.keys, log);
  const { keys, turns } = state;
  // Again and again: what an old one still does brings its storage back.
  for (const end of state.past) end();
  const { value: socket, end } = withStorages(() => connect({ ...options, keys, turns }));
  state.past = [...state.past, end].slice(-REMEMBERED);
  const hangUp = () => void socket.end(undefined);
  stop.addEventListener("abort", hangUp, { once: true });
  if (stop.aborted) hangUp();
  const closed = await untilClosed(options, state, socket);
  stop.removeEventListener("abort", hangUp);
  await keys.settled();
  // What a link that was not finished leaves behind is refused: the next one starts afresh.
  if (!keys.linked()) state.keys = undefined;
  return closed;
}

/** Old connections whose last work may still be under way. */
const REMEMBERED = 5;

function untilClosed(options: LineOptions, state: State, socket: WASocket): Promise<Closed> {
  let opened = false;
  state.settled = new AbortController();
  const { settled } = state;
  return new Promise((resolve) => {
    socket.ws.on("CB:success", () => {
      state.condition = { ready: true, detail: "connected" };
    });
    socket.ev.on("creds.update", () => state.keys?.saveCreds());
    options.onSocket(socket);
    socket.ev.on("connection.update", (update) => {
      if (update.qr !== undefined) options.onQr(update.qr, socket);
      if (update.connection === "open") {
        opened = true;
        state.open = socket;
        settled.abort();
        options.log.info({}, "WhatsApp is connected");
      }
      if (update.connection === "close") {
        state.open = undefined;
        state.condition = { ready: false, detail: "the connection to WhatsApp ended" };
        settled.abort();
        // What was confirmed to WhatsApp and still waits in the library's buffer would be thrown away.
        socket.ev.flush();
        options.onClose();
        resolve({ code: codeOf(update), opened });
      }
    });
  });
}

function codeOf({ lastDisconnect }: Partial<ConnectionState>): number | undefined {
  const error: unknown = lastDisconnect?.error;
  if (typeof error !== "object" || error === null || !("output" in error)) return undefined;
  const { output } = error;
  if (typeof output !== "object" || output === null || !("statusCode" in output)) return undefined;
  return typeof output.statusCode === "number" ? output.statusCode : undefined;
}
