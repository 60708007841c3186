import { parkLike } from "../loket/park.ts";
import { type Loket, startLoket } from "../loket/program.ts";
import { textOf } from "../loket/texts.ts";
import { pause } from "../measure.ts";
import type { Running, System, World } from "../system.ts";
import { type Called, messageUpdate, stubTelegraf, tapUpdate } from "../telegram.ts";

/** Loket itself, as it comes out of the box: one file, synchronous FULL. */
export const loketSqlite = loketOn("loket-sqlite", false);

/** With its conversations and their outbox in Redis. */
export const loketRedis = loketOn("loket-redis", true);

function loketOn(name: string, usesRedis: boolean): System {
  return {
    name,
    kind: "loket",
    usesRedis,
    payTurn: 4,
    async start(world) {
      const chats = chatsOf(world);
      stubTelegraf(chats.called);
      const { folder, paid } = world;
      const loket = await startLoket({ folder, paid, redisUrl: usesRedis ? world.redisUrl : undefined });
      return running(loket, chats, world);
    },
  };
}

/** The words of the counter by which a stage is known, 1 to 6. */
const STAGES: readonly RegExp[] = [
  /wilayah mana/,
  /Ketik NIK/,
  /Ketik nomor rangka/,
  /Tagihan ditemukan/,
  /Belum kami bayar|sedang diproses/,
  /Dibatalkan|Pembayaran berhasil/,
];

function stageOf({ method, text }: Called): number {
  if (method !== "sendMessage") return 0;
  return 1 + STAGES.findIndex((words) => words.test(text));
}

interface Chats {
  readonly called: (call: Called) => void;
  /** The first button of the last message to a user. */
  readonly buttonOf: (user: number) => string;
  readonly replied: (user: number) => Promise<void>;
  readonly settled: () => Promise<void>;
}

/** Nothing more is to come when the bot was silent at so many looks in a row, so far apart, ms. */
const LOOKS = 10;
const APART = 100;

function chatsOf({ told, pays }: World): Chats {
  const waiting = new Map<number, () => void>();
  const buttons = new Map<number, string>();
  let calls = 0;
  return {
    called(call) {
      calls++;
      if (!call.method.startsWith("send") || call.method === "sendChatAction") return;
      if (pays && call.button !== undefined) buttons.set(call.chat, call.button);
      told(call.chat, stageOf(call));
      waiting.get(call.chat)?.();
      waiting.delete(call.chat);
    },
    buttonOf: (user) => buttons.get(user) ?? "",
    replied: (user) => new Promise((resolve) => waiting.set(user, resolve)),
    // Looks are counted, and no time: a program that draws a hundred proofs is busy, and not silent.
    async settled() {
      for (let silent = 0; silent < LOOKS; silent++) {
        const before = calls;
        await pause(APART);
        if (calls !== before) silent = -1;
      }
    },
  };
}

function running(loket: Loket, chats: Chats, { pays }: World): Running {
  const updateOf = (user: number, update: number, turn: number) => {
    if (turn === 4 && pays) return tapUpdate(user, update, chats.buttonOf(user));
    return messageUpdate(user, update, textOf(user, turn));
  };
  return {
    deliver: (user, update, turn) => loket.update(JSON.stringify(updateOf(user, update, turn))),
    replied: chats.replied,
    settled: chats.settled,
    park: (like, from, count) => parkLike(loket.conversations, { like, from, count }),
    close: () => loket.stop(),
  };
}
