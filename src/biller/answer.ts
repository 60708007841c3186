import { type Rupiah, readRupiah } from "../domain/rupiah.ts";
import { clean } from "../domain/text.ts";
import { readJson } from "./lenient.ts";

/** Longest sentence of the biller that is kept, UTF-16 units. */
const LONGEST_REASON = 200;

/** An answer that is an object, read field by field. Own fields alone: `__proto__` in a body gives nothing. */
export interface Answer {
  /** The field as written, trimmed; empty when absent or neither text nor a safe integer. For comparing. */
  raw(name: string): string;
  /** The field for people: cleaned, at most 64 characters. */
  text(name: string): string;
  /** Whole rupiah, or undefined when the field is no sum. */
  sum(name: string): Rupiah | undefined;
  /** The biller's own sentence, cleaned, at most 200 characters; may be empty. */
  readonly reason: string;
}

/** The object that a body spells, or undefined. */
export function readAnswer(body: string): Answer | undefined {
  return answerOf(readJson(body));
}

export function answerOf(value: unknown): Answer | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const field = (name: string): unknown =>
    Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  const raw = (name: string): string => written(field(name)).trim();
  return {
    raw,
    text: (name) => clean(raw(name)),
    sum: (name) => readRupiah(field(name)),
    reason: clean(raw("reason"), LONGEST_REASON),
  };
}

/** The document promises strings; PHP makes a number of one now and then, which is read when it lost nothing. */
function written(value: unknown): string {
  if (typeof value === "string") return value;
  return Number.isSafeInteger(value) ? String(value) : "";
}
