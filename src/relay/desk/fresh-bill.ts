import type { Inquiry } from "../../biller/biller.ts";
import type { Bill } from "../../domain/bill.ts";
import { debitOf } from "../../domain/region.ts";
import { type Rupiah, ZERO } from "../../domain/rupiah.ts";
import { quoteEnd } from "../../domain/time.ts";
import type { Happening } from "../life/step.ts";
import type { Request } from "../request.ts";
import type { DeskDeps } from "./deps.ts";
import { happenOnce, type Relayed } from "./happen.ts";

/** A look at the list of regions that is good enough for the debit formula, ms. */
const FRESH_MS = 10 * 60_000;

type NoBill = Happening<"no-bill">["why"];

/**
 * received: asks the biller anew and goes on with the answer. The last one who saw the request so decides. A stop does not
 * wait for the answer, which may take a minute: asking once more costs nothing.
 */
export async function askAnew(
  deps: DeskDeps,
  request: Request,
  stop: AbortSignal,
): Promise<Relayed | "conflict" | "stopped"> {
  const inquiredAt = deps.clock.now();
  const answer = await before(stop, inquired(deps, request));
  if (answer === "stopped") return answer;
  await alert(deps, request, answer);
  if (answer.kind !== "bill") return without(deps, request, whyNot(answer));
  const { bill, taken } = answer;
  const quote = { bill, inquiredAt, expiresAt: quoteEnd(inquiredAt), ...taken };
  const limits = request.taken === undefined ? undefined : await creditOf(deps, request.taken.id);
  const relayed = await happenOnce(deps, request, {
    make: () => ({ kind: "bill", ...quote, at: deps.clock.now() }),
    ...(limits === undefined ? {} : { limits }),
  });
  if (relayed === "conflict") return relayed;
  if (relayed.kind === "short" || relayed.kind === "capped") return without(deps, request, "balance");
  if (relayed.kind !== "not-opened") return relayed;
  return without(deps, request, await refusedWhy(deps, relayed.opened, bill));
}

async function inquired(deps: DeskDeps, { bill: { product, nik, chassis } }: Request) {
  const answer = await deps.biller.inquire({ product, nik, chassis });
  return answer.kind === "bill" ? { ...answer, taken: await takings(deps, answer.bill) } : answer;
}

/** "stopped" when `stop` aborts first. */
async function before<T>(stop: AbortSignal, work: Promise<T>): Promise<T | "stopped"> {
  const over = new AbortController();
  const stopped = new Promise<"stopped">((resolve) => {
    if (stop.aborted) resolve("stopped");
    stop.addEventListener("abort", () => resolve("stopped"), { once: true, signal: over.signal });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    over.abort();
  }
}

function without(deps: DeskDeps, request: Request, why: NoBill): Promise<Relayed | "conflict"> {
  return happenOnce(deps, request, { make: () => ({ kind: "no-bill", why, at: deps.clock.now() }) });
}

/** What the biller takes of the deposit for it, and what it gives back. */
export async function takings(
  { biller }: Pick<DeskDeps, "biller">,
  bill: Bill,
): Promise<{ readonly debit: Rupiah | undefined; readonly cashback: Rupiah }> {
  const look = await biller.regions(FRESH_MS);
  const region = look.kind === "regions" ? look.regions.find(({ product }) => product === bill.product) : undefined;
  if (region === undefined) return { debit: undefined, cashback: ZERO };
  return { debit: debitOf(region.debet, bill), cashback: region.cashback };
}

/** A sum that grew takes more of his balance: as far as his credit goes. The limit of the day was asked when he took it. */
async function creditOf({ records }: DeskDeps, id: NonNullable<Request["taken"]>["id"]) {
  const agent = await records.staff.load(id);
  return agent === undefined ? undefined : { credit: agent.credit };
}

function whyNot(answer: Exclude<Inquiry, { kind: "bill" }>): NoBill {
  switch (answer.kind) {
    case "unavailable":
      return "unavailable";
    case "already-paid":
      return "already-paid";
    case "not-found":
    case "closed":
    case "bad-bill":
      return "no-bill";
  }
}

/** Why the ledger does not open it: somebody else pays the vehicle, or has, or the invoice was sent before. */
async function refusedWhy(
  { records, clock, log }: DeskDeps,
  opened: { readonly kind: string },
  { invoice }: Bill,
): Promise<NoBill> {
  log.warn({ refused: opened.kind }, "the payment of a request could not be opened");
  if (opened.kind === "paid-lately") return "already-paid";
  if (opened.kind === "short" || opened.kind === "capped") return "balance";
  if (opened.kind !== "invoice-used" && opened.kind !== "exists") return "unavailable";
  const text = `The biller gave invoice ${invoice} again, which was sent before, for a request whose agent has the customer's money. It is not paid. Look at the vehicle's payments.`;
  await records.tasks.add({ key: `invoice-reused:${invoice}`, kind: "invoice-reused", text }, clock.now());
  return "no-bill";
}

/** What only a human can mend is told to a human. */
async function alert({ records, clock }: DeskDeps, { customer }: Request, answer: Inquiry): Promise<void> {
  const at = clock.now();
  if (answer.kind === "bad-bill") {
    const text = `The biller's bill ${answer.invoice} could not be read with certainty: ${answer.why}. An agent has the customer's money for it. Ask the biller.`;
    await records.tasks.add({ key: `bad-bill:${answer.invoice}`, kind: "bad-bill", text, chat: customer.chat }, at);
  }
  if (answer.kind === "unavailable" && answer.why === "login") {
    const text = `The biller refuses our login or our address: ${answer.reason}. Check MMBC_USERNAME, MMBC_PASSWORD and the address that the biller has on its list.`;
    await records.tasks.add({ key: "biller-login", kind: "biller-login", text }, at);
  }
}
