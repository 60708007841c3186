import type { Clock } from "../../clock.ts";
import type { PaymentRef } from "../../domain/ref.ts";
import type { Ledger } from "../ledger.ts";
import { happen } from "./happen.ts";

/**
 * The payer's BATAL. Whether it came before the intent to send decides the ledger alone, by the payment's revision: of
 * the two commits one fails. "too-late" once it was sent, or when it has ended.
 */
export async function cancelPayment(
  { ledger, clock }: { readonly ledger: Ledger; readonly clock: Pick<Clock, "now"> },
  ref: PaymentRef,
): Promise<"withdrawn" | "too-late" | "unknown"> {
  const payment = await ledger.load(ref);
  if (payment === undefined) return "unknown";
  const at = clock.now();
  const happened = await happen(ledger, { payment, lease: undefined }, { kind: "withdraw", why: "cancelled", at });
  return happened.kind === "done" ? "withdrawn" : "too-late";
}
