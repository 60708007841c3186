import { chassisOf } from "./biller.ts";

const TEXTS = ["/start", "Jawa Barat", "3204110101800001", "", "BAYAR", "BATAL"];

/**
 * What a customer of Loket types. The fourth is his vehicle's chassis number. A payment is never made by a word: the
 * fifth is answered with what to tap, and the sixth ends it.
 */
export function textOf(user: number, turn: number): string {
  return turn === 3 ? chassisOf(user) : (TEXTS[turn] ?? "MENU");
}
