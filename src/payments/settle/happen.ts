import type { Notice } from "../../domain/notice.ts";
import type { Ledger, LedgerChange, Letter } from "../ledger.ts";
import { isDisputed } from "../life/postings.ts";
import type { Happening, Impossible, Step } from "../life/step.ts";
import { decide } from "../life.ts";
import type { Payment } from "../payment.ts";

/** A payment as it was read. Without a lease the revision alone decides. */
export interface Held {
  readonly payment: Payment;
  readonly lease: string | undefined;
}

export type Happened =
  | { readonly kind: "done"; readonly payment: Payment }
  | Impossible
  /** Somebody else changed it meanwhile. */
  | { readonly kind: "conflict" }
  | { readonly kind: "vehicle-busy" | "capped" };

export type How = Pick<LedgerChange, "cap"> & Pick<LedgerChange["payment"], "keepLeaseFor">;

/** So many conflicts in a row are no accident. */
const TRIES = 20;

/** Decides and commits, once: for what must be given up when somebody else was faster. */
export async function happenOnce(ledger: Ledger, held: Held, happening: Happening, how: How = {}): Promise<Happened> {
  const step = decide(held.payment, happening);
  if (step.kind === "impossible") return step;
  const committed = await ledger.commit(changeOf(step, { held, how, at: happening.at }));
  if (committed === "done") return { kind: "done", payment: step.next };
  return typeof committed === "string" ? { kind: committed } : { kind: committed.kind };
}

/** The same for what is true whoever was faster (an answer of the biller): read again, decide anew. */
export async function happen(ledger: Ledger, held: Held, happening: Happening): Promise<Happened> {
  let now = held;
  for (let tries = 0; tries < TRIES; tries++) {
    const happened = await happenOnce(ledger, now, happening);
    if (happened.kind !== "conflict") return happened;
    const payment = await ledger.load(held.payment.ref);
    if (payment === undefined) throw new Error(`payment ${held.payment.ref} is not in the ledger any more`);
    now = { payment, lease: undefined };
  }
  throw new Error(`payment ${held.payment.ref} was changed by others ${TRIES} times in a row: nothing was written`);
}

/** To the payer, and to the agent whose balance secures it when he reads elsewhere. */
export function lettersOf({ payer, language, agent, request }: Payment, notices: readonly Notice[]): readonly Letter[] {
  const letters = notices.map((notice) => ({ to: payer, language, notice }));
  if (agent === undefined || agent.chat === payer) return letters;
  return letters.flatMap(({ notice, ...letter }) => {
    const his = "payment" in notice && request !== undefined ? ({ ...notice, relayed: true } as const) : notice;
    return [
      { ...letter, notice },
      { to: agent.chat, language, notice: his },
    ];
  });
}

/** That the payment of a request came to nothing is told by the request: it knows who has the customer's money. */
function itsOwn(before: Payment, notices: readonly Notice[]): readonly Notice[] {
  if (before.request === undefined || isDisputed(before)) return notices;
  return notices.filter(({ kind }) => kind !== "not-paid" && kind !== "withdrawn");
}

interface Writing {
  readonly held: Held;
  readonly how: How;
  readonly at: number;
}

function changeOf(step: Step, { held, how, at }: Writing): LedgerChange {
  const { keepLeaseFor, cap } = how;
  const { next, notices, tasks, closes, postings, sighting } = step;
  return {
    at,
    payment: {
      next,
      expect: held.payment.revision,
      lease: held.lease,
      ...(keepLeaseFor === undefined ? {} : { keepLeaseFor }),
    },
    notices: lettersOf(next, itsOwn(held.payment, notices)),
    tasks,
    closes,
    postings,
    ...(sighting === undefined ? {} : { sighting }),
    ...(cap === undefined ? {} : { cap }),
  };
}
