import type { Invoice } from "../../../src/domain/bill.ts";
import { type Chassis, keepChassis } from "../../../src/domain/chassis.ts";
import { keepNik, type Nik } from "../../../src/domain/nik.ts";
import type { Random } from "../random.ts";

export interface Vehicle {
  readonly product: string;
  readonly nik: Nik;
  readonly chassis: Chassis;
  readonly plate: string;
  readonly pkb: number;
  readonly sheets: Sheet[];
}

export type Word = "INQUIRY" | "PENDING" | "CONFIRM" | "REFUND";

/** One invoice in the biller's books: what is true of it, whoever was told what. Times are ms since the world began. */
export interface Sheet {
  readonly invoice: Invoice;
  readonly vehicle: Vehicle;
  readonly total: number;
  /** When the bill was given last. */
  givenAt: number;
  readonly reference: string;
  /** First bytes of pay calls. */
  readonly sentAt: number[];
  /** What the books say. */
  word: Word;
  /** What status says meanwhile, until `hushedUntil`. */
  hush: "FAILURE" | Word;
  hushedUntil: number;
  debits: number;
  refunds: number;
  /** When the word changed last. */
  changedAt: number;
  /** Nothing will change any more. */
  settled: boolean;
  /** pay or status was answered with CONFIRM, readable, for this invoice and total. */
  confirmSaid: boolean;
  refused: boolean;
  /** The program has heard that it was accepted, or said to be. */
  known: boolean;
}

export interface Books {
  readonly vehicles: readonly Vehicle[];
  readonly sheets: ReadonlyMap<string, Sheet>;
  write(vehicle: Vehicle, total: number, at: number): Sheet;
}

export const FEE = 5_000;
const PRODUCTS = ["SAMSAT_JABAR", "SAMSAT_JABAR", "SAMSAT_JABAR", "SAMSAT_JATENG"] as const;

export function booksOf(count: number, random: Random): Books {
  const vehicles = Array.from({ length: count }, (_, number) => vehicle(number, random));
  const sheets = new Map<string, Sheet>();
  return {
    vehicles,
    sheets,
    write(of, total, at) {
      const invoice = `${70_000_000_000 + sheets.size * 97 + random.below(90)}` as Invoice;
      const sheet: Sheet = {
        invoice,
        vehicle: of,
        total,
        givenAt: at,
        reference: `REF${invoice}`,
        sentAt: [],
        word: "INQUIRY",
        hush: "FAILURE",
        hushedUntil: Number.POSITIVE_INFINITY,
        debits: 0,
        refunds: 0,
        changedAt: 0,
        settled: true,
        confirmSaid: false,
        refused: false,
        known: false,
      };
      sheets.set(invoice, sheet);
      of.sheets.push(sheet);
      return sheet;
    },
  };
}

/** A debit that was not given back. */
export function stands(sheet: Sheet): boolean {
  return sheet.debits > sheet.refunds;
}

/** Sent, and the end is open still. */
export function isOpen(sheet: Sheet): boolean {
  return sheet.sentAt.length > 0 && !sheet.settled;
}

function vehicle(number: number, random: Random): Vehicle {
  const nik = keepNik(`320412${10 + random.below(18)}0${1 + random.below(9)}8${random.below(10)}${1000 + number}`);
  const chassis = keepChassis(`MH1JFZ110HK${200_000 + number}`);
  if (nik === undefined || chassis === undefined) throw new Error("a sample that cannot be read");
  const plate = `F ${1000 + number} ${random.pick(["AB", "CD", "Z"])}`;
  return { product: random.pick(PRODUCTS), nik, chassis, plate, pkb: 100_000 + 500 * random.below(900), sheets: [] };
}
