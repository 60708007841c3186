import type { Call } from "../fakes/telegram/books.ts";
import type { Fault } from "../fakes/telegram/faults.ts";
import type { TelegramServer } from "../fakes/telegram/server.ts";
import { between, type Chance, pause, pick } from "./chance.ts";

const METHODS: readonly (readonly [string, number])[] = [
  ["sendMessage", 6],
  ["sendDocument", 3],
  ["getUpdates", 1],
  ["editMessageReplyMarkup", 1],
];

const FAULTS: readonly (readonly [Fault, number])[] = [
  [{ kind: "busy", retryAfter: 1 }, 3],
  [{ kind: "error", status: 502, description: "Bad Gateway" }, 3],
  [{ kind: "reset", when: "before" }, 3],
  [{ kind: "reset", when: "after" }, 3],
  [{ kind: "garbled" }, 1],
];

/** Between two faults, ms. */
const [SHORTEST, LONGEST] = [500, 4_000];
/** More calls than that are not remembered: an hour of them would fill the memory. */
const REMEMBERED = 2_000;

/** Telegram's bad days, until `calm`. Resolves to how many faults were ordered. */
export async function telegramTrouble(telegram: TelegramServer, chance: Chance, calm: AbortSignal): Promise<number> {
  let ordered = 0;
  while (!calm.aborted) {
    await pause(between(chance, SHORTEST, LONGEST), calm);
    const { calls, faults } = telegram.books;
    if (calls.length > 2 * REMEMBERED) calls.splice(0, calls.length - REMEMBERED);
    if (calm.aborted || faults.length > 2) continue;
    telegram.fault(pick(chance, METHODS), pick(chance, FAULTS));
    ordered += 1;
  }
  telegram.books.faults.splice(0);
  return ordered;
}

/** Resolves when the next proof is being sent: its message, or its file. */
export async function proofOnItsWay(telegram: TelegramServer, what: "message" | "file"): Promise<void> {
  const before = telegram.books.calls.at(-1);
  await telegram.reached(({ calls }) => {
    const last = calls.at(-1);
    return last !== undefined && last !== before && isProof(last, what);
  });
}

function isProof({ method, fields }: Call, what: "message" | "file"): boolean {
  if (what === "file") return method === "sendDocument";
  return method === "sendMessage" && String(fields.text).startsWith("Pembayaran berhasil");
}
