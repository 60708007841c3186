import type { ConversationKey } from "../conversation/message.ts";
import type { AuthenticityCode } from "../domain/ref.ts";
import type { Payment } from "../payments/payment.ts";
import type { Deps } from "./deps.ts";

/**
 * Whether a chat may see a payment and have its proof (I13): its payer's, its agent's, on whichever of his devices, and
 * any chat that holds the whole code of the proof, which only who has seen it can know.
 */
export async function mayHave(
  deps: Deps,
  { payer, agent, code }: Payment,
  { chat, known }: { readonly chat: ConversationKey; readonly known: AuthenticityCode | undefined },
): Promise<boolean> {
  if (payer === chat || agent?.chat === chat || code === known) return true;
  return agent !== undefined && (await deps.records.staff.byChat(chat))?.id === agent.id;
}
