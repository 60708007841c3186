import type { Policy } from "../../flows/index.ts";
import type { Biller } from "../biller/biller.ts";
import type { Channel } from "../channels/channel.ts";
import type { Clock } from "../clock.ts";
import type { Crowd } from "../conversation/crowd.ts";
import type { ConversationKey } from "../conversation/message.ts";
import type { Room } from "../conversation/receive.ts";
import type { Rupiah } from "../domain/rupiah.ts";
import type { Log } from "../log.ts";
import type { DepositKeeper } from "../payments/deposit/keeper.ts";
import type { Ledger } from "../payments/ledger.ts";
import type { Proof } from "../proof/proof.ts";
import type { Records } from "../records/records.ts";
import type { Desk } from "../relay/desk.ts";
import type { Elsewhere } from "./queue.ts";

/** What the worker works with. */
export interface Deps extends Room {
  readonly ledger: Ledger;
  readonly records: Records;
  readonly biller: Biller;
  /** Those that are on, by name. */
  readonly channels: ReadonlyMap<string, Channel>;
  readonly clock: Clock;
  readonly log: Log;
  /** Without it no address is counted. */
  readonly crowd?: Crowd;
  /** Without it sales never pause, and the deposit is watched by nobody. */
  readonly deposit?: DepositKeeper;
  /** What operators' chats need. Without it nobody is told of tasks in a chat. */
  readonly operators?: {
    /** Above it a second operator must agree; undefined: never. */
    readonly twoPersonsAbove: Rupiah | undefined;
    /** The phone number of a chat whose name tells none; undefined when it is not known. */
    readonly numberOf: (chat: ConversationKey) => Promise<string | undefined>;
  };
  /** Without it no request is given to an agent. */
  readonly relay?: Desk;
  /** Channels that another process drives now; without it none are. */
  readonly elsewhere?: Elsewhere;
  /** Of one job: whether its lease is still ours. */
  readonly ours?: () => boolean;
  readonly policyOf: (key: ConversationKey) => Policy;
  readonly draw: {
    readonly pdf: (proof: Proof) => Uint8Array;
    readonly image: (proof: Proof) => Uint8Array;
  };
}
