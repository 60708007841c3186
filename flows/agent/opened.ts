import { showRef } from "../../src/domain/ref.ts";
import { saying } from "../counter/questions.ts";
import type { OpenResult, Say, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import { shortPart } from "./balance.ts";
import { type Context, changed, type Entry, plateOf } from "./context.ts";
import { alone, renewed } from "./entries.ts";

interface Opened {
  readonly nonce: string;
  readonly result: OpenResult;
}

/** The vehicle whose confirmation is with the ledger. */
export function askedAs(context: Context, nonce: string): Entry | undefined {
  return context.entries.find(({ state, quote }) => state === "asked" && quote?.nonce === nonce);
}

/** What the ledger answered, kept with its vehicle. A notice may have been quicker: what it said stands. */
export function openedAs(context: Context, world: World, { nonce, result }: Opened): Context {
  const entry = askedAs(context, nonce);
  if (entry === undefined) return context;
  const { number } = entry;
  switch (result.kind) {
    case "opened":
      return changed(context, number, (one) => ({ ...one, ref: result.ref, state: result.state, at: world.at }));
    case "bill-too-old":
    case "quotes-void":
      return renewed(alone(context, number, world), [{ ...entry, batch: undefined, item: 0 }], world.at);
    case "short":
    case "capped":
    case "suspended":
    case "sales-paused":
      return changed(alone(context, number, world), number, (one) => ({ ...one, state: "open", at: world.at }));
    case "vehicle-busy":
    case "paid-lately":
    case "invoice-used":
    case "over-cap":
      return changed(context, number, (one) => ({ ...one, state: "ended", at: world.at }));
  }
}

/** Why a confirmation did not become a payment. `context` knows of it already, and which code the bill has now. */
export function notOpenedSay(context: Context, world: World, { nonce, result }: Opened): Say | undefined {
  const entry = context.entries.find(({ quote }) => quote?.nonce === nonce);
  const plate = entry === undefined ? "" : plateOf(entry);
  const code = entry?.state === "open" ? (entry.quote?.code ?? "") : "";
  const reason = reasonPart(result, { plate, code }, world);
  if (reason === undefined) return undefined;
  const isOver = entry?.state === "ended";
  return saying(part("desk_not_opened", { plate }), reason, ...(isOver ? [part("desk_hand_back", {})] : []));
}

function reasonPart(
  result: OpenResult,
  { plate, code }: { readonly plate: string; readonly code: string },
  world: World,
): Part | undefined {
  const { contact, payMax } = world.policy;
  switch (result.kind) {
    case "opened":
      return part("ended_already", { ref: showRef(result.ref) });
    case "short":
      return shortPart(result.missing, code, world);
    case "capped":
      return part("desk_capped", { code });
    case "suspended":
      return part("desk_suspended", { contact });
    case "sales-paused":
      return part("desk_sales_paused", { code });
    case "over-cap":
      return part("bill_over_max", { max: payMax });
    case "invoice-used":
      return part("invoice_used", {});
    case "vehicle-busy": {
      const ref = result.ref === undefined ? "" : showRef(result.ref);
      return part("vehicle_busy", { plate: result.plate, since: result.since, now: world.at, ref, contact });
    }
    case "paid-lately": {
      const ref = result.ref === undefined ? "" : showRef(result.ref);
      return part("paid_lately", { plate: result.plate, ref, proof: result.ref ?? "" });
    }
    case "bill-too-old":
    case "quotes-void":
      return plate === "" ? undefined : part("desk_stale", {});
  }
}
