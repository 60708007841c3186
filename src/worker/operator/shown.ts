import type { AgentCard, DepositShown, PaymentBrief, PaymentShown, RequestBrief } from "../../../flows/index.ts";
import { agentAccount } from "../../domain/staff.ts";
import { readDeposit } from "../../payments/deposit/state.ts";
import type { Payment, PaymentState } from "../../payments/payment.ts";
import type { Staff } from "../../records/staff.ts";
import type { Request } from "../../relay/request.ts";
import type { Deps } from "../deps.ts";

const STATES: Readonly<Record<PaymentState, PaymentShown>> = {
  intended: "sent",
  sending: "sent",
  suspect: "checking",
  review: "review",
  paid: "paid",
  refunded: "refunded",
  "not-charged": "not-charged",
  withdrawn: "withdrawn",
};

export function stateShown(state: PaymentState): PaymentShown {
  return STATES[state];
}

export function briefOf({ ref, bill, state, openedAt }: Payment): PaymentBrief {
  return { ref, plate: bill.plate, total: bill.total, state: stateShown(state), openedAt };
}

export function requestBrief({ ref, bill, state }: Request): RequestBrief {
  return { ref, plate: bill.plate, total: bill.total, state };
}

export async function cardOf({ ledger }: Deps, agent: Staff): Promise<AgentCard> {
  const { id, name, place, state, pin, duty } = agent;
  const balance = await ledger.balance(agentAccount(id));
  return { id, name, place, suspended: state === "suspended", pin, onDuty: duty.on, balance };
}

export async function depositShown({ ledger, deposit }: Deps): Promise<DepositShown> {
  const floor = deposit?.floor;
  const { started, sum, underWay, average, bills, room } = await readDeposit(ledger, floor);
  return { started, sum, underWay, bills, floor, paused: room !== undefined && room < (average ?? 1) };
}
