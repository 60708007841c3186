import type { CounterView, Policy } from "../../../flows/index.ts";
import type { LookAround } from "../../../src/conversation/receive.ts";
import type { Rupiah } from "../../../src/domain/rupiah.ts";
import { desk } from "../../../src/relay/desk.ts";
import { isOnDuty } from "../../../src/relay/duty.ts";
import { whoIs } from "../../../src/staff/who.ts";
import type { Deps } from "../../../src/worker/deps.ts";
import type { Parts } from "../program.ts";

/** How a counter reckons with its agents. */
export interface Terms {
  readonly markup: Rupiah;
  readonly pinAlways: Rupiah;
}

/** What a program has beside the rest where customers pay through agents: as surroundings.ts and main.ts put it together. */
export function relayRoom(
  { ledger, records, biller, clock, log }: Parts,
  terms: Terms,
  base: { readonly policy: Policy; readonly lookAround: LookAround },
): Pick<Deps, "relay" | "policyOf" | "lookAround"> {
  const policy = { ...base.policy, mayPay: false };
  const { hours } = policy;
  const staff = { staff: records.staff, ledger };
  const counters = async (): Promise<readonly CounterView[]> =>
    (await records.staff.list("agent"))
      .filter((agent) => isOnDuty(agent, hours, clock.now()))
      .map(({ id, name, place }) => ({ id, name, place }));
  return {
    relay: desk({ ledger, records, biller, clock, log, hours, markup: terms.markup }),
    policyOf: () => policy,
    async lookAround(key, sender) {
      const who = await whoIs(staff, terms, key);
      const around = { ...(await base.lookAround(key, sender)), policy, who };
      return who.kind === "customer" ? { ...around, counters: await counters() } : around;
    },
  };
}
