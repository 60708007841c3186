import type { Who } from "../../flows/index.ts";
import type { ConversationKey } from "../conversation/message.ts";
import type { Rupiah } from "../domain/rupiah.ts";
import { agentAccount } from "../domain/staff.ts";
import type { Ledger } from "../payments/ledger.ts";
import type { Staff, StaffRoom } from "../records/staff.ts";

export interface StaffPolicy {
  /** The counter's own fee on each bill; 0 for none. */
  readonly markup: Rupiah;
  /** From this sum on an agent's PIN is asked at each confirmation. */
  readonly pinAlways: Rupiah;
}

/** Whose chat it is, as its conversation may know it: read anew at every turn. */
export async function whoIs(
  { staff, ledger }: { readonly staff: StaffRoom; readonly ledger: Pick<Ledger, "balance"> },
  policy: StaffPolicy,
  chat: ConversationKey,
): Promise<Who> {
  const person = await staff.byChat(chat);
  if (person === undefined) return { kind: "customer" };
  const { id, name, pin } = person;
  if (person.role === "operator") return { kind: "operator", operator: { id, name, pin } };
  return { kind: "agent", agent: viewOf(person, policy, await ledger.balance(agentAccount(id))) };
}

function viewOf(agent: Staff, { markup, pinAlways }: StaffPolicy, balance: Rupiah) {
  const { id, name, place, pin, credit, daily, proofForm } = agent;
  const view = { id, name, place, pin, balance, credit, daily, proofForm, markup, pinAlways };
  return { ...view, suspended: agent.state === "suspended", onDuty: agent.duty.on };
}
