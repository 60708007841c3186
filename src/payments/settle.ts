import type { PaymentRef } from "../domain/ref.ts";
import type { LeasedPayment, Ledger } from "./ledger.ts";
import { INTENDED_MS } from "./life/schedule.ts";
import { lookAtEnd, lookAtFound, lookAtSuspect } from "./settle/ask.ts";
import { cancelPayment } from "./settle/cancel.ts";
import { type Asking, jitterOf, LEASE_MS, type SettlerDeps } from "./settle/deps.ts";
import { happenOnce } from "./settle/happen.ts";
import { pay } from "./settle/pay.ts";
import { type Places, places } from "./settle/places.ts";
import { enterRestored } from "./settle/restored.ts";
import { runLoop } from "./settle/run.ts";
import { sureTime } from "./settle/sure.ts";
import { sweep } from "./settle/sweep.ts";

/** The process that talks to the biller about payments. It sends no message: what payers are owed is in the ledger. */
export interface Settler {
  /** Once, at the start, by the program that owns its store alone: takes over what the last one left (money rule 8). */
  recover(): Promise<void>;
  /** Claims at most `limit` due payments and brings each one step on. Resolves, when all are done, to how many. */
  step(limit: number): Promise<number>;
  /** Until `stop` aborts; then what is under way ends (a call has up to 75 s), and it resolves. Sweeps every hour. */
  run(stop: AbortSignal): Promise<void>;
  /** The payer's BATAL. "too-late" once it was sent, or when it has ended. */
  cancel(ref: PaymentRef): Promise<"withdrawn" | "too-late" | "unknown">;
  sweep(): Promise<void>;
}

const PAYS_AT_ONCE = 8;
const STATUSES_AT_ONCE = 8;
/** When a payment that found no place is looked at again, ms. */
const NO_PLACE_MS = 250;
/** When a payment is tried again after the store failed, ms. */
const FAILED_MS = 1_000;

export function settler(given: SettlerDeps): Settler {
  const deps = { ...given, ledger: narrated(given) };
  const asking: Asking = { ...deps, statuses: places(STATUSES_AT_ONCE), sure: sureTime(deps.clock) };
  const rooms: Rooms = { pays: places(PAYS_AT_ONCE), looks: places(STATUSES_AT_ONCE) };
  const start = async (limit: number): Promise<readonly Promise<void>[]> => {
    const claimed = await deps.ledger.claim(deps.clock.now(), LEASE_MS, limit);
    return claimed.map((leased) => drive(asking, rooms, leased));
  };
  return {
    async recover() {
      const { wentBack } = await deps.ledger.takeOver(deps.clock.now());
      if (wentBack) await enterRestored(deps, "loket", "it is behind its counter of sent payments");
    },
    async step(limit) {
      const drives = await start(limit);
      await Promise.all(drives);
      return drives.length;
    },
    run: (stop) => runLoop(deps, { start, sweep: () => sweep(deps) }, stop),
    cancel: (ref) => cancelPayment(deps, ref),
    sweep: () => sweep(deps),
  };
}

/** A line in the log for each change, without the person. What became the operator's is an error. */
function narrated({ ledger, log }: SettlerDeps): Ledger {
  return {
    ...ledger,
    async commit(change) {
      const committed = await ledger.commit(change);
      if (committed !== "done") return committed;
      const { ref, state, heard } = change.payment.next;
      log.info({ ref, state, heard: heard.last }, "a payment was brought on");
      for (const { kind } of change.tasks ?? []) log.error({ ref, kind }, "the operator has a task");
      return committed;
    },
  };
}

interface Rooms {
  readonly pays: Places;
  /** All else: asking, telling. */
  readonly looks: Places;
}

/** One step of one payment. Never rejects: what failed is logged, and the payment comes again. */
async function drive(deps: Asking, rooms: Rooms, leased: LeasedPayment): Promise<void> {
  const { payment, lease, takenOver } = leased;
  const room = payment.state === "intended" && !takenOver ? rooms.pays : rooms.looks;
  const leave = room.take();
  try {
    if (leave === undefined) return await noPlace(deps, leased);
    await move(deps, leased);
  } catch (error) {
    deps.log.error({ error, ref: payment.ref, state: payment.state }, "a payment could not be brought on");
    // Whatever was saved stands: an intended one is tried again, a sending one is only ever asked about.
    await deps.ledger.release(payment.ref, lease, deps.clock.now() + FAILED_MS).catch(() => undefined);
  } finally {
    leave?.();
  }
}

async function move(deps: Asking, leased: LeasedPayment): Promise<void> {
  const at = deps.clock.now();
  switch (leased.payment.state) {
    case "intended":
      return leased.takenOver ? lookAtFound(deps, leased) : pay(deps, leased);
    case "sending":
      return void (await happenOnce(deps.ledger, leased, { kind: "lost", at, jitter: jitterOf(deps) }));
    case "suspect":
      return lookAtSuspect(deps, leased);
    case "review":
      return void (await happenOnce(deps.ledger, leased, { kind: "due", at, jitter: 0 }));
    case "refunded":
    case "not-charged":
      return lookAtEnd(deps, leased);
    case "paid":
    case "withdrawn":
      throw new Error(`a ${leased.payment.state} payment was due: its dueAt should have been taken away`);
  }
}

/** All calls are busy. Who has waited for too long is let go: a call that comes late is not what was confirmed. */
async function noPlace({ ledger, clock }: Asking, leased: LeasedPayment): Promise<void> {
  const { payment, lease } = leased;
  const at = clock.now();
  if (payment.state === "intended" && at - payment.openedAt > INTENDED_MS) {
    await happenOnce(ledger, leased, { kind: "withdraw", why: "too-slow", at });
  } else {
    await ledger.release(payment.ref, lease, at + NO_PLACE_MS);
  }
}
