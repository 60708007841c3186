import type { Ledger, LedgerChange, Opened } from "../../../src/payments/ledger.ts";
import { LIVE, type Payment, type PaymentState, type Sighting } from "../../../src/payments/payment.ts";
import type { NewOperatorTask } from "../../../src/records/records.ts";
import type { Sim } from "../sim.ts";
import type { Running } from "./running.ts";

/** What is known of one payment from what was written down. Times are ms since the world began. */
export interface Watched {
  payment: Payment;
  openedAt: number;
  /** Its revision then: what is of a smaller one is of an earlier opening. */
  readonly since: number;
  sentAt: number | undefined;
  /** When it last came into an end, after it was sent. */
  endedAt: number | undefined;
  /** How long the program had run when it was sent. */
  sentRan: number | undefined;
  /** When the operator first had a task about it, in running time. */
  taskRan: number | undefined;
}

/** The lives of payments, seen where the ledger changes. */
export interface PaymentBook {
  readonly all: ReadonlyMap<string, Watched>;
  byInvoice(invoice: string): Watched | undefined;
  /** A ledger that tells. */
  tap(ledger: Ledger): Ledger;
  tasked(task: NewOperatorTask): void;
  /** A payment that was opened with its request. */
  relayed(payment: Payment): void;
  /** Called when the next payment is opened. */
  onceOpened(what: () => void): void;
  /** After a restore: what is in the ledger now is all that there is. */
  relearn(payments: readonly Payment[]): void;
}

const DAY = 86_400_000;
const MINUTE = 60_000;

export interface PaymentEvents {
  /** The operator has something to do. */
  readonly onTask: () => void;
  /** The ledger knows of this invoice that pay was accepted, or said to be: FAILURE alone must never end it. */
  readonly onHeard: (invoice: string) => void;
}

export function paymentBook(sim: Sim, running: Running, { onTask, onHeard }: PaymentEvents): PaymentBook {
  const all = new Map<string, Watched>();
  const invoices = new Map<string, string>();
  const waiting: (() => void)[] = [];
  const keep = (payment: Payment) => {
    const at = sim.time.steady();
    all.set(payment.ref, {
      payment,
      openedAt: at,
      since: payment.revision,
      sentAt: undefined,
      endedAt: undefined,
      sentRan: undefined,
      taskRan: undefined,
    });
    invoices.set(payment.bill.invoice, payment.ref);
  };
  const tasked = ({ ref }: NewOperatorTask) => {
    const watched = ref === undefined ? undefined : all.get(ref);
    if (watched !== undefined) watched.taskRan ??= running.ran();
    onTask();
  };
  const opened = (result: Opened) => {
    sim.cover.count("outcomes", `open: ${result.kind}`);
    if (result.kind !== "opened") return;
    const { ref, bill } = result.payment;
    const before = all.get(ref)?.payment.state ?? "new";
    sim.cover.count("edges", `${before} -> intended`);
    sim.note(() => `ledger: ${ref} (${bill.invoice}) ${before} -> intended`);
    keep(result.payment);
    for (const what of waiting.splice(0)) what();
  };
  const committed = (change: LedgerChange) => {
    const { next } = change.payment;
    const watched = all.get(next.ref);
    if (watched === undefined) return;
    const before = watched.payment.state;
    watched.payment = next;
    if (change.sighting !== undefined && saysAccepted(change.sighting)) onHeard(next.bill.invoice);
    if (change.sighting !== undefined) race(sim, change.sighting, before, next);
    if (before !== next.state) moved(sim, running, watched, before);
    for (const task of change.tasks ?? []) tasked(task);
  };
  return {
    all,
    byInvoice: (invoice) => all.get(invoices.get(invoice) ?? ""),
    tasked,
    relayed: (payment) => opened({ kind: "opened", payment }),
    onceOpened: (what) => void waiting.push(what),
    relearn(payments) {
      const known = new Map(all);
      all.clear();
      invoices.clear();
      // The oldest first: an invoice belongs to who opened it last.
      for (const payment of payments.toReversed()) {
        keep(payment);
        const before = known.get(payment.ref);
        if (before !== undefined) all.set(payment.ref, remembered(before, payment));
      }
    },
    tap: (ledger) => ({
      ...ledger,
      async open(payment, at, limits) {
        const result = await ledger.open(payment, at, limits);
        opened(result);
        return result;
      },
      async commit(change) {
        const result = await ledger.commit(change);
        if (result === "done") committed(change);
        else sim.cover.count("outcomes", `commit: ${typeof result === "string" ? result : result.kind}`);
        return result;
      },
    }),
  };
}

/** Of what was known, as much as the ledger still knows. */
function remembered(before: Watched, payment: Payment): Watched {
  const [wasSent, hasEnded] = [payment.sentAt !== undefined, payment.endedAt !== undefined];
  return {
    ...before,
    payment,
    sentAt: wasSent ? before.sentAt : undefined,
    sentRan: wasSent ? before.sentRan : undefined,
    endedAt: hasEnded ? before.endedAt : undefined,
  };
}

/** From what the biller said, not from what is remembered of it. */
function saysAccepted({ settlement, detail }: Sighting): boolean {
  return settlement === "pending" || settlement === "refunded" || (settlement === "refused" && /sudah/.test(detail));
}

/** Which of two answers about one payment came first. */
function race(sim: Sim, { from, settlement }: Sighting, before: PaymentState, { heard }: Payment): void {
  if (before !== "paid" || settlement !== "paid") return;
  const order = from === "pay" ? "status CONFIRM, then pay's answer" : "pay's answer, then status CONFIRM";
  sim.cover.count("orders", order);
  sim.note(() => `${order} (${heard.last})`);
}

const ENDS: readonly PaymentState[] = ["paid", "refunded", "not-charged", "withdrawn"];

function moved(sim: Sim, running: Running, watched: Watched, before: PaymentState): void {
  const { ref, state, bill, withdrawnWhy } = watched.payment;
  sim.cover.count("edges", `${before} -> ${state}`);
  sim.note(
    () =>
      `ledger: ${ref} (${bill.invoice}) ${before} -> ${state}${withdrawnWhy === undefined ? "" : `, ${withdrawnWhy}`}`,
  );
  if (ENDS.includes(state) && state !== "withdrawn") watched.endedAt = sim.time.steady();
  if (ENDS.includes(state)) sim.cover.count("outcomes", state === "withdrawn" ? `withdrawn: ${withdrawnWhy}` : state);
  if (state === "sending" || (before === "intended" && watched.payment.sentAt !== undefined)) {
    watched.sentAt = sim.time.steady();
    watched.sentRan = running.ran();
  }
  const unsure = watched.sentRan === undefined ? 0 : running.ran() - watched.sentRan;
  if (before === "suspect" && !running.restored && running.clockSet === 0) {
    if (unsure > DAY + 15 * MINUTE) sim.violate("I6", `${ref} was suspect for ${unsure} ms`);
    const alarmed = watched.taskRan ?? Number.POSITIVE_INFINITY;
    if (unsure > 33 * MINUTE && alarmed - (watched.sentRan ?? 0) > 33 * MINUTE) {
      sim.violate("30 min", `${ref}: the operator had no task in time`);
    }
  }
}

export function isLive({ state }: Payment): boolean {
  return LIVE.includes(state);
}
