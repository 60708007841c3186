import type { StaffId } from "../../../src/domain/staff.ts";

/** What the operator did about agents, for whoever checks that the program did no more and no less. */
export interface Orders {
  /** Money that an agent paid in, under a name: the same name is the same money. */
  paidIn(agent: StaffId, name: string, amount: number): void;
  /** Whether it was booked is not known: what agents have is not reckoned any more. */
  unsure(): void;
  /** All that this agent has paid in; undefined when it is not known. */
  total(agent: StaffId): number | undefined;
  gives(ref: string, to: StaffId): void;
  gave(ref: string, to: StaffId): boolean;
}

export function ordersOf(): Orders {
  const money = new Map<string, { readonly agent: StaffId; readonly amount: number }>();
  const gifts = new Set<string>();
  let known = true;
  return {
    paidIn: (agent, name, amount) => void money.set(name, { agent, amount }),
    unsure: () => {
      known = false;
    },
    total: (agent) =>
      known
        ? [...money.values()].filter((one) => one.agent === agent).reduce((sum, { amount }) => sum + amount, 0)
        : undefined,
    gives: (ref, to) => void gifts.add(`${ref} ${to}`),
    gave: (ref, to) => gifts.has(`${ref} ${to}`),
  };
}
