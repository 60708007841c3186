import type { Inquiry } from "../../src/biller/biller.ts";
import { type ConversationKey, conversationKey } from "../../src/conversation/message.ts";
import type { Bill } from "../../src/domain/bill.ts";
import { type Rupiah, rupiah, ZERO } from "../../src/domain/rupiah.ts";
import { agentAccount, type RequestRef, type StaffId } from "../../src/domain/staff.ts";
import type { Settler } from "../../src/payments/settle.ts";
import { settler } from "../../src/payments/settle.ts";
import type { Staff, StaffChange } from "../../src/records/staff.ts";
import type { DeskDeps } from "../../src/relay/desk/deps.ts";
import { type AgentAct, type CustomerAct, type Desk, desk } from "../../src/relay/desk.ts";
import type { Request } from "../../src/relay/request.ts";
import type { Course } from "../fakes/biller-books.ts";
import { ANI, aBill, must } from "../fakes/bills.ts";
import { liveOn, makeWorld, notices, type World } from "../payments/world.ts";

/** pay is answered CONFIRM within a second. */
export const PAYS: Course = { books: [{ after: 0, status: "CONFIRM" }], answer: "books", answerAfter: 500 };
/** pay was surely not sent. */
export const NOT_SENT: Course = {
  books: [],
  answer: { kind: "not-sent", cause: "refused" },
  answerAfter: 0,
  unreachable: true,
};

const REGION = {
  product: "SAMSAT_JABAR",
  code: "SAMSAT_JABAR",
  debet: "tagihan+5000",
  cashback: rupiah(2_000),
  open: true,
};

export interface RelayWorld extends World {
  readonly deskDeps: DeskDeps;
  readonly desk: Desk;
  readonly settler: Settler;
  /** What the biller says to the next inquiries; the last one again and again. */
  answers(...inquiries: readonly Inquiry[]): void;
  readonly inquiries: () => number;
}

export function relayWorld(course: Course = PAYS): RelayWorld {
  const world = makeWorld(course);
  let answers: readonly Inquiry[] = [{ kind: "bill", bill: aBill() }];
  let asked = 0;
  const inquire = async (): Promise<Inquiry> => {
    asked += 1;
    const [first, ...rest] = answers;
    if (rest.length > 0) answers = rest;
    return must(first);
  };
  const { ledger, records, clock, deps } = world;
  // Read lately: it is not asked for.
  const regions = async () => ({ kind: "regions", regions: [REGION], at: clock.now() }) as const;
  const biller = { inquire, regions };
  const hours = { from: 8 * 60, to: 20 * 60 };
  const deskDeps: DeskDeps = { ledger, records, biller, clock, log: deps.log, hours, markup: ZERO };
  return {
    ...world,
    deskDeps,
    desk: desk(deskDeps),
    settler: settler(deps),
    answers: (...inquiries) => {
      answers = inquiries;
    },
    inquiries: () => asked,
  };
}

export interface AgentOf {
  readonly id: StaffId;
  readonly chat: ConversationKey;
}

/** An agent on duty with so much balance. */
export async function agent(
  world: RelayWorld,
  name: string,
  sum = 1_000_000,
  over: StaffChange = {},
): Promise<AgentOf> {
  const { records, clock } = world;
  const at = clock.now();
  const base = { role: "agent", place: name, handover: `Jalan ${name} 1`, credit: ZERO, daily: undefined } as const;
  const { staff, code } = await records.staff.add({ ...base, name: `Loket ${name}`, language: "id" }, at);
  const chat = conversationKey("telegram", name);
  await records.staff.enrol(chat, code, at);
  await records.staff.change(staff.id, { duty: { on: true, since: at, unanswered: 0 }, ...over }, at);
  await topUp(world, staff.id, rupiah(sum));
  return { id: staff.id, chat };
}

export async function topUp({ ledger, clock }: RelayWorld, id: StaffId, sum: Rupiah): Promise<void> {
  if (sum === 0) return;
  const entries = [
    { account: "topups", amount: rupiah(-sum) },
    { account: agentAccount(id), amount: sum },
  ];
  await ledger.post(
    { id: `topup.${id}.${clock.now()}`, what: "top-up", entries, by: "ops", why: "paid in" },
    clock.now(),
  );
}

/** Ani asks for a bill that was inquired a minute ago. */
export async function asks(world: RelayWorld, over: { bill?: Bill; wanted?: StaffId; chat?: ConversationKey } = {}) {
  const at = world.clock.now();
  const { bill = aBill(), wanted, chat = ANI } = over;
  const customer = { chat, language: "id" } as const;
  return world.desk.ask({ customer, bill, inquiredAt: at - 60_000, expiresAt: at + 59 * 60_000, wanted });
}

export async function asked(world: RelayWorld, over: Parameters<typeof asks>[1] = {}): Promise<RequestRef> {
  const answer = await asks(world, over);
  if (answer.kind !== "asked") throw new Error(`it should have been asked: ${answer.kind}`);
  return answer.request.ref;
}

export async function does(world: RelayWorld, { id, chat }: AgentOf, act: AgentAct, ref: RequestRef): Promise<string> {
  const staff: Staff = must(await world.records.staff.load(id));
  return (await world.desk.byAgent(ref, { staff, chat }, act)).kind;
}

export async function customer(world: RelayWorld, act: CustomerAct, ref: RequestRef): Promise<string> {
  const { bill } = await request(world, ref);
  return (await world.desk.byCustomer(ref, ANI, { act, sum: bill.total })).kind;
}

export async function request(world: RelayWorld, ref: RequestRef): Promise<Request> {
  return must(await world.ledger.requests.load(ref));
}

/** Time passes, and the desk and the settler work as their loops would. */
export async function passes(world: RelayWorld, ms: number): Promise<void> {
  const { clock, ledger } = world;
  const end = clock.now() + ms;
  while (clock.now() < end) {
    await looks(world);
    const next = Math.max((await ledger.requests.nextDue(clock.now())) ?? end, clock.now() + 1_000);
    await liveOn(world, world.settler, Math.min(next, end) - clock.now());
  }
  await looks(world);
}

/** One look of the desk, with the time that it takes. */
async function looks({ clock, desk }: RelayWorld): Promise<void> {
  let over = false;
  void desk.step().then(() => {
    over = true;
  });
  if (!(await clock.advanceUntil(() => over, 60_000))) throw new Error("the desk's look never ends");
}

/** What a chat was told or is owed, oldest first. */
export async function told(world: RelayWorld, chat: ConversationKey): Promise<readonly string[]> {
  return (await notices(world)).filter(({ to }) => to === chat).map(({ notice }) => notice.kind);
}

export async function balance({ ledger }: RelayWorld, { id }: AgentOf): Promise<number> {
  return ledger.balance(agentAccount(id));
}
