import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { desk } from "../../src/relay/desk.ts";
import { ANI, aBill, anInvoice, BUDI, otherBill } from "../fakes/bills.ts";
import { openTasks } from "../payments/world.ts";
import {
  agent,
  asked,
  asks,
  balance,
  customer,
  does,
  NOT_SENT,
  passes,
  type RelayWorld,
  relayWorld,
  request,
  told,
  topUp,
} from "./world.ts";

const MINUTE = 60_000;

async function holds({ ledger }: RelayWorld): Promise<number> {
  return ledger.balance("holds");
}

describe("from asking to the proof", () => {
  it("one asks, one takes, has the money, and pays; each hears what is his", async () => {
    const world = relayWorld();
    const cibinong = await agent(world, "Cibinong");
    const parung = await agent(world, "Parung");
    const ref = await asked(world);
    expect(await does(world, cibinong, "take", ref)).toBe("done");
    expect(await balance(world, cibinong)).toBe(816_500);
    expect(await customer(world, "said", ref)).toBe("done");
    expect(await does(world, cibinong, "received", ref)).toBe("done");
    expect(await holds(world)).toBe(183_500);
    await passes(world, MINUTE);
    expect(await request(world, ref)).toMatchObject({ state: "done", payments: [expect.any(String)] });
    expect(world.biller.arrived).toHaveLength(1);
    expect(await balance(world, cibinong)).toBe(816_500);
    expect(await holds(world)).toBe(0);
    expect(await told(world, ANI)).toEqual(["asked", "taken", "received", "under-way", "paid"]);
    expect(await told(world, cibinong.chat)).toEqual(["offer", "yours", "customer-paid", "under-way", "paid"]);
    expect(await told(world, parung.chat)).toEqual(["offer", "offer-gone"]);
  });

  it("two agents in the same millisecond: one has it, and one balance is held", async () => {
    const world = relayWorld();
    const [one, other] = [await agent(world, "Cibinong"), await agent(world, "Parung")];
    const ref = await asked(world);
    const answers = await Promise.all([does(world, one, "take", ref), does(world, other, "take", ref)]);
    expect(answers.toSorted()).toEqual(["done", "impossible"]);
    expect((await balance(world, one)) + (await balance(world, other))).toBe(2_000_000 - 183_500);
    expect(await holds(world)).toBe(183_500);
  });

  it("the agent's word that comes twice pays once", async () => {
    const world = relayWorld();
    const cibinong = await agent(world, "Cibinong");
    const ref = await asked(world);
    await does(world, cibinong, "take", ref);
    const both = await Promise.all([does(world, cibinong, "received", ref), does(world, cibinong, "received", ref)]);
    expect(both.toSorted()).toEqual(["done", "impossible"]);
    await passes(world, MINUTE);
    expect(world.biller.arrived).toHaveLength(1);
  });

  it("not paid: the customer hears who has his money, nothing else, and it is tried again with a fresh bill", async () => {
    const world = relayWorld(NOT_SENT);
    const cibinong = await agent(world, "Cibinong");
    const ref = await asked(world);
    await does(world, cibinong, "take", ref);
    await does(world, cibinong, "received", ref);
    await passes(world, MINUTE);
    expect(await request(world, ref)).toMatchObject({ state: "unpaid" });
    expect(await told(world, ANI)).toEqual(["asked", "taken", "received", "under-way", "unpaid-with-agent"]);
    expect(await told(world, cibinong.chat)).toEqual(["offer", "yours", "under-way", "unpaid"]);
    expect(await balance(world, cibinong)).toBe(1_000_000);
    world.biller.setCourse(() => ({ books: [{ after: 0, status: "CONFIRM" }], answer: "books", answerAfter: 500 }));
    world.answers({ kind: "bill", bill: aBill({ invoice: anInvoice("22222222222") }) });
    expect(await does(world, cibinong, "again", ref)).toBe("done");
    expect(await does(world, cibinong, "received", ref)).toBe("done");
    await passes(world, MINUTE);
    expect(await request(world, ref)).toMatchObject({ state: "done" });
    expect((await request(world, ref)).payments).toHaveLength(2);
    expect(await balance(world, cibinong)).toBe(816_500);
  });

  it("the same invoice again, which was sent before, is not paid: the operator looks", async () => {
    const world = relayWorld({ books: [{ after: 0, status: "REFUND" }], answer: "books", answerAfter: 500 });
    const cibinong = await agent(world, "Cibinong");
    const ref = await asked(world);
    await does(world, cibinong, "take", ref);
    await does(world, cibinong, "received", ref);
    await passes(world, 5 * MINUTE);
    expect(await request(world, ref)).toMatchObject({ state: "unpaid" });
    expect(await does(world, cibinong, "again", ref)).toBe("done");
    expect(await does(world, cibinong, "received", ref)).toBe("done");
    await passes(world, MINUTE);
    expect(await request(world, ref)).toMatchObject({ state: "unpaid" });
    expect(world.biller.arrived).toHaveLength(1);
    expect(await openTasks(world)).toContain("invoice-reused");
    expect(await balance(world, cibinong)).toBe(1_000_000);
  });
});

describe("the bill of a request", () => {
  it("that has ended is asked for anew; of another sum it waits for the customer, and its hold follows", async () => {
    const world = relayWorld();
    const cibinong = await agent(world, "Cibinong");
    const ref = await asked(world);
    await passes(world, 25 * MINUTE);
    await does(world, cibinong, "take", ref);
    await customer(world, "said", ref);
    await passes(world, 40 * MINUTE);
    world.answers({ kind: "bill", bill: aBill({ invoice: anInvoice("22222222222"), total: rupiah(196_300) }) });
    await does(world, cibinong, "received", ref);
    await passes(world, 10_000);
    expect(await holds(world)).toBe(196_300);
    expect(world.biller.arrived).toEqual([]);
    expect(await does(world, cibinong, "received", ref)).toBe("impossible");
    expect(await customer(world, "yes", ref)).toBe("done");
    expect(await does(world, cibinong, "received", ref)).toBe("done");
    await passes(world, MINUTE);
    expect(await request(world, ref)).toMatchObject({ state: "done" });
    expect(await balance(world, cibinong)).toBe(1_000_000 - 196_300);
  });

  it("whose sum grew beyond his balance is not paid; he may fill it and try again", async () => {
    const world = relayWorld();
    const cibinong = await agent(world, "Cibinong", 183_500);
    const ref = await asked(world);
    await does(world, cibinong, "take", ref);
    await customer(world, "said", ref);
    await passes(world, 65 * MINUTE);
    world.answers({ kind: "bill", bill: aBill({ invoice: anInvoice("22222222222"), total: rupiah(196_300) }) });
    await does(world, cibinong, "received", ref);
    await passes(world, 10_000);
    expect(await request(world, ref)).toMatchObject({ state: "unpaid" });
    expect(await balance(world, cibinong)).toBe(183_500);
    await topUp(world, cibinong.id, rupiah(100_000));
    expect(await does(world, cibinong, "again", ref)).toBe("done");
    expect(await does(world, cibinong, "received", ref)).toBe("done");
    await passes(world, 10_000);
    expect(await holds(world)).toBe(196_300);
  });

  it("that was inquired before the vehicle's last payment ended is asked for anew by itself", async () => {
    const world = relayWorld(NOT_SENT);
    const cibinong = await agent(world, "Cibinong");
    const first = await asked(world);
    const second = await asked(world, { chat: BUDI });
    for (const ref of [first, second]) await does(world, cibinong, "take", ref);
    await does(world, cibinong, "received", first);
    await passes(world, 30_000);
    world.answers({ kind: "bill", bill: aBill({ invoice: anInvoice("22222222222") }) });
    expect(await does(world, cibinong, "received", second)).toBe("done");
    expect(await request(world, second)).toMatchObject({ state: "received" });
    await passes(world, MINUTE);
    expect(world.inquiries()).toBe(1);
    expect((await request(world, second)).payments).toHaveLength(1);
  });

  it("that cannot be had is tried for ten minutes, then the money may go back", async () => {
    const world = relayWorld(NOT_SENT);
    const cibinong = await agent(world, "Cibinong");
    const ref = await asked(world);
    await does(world, cibinong, "take", ref);
    await does(world, cibinong, "received", ref);
    await passes(world, MINUTE);
    world.answers({ kind: "unavailable", why: "timeout", reason: "" });
    await does(world, cibinong, "again", ref);
    await does(world, cibinong, "received", ref);
    await passes(world, 11 * MINUTE);
    expect(await request(world, ref)).toMatchObject({ state: "unpaid" });
    expect((await told(world, ANI)).slice(-2)).toEqual(["bill-late", "unpaid-with-agent"]);
    expect(await holds(world)).toBe(0);
    expect(await does(world, cibinong, "returned", ref)).toBe("done");
    expect((await told(world, ANI)).at(-1)).toBe("returned");
  });
});

describe("who is asked", () => {
  it("nobody on duty, or nobody with enough: no request is made", async () => {
    const world = relayWorld();
    await agent(world, "Cibinong", 100_000);
    await agent(world, "Parung", 1_000_000, { duty: { on: false, since: 0, unanswered: 0 } });
    await agent(world, "Bogor", 1_000_000, { state: "suspended" });
    expect((await asks(world)).kind).toBe("nobody");
    expect(await world.ledger.requests.find({})).toEqual([]);
  });

  it("the counter that was chosen and has not enough is said to be, as long as another has", async () => {
    const world = relayWorld();
    const poor = await agent(world, "Cibinong", 100_000);
    await agent(world, "Parung");
    expect((await asks(world, { wanted: poor.id })).kind).toBe("not-that-one");
  });

  it("nobody for a request of his own chat", async () => {
    const world = relayWorld();
    const cibinong = await agent(world, "Cibinong");
    expect((await asks(world, { chat: cibinong.chat })).kind).toBe("nobody");
    await agent(world, "Parung");
    const ref = await asked(world, { chat: cibinong.chat });
    expect(await does(world, cibinong, "take", ref)).toBe("impossible");
    expect(await holds(world)).toBe(0);
  });

  it("after 23.15 nobody", async () => {
    const world = relayWorld();
    await agent(world, "Cibinong");
    await world.clock.advance(13 * 60 * MINUTE + 15 * MINUTE);
    expect((await asks(world)).kind).toBe("late");
  });

  it("twice for one vehicle is one request", async () => {
    const world = relayWorld();
    await agent(world, "Cibinong");
    const ref = await asked(world);
    expect(await asks(world)).toMatchObject({ kind: "exists", request: { ref } });
    expect((await asks(world, { bill: otherBill(1) })).kind).toBe("asked");
  });

  it("three offers in a row without an answer end a duty, and he is told; an answer begins the count anew", async () => {
    const world = relayWorld();
    const cibinong = await agent(world, "Cibinong");
    const duty = async () => (await world.records.staff.load(cibinong.id))?.duty;
    for (const number of [1, 2]) {
      await asked(world, { bill: otherBill(number) });
      await passes(world, 3 * MINUTE);
    }
    expect(await duty()).toMatchObject({ on: true, unanswered: 2 });
    const answered = await asked(world, { bill: otherBill(3) });
    await does(world, cibinong, "skip", answered);
    expect(await duty()).toMatchObject({ on: true, unanswered: 0 });
    for (const number of [4, 5, 6]) {
      await asked(world, { bill: otherBill(number) });
      await passes(world, 3 * MINUTE);
    }
    expect(await duty()).toMatchObject({ on: false });
    expect(await told(world, cibinong.chat)).toContain("duty-over");
  });

  it("a duty ends with closing time", async () => {
    const world = relayWorld();
    await agent(world, "Cibinong");
    await world.clock.advance(10 * 60 * MINUTE);
    expect((await asks(world)).kind).toBe("nobody");
  });
});

describe("who may not", () => {
  it("an agent whose balance is spent meanwhile does not take it", async () => {
    const world = relayWorld();
    const cibinong = await agent(world, "Cibinong", 200_000);
    const [first, second] = [await asked(world), await asked(world, { bill: otherBill(1) })];
    expect(await does(world, cibinong, "take", first)).toBe("done");
    expect(await does(world, cibinong, "take", second)).toBe("short");
    expect(await request(world, second)).toMatchObject({ state: "asked", revision: 1 });
  });

  it("nor one who has reached his limit of the day", async () => {
    const world = relayWorld();
    const cibinong = await agent(world, "Cibinong", 1_000_000, { daily: rupiah(200_000) });
    const [first, second] = [await asked(world), await asked(world, { bill: otherBill(1) })];
    expect(await does(world, cibinong, "take", first)).toBe("done");
    expect(await does(world, cibinong, "take", second)).toBe("capped");
  });

  it("a suspended agent takes nothing, and pays nothing that he took before", async () => {
    const world = relayWorld();
    const cibinong = await agent(world, "Cibinong");
    const [first, second] = [await asked(world), await asked(world, { bill: otherBill(1) })];
    await does(world, cibinong, "take", first);
    await world.records.staff.change(cibinong.id, { state: "suspended" }, world.clock.now());
    expect(await does(world, cibinong, "take", second)).toBe("impossible");
    expect(await does(world, cibinong, "received", first)).toBe("done");
    await passes(world, MINUTE);
    expect(world.biller.arrived).toEqual([]);
    expect(await request(world, first)).toMatchObject({ state: "taken" });
    expect(await openTasks(world)).toEqual(["request"]);
  });

  it("another customer neither cancels nor sees it", async () => {
    const world = relayWorld();
    await agent(world, "Cibinong");
    const ref = await asked(world);
    expect((await world.desk.byCustomer(ref, BUDI, { act: "cancelled", sum: undefined })).kind).toBe("unknown");
    expect(await request(world, ref)).toMatchObject({ state: "asked" });
  });
});

describe("the operator", () => {
  it("gives it to another agent after SUDAH, and the hold goes with it", async () => {
    const world = relayWorld();
    const [one, other] = [await agent(world, "Cibinong"), await agent(world, "Parung")];
    const ref = await asked(world);
    await does(world, one, "take", ref);
    await customer(world, "said", ref);
    expect(await does(world, one, "let-go", ref)).toBe("impossible");
    expect((await world.desk.give(ref, other.id, { by: "ops", why: "he is silent" })).kind).toBe("done");
    expect([await balance(world, one), await balance(world, other)]).toEqual([1_000_000, 816_500]);
    expect((await told(world, ANI)).at(-1)).toBe("passed-on");
    expect(await world.records.audit.list(5)).toMatchObject([
      { who: "ops", what: "request given", ref, detail: `to ${other.id}: he is silent` },
    ]);
  });

  it("closes it, and nothing stays held", async () => {
    const world = relayWorld();
    const one = await agent(world, "Cibinong");
    const ref = await asked(world);
    await does(world, one, "take", ref);
    expect((await world.desk.shut(ref, { by: "ops", why: "agent is ill" })).kind).toBe("done");
    expect(await holds(world)).toBe(0);
    expect((await told(world, ANI)).at(-1)).toBe("shut");
  });
});

it("the desk's own loop does what is due, and ends when it is told to", async () => {
  const world = relayWorld();
  await agent(world, "Cibinong");
  const stop = new AbortController();
  const running = world.desk.run(stop.signal);
  const ref = await asked(world);
  await world.clock.advance(31 * MINUTE);
  expect(await request(world, ref)).toMatchObject({ state: "closed", closed: { why: "nobody" } });
  expect(await told(world, ANI)).toEqual(["asked", "no-answer", "no-answer", "nobody"]);
  stop.abort();
  await world.clock.settle();
  await running;
  expect(world.errors).toEqual([]);
});

it("a stop does not wait for a bill that the biller is asked for; the next start asks for it again", async () => {
  const world = relayWorld();
  const cibinong = await agent(world, "Cibinong");
  const ref = await asked(world);
  await does(world, cibinong, "take", ref);
  await world.clock.advance(70 * MINUTE);
  await does(world, cibinong, "received", ref);
  let inquiries = 0;
  const inquire = () => {
    inquiries += 1;
    return new Promise<never>(() => {});
  };
  const silent = desk({ ...world.deskDeps, biller: { ...world.deskDeps.biller, inquire } });
  const stop = new AbortController();
  const running = silent.run(stop.signal);
  await world.clock.advance(1_000);
  expect(inquiries).toBe(1);
  stop.abort();
  await world.clock.settle();
  await running;
  expect(await request(world, ref)).toMatchObject({ state: "received", revision: 3 });
  await passes(world, MINUTE);
  expect(await request(world, ref)).toMatchObject({ state: "done" });
  expect(world.errors).toEqual([]);
});
