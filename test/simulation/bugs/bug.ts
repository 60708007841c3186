import type { Biller, Settlement } from "../../../src/biller/biller.ts";
import type { LedgerChange } from "../../../src/payments/ledger.ts";
import type { Payment } from "../../../src/payments/payment.ts";
import type { Parts } from "../program.ts";

/** What a bug may use besides the parts of its life. */
export interface Bench {
  /** Writes a line as a log without masks would. */
  readonly rawLog: (line: string) => void;
}

/** A wrong version of one small piece, put around the real parts of a life. It never leaves this folder. */
export interface Bug {
  readonly name: string;
  /** Seen only with a biller that lies. */
  readonly lies?: true;
  /** Seen only where customers pay through agents. */
  readonly staffed?: true;
  readonly wrong: (parts: Parts, bench: Bench) => Parts;
}

/** The answers of pay and status, read wrongly. */
export function answersRead(
  name: string,
  read: (settlement: Settlement, order: Parameters<Biller["status"]>[0], from: "pay" | "status") => Settlement,
): Bug {
  return {
    name,
    wrong: (parts) => ({
      ...parts,
      biller: {
        ...parts.biller,
        pay: async (order, mayGo) => read(await parts.biller.pay(order, mayGo), order, "pay"),
        status: async (order) => read(await parts.biller.status(order), order, "status"),
      },
    }),
  };
}

/** What is written of a payment, written wrongly. */
export function changesWritten(name: string, write: (change: LedgerChange) => LedgerChange, lies?: true): Bug {
  return {
    name,
    ...(lies === undefined ? {} : { lies }),
    wrong: (parts) => ({
      ...parts,
      ledger: { ...parts.ledger, commit: (change) => parts.ledger.commit(write(change)) },
    }),
  };
}

/** The payment that a change writes, otherwise. */
export function withNext(change: LedgerChange, next: Partial<Payment>): LedgerChange {
  return { ...change, payment: { ...change.payment, next: { ...change.payment.next, ...next } } };
}
