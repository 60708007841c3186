import type { Settlement } from "../../src/biller/biller.ts";
import type { Course } from "../fakes/biller-books.ts";
import { HOUR, MINUTE, SECOND } from "./life-samples.ts";

const TIMEOUT: Settlement = { kind: "unknown", cause: "timeout", ok: false };
const GARBLED: Settlement = { kind: "unknown", cause: "garbled", ok: false };
const LOST = { answer: TIMEOUT, answerAfter: 65 * SECOND } as const;
const SOON = { answer: "books", answerAfter: 2 * SECOND } as const;

export interface NamedCourse extends Course {
  readonly name: string;
  /** How it must end when nobody crashes. */
  readonly ends: "paid" | "refunded" | "not-charged" | "review";
}

/** What the biller may do within what is assumed of it. */
export const COURSES: readonly NamedCourse[] = [
  { name: "CONFIRM at once", ends: "paid", books: [{ after: 0, status: "CONFIRM" }], ...SOON },
  { name: "CONFIRM, its answer lost", ends: "paid", books: [{ after: SECOND, status: "CONFIRM" }], ...LOST },
  {
    name: "CONFIRM, its answer garbled",
    ends: "paid",
    books: [{ after: 0, status: "CONFIRM" }],
    answer: GARBLED,
    answerAfter: SECOND,
  },
  {
    name: "CONFIRM, but pay says that it is already paid",
    ends: "paid",
    books: [{ after: 0, status: "CONFIRM" }],
    answer: { kind: "refused", reason: "Tagihan sudah dibayar (Kode: 0054)", code: "0054", saysPaid: true },
    answerAfter: SECOND,
  },
  {
    name: "applied 10 min after our reset, then CONFIRM",
    ends: "paid",
    books: [{ after: 65 * SECOND + 10 * MINUTE - 1, status: "CONFIRM" }],
    ...LOST,
  },
  {
    name: "PENDING, then CONFIRM",
    ends: "paid",
    books: [
      { after: 0, status: "PENDING" },
      { after: 3 * MINUTE, status: "CONFIRM" },
    ],
    ...SOON,
  },
  {
    name: "PENDING, then REFUND",
    ends: "refunded",
    books: [
      { after: 0, status: "PENDING" },
      { after: 100 * MINUTE, status: "REFUND" },
    ],
    ...SOON,
  },
  { name: "REFUND at once", ends: "refunded", books: [{ after: SECOND, status: "REFUND" }], ...SOON },
  {
    name: "REFUND, which is taken back once",
    ends: "paid",
    books: [
      { after: SECOND, status: "REFUND" },
      { after: 40 * SECOND, status: "PENDING" },
      { after: 9 * MINUTE, status: "CONFIRM" },
    ],
    ...SOON,
  },
  { name: "nothing, no answer", ends: "not-charged", books: [], ...LOST },
  {
    name: "nothing, and a refusal",
    ends: "not-charged",
    books: [],
    answer: { kind: "refused", reason: "Saldo tidak cukup", saysPaid: false },
    answerAfter: SECOND,
  },
  { name: "nothing, an answer that is garbled", ends: "not-charged", books: [], answer: GARBLED, answerAfter: SECOND },
  { name: "no connection", ends: "not-charged", books: [], ...LOST, unreachable: true },
  { name: "PENDING for ever", ends: "review", books: [{ after: 0, status: "PENDING" }], ...SOON },
  {
    name: "CONFIRM, and no status for two hours",
    ends: "paid",
    books: [{ after: 0, status: "CONFIRM" }],
    ...LOST,
    status: (since) => (since < 2 * HOUR ? TIMEOUT : undefined),
  },
  {
    name: "nothing, and every second status is lost",
    ends: "review",
    books: [],
    ...LOST,
    status: (_, asks) => (asks % 2 === 0 ? TIMEOUT : undefined),
  },
];
