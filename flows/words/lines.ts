import type { Rupiah } from "../../src/domain/rupiah.ts";
import { showRupiah } from "../../src/domain/rupiah.ts";
import { clean } from "../../src/domain/text.ts";
import type { How } from "./words.ts";

/** A line of a bill: its name, its sum, and whether it is shown when the sum is zero. */
export type Amount = readonly [name: string, sum: Rupiah, shown: "always" | "if-any"];

export function amounts(rows: readonly Amount[]): string {
  return rows
    .filter(([, sum, shown]) => shown === "always" || sum > 0)
    .map(([name, sum]) => `${name}: ${showRupiah(sum)}`)
    .join("\n");
}

/** `F 0001 Z · YAMAHA MIO 2010 · MERAH`, without what is empty. */
export function line(...words: readonly string[]): string {
  return words.filter((word) => word !== "").join(" · ");
}

/** The longest label that a button shows whole on a phone. */
const LABEL = 20;

/** A label that may be long: cut for a button, whole where it stands in a numbered list. */
export function label(text: string, { style }: How): string {
  return style === "buttons" ? clean(text, LABEL) : clean(text);
}
