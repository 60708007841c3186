import type { VehicleKind } from "./kinds.ts";

/** A bill's sums by the document's names, whole rupiah. */
export interface SandboxSums {
  readonly tax_pkb: number;
  readonly tax_swd: number;
  readonly tax_bnn: number;
  readonly penalty_pkb: number;
  readonly penalty_swd: number;
  readonly penalty_bnn: number;
  readonly fee: number;
  readonly total: number;
}

/** The document's example. */
const ORDINARY: SandboxSums = {
  tax_pkb: 143_500,
  tax_swd: 35_000,
  tax_bnn: 0,
  penalty_pkb: 0,
  penalty_swd: 0,
  penalty_bnn: 0,
  fee: 5_000,
  total: 183_500,
};

const OTHERS: Partial<Record<VehicleKind, SandboxSums>> = {
  penalties: {
    ...ORDINARY,
    tax_bnn: 150_000,
    penalty_pkb: 12_800,
    penalty_swd: 32_000,
    penalty_bnn: 75,
    total: 378_375,
  },
  "other-part": { ...ORDINARY, total: 186_000 },
  "bad-bill": { ...ORDINARY, total: 183_000 },
};

export function sumsOf(kind: VehicleKind): SandboxSums {
  return OTHERS[kind] ?? ORDINARY;
}
