import { create } from "qrcode";
import { showRef } from "../domain/ref.ts";
import { SANDBOX_MARK } from "./lines.ts";
import type { Proof } from "./proof.ts";

/** The dark squares of a QR code, as runs of a row: `x`, `y` and `length` in squares from the top left. */
export interface Squares {
  /** Squares a side, without the quiet zone (4 squares wide) that the drawing leaves around it. */
  readonly side: number;
  readonly runs: readonly { readonly x: number; readonly y: number; readonly length: number }[];
}

/**
 * What the QR says: reference, authenticity code, total in digits, plate. No address: the counter may have none, and a
 * printed one could lead anybody anywhere.
 */
export function qrText(proof: Proof): string {
  const said = [showRef(proof.ref), proof.code, String(proof.total), proof.plate].filter((part) => part !== "");
  return (proof.sandbox ? [SANDBOX_MARK, ...said] : said).join(" ");
}

export function qrSquares(text: string): Squares {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const side = modules.size;
  const runs: { x: number; y: number; length: number }[] = [];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (!modules.get(y, x)) continue;
      const last = runs.at(-1);
      if (last !== undefined && last.y === y && last.x + last.length === x) last.length++;
      else runs.push({ x, y, length: 1 });
    }
  }
  return { side, runs };
}
