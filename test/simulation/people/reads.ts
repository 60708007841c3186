import { plain } from "../../fakes/plain.ts";
import type { Shown } from "../platform/platform.ts";

/** What a person makes of a message: what it asks for, and what it says of payments. */
export interface Read {
  readonly text: string;
  readonly buttons: readonly string[];
  readonly asks: "region" | "nik" | "chassis" | "confirm" | "again" | "closed" | undefined;
  /** How to confirm the bill that is shown: a button's id, or what to type. */
  readonly confirm: string | undefined;
  readonly claims: readonly Claim[];
}

/** A sentence about a payment. `ref` or, where a sentence names none, the plate. */
export interface Claim {
  readonly says: "under-way" | "still-asking" | "paid" | "not-paid" | "withdrawn" | "changed";
  readonly ref: string | undefined;
  readonly plate: string | undefined;
}

const REF = "TRX-([2-9A-HJKMNP-Z]{5})";
const PLATE = "([A-Z]{1,2} \\d{1,4} [A-Z]{1,3})";

/** Sentences, as people read them. `r` is the reference, `p` the plate. */
const SENTENCES: readonly (readonly [Claim["says"], RegExp, "r" | "p"])[] = [
  ["under-way", new RegExp(`Pembayaran sedang diproses\\. No\\. ${REF}`, "g"), "r"],
  ["still-asking", new RegExp(`belum memberi jawaban \\(${REF}\\)`, "g"), "r"],
  ["still-asking", new RegExp(`${REF} masih dicek`, "g"), "r"],
  ["still-asking", new RegExp(`${REF} belum ada hasil`, "g"), "r"],
  ["still-asking", new RegExp(`Hasil ${REF} belum pasti`, "g"), "r"],
  ["paid", new RegExp(`Pembayaran berhasil[^]*?No\\. ${REF}`, "g"), "r"],
  ["paid", new RegExp(`sudah lunas lewat loket ini \\(${REF}\\)`, "g"), "r"],
  ["paid", new RegExp(`, lunas [^()]*\\(${REF}\\)`, "g"), "r"],
  ["paid", new RegExp(`· lunas · ${REF}`, "g"), "r"],
  ["not-paid", new RegExp(`belum berhasil; pajaknya belum terbayar[^(]*\\(${REF}\\)`, "g"), "r"],
  ["not-paid", new RegExp(`Pembayaran tadi \\(${REF}\\) tidak berhasil`, "g"), "r"],
  ["not-paid", new RegExp(`, (?:belum terbayar|tidak jadi, dana dikembalikan) [^()]*\\(${REF}\\)`, "g"), "r"],
  ["not-paid", new RegExp(`· (?:belum terbayar|tidak jadi, dana dikembalikan) · ${REF}`, "g"), "r"],
  // An agent's words.
  ["paid", new RegExp(`Lunas: [^\\n]*${REF}`, "g"), "r"],
  ["paid", new RegExp(`✓ [A-Z0-9 ]*${REF}`, "g"), "r"],
  ["not-paid", new RegExp(`belum (?:berhasil|dibayar) \\(${REF}\\)[^.]*\\. Saldo`, "g"), "r"],
  ["changed", new RegExp(`\\(${REF}\\): sistem pembayaran mengubah jawabannya`, "g"), "r"],
  ["withdrawn", new RegExp(`Waktu tagihan ${PLATE} habis sebelum`, "g"), "p"],
  ["withdrawn", new RegExp(`Pembayaran ${PLATE} dibatalkan`, "g"), "p"],
  ["withdrawn", new RegExp(`jadi ${PLATE} belum kami bayar`, "g"), "p"],
  ["withdrawn", new RegExp(`sebelum pembayaran ${PLATE} dikirim`, "g"), "p"],
  ["withdrawn", new RegExp(`Pembayaran ${PLATE} belum sempat kami kirim`, "g"), "p"],
];

export function readShown({ message }: Pick<Shown, "message">): Read {
  const text = plain(message.kind === "text" || message.kind === "choices" ? message.text : message.caption);
  const buttons = message.kind === "choices" ? message.rows.flat().map(({ id }) => id) : [];
  const code = /BAYAR (\d{3})/.exec(text)?.[0];
  const confirm = buttons.find((id) => id.startsWith("pay:")) ?? code;
  return { text, buttons, confirm, asks: confirm === undefined ? askedIn(text) : "confirm", claims: claimsIn(text) };
}

function askedIn(text: string): Read["asks"] {
  if (/sedang tutup dan belum ada kabar/.test(text)) return "closed";
  if (/NIK yang sama/.test(text)) return "again";
  if (/[Kk]etik(?: lagi)? NIK|Tadi sampai NIK/.test(text)) return "nik";
  if (/[Kk]etik(?: lagi)? nomor rangka|Tadi sampai nomor rangka/.test(text)) return "chassis";
  return /wilayah mana\?|Pilih salah satu|belum kami kenali/.test(text) ? "region" : undefined;
}

function claimsIn(text: string): readonly Claim[] {
  if (!/TRX-|tagihan|embayaran|jadi/.test(text)) return [];
  return SENTENCES.flatMap(([says, sentence, names]) =>
    [...text.matchAll(sentence)].map(
      ([, name]): Claim => ({
        says,
        ref: names === "r" ? name : undefined,
        plate: names === "p" ? name : undefined,
      }),
    ),
  );
}
