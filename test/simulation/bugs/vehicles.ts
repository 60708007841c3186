import type { Chassis } from "../../../src/domain/chassis.ts";
import { LIVE, type NewPayment } from "../../../src/payments/payment.ts";
import type { Bug } from "./bug.ts";

/** The same bill of a vehicle that no other payment is of. */
function another(payment: NewPayment): NewPayment {
  const { bill } = payment;
  return { ...payment, bill: { ...bill, chassis: `${bill.chassis}${bill.invoice.slice(-4)}` as Chassis, plate: "" } };
}

const LOCK_MS = 300_000;

/** One payment a vehicle: held in the wrong place, or for too short. */
export const VEHICLE_BUGS: readonly Bug[] = [
  {
    name: "two invoices for one vehicle",
    wrong: (parts) => ({
      ...parts,
      ledger: { ...parts.ledger, find: async () => [], open: (payment, at) => parts.ledger.open(another(payment), at) },
    }),
  },
  {
    name: "check, then act",
    wrong: (parts) => ({
      ...parts,
      ledger: {
        ...parts.ledger,
        async open(payment, at) {
          const found = await parts.ledger.check(payment, at);
          if (found.kind !== "free") return parts.ledger.open(payment, at);
          return parts.ledger.open(another(payment), at);
        },
      },
    }),
  },
  {
    name: "a lock in memory alone",
    wrong: (parts) => {
      const locked = new Set<string>();
      return {
        ...parts,
        ledger: {
          ...parts.ledger,
          find: async () => [],
          async open(payment, at) {
            if (locked.has(payment.bill.chassis)) return parts.ledger.open(payment, at);
            locked.add(payment.bill.chassis);
            return parts.ledger.open(another(payment), at);
          },
        },
      };
    },
  },
  {
    name: "a lock that expires",
    wrong: (parts) => ({
      ...parts,
      ledger: {
        ...parts.ledger,
        find: async (query) => (query.vehicle === undefined ? parts.ledger.find(query) : []),
        async open(payment, at) {
          const live = await parts.ledger.find({ vehicle: payment.bill, states: LIVE });
          const held = live.some(({ openedAt }) => at - openedAt < LOCK_MS);
          return parts.ledger.open(held || live.length === 0 ? payment : another(payment), at);
        },
      },
    }),
  },
];
