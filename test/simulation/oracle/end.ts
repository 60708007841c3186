import type { Ledger } from "../../../src/payments/ledger.ts";
import type { Payment } from "../../../src/payments/payment.ts";
import type { OperatorTask, Records } from "../../../src/records/records.ts";
import { HELD } from "../../../src/relay/request.ts";
import { type Books, type Sheet, stands } from "../biller/books.ts";
import type { Sim } from "../sim.ts";
import { isLive } from "./payments.ts";
import type { Running } from "./running.ts";
import type { ToldBook } from "./shown.ts";

export interface EndOptions {
  readonly sim: Sim;
  readonly books: Books;
  readonly ledger: Ledger;
  readonly records: Records;
  readonly told: ToldBook;
  readonly running: Running;
  /** The payment that an invoice belongs to: who opened it last. */
  readonly held: (invoice: string) => string | undefined;
}

const MANY = 100_000;

/** When the world has come to rest: what is in the ledger, in the biller's books and in people's chats must agree. */
export async function checkEnd(options: EndOptions): Promise<void> {
  const { ledger, records, books, sim, told, running } = options;
  const payments = await ledger.find({ limit: MANY });
  const open = await records.tasks.list("open", MANY);
  const all = await records.tasks.list("all", MANY);
  for (const payment of payments) checkPayment(options, payment, { open, all });
  for (const sheet of books.sheets.values()) checkSheet(options, sheet, { payments, all });
  for (const [sheet, at] of told.denied) {
    // What was said before a restore was true then; the invoice was sent again by a ledger that did not know of it.
    const again = running.restored && sheet.sentAt.length > 1 && (sheet.sentAt.at(-1) ?? 0) > at;
    if (stands(sheet) && !sim.lies && !again)
      sim.violate("I5", `a payer was told no, and the debit of ${sheet.invoice} stands`);
  }
  await checkAccounts(options, payments);
  for (const { id } of await ledger.overdue(Number.MAX_SAFE_INTEGER, MANY)) {
    sim.violate("I3", `the notice ${id} is owed still, and nobody works on it`);
  }
}

interface Tasks {
  readonly open: readonly OperatorTask[];
  readonly all: readonly OperatorTask[];
}

function checkPayment(options: EndOptions, payment: Payment, { open }: Tasks): void {
  const { sim, books } = options;
  const { ref, state, bill, payer } = payment;
  const sheet = books.sheets.get(bill.invoice);
  const has = (task: OperatorTask) => task.ref === ref || task.chat === payer;
  if (isLive(payment) && !(state === "review" && open.some(has))) sim.violate("I6", `${ref} is ${state} for ever`);
  // What is true of an invoice that another payer opened after this one was let go is asked of that payment.
  if (sheet === undefined || options.held(bill.invoice) !== ref) return;
  if (sim.lies) checkLie(options, payment, sheet);
  else checkTruth(options, payment, sheet, open.some(has));
}

function checkTruth({ sim, told, running }: EndOptions, payment: Payment, sheet: Sheet, isTask: boolean): void {
  const { ref, state } = payment;
  // What was sent in the time that a restored ledger has lost is the operator's: he has a task of its own.
  if (state === "withdrawn" && running.restored) return;
  if (state === "paid") {
    if (!stands(sheet)) sim.violate("truth", `${ref} is paid, and no debit stands`);
    if (!told.proven.has(ref) && !isTask) sim.violate("I3", `${ref} is paid: no proof arrived, no task is open`);
  } else if (stands(sheet) && !isLive(payment)) {
    sim.violate("truth", `${ref} is ${state}, and its debit stands`);
  }
  if (state === "withdrawn" && sheet.sentAt.length > 0) sim.violate("I2", `${ref} is withdrawn, and was sent`);
}

/** The last look at an end, after it (money rule 7), and how long it may take, ms. */
const LAST_LOOK = 72 * 3_600_000;

/** With lies: what the biller says otherwise while it is still asked brings the payment back to the operator. */
function checkLie({ sim, running }: EndOptions, payment: Payment, sheet: Sheet): void {
  const { ref, state, endedAt } = payment;
  if (!stands(sheet) || (state !== "refunded" && state !== "not-charged")) return;
  const spoken = Math.max(sheet.changedAt, sheet.hushedUntil);
  const asked = (endedAt ?? 0) + LAST_LOOK - sim.time.wall() + sim.time.steady();
  if (spoken < asked && running.clockSet === 0)
    sim.violate("lies", `${ref} is ${state}, and the biller says otherwise`);
}

function checkSheet(
  { sim, running }: EndOptions,
  sheet: Sheet,
  { payments, all }: { readonly payments: readonly Payment[]; readonly all: readonly OperatorTask[] },
): void {
  const givenBack = running.restored ? sheet.refunds : 0;
  if (sheet.debits - givenBack > 1) sim.violate("I1", `${sheet.invoice} was debited ${sheet.debits} times`);
  const known = payments.find(({ bill }) => bill.invoice === sheet.invoice);
  if (sheet.sentAt.length === 0 || known !== undefined) return;
  const told = running.restored && all.some(({ kind }) => kind === "restored");
  if (!told) sim.violate("truth", `${sheet.invoice} was sent, and the ledger does not know it`);
}

/** I9, and the deposit as we reckon it. */
async function checkAccounts({ sim, ledger }: EndOptions, payments: readonly Payment[]): Promise<void> {
  const accounts = new Map((await ledger.accounts()).map(({ account, balance }) => [account, balance as number]));
  const sum = [...accounts.values()].reduce((all, one) => all + one, 0);
  if (sum !== 0) sim.violate("I9", `the accounts come to ${sum}`);
  const of = (...states: readonly Payment["state"][]) =>
    payments.filter(({ state }) => states.includes(state)).reduce((all, { bill }) => all + bill.total, 0);
  const bound = (accounts.get("holds") ?? 0) + (accounts.get("disputed") ?? 0);
  const inHand = (await ledger.requests.find({ states: HELD, limit: MANY })).reduce(
    (all, { bill }) => all + bill.total,
    0,
  );
  if (bound !== of("intended", "sending", "suspect", "review") + inHand)
    sim.violate("I9", `the holds come to ${bound}`);
  if ((accounts.get("sales") ?? 0) !== of("paid")) sim.violate("I9", "the sales are not what was paid");
  if (-(accounts.get("deposit") ?? 0) !== of("paid")) sim.violate("I9", "the deposit is not what the biller took");
}
