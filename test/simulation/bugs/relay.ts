import { rupiah } from "../../../src/domain/rupiah.ts";
import type { Posting } from "../../../src/payments/ledger.ts";
import { decide } from "../../../src/relay/life.ts";
import { holdRequest, releaseRequest } from "../../../src/relay/postings.ts";
import type { Request, RequestChange, Requests } from "../../../src/relay/request.ts";
import type { Parts } from "../program.ts";
import type { Bug } from "./bug.ts";

/** A wrong version of what is kept of requests. */
function requests(name: string, wrong: (parts: Parts) => Partial<Requests>): Bug {
  return {
    name,
    staffed: true,
    wrong: (parts) => ({
      ...parts,
      ledger: { ...parts.ledger, requests: { ...parts.ledger.requests, ...wrong(parts) } },
    }),
  };
}

/** What is written of requests, written wrongly. */
function requestsWritten(name: string, write: (change: RequestChange) => RequestChange): Bug {
  return requests(name, ({ ledger }) => ({ commit: (change) => ledger.requests.commit(write(change)) }));
}

/** The same posting once more, or its reverse, beside what the store looks at. */
export async function beside({ ledger, clock }: Parts, postings: readonly Posting[], turned: boolean): Promise<void> {
  for (const { id, entries } of postings) {
    const sums = entries.map(({ account, amount }) => ({ account, amount: rupiah(turned ? -amount : amount) }));
    const free = { id: `${id}.beside`, what: "forgotten", entries: sums, by: "bug", why: "planted" };
    await ledger.post(free, clock.now(), rupiah(-100_000_000));
  }
}

export function ofKind(kind: string, postings: readonly Posting[] = []): readonly Posting[] {
  return postings.filter(({ what }) => what === kind);
}

/** How long the second one does not hear of the first, ms. */
const SOON_MS = 120_000;

/** What customers ask of agents: holds, and who may do what. */
export const RELAY_BUGS: readonly Bug[] = [
  requests("a request's hold is forgotten", (parts) => ({
    async commit(change) {
      const done = await parts.ledger.requests.commit(change);
      if (done === "done") await beside(parts, ofKind("hold", change.postings), true);
      return done;
    },
  })),
  requests("a hold is released twice", (parts) => ({
    async commit(change) {
      const done = await parts.ledger.requests.commit(change);
      if (done === "done") await beside(parts, ofKind("release", change.postings), false);
      return done;
    },
  })),
  requestsWritten("the balance is not looked at when a request is taken", (change) => ({
    ...change,
    limits: { credit: rupiah(100_000_000) },
  })),
  requests("a request is approved by two", (parts) => ({
    // Whoever comes soon after the first finds it as it was.
    async load(ref) {
      const request = await parts.ledger.requests.load(ref);
      const isFresh = request?.state === "taken" && request.said === undefined;
      const soon = parts.clock.now() - (request?.taken?.at ?? 0) < SOON_MS;
      return request !== undefined && isFresh && soon ? { ...request, state: "asked", taken: undefined } : request;
    },
    commit: (change) => stolen(parts, change),
  })),
  requests("a request is paid without the agent's second act", (parts) => ({
    async commit(change) {
      const done = await parts.ledger.requests.commit(change);
      if (done === "done" && change.next.state === "taken") await paidAtOnce(parts, change.next);
      return done;
    },
  })),
  requests("a taken request is lost at a restart", (parts) => {
    let isFirst = true;
    return {
      async due(now, limit) {
        if (isFirst)
          for (const request of await parts.ledger.requests.find({ states: ["taken"], limit: 99 }))
            await lost(parts, request);
        isFirst = false;
        return parts.ledger.requests.due(now, limit);
      },
    };
  }),
  requests("money that was handed over is forgotten", ({ ledger }) => ({
    due: async (now, limit) =>
      (await ledger.requests.due(now, limit)).map((request) => ({
        ...request,
        said: undefined,
        receivedAt: undefined,
      })),
  })),
  requests("a sum that moved is paid without a yes", (parts) => ({
    async commit(change) {
      const done = await parts.ledger.requests.commit(change);
      if (done === "done" && change.next.state === "taken" && change.next.receivedAt !== undefined)
        await agreed(parts, change.next);
      return done;
    },
  })),
  requestsWritten("the customer hears of a counter that has not taken it", (change) => ({
    ...change,
    letters: change.next.state === "asked" ? handedTooEarly(change) : (change.letters ?? []),
  })),
  requests("news of a request goes to who asked before", ({ ledger }) => {
    let before: Request["customer"]["chat"] | undefined;
    return {
      ask: (request, at, letters) =>
        ledger.requests.ask(request, at, (asked) => {
          const { chat } = asked.customer;
          const to = before ?? chat;
          before = chat;
          return letters(asked).map((letter) => (letter.to === chat ? { ...letter, to } : letter));
        }),
    };
  }),
  requestsWritten("the customer is not told who has his money", (change) => ({
    ...change,
    letters: (change.letters ?? []).filter(({ notice }) => notice.kind !== "unpaid-with-agent"),
  })),
];

/** Who comes second has it, too: the first one's hold is let go. */
async function stolen({ ledger }: Parts, change: RequestChange): ReturnType<Requests["commit"]> {
  const now = await ledger.requests.load(change.next.ref);
  const { taken, state } = change.next;
  const isSecond = state === "taken" && now?.state === "taken" && taken?.id !== now.taken?.id;
  if (!isSecond || now.taken === undefined || taken === undefined) return ledger.requests.commit(change);
  const postings = [releaseRequest(now, now.taken.id), holdRequest(now, taken.id)];
  return ledger.requests.commit({ ...change, postings });
}

async function paidAtOnce({ ledger, clock }: Parts, request: Request): Promise<void> {
  const { taken } = request;
  if (taken === undefined) return;
  const step = decide(request, { kind: "received", by: taken.id, fresh: false, at: clock.now() }, new Map());
  if (step.kind !== "step") return;
  const { next, letters, closes, postings, opens } = step;
  const pays = opens === undefined ? {} : { opens };
  await ledger.requests.commit({ at: clock.now(), next, expect: request.revision, letters, closes, postings, ...pays });
}

/** The customer is not asked. */
async function agreed(parts: Parts, request: Request): Promise<void> {
  const { ledger, clock } = parts;
  const step = decide(request, { kind: "agreed", sum: request.bill.total, at: clock.now() }, new Map());
  if (step.kind !== "step") return;
  const { next, letters, closes } = step;
  await ledger.requests.commit({ at: clock.now(), next, expect: request.revision, letters, closes });
}

/** R3 while the request is still on offer. */
function handedTooEarly({ at, next, letters = [] }: RequestChange): NonNullable<RequestChange["letters"]> {
  const [offer] = next.offers;
  if (offer === undefined) return letters;
  const { ref, bill, markup, customer } = next;
  const { plate, product, total } = bill;
  const agent = { id: offer.id, name: "Loket Cibinong" };
  const request = { ref, plate, vehicle: "", product, total, markup };
  const notice = { kind: "taken", agent, handover: "", until: at + 1_800_000, request } as const;
  return [...letters, { to: customer.chat, language: customer.language, notice }];
}

/** As if what was in an agent's hand had been kept in memory. */
async function lost({ ledger, clock }: Parts, request: Request): Promise<void> {
  const { taken, revision } = request;
  if (taken === undefined) return;
  const next = { ...request, state: "asked", taken: undefined, revision: revision + 1, dueAt: clock.now() } as const;
  const postings = [releaseRequest(request, taken.id)];
  await ledger.requests.commit({ at: clock.now(), next, expect: revision, postings });
}
