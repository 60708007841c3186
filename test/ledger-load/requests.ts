import { LIVE, type Payment } from "../../src/payments/payment.ts";
import { holdRequest, releaseRequest } from "../../src/relay/postings.ts";
import type { Request, RequestChange } from "../../src/relay/request.ts";
import { aRequest } from "../fakes/agents.ts";
import { aPayment, must } from "../fakes/bills.ts";
import { AGENTS, billOf, customerOf, limitsOf } from "./people.ts";
import { count, type Player } from "./player.ts";
import { move } from "./tally.ts";

/** A customer asks; now and then twice. */
export async function askOne(player: Player): Promise<void> {
  const { ledger, random, at } = player;
  const request = aRequest(at, {
    bill: billOf(player),
    customer: { chat: customerOf(player), language: "id" },
    dueAt: 0,
  });
  for (const _ of random.chance(0.2) ? [1, 2] : [1]) {
    count(player, `ask: ${(await ledger.requests.ask(request, at, () => [])).kind}`);
  }
}

/** One of the oldest open requests goes a step on. Many processes are at the same few. */
export async function workOnRequest(player: Player): Promise<void> {
  const { ledger, random, tally } = player;
  const due = await ledger.requests.due(player.at, 8);
  if (due.length === 0) return count(player, "request: nothing is due");
  const request = random.pick(due);
  const tried = request.payments.at(-1);
  const payment = tried === undefined ? undefined : await ledger.load(tried);
  const change = nextStep(player, request, payment);
  const committed = await ledger.requests.commit(change);
  const said = typeof committed === "string" ? committed : committed.kind;
  count(player, said === "done" ? `request: ${request.state} -> ${change.next.state}` : `request: ${said}`);
  if (said !== "done") return;
  for (const { what, entries } of change.postings ?? []) {
    const agent = must(entries.find(({ account }) => account !== "holds")).account;
    const { total } = request.bill;
    if (what === "hold") move(tally, agent, "holds", total);
    else move(tally, "holds", agent, total);
  }
}

function nextStep(player: Player, request: Request, payment: Payment | undefined): RequestChange {
  const { random } = player;
  const to = (over: Partial<Request>, more: Partial<RequestChange> = {}): RequestChange => ({
    at: player.at,
    next: { ...request, ...over, revision: request.revision + 1 },
    expect: request.revision,
    ...more,
  });
  const close = { state: "closed", closed: { at: player.at, why: "operator" }, dueAt: undefined } as const;
  switch (request.state) {
    case "asked":
      return random.chance(0.1) ? to(close) : taken(player, request, to);
    case "taken":
    case "received": {
      // Of those whose vehicle is another's by now some are let go each time.
      const goesOn = random.chance(0.8);
      if (goesOn && request.state === "taken") return to({ state: "received", receivedAt: player.at });
      if (goesOn) return to({ state: "paying" }, { opens: paymentOf(player, request) });
      const postings = [releaseRequest(request, must(request.taken).id)];
      return random.chance(0.5) ? to({ state: "asked", taken: undefined }, { postings }) : to(close, { postings });
    }
    case "paying":
      if (payment !== undefined && LIVE.includes(payment.state)) return to({ dueAt: player.at + 600_000 });
      return to(payment?.state === "paid" ? { state: "done", dueAt: undefined } : { state: "unpaid" });
    case "unpaid": {
      if (payment?.state !== "withdrawn" || random.chance(0.3)) return to(close);
      const postings = [holdRequest(request, must(request.taken).id)];
      return to({ state: "received", inquiredAt: player.at }, { postings });
    }
    case "done":
    case "closed":
      throw new Error(`a request that is ${request.state} was due`);
  }
}

type To = (over: Partial<Request>, more: Partial<RequestChange>) => RequestChange;

function taken({ random, at }: Player, request: Request, to: To): RequestChange {
  const agent = random.pick(AGENTS);
  const taken = { id: agent.id, chat: agent.chat, at, until: at + 3_600_000 };
  return to({ state: "taken", taken }, { postings: [holdRequest(request, agent.id)], limits: limitsOf(agent, at) });
}

function paymentOf({ at }: Player, { ref, bill, customer, markup, taken, inquiredAt }: Request) {
  const { id, chat } = must(taken);
  return aPayment(at, { bill, payer: customer.chat, agent: { id, chat }, request: ref, markup, inquiredAt });
}
