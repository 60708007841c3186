import type { GlobalWord } from "../../flows/index.ts";

/**
 * Words that work in every state (script rule 3): Indonesian first, English the same. Compared without case, blanks at
 * the ends, a leading slash and closing punctuation.
 */
export const GLOBAL_WORDS: ReadonlyMap<string, GlobalWord> = new Map(
  Object.entries({
    cancel: ["batal", "0", "cancel", "stop", "batalkan", "gak jadi", "tidak jadi"],
    menu: [
      "menu",
      "start",
      "mulai",
      "halo",
      "hallo",
      "hai",
      "hi",
      "hello",
      "helo",
      "p",
      "pagi",
      "siang",
      "sore",
      "malam",
      "selamat pagi",
      "selamat siang",
      "selamat sore",
      "selamat malam",
      "assalamualaikum",
      "assalamu'alaikum",
      "permisi",
      "test",
      "tes",
      "ping",
    ],
    back: ["kembali", "back", "sebelumnya"],
    help: ["bantuan", "help", "tolong", "?", "cara", "cara bayar"],
    status: ["status", "cek status"],
    history: ["riwayat", "history"],
    human: ["petugas", "cs", "admin", "operator", "orang", "staff", "manusia", "customer service"],
    restart: ["mulai lagi", "restart", "start over", "ulang", "ulangi dari awal"],
    resume: ["lanjut", "lanjutkan", "resume", "continue"],
    privacy: ["privasi", "privacy"],
    erase: ["hapus data", "hapus data saya", "delete my data", "delete data"],
    english: ["english", "inggris", "en"],
    indonesian: ["indonesia", "bahasa indonesia", "indonesian", "bahasa"],
    "where-chassis": ["di mana nomor rangka", "dimana nomor rangka", "di mana rangka", "where is the chassis number"],
  } satisfies Partial<Record<GlobalWord, readonly string[]>>).flatMap(([word, spellings]) =>
    spellings.map((spelling) => [spelling, word as GlobalWord] as const),
  ),
);

export const THANKS: ReadonlySet<string> = new Set([
  "terima kasih",
  "terimakasih",
  "makasih",
  "makasi",
  "trims",
  "thanks",
  "thank you",
  "tq",
  "thx",
  "nuhun",
  "matur nuwun",
  "suwun",
]);

/** At a bill these want to pay, but do not say which bill: they never pay (script rule 10). */
export const WANTS_TO_PAY: ReadonlySet<string> = new Set([
  "1",
  "ya",
  "iya",
  "y",
  "ok",
  "oke",
  "okay",
  "setuju",
  "bayar",
  "pay",
  "yes",
  "lanjut bayar",
  "betul",
  "benar",
  "gas",
]);

/** A bare word for comparing: lower case, one blank between words, without a leading slash or closing marks. */
export function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^\/+/, "")
    .replace(/(?<=.)[.!,;]+$/u, "")
    .trim();
}

/** The one-letter slips of a word, forgiven at BAYAR alone: one letter more, less, other, or two swapped. */
export function nearly(word: string, wanted: string): boolean {
  if (word === wanted) return true;
  if (Math.abs(word.length - wanted.length) > 1) return false;
  const from = firstDifference(word, wanted);
  const [tail, wantedTail] = [word.slice(from), wanted.slice(from)];
  return (
    tail.slice(1) === wantedTail ||
    tail === wantedTail.slice(1) ||
    tail.slice(1) === wantedTail.slice(1) ||
    (tail[0] === wantedTail[1] && tail[1] === wantedTail[0] && tail.slice(2) === wantedTail.slice(2))
  );
}

function firstDifference(a: string, b: string): number {
  let place = 0;
  while (place < a.length && a[place] === b[place]) place += 1;
  return place;
}
