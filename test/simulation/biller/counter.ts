import type { Random } from "../random.ts";
import type { Sim } from "../sim.ts";
import { ALREADY_PAID, badBillText, inquiryText, noText, totalOf } from "./answers.ts";
import { type Books, isOpen, stands, type Vehicle } from "./books.ts";

/** The biller's side of the inquiries: which bill it gives, and which regions are open. */
export interface Counter {
  inquire(query: { readonly product: string; readonly nik: string; readonly chassis: string }): string;
  list(): string;
  isOpen(product: string, at: number): boolean;
  /** A region was open at some time from `from` to now. */
  wasOpen(product: string, from: number): boolean;
}

interface Window {
  readonly product: string;
  readonly from: number;
  readonly to: number;
}

export interface CounterOptions {
  readonly sim: Sim;
  readonly books: Books;
  /** A bill is given for a vehicle whose last pay is under way, or was carried out a while ago. */
  readonly forgetful: boolean;
  /** A total may be another one each time that it is asked for. */
  readonly moves: boolean;
}

const NOT_FOUND =
  "Maaf, Datamu Tidak Ketemu. Silakan periksa kembali nomor rangka dan nomor KTP yang telah dimasukkan.";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function counterOf(options: CounterOptions): Counter {
  const { sim, books } = options;
  const random = sim.random("inquiries");
  const shut = windows(sim);
  const isShut = (product: string, at: number) =>
    product !== "SAMSAT_JABAR" && product !== "SAMSAT_JATENG"
      ? true
      : shut.some((window) => window.product === product && window.from <= at && at < window.to);
  return {
    inquire({ product, nik, chassis }) {
      const vehicle = books.vehicles.find((one) => one.chassis === chassis && one.nik === nik);
      if (vehicle === undefined || vehicle.product !== product) return noText(NOT_FOUND);
      if (isShut(product, sim.time.steady())) return noText("Layanan sedang tutup");
      return bill(options, vehicle, random);
    },
    list: () =>
      JSON.stringify(
        ["SAMSAT_JABAR", "SAMSAT_JATENG", "SAMSAT_JATIM"].map((product) => ({
          product,
          product_code: product,
          debet: "tagihan+5000",
          cashback: "2000",
          status: isShut(product, sim.time.steady()) ? "OFF" : "ON",
        })),
      ),
    isOpen: (product, at) => !isShut(product, at),
    wasOpen: (product, from) =>
      !shut.some((window) => window.product === product && window.from <= from && sim.time.steady() < window.to),
  };
}

/** So long after a debit the counter may bill the vehicle again: a day on (money rule 1) the program would pay it, ms. */
const FORGETFUL = 23 * HOUR;

function bill({ sim, books, forgetful, moves }: CounterOptions, vehicle: Vehicle, random: Random): string {
  const { sheets } = vehicle;
  const debits = sheets.filter((sheet) => sheet.settled && stands(sheet));
  const paid = debits.length > 0;
  const lately = debits.every(({ changedAt }) => sim.time.steady() - changedAt < FORGETFUL);
  const again = forgetful && lately && sim.fault("rebilled-after-paid", random);
  if (paid && !again) return noText(ALREADY_PAID);
  const open = sheets.some(isOpen);
  if (open && !(forgetful && sim.fault("rebilled-while-paying", random))) {
    return noText("Sistem sedang gangguan, coba beberapa saat lagi");
  }
  const last = sheets.at(-1);
  const total = totalNow(sim, vehicle) + (moves && last !== undefined && sim.fault("sum-moves", random) ? 12_500 : 0);
  const same = last !== undefined && last.total === total && sim.fault("same-invoice", random);
  const sheet = same ? last : books.write(vehicle, total, sim.time.steady());
  sheet.givenAt = sim.time.steady();
  if (!same && random.chance(0.3)) sheet.hush = "INQUIRY";
  sim.note(() => `biller: bill ${sheet.invoice} for ${vehicle.plate}, ${sheet.total}`);
  return sim.fault("bad-bill", random) ? badBillText(sheet) : inquiryText(sheet);
}

/** From day to day a penalty grows. */
function totalNow(sim: Sim, vehicle: Vehicle): number {
  const day = Math.floor((sim.time.wall() + 7 * 3_600_000) / DAY);
  return totalOf(vehicle, day % 2 === 0 ? 0 : 2_500);
}

/** When regions are shut, drawn once. */
function windows(sim: Sim): readonly Window[] {
  const random = sim.random("regions");
  const found: Window[] = [];
  for (const product of ["SAMSAT_JABAR", "SAMSAT_JATENG"]) {
    // Shut again and again, so that it also happens between the bill and its confirmation.
    for (let from = 0; from < HOUR && sim.fault("region-off", random); ) {
      from += random.between(10_000, 20 * 60_000);
      const to = from + random.between(20_000, 10 * 60_000);
      found.push({ product, from, to });
      from = to;
    }
  }
  return found;
}
