import { type Chassis, keepChassis } from "../../domain/chassis.ts";
import { keepNik, type Nik } from "../../domain/nik.ts";
import { KINDS, type Kind, type VehicleKind } from "./kinds.ts";

/** Every test chassis number starts with it: a maker's code of Indonesia, then "sandbox". */
const MARK = "MH1SBX";

/** A vehicle that the sandbox knows. */
export interface SandboxVehicle {
  readonly kind: VehicleKind;
  /** 1 to 9999: the last four digits of the chassis number. */
  readonly number: number;
  /** As the biller prints it: `F 0001 Z`. */
  readonly plate: string;
}

export interface TestVehicle {
  readonly kind: VehicleKind;
  readonly title: string;
  readonly titleId: string;
  /** The one with number 1. */
  readonly chassis: Chassis;
  readonly plate: string;
  /** The chassis number with `####` for four digits that are free, 0001 to 9999: each number is another vehicle. */
  readonly pattern: string;
  /** What happens. */
  readonly what: string;
}

/** A KTP number of nobody; the sandbox takes any of 15 or 16 digits. */
export const EXAMPLE_NIK: Nik = nikOf("3204110107900001");

export const TEST_VEHICLES: readonly TestVehicle[] = KINDS.map(({ kind, word, title, titleId, what }) => ({
  kind,
  title,
  titleId,
  chassis: testChassis(kind, 1),
  plate: testPlate(kind, 1),
  pattern: `${stem(word)}####`,
  what,
}));

/** The chassis number of the `number`th vehicle of a kind, 1 to 9999. */
export function testChassis(kind: VehicleKind, number: number): Chassis {
  const chassis = keepChassis(`${stem(kindOf(kind).word)}${fourDigits(number)}`);
  if (chassis === undefined) throw new Error(`The chassis number of ${kind} is none.`);
  return chassis;
}

export function testPlate(kind: VehicleKind, number: number): string {
  const [prefix, suffix] = kindOf(kind).plate;
  return `${prefix} ${fourDigits(number)} ${suffix}`;
}

/** The test vehicle of a chassis number; undefined for one that is not in the list. */
export function sandboxVehicle(chassis: string): SandboxVehicle | undefined {
  const number = Number(/[0-9]{4}$/.exec(chassis)?.[0] ?? 0);
  const found = KINDS.find(({ word }) => chassis.slice(0, -4) === stem(word));
  if (found === undefined || number === 0) return undefined;
  return { kind: found.kind, number, plate: testPlate(found.kind, number) };
}

function kindOf(kind: VehicleKind): Kind {
  const found = KINDS.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`The sandbox has no vehicle ${kind}.`);
  return found;
}

function stem(word: string): string {
  return `${MARK}${word.padEnd(7, "X")}`;
}

function fourDigits(number: number): string {
  if (!Number.isInteger(number) || number < 1 || number > 9999) throw new RangeError("A test vehicle has 1 to 9999.");
  return String(number).padStart(4, "0");
}

function nikOf(digits: string): Nik {
  const nik = keepNik(digits);
  if (nik === undefined) throw new Error("The example KTP number is none.");
  return nik;
}
