import type { Context } from "../../../flows/counter/context.ts";
import type { Conversations } from "../../../src/conversation/conversations.ts";
import type { Ledger } from "../../../src/payments/ledger.ts";
import type { OperatorTask, Records } from "../../../src/records/records.ts";
import { requestKey } from "../../../src/relay/life/tasks.ts";
import { OPEN, type Request } from "../../../src/relay/request.ts";
import type { Running } from "../oracle/running.ts";
import type { Sim } from "../sim.ts";
import type { Crew } from "./crew.ts";
import type { Reckoning } from "./reckoning.ts";
import type { RequestsTold } from "./told.ts";

export interface RequestsEndOptions {
  readonly sim: Sim;
  readonly crew: Crew;
  readonly running: Running;
  readonly reckoning: Reckoning;
  readonly told: RequestsTold;
  readonly conversations: Conversations;
  readonly ledger: Ledger;
  readonly records: Records;
}

const MANY = 100_000;

/** When the world has come to rest: no request is stuck in silence, and every agent has what he paid in. */
export async function checkRequests(options: RequestsEndOptions): Promise<void> {
  const { sim, crew, running, reckoning, ledger, records } = options;
  reckoning.check("all");
  const open = await records.tasks.list("open", MANY);
  const requests = await ledger.requests.find({ limit: MANY });
  for (const request of requests) await checkOne(options, request, open);
  await checkChats(options, requests);
  if (running.restored) return;
  for (const { id, name } of crew.members) {
    const [paidIn, expected] = [reckoning.paidIn(id), crew.orders.total(id)];
    if (expected !== undefined && paidIn !== expected)
      sim.violate("I9", `${name} has paid in ${expected}, and his balance knows of ${paidIn}`);
  }
}

/** No customer's chat waits for a request that is over. */
async function checkChats({ sim, conversations, records }: RequestsEndOptions, all: readonly Request[]): Promise<void> {
  const isOpen = new Set<string>(all.filter(({ state }) => OPEN.includes(state)).map(({ ref }) => ref));
  const tasks = await records.tasks.list("all", MANY);
  for (const key of new Set(all.map(({ customer }) => customer.chat))) {
    const conversation = await conversations.load(key);
    if (conversation?.flow !== "counter" || tasks.some(({ kind, chat }) => kind === "stuck" && chat === key)) continue;
    const { requests = [] } = conversation.context as Pick<Context, "requests">;
    for (const { ref, plate, stage } of requests)
      if (ref === undefined || !isOpen.has(ref))
        sim.violate("view", `${key} waits for ${ref} of ${plate} (${stage}), which is over`);
  }
}

async function checkOne(options: RequestsEndOptions, request: Request, open: readonly OperatorTask[]): Promise<void> {
  const { sim, ledger, told, running } = options;
  const { ref, state, customer, receivedAt, closed } = request;
  const last = request.payments.at(-1);
  const payment = last === undefined ? undefined : await ledger.load(last);
  const isTask = open.some(({ key, chat }) => key === requestKey(request) || chat === customer.chat);
  sim.cover.count("requests", `at the end: ${state}${closed === undefined ? "" : `, ${closed.why}`}`);
  if (state === "paying" && payment?.state !== "review")
    sim.violate("I6", `${ref} is paying for ever, its payment ${payment?.state}`);
  if (OPEN.includes(state) && state !== "paying" && !isTask)
    sim.violate("I6", `${ref} is ${state} for ever, and nobody's task`);
  if (state === "done" && payment?.state !== "paid")
    sim.violate("money in hand", `${ref} is done, and its payment ${payment?.state}`);
  if (state === "closed" && payment?.state === "paid" && !sim.lies)
    sim.violate("money in hand", `${ref} is closed, and was paid`);
  const mustKnow = receivedAt !== undefined && state !== "done" && state !== "paying";
  if (mustKnow && !told.whoHasIt.has(ref) && !isTask && !running.restored)
    sim.violate("money in hand", `${ref} is ${state}, and its customer never heard who has his money`);
}
