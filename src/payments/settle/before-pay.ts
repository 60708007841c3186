import type { WithdrawnWhy } from "../../domain/notice.ts";
import { contradictsEnd, isSilent } from "../life/answers.ts";
import { INTENDED_MS } from "../life/schedule.ts";
import type { Happening } from "../life/step.ts";
import type { Payment } from "../payment.ts";
import { askStatus, recordEnd } from "./ask.ts";
import { type Asking, FLAGS } from "./deps.ts";
import { pauseIfRefused } from "./refusals.ts";

/** A region is open when a look at most so old says so, ms. */
const LOOK_MS = 60_000;

export interface Objection {
  readonly why: WithdrawnWhy;
  /** An ended payment of the vehicle came to life: written down once this one is out of its way. */
  readonly ends: readonly { readonly payment: Payment; readonly answer: Happening<"answer"> }[];
}

/** Why a payment may not go out now; undefined when it may (money rules 7 and 9). The look at the region comes last. */
export async function objection(deps: Asking, payment: Payment): Promise<Objection | undefined> {
  const early = outOfTime(deps, payment) ?? (await forbidden(deps, payment));
  if (early !== undefined) return { why: early, ends: [] };
  const ends = await objectionOfEnds(deps, payment);
  if (ends !== undefined) return ends;
  const late = (await closed(deps, payment)) ?? outOfTime(deps, payment);
  return late === undefined ? undefined : { why: late, ends: [] };
}

function outOfTime({ clock }: Asking, payment: Payment): WithdrawnWhy | undefined {
  const now = clock.now();
  if (now >= payment.expiresAt) return "expired";
  return now - payment.openedAt > INTENDED_MS ? "too-slow" : undefined;
}

async function forbidden(deps: Asking, payment: Payment): Promise<WithdrawnWhy | undefined> {
  const { records, clock, policy } = deps;
  const [paused, noPayBefore, quotesVoidBefore] = await Promise.all(
    [FLAGS.paused, FLAGS.noPayBefore, FLAGS.quotesVoidBefore].map((name) => records.flags.get(name)),
  );
  if (paused !== undefined || clock.now() < timeOf(noPayBefore)) return "paused";
  if (payment.inquiredAt < timeOf(quotesVoidBefore)) return "expired";
  if (policy.maxOne !== undefined && payment.bill.total > policy.maxOne) return "day-cap";
  return (await pauseIfRefused(deps)) ? "paused" : undefined;
}

/** A flag that cannot be read is one that forbids. */
function timeOf(flag: string | undefined): number {
  if (flag === undefined) return 0;
  const time = Number(flag);
  return Number.isFinite(time) ? time : Number.POSITIVE_INFINITY;
}

/** The vehicle's earlier payments: those that ended without a debit are asked about again, one after the other. */
async function objectionOfEnds(deps: Asking, payment: Payment): Promise<Objection | undefined> {
  const others = await deps.ledger.ofVehicle(payment.ref);
  // The ledger refused to open it if one of these was there; a payment that was opened long ago is looked at again.
  if (others.some((other) => other.state === "paid" && (other.endedAt ?? 0) >= payment.inquiredAt)) {
    return { why: "expired", ends: [] };
  }
  for (const other of others) {
    if (other.state !== "refunded" && other.state !== "not-charged") continue;
    const answer = await askStatus(deps, other);
    if (contradictsEnd(answer.settlement)) return { why: "paused", ends: [{ payment: other, answer }] };
    if (isSilent(answer.settlement)) return { why: "regions-unknown", ends: [] };
    await recordEnd(deps, other, answer, undefined);
  }
  return undefined;
}

async function closed({ biller, clock }: Asking, payment: Payment): Promise<WithdrawnWhy | undefined> {
  const look = await biller.regions(LOOK_MS);
  if (look.kind === "unavailable" || clock.now() - look.at > LOOK_MS) return "regions-unknown";
  const region = look.regions.find(({ product }) => product === payment.bill.product);
  return region?.open === true ? undefined : "region-closed";
}
