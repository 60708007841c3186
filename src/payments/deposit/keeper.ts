import type { Clock } from "../../clock.ts";
import { type Rupiah, showRupiah } from "../../domain/rupiah.ts";
import type { Log } from "../../log.ts";
import type { NewOperatorTask, Records } from "../../records/records.ts";
import type { Ledger } from "../ledger.ts";
import { type Deposit, readDeposit } from "./state.ts";

export interface DepositKeeperDeps {
  readonly ledger: Pick<Ledger, "balance" | "lines">;
  readonly records: Pick<Records, "tasks" | "flags">;
  readonly clock: Clock;
  readonly log: Log;
  /** `DEPOSIT_FLOOR`; undefined: sales never pause. */
  readonly floor: Rupiah | undefined;
}

/** Watches the deposit at the biller: says what may still be sold, and tells the operator when little is left. */
export interface DepositKeeper {
  readonly floor: Rupiah | undefined;
  /** As last read, at most a few seconds ago. */
  read(): Promise<Deposit>;
  /**
   * Does `work`, which opens what will be debited, if the deposit has room for it; else "sales-paused". One after the
   * other: two at the same time do not share the last room.
   */
  within<T>(debit: Rupiah, work: () => Promise<T>): Promise<T | "sales-paused">;
  /** One look: a level that was crossed becomes the operator's task, once. */
  look(): Promise<void>;
  run(stop: AbortSignal): Promise<void>;
}

/** How old a reading may be that people are shown, ms. What opens a payment reads anew. */
const SHOWN_MS = 2_000;
const LOOK_MS = 15_000;

/** The flag that remembers which level was told of. */
const LEVEL = "deposit-level";
const LOW_KEY = "deposit-low";
const PAUSED_KEY = "deposit-paused";

export function depositKeeper(deps: DepositKeeperDeps): DepositKeeper {
  const { ledger, clock, log, floor } = deps;
  let known: { readonly deposit: Deposit; readonly at: number } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const fresh = async () => {
    const deposit = await readDeposit(ledger, floor);
    known = { deposit, at: clock.now() };
    return deposit;
  };
  const look = () => fresh().then((deposit) => tell(deps, deposit));
  return {
    floor,
    read: async () => (known !== undefined && clock.now() - known.at < SHOWN_MS ? known.deposit : fresh()),
    within(debit, work) {
      const turn = last.then(async () => {
        const { room } = await fresh();
        if (room !== undefined && room < debit) return "sales-paused" as const;
        const done = await work();
        known = undefined;
        return done;
      });
      // What failed is its own caller's; the next one goes on.
      last = turn.catch(() => undefined);
      return turn;
    },
    look,
    async run(stop) {
      while (!stop.aborted) {
        await look().catch((error: unknown) => log.error({ error }, "the deposit could not be looked at; tried again"));
        await clock.sleep(clock.now() + LOOK_MS, stop);
      }
    },
  };
}

type Level = "enough" | "low" | "paused";

/** At so many bills the operator is told. */
const LOW = 5;

async function tell({ records, clock, floor }: DepositKeeperDeps, deposit: Deposit): Promise<void> {
  const was = levelOf(await records.flags.get(LEVEL));
  const level = levelNow(deposit, was);
  if (level === was) return;
  const at = clock.now();
  if (level !== "paused") await records.tasks.closeKey(PAUSED_KEY, "loket", "sales go on", at);
  if (level === "enough") await records.tasks.closeKey(LOW_KEY, "loket", "there is enough again", at);
  if (level === "low" && was === "enough") await records.tasks.add(lowTask(deposit, floor), at);
  if (level === "paused") await records.tasks.add(pausedTask(deposit), at);
  // Last: after a crash in between it is told again, and an open task of the same key is one task.
  await records.flags.set(LEVEL, level, at);
}

function levelOf(flag: string | undefined): Level {
  return flag === "low" || flag === "paused" ? flag : "enough";
}

/** A level is left at more than where it was entered: a hold that comes and goes does not cross it again and again. */
function levelNow({ bills, room }: Deposit, was: Level): Level {
  const spare = was === "enough" ? 0 : 2;
  const none = bills === undefined ? room !== undefined && room <= 0 : bills < (was === "paused" ? 1 + spare : 1);
  if (none && room !== undefined) return "paused";
  return bills !== undefined && bills <= LOW + spare ? "low" : "enough";
}

function lowTask({ sum, bills }: Deposit, floor: Rupiah | undefined): NewOperatorTask {
  const pauses = floor === undefined ? "" : ` Below ${showRupiah(floor)} sales pause by themselves.`;
  return {
    key: LOW_KEY,
    kind: "deposit-low",
    text: `The deposit at the biller is down to about ${bills ?? 0} bills (${showRupiah(sum)}).${pauses} Pay in at the biller, then enter it: npx loket deposit topup SUM`,
  };
}

function pausedTask({ sum, underWay }: Deposit): NewOperatorTask {
  return {
    key: PAUSED_KEY,
    kind: "deposit-low",
    text: `Sales pause: the deposit at the biller is ${showRupiah(sum)}, of which ${showRupiah(underWay)} is under way. Bills are shown without a way to pay until you have paid in at the biller and entered it: npx loket deposit topup SUM. Nobody is told by itself that sales go on.`,
  };
}
