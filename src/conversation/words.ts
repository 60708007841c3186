import type { GlobalWord } from "../../flows/index.ts";
import { plainTyping } from "../domain/typed.ts";

/**
 * Words that work in every state (script rule 3): Indonesian first, English the same. Compared without case, blanks at
 * the ends, a leading slash and closing punctuation.
 */
export const GLOBAL_WORDS: ReadonlyMap<string, GlobalWord> = new Map(
  Object.entries({
    cancel: [
      "batal",
      "0",
      "cancel",
      "stop",
      "batalkan",
      "batal bayar",
      "gak jadi",
      "ga jadi",
      "nggak jadi",
      "tidak jadi",
      "tidak jadi bayar",
      "gak jadi bayar",
      "jangan bayar",
    ],
    menu: ["menu", "start", "mulai"],
    back: ["kembali", "back", "sebelumnya"],
    help: ["bantuan", "help", "tolong", "?", "cara", "cara bayar"],
    status: ["status", "cek status", "status pembayaran", "payment status"],
    history: ["riwayat", "history"],
    human: ["petugas", "cs", "admin", "operator", "orang", "staff", "manusia", "customer service"],
    restart: ["mulai lagi", "restart", "start over", "ulang", "ulangi dari awal"],
    resume: ["lanjut", "lanjutkan", "resume", "continue"],
    privacy: ["privasi", "privacy"],
    erase: ["hapus data", "hapus data saya", "delete my data", "delete data"],
    english: ["english", "inggris", "en"],
    indonesian: ["indonesia", "bahasa indonesia", "indonesian", "bahasa"],
    "where-chassis": ["di mana nomor rangka", "dimana nomor rangka", "di mana rangka", "where is the chassis number"],
    proof: ["bukti", "proof", "bukti pembayaran", "bukti bayar", "bukti sekali lagi", "proof of payment"],
    authentic: ["asli", "genuine"],
  } satisfies Partial<Record<GlobalWord, readonly string[]>>).flatMap(([word, spellings]) =>
    spellings.map((spelling) => [spelling, word as GlobalWord] as const),
  ),
);

/** Any greeting is MENU (script rule 3), but to a human a greeting is a greeting. */
export const GREETINGS: ReadonlySet<string> = new Set([
  "halo",
  "hallo",
  "haloo",
  "hai",
  "hi",
  "hello",
  "helo",
  "pagi",
  "siang",
  "sore",
  "malam",
  "selamat pagi",
  "selamat siang",
  "selamat sore",
  "selamat malam",
  "good morning",
  "good afternoon",
  "good evening",
  "assalamualaikum",
  "assalamu'alaikum",
  "assalamu alaikum",
  "permisi",
  "punten",
  "test",
  "tes",
  "ping",
]);

/** What people write who want to begin. At a bill those with "bayar" want to pay it. */
export const BEGINNINGS: ReadonlySet<string> = new Set([
  "pajak",
  "cek pajak",
  "bayar pajak",
  "cek tagihan",
  "cek dan bayar pajak",
  "cek pajak motor",
  "cek pajak mobil",
  "bayar pajak motor",
  "bayar pajak mobil",
  "mau bayar pajak",
  "check tax",
  "pay tax",
  "check and pay tax",
]);

/** The next vehicle, wherever the chat is. */
export const ANOTHER: ReadonlySet<string> = new Set([
  "kendaraan lain",
  "motor lain",
  "mobil lain",
  "another vehicle",
  "another car",
]);

export const YES: ReadonlySet<string> = new Set(["ya", "iya", "y", "yes", "ok", "oke", "betul", "benar", "sama"]);
export const NO: ReadonlySet<string> = new Set([
  "tidak",
  "bukan",
  "no",
  "gak",
  "ga",
  "nggak",
  "enggak",
  "tdk",
  "jangan",
]);

const THANKED =
  /^(?:(?:ok|oke|okay|baik|siap|sip|ya)\s+)?(?:terima ?kasih|makasih|makasi|trims|thanks|thank you|tq|thx|nuhun|hatur nuhun|matur nuwun|suwun)(?: (?:ya|banyak|pak|bu|kak|min|bang|mas|mbak|gan|admin|a lot|very much))*$/;

export function isThanks(word: string): boolean {
  return THANKED.test(word) || /^(?:🙏\p{Emoji_Modifier}?)+$/u.test(word);
}

/** At a bill these want to pay, but do not say which bill: they never pay (script rule 10). */
const WANTS_TO_PAY: ReadonlySet<string> = new Set([
  "1",
  "ya",
  "iya",
  "y",
  "ok",
  "oke",
  "okay",
  "setuju",
  "yes",
  "betul",
  "benar",
  "sudah benar",
  "gas",
]);

/** Whether somebody at a bill wants to pay it, however he says so. */
export function wantsToPay(word: string): boolean {
  return WANTS_TO_PAY.has(word) || word.split(" ").some(isPayVerb);
}

/** BAYAR, with one slip. */
export function isPayVerb(word: string): boolean {
  return word === "pay" || nearly(word, "bayar");
}

/** A bare word for comparing: lower case, one blank between words, without a leading slash or closing marks. */
export function bare(text: string): string {
  return plainTyping(text)
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/^\/+/, "")
    .replace(/(?<=[^.!?,;\s])[\s.!?,;]+$/u, "")
    .trim();
}

/** The same without the faces around it: "batal 😢". Faces alone stay. */
export function withoutFaces(word: string): string {
  const said = word.replace(/(?:\s|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)+$/u, "");
  return said === "" ? word : said;
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
