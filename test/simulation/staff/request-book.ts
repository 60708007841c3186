import type { Content, ConversationKey } from "../../../src/conversation/message.ts";
import type { StaffId } from "../../../src/domain/staff.ts";
import type { Ledger } from "../../../src/payments/ledger.ts";
import type { Payment } from "../../../src/payments/payment.ts";
import type { NewOperatorTask } from "../../../src/records/records.ts";
import { HELD, OPEN, type Request, type RequestChange } from "../../../src/relay/request.ts";
import type { Running } from "../oracle/running.ts";
import type { Sim } from "../sim.ts";
import type { Approvals } from "./approvals.ts";
import type { Crew } from "./crew.ts";
import type { Reckoning } from "./reckoning.ts";

/** A request as it was written down, and what is to be remembered of it. */
export interface Seen {
  request: Request;
  /** In whose hands it ever was. */
  readonly takers: Set<StaffId>;
  /** Whom it was offered to, or given. */
  readonly offered: Set<StaffId>;
  /** Totals that its customer said yes to: when he asked, and when the sum had moved. */
  readonly agreed: Set<number>;
}

export interface RequestBook {
  readonly all: ReadonlyMap<string, Seen>;
  tap(ledger: Ledger): Ledger;
  acted(key: ConversationKey, content: Content): void;
  /** After a restore: what is in the ledger now is all that there is. */
  relearn(requests: readonly Request[]): void;
}

export interface RequestBookOptions {
  readonly sim: Sim;
  readonly crew: Crew;
  readonly running: Running;
  readonly approvals: Approvals;
  readonly reckoning: Reckoning;
  readonly onOpened: (payment: Payment) => void;
  readonly onTask: (task: NewOperatorTask) => void;
}

/** The lives of requests, seen where the ledger changes. */
export function requestBook(options: RequestBookOptions): RequestBook {
  const { sim, reckoning, onOpened, onTask } = options;
  const all = new Map<string, Seen>();
  const keep = (request: Request): Seen => {
    const seen = all.get(request.ref) ?? { request, takers: new Set(), offered: new Set(), agreed: new Set() };
    seen.request = request;
    if (request.taken !== undefined) seen.takers.add(request.taken.id);
    for (const { id } of request.offers) seen.offered.add(id);
    all.set(request.ref, seen);
    return seen;
  };
  const committed = (change: RequestChange) => {
    const before = all.get(change.next.ref)?.request;
    if (before !== undefined) judge(options, before, change);
    keep(change.next);
    reckoning.check(`${change.next.ref} ${before?.state} -> ${change.next.state}`);
    for (const task of change.tasks ?? []) onTask(task);
  };
  return {
    all,
    acted(key, content) {
      for (const { request, agreed } of all.values()) {
        if (request.customer.chat !== key) continue;
        const [, ref, sum] = content.kind === "tap" ? (/^req:yes:(\w+):(\d+)$/.exec(content.data) ?? []) : [];
        if (ref === request.ref) agreed.add(Number(sum));
        if (content.kind === "text" && /^setuju/i.test(content.text)) agreed.add(request.bill.total);
      }
    },
    relearn(requests) {
      for (const request of requests) keep(request);
    },
    tap: (ledger) => ({
      ...ledger,
      async open(payment, at, limits) {
        const opened = await ledger.open(payment, at, limits);
        if (opened.kind === "opened") {
          reckoning.check(`${opened.payment.ref} was opened`);
          barred(options, payment.agent?.id, opened.payment.ref);
        } else sim.cover.count("requests", `agent's payment: ${opened.kind}`);
        return opened;
      },
      async commit(change) {
        const result = await ledger.commit(change);
        const { ref, state } = change.payment.next;
        if (result === "done" && change.postings !== undefined) reckoning.check(`${ref} became ${state}`);
        return result;
      },
      async post(posting, at, floor) {
        const posted = await ledger.post(posting, at, floor);
        reckoning.check(`${posting.what} was posted`);
        return posted;
      },
      requests: {
        ...ledger.requests,
        async ask(request, at, letters) {
          const asked = await ledger.requests.ask(request, at, letters);
          sim.cover.count("requests", asked.kind === "asked" ? "new -> asked" : "ask: exists");
          if (asked.kind === "asked") keep(asked.request).agreed.add(request.bill.total);
          return asked;
        },
        async commit(change) {
          const result = await ledger.requests.commit(change);
          if (result !== "done") {
            sim.cover.count("requests", `commit: ${typeof result === "string" ? result : result.kind}`);
            return result;
          }
          committed(change);
          const { opens, next } = change;
          if (
            opens !== undefined &&
            all.get(next.ref)?.agreed.has(opens.bill.total) !== true &&
            !options.running.restored
          )
            sim.violate("I10", `${next.ref} is paid with ${opens.bill.total}, which its customer has not agreed to`);
          if (change.opens !== undefined) {
            const [payment] = await ledger.find({ invoice: change.opens.bill.invoice });
            if (payment !== undefined) onOpened(payment);
          }
          return result;
        },
      },
    }),
  };
}

/** What must never be, whoever was quicker. */
function judge(options: RequestBookOptions, before: Request, { next, letters = [], opens }: RequestChange): void {
  const { sim, crew, running } = options;
  const { ref } = next;
  if (before.state !== next.state) {
    sim.cover.count("requests", `${before.state} -> ${next.state}`);
    sim.note(
      () => `request: ${ref} ${before.state} -> ${next.state}, ${crew.withId(next.taken?.id)?.name ?? "nobody"}`,
    );
  }
  if (running.restored) return;
  hands(options, before, next);
  const handedOver = before.said !== undefined || before.receivedAt !== undefined;
  const why = next.closed?.why;
  if (next.state === "closed" && handedOver && why !== "returned" && why !== "operator")
    sim.violate("money in hand", `${ref} is closed (${why}), and ${before.taken?.id} has its money`);
  if (next.state === "asked" && handedOver)
    sim.violate("money in hand", `${ref} is asked anew, and its money handed over`);
  const becameUnpaid = next.state === "unpaid" && before.state !== "unpaid";
  const told = letters.some(({ to, notice }) => to === next.customer.chat && notice.kind === "unpaid-with-agent");
  if (becameUnpaid && !told)
    sim.violate("money in hand", `${ref} is unpaid, and its customer does not hear who has the money`);
  if (opens === undefined) return;
  options.approvals.opens(before, next);
  barred(options, next.taken?.id, ref);
}

/** Who is suspended causes no debit, but for what was under way when he was. */
function barred({ sim, crew, running }: RequestBookOptions, agent: StaffId | undefined, ref: string): void {
  const member = crew.withId(agent);
  const since = member?.suspendedAt;
  if (since === undefined || sim.time.steady() - since < 60_000 || running.excused(since) || running.restored) return;
  sim.violate("suspended", `${ref} is paid by ${member?.name}, who is suspended`);
}

/** At most one agent has it, and none whose own it is. */
function hands({ sim, crew, running, approvals }: RequestBookOptions, before: Request, next: Request): void {
  const [from, to] = [before.taken, next.taken];
  if (to === undefined || !OPEN.includes(next.state)) return;
  if (next.state === "taken" && before.state !== "taken") approvals.taken(next.ref);
  if (from?.id === to.id && from.at === to.at) return;
  approvals.taken(next.ref);
  const member = crew.withId(to.id);
  const own = member?.bound.get(next.customer.chat);
  // Who was bound a moment ago, or while the program stood still, may not be known as such yet.
  const isKnown = own !== undefined && sim.time.steady() - own > 60_000 && !running.excused(own);
  if (isKnown && from?.id !== to.id)
    sim.violate("own request", `${next.ref} is in the hand of ${member?.name}, whose own it is`);
  const another = from !== undefined && from.id !== to.id;
  if (another && !crew.orders.gave(next.ref, to.id))
    sim.violate("two agents", `${next.ref} goes from ${from.id} to ${to.id}, and nobody gave it to him`);
  if (from === undefined && before.state !== "asked")
    sim.violate("two agents", `${next.ref} was ${before.state}, and is taken`);
  if (HELD.includes(before.state) && !another && before.state === "taken" && from?.at !== to.at)
    sim.violate("two agents", `${next.ref} is taken twice by ${to.id}`);
}
