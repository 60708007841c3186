import type { CounterView, Who } from "../flows/index.ts";
import type { Channel } from "./channels/channel.ts";
import { systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { channelOf } from "./conversation/message.ts";
import type { LookAround } from "./conversation/receive.ts";
import type { DepositKeeper } from "./payments/deposit/keeper.ts";
import { sellableOf } from "./payments/deposit/state.ts";
import { policyFor } from "./policy.ts";
import { isOnDuty } from "./relay/duty.ts";
import { whoIs } from "./staff/who.ts";
import { freshBytes } from "./store/fresh-bytes.ts";
import type { Stores } from "./store/stores.ts";
import type { RegionBook } from "./worker/regions.ts";

export interface Around {
  readonly config: Config;
  readonly stores: Pick<Stores, "records" | "ledger">;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly regions: RegionBook;
  readonly deposit: DepositKeeper;
}

/** What each step of a conversation is given of the world: the time, who writes, settings, regions, chance. */
export function surroundings({ config, stores, channels, regions, deposit }: Around): LookAround {
  const policyOf = policyFor(config);
  const staff = { staff: stores.records.staff, ledger: stores.ledger };
  const staffPolicy = { markup: config.fee, pinAlways: config.pinAlways };
  return async (key, sender) => {
    const channel = channels.get(channelOf(key));
    const at = systemClock.now();
    const who = await whoIs(staff, staffPolicy, key);
    const counters = await countersFor({ config, stores }, who, at);
    return {
      at,
      style: channel?.style ?? "buttons",
      forgets: channel?.forgets ?? false,
      language: sender?.language ?? "id",
      text: "",
      nonce: freshBytes(9).toString("base64url"),
      chance: freshBytes(4).readUInt32BE() / 2 ** 32,
      regions: regions.known(),
      policy: { ...policyOf(key), ...sellableOf(await deposit.read()) },
      who,
      ...(counters === undefined ? {} : { counters }),
    };
  };
}

/** The agents on duty, for a customer whose request they may take; undefined where there are none to take any. */
async function countersFor(
  { config, stores }: Pick<Around, "config" | "stores">,
  who: Who,
  at: number,
): Promise<readonly CounterView[] | undefined> {
  if (config.customers !== "relay" || who.kind !== "customer") return undefined;
  const agents = await stores.records.staff.list("agent");
  if (agents.length === 0) return undefined;
  return agents
    .filter((agent) => isOnDuty(agent, config.hours, at))
    .map(({ id, name, place }) => ({ id, name, place }));
}
