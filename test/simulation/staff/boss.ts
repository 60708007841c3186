import type { Biller } from "../../../src/biller/biller.ts";
import type { Rupiah } from "../../../src/domain/rupiah.ts";
import type { OperatorDeps } from "../../../src/payments/operator.ts";
import type { OperatorTask, Records } from "../../../src/records/records.ts";
import type { Staff } from "../../../src/records/staff.ts";
import { desk } from "../../../src/relay/desk.ts";
import { requestKey } from "../../../src/relay/life/tasks.ts";
import { book } from "../../../src/staff/balance.ts";
import type { Sim } from "../sim.ts";
import type { Crew, Member } from "./crew.ts";
import type { Orders } from "./orders.ts";
import type { Purse } from "./purse.ts";

/** What the operator works with: his own tool, beside the program. */
export interface BossTool extends Omit<OperatorDeps, "records" | "biller"> {
  readonly records: Records;
  readonly biller: Biller;
}

/** The operator, as far as he has to do with agents: their money, their PINs, and requests that nobody ends. */
export interface Boss {
  /** His tasks about agents; undefined for one that is none. */
  does(task: OperatorTask): Promise<void> | undefined;
  unlocks(member: Member, then: () => void): void;
  /** Somebody stands before him who is not to pay any more for a while. */
  suspends(member: Member): void;
  /** A code for one more phone of his. */
  invites(member: Member, then: (code: string) => void): void;
}

export interface BossOptions {
  readonly sim: Sim;
  readonly crew: Crew;
  readonly purse: Purse;
  readonly tool: () => BossTool;
  readonly orders: Orders;
}

const MINUTE = 60_000;
const BY = "ops";
/** So often he looks at a request's task and phones, before he ends it himself. */
const CALLS = 2;

export function bossOf(options: BossOptions): Boss {
  const { sim, tool } = options;
  const random = sim.random("boss");
  const calls = new Map<string, number>();
  const careful = (act: () => Promise<void>) => {
    void act().catch((error: unknown) => {
      sim.note(() => `the operator's tool fails: ${String(error)}`);
      sim.time.after(5 * MINUTE, undefined, () => careful(act));
    });
  };
  const change = (member: Member, state: Staff["state"]) => async () => {
    // Who may pay again may do so at once.
    if (state === "active") member.suspendedAt = undefined;
    await tool().records.staff.change(member.id, { state }, tool().clock.now());
    member.suspendedAt = state === "suspended" ? sim.time.steady() : undefined;
    sim.note(() => `${member.name} is ${state}`);
  };
  return {
    does(task) {
      if (task.kind === "request") return request({ ...options, random, calls }, task);
      if (task.kind === "top-up-wish") return wish({ ...options, random, calls }, task);
      return undefined;
    },
    unlocks(member, then) {
      sim.time.after(random.between(MINUTE, 40 * MINUTE), undefined, () =>
        careful(async () => {
          await tool().records.staff.rightPin(member.id, tool().clock.now());
          then();
        }),
      );
    },
    invites: (member, then) =>
      careful(async () => {
        const code = await tool().records.staff.invite(member.id, tool().clock.now());
        if (code !== undefined) then(code);
      }),
    suspends(member) {
      careful(change(member, "suspended"));
      sim.time.after(random.between(5 * MINUTE, 60 * MINUTE), undefined, () => careful(change(member, "active")));
    },
  };
}

interface Hands extends BossOptions {
  readonly random: ReturnType<Sim["random"]>;
  readonly calls: Map<string, number>;
}

/** Phones, gives it to another agent, or closes it: then the customer has his money, as far as there was any. */
async function request(hands: Hands, task: OperatorTask): Promise<void> {
  const { tool, sim, random, calls, purse, crew, orders } = hands;
  const deps = tool();
  const called = (calls.get(task.key) ?? 0) + 1;
  calls.set(task.key, called);
  if (called <= CALLS && random.chance(0.5)) return;
  const all = await deps.ledger.requests.find({ limit: 1_000 });
  const one = all.find((found) => requestKey(found) === task.key);
  if (one === undefined) return;
  const hand = desk({ ...deps, hours: { from: 0, to: 24 * 60 }, markup: crew.markup });
  const others = crew.members.filter(({ id, chats }) => id !== one.taken?.id && !chats.has(one.customer.chat));
  const word = { by: BY, why: "phoned them" };
  if (called <= CALLS + 1 && others.length > 0 && random.chance(0.5)) {
    const to = random.pick(others);
    orders.gives(one.ref, to.id);
    const given = await hand.give(one.ref, to.id, word);
    sim.note(() => `the operator gives ${one.ref} to ${to.name}: ${given.kind}`);
    if (given.kind !== "done") return;
    sim.cover.count("requests", "given to another");
    const before = purse.holder(one.ref);
    if (before === undefined) return;
    purse.back(one.ref);
    purse.give(one.ref, to);
    return;
  }
  const shut = await hand.shut(one.ref, word);
  sim.note(() => `the operator closes ${one.ref}: ${shut.kind}`);
  if (shut.kind === "done") purse.back(one.ref);
  // It ended by itself meanwhile.
  else if (one.state === "done" || one.state === "closed")
    await deps.records.tasks.close(task.id, BY, "it is over", deps.clock.now());
}

/** The money is there, and is booked: once, however often it is pressed. Or it is not. */
async function wish(hands: Hands, task: OperatorTask): Promise<void> {
  const { tool, random } = hands;
  const { errand } = task;
  if (errand?.kind !== "top-up") return;
  const deps = tool();
  const agent = await deps.records.staff.load(errand.agent);
  const isIn = agent !== undefined && random.chance(0.9);
  if (isIn) await books(hands, { agent, amount: errand.amount, task: task.id });
  await deps.records.tasks.close(task.id, BY, isIn ? "booked" : "the money is not in", deps.clock.now());
}

interface Booking {
  readonly agent: Staff;
  readonly amount: Rupiah;
  readonly task: number;
}

/** In chat under the wish's own name; in the terminal without one. Either way two presses are one. */
async function books({ tool, orders, sim, random }: Hands, { agent, amount, task }: Booking): Promise<void> {
  const deps = tool();
  const named = task % 2 === 0;
  const id = named ? { id: `wish:${task}` } : {};
  const one = { what: "top-up", agent, amount, by: BY, why: "paid in", again: false, ...id } as const;
  const press = async () => (await book(deps, one, deps.clock.now())).kind;
  try {
    const presses = sim.fault("top-up-twice", random) ? [press(), press()] : [press()];
    const answers = await Promise.all(presses);
    sim.note(() => `the operator books ${amount} for ${agent.name}: ${answers.join(", ")}`);
    for (const kind of answers) sim.cover.count("requests", `top-up: ${kind}`);
    if (answers.includes("booked")) orders.paidIn(agent.id, `wish:${task}`, amount);
  } catch (error) {
    // Maybe it is booked, and the audit log was full. Under its own name it is booked again when he tries again.
    if (!named) orders.unsure();
    else orders.paidIn(agent.id, `wish:${task}`, amount);
    throw error;
  }
}
