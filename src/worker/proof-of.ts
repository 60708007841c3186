import type { Payment } from "../payments/payment.ts";
import { copyOf, makeProof, type Proof } from "../proof/proof.ts";
import { readProof } from "../proof/read-proof.ts";
import type { Deps } from "./deps.ts";

/**
 * The proof of a paid payment: made once, then given again as it is. Undefined when its person was erased, and of what the
 * operator decided as paid: without the biller's CONFIRM there is none (I4).
 */
export async function proofOf(deps: Deps, payment: Payment): Promise<Proof | undefined> {
  const stored = await deps.records.proofs.take(payment.ref);
  if (stored !== undefined) return copyOf(readProof(stored.proof), stored.copies - 1);
  if (payment.receipt === undefined || payment.bill.chassis === "") return undefined;
  const { loket, contact, sandbox } = deps.policyOf(payment.payer);
  const proof = makeProof(payment, { name: loket, contact, sandbox });
  await deps.records.proofs.save(payment.ref, JSON.stringify(proof), deps.clock.now());
  await deps.records.proofs.take(payment.ref);
  return proof;
}
