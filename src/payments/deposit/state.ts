import { addRupiah, type Rupiah, rupiah } from "../../domain/rupiah.ts";
import type { Ledger } from "../ledger.ts";
import { ACCOUNTS } from "../life/postings.ts";

/** What the counter believes it has at the biller. Whole rupiah. */
export interface Deposit {
  /** A sum to start from was entered: without one it is not known, and nothing is paused. */
  readonly started: boolean;
  readonly sum: Rupiah;
  /** The totals of the payments and requests in hand: what may still go out of it. */
  readonly underWay: Rupiah;
  /** What the biller took for a bill, on the average of the last ones; undefined when none was paid. */
  readonly average: Rupiah | undefined;
  /** How many such bills may be sold before it falls to the floor (without one: to nothing). */
  readonly bills: number | undefined;
  /** How much may still be debited before sales pause; undefined: nothing pauses them. */
  readonly room: Rupiah | undefined;
}

/** So many bills make the average. */
const AVERAGE_OF = 50;
/** Among so many lines they are looked for: top-ups stand between them. */
const LINES = 4 * AVERAGE_OF;

/** `floor`: `DEPOSIT_FLOOR`. A handful of indexed reads: cheap, but not for every message of a crowd. */
export async function readDeposit(
  ledger: Pick<Ledger, "balance" | "lines">,
  floor: Rupiah | undefined,
): Promise<Deposit> {
  const [start, sum, holds, disputed, lines] = await Promise.all([
    ledger.balance(ACCOUNTS.depositStart),
    ledger.balance(ACCOUNTS.deposit),
    ledger.balance(ACCOUNTS.holds),
    // Of ended payments of which the biller later said that money moved: it is believed.
    ledger.balance(ACCOUNTS.disputed),
    ledger.lines(ACCOUNTS.deposit, { limit: LINES }),
  ]);
  const started = start !== 0;
  const underWay = addRupiah(holds, disputed);
  const debits = lines.filter(({ what, amount }) => what === "paid" && amount < 0).slice(0, AVERAGE_OF);
  const average =
    debits.length === 0
      ? undefined
      : rupiah(Math.round(-addRupiah(...debits.map(({ amount }) => amount)) / debits.length));
  const above = rupiah(sum - underWay - (floor ?? 0));
  return {
    started,
    sum,
    underWay,
    average,
    bills: started && average !== undefined ? Math.max(0, Math.floor(above / average)) : undefined,
    room: started && floor !== undefined ? above : undefined,
  };
}

/** What of it shows in a conversation's policy: nothing, unless something pauses sales. */
export function sellableOf({ room }: Deposit): { readonly sellable?: Rupiah } {
  return room === undefined ? {} : { sellable: room };
}
