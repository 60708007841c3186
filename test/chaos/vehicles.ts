import type { VehicleKind } from "../../src/biller/sandbox/kinds.ts";
import { testChassis, testPlate } from "../../src/biller/sandbox/vehicles.ts";
import { type Chance, pick } from "./chance.ts";

export interface Vehicle {
  readonly kind: VehicleKind;
  readonly chassis: string;
  /** As the biller prints it: `F 0001 Z`. No two are the same. */
  readonly plate: string;
}

/** What the biller makes of a vehicle's bill, and of how many in a hundred. There are 9,999 of each kind. */
const KINDS: readonly (readonly [VehicleKind, number])[] = [
  ["ordinary", 20],
  ["penalties", 20],
  ["other-part", 15],
  ["plate-b", 15],
  ["bare-keys", 12],
  ["pending-confirm", 8],
  ["reset-applied", 4],
  ["garbage", 4],
  ["pending-refund", 2],
];

/** A new vehicle at each call. */
export function newVehicles(chance: Chance): () => Vehicle {
  const numbers = new Map<VehicleKind, number>();
  return () => {
    const kind = pick(chance, KINDS);
    const number = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, number);
    return { kind, chassis: testChassis(kind, number), plate: testPlate(kind, number) };
  };
}
