import { expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { type PaymentRef, readRef } from "../../src/domain/ref.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { StaffId } from "../../src/domain/staff.ts";
import type { NewOperatorTask, Records } from "../../src/records/records.ts";

export interface MadeRecords {
  readonly records: Records;
  close(): Promise<void>;
}

const ANI = conversationKey("telegram", "1");
const BUDI = conversationKey("web", "2");
const REF = aRef("7K2MQ");
const OTHER = aRef("9ABCD");

function aRef(text: string): PaymentRef {
  const ref = readRef(text);
  if (ref === undefined) throw new Error(`${text} is no reference`);
  return ref;
}

const aTask = (key: string, over: Partial<NewOperatorTask> = {}): NewOperatorTask => ({
  key,
  kind: "stuck",
  text: "Look at it.",
  ...over,
});

/** What every driver of Records owes. `make` gives an empty store each time. */
export function recordsLaw(make: () => Promise<MadeRecords>): void {
  const law = (name: string, test: (records: Records) => Promise<void>) =>
    it(name, async () => {
      const made = await make();
      try {
        await test(made.records);
      } finally {
        await made.close();
      }
    });
  tasks(law);
  consents(law);
  proofs(law);
  rest(law);
}

type Law = (name: string, test: (records: Records) => Promise<void>) => void;

function tasks(law: Law): void {
  law("a task is one while it is open, however often it is asked for", async ({ tasks }) => {
    const task = aTask("suspect:7K2MQ", { kind: "suspect", ref: REF, chat: ANI });
    const made = await Promise.all([1, 2, 3].map((at) => tasks.add(task, at)));
    expect(made.filter(Boolean)).toHaveLength(1);
    const [only, ...none] = await tasks.list("open", 9);
    expect(only).toMatchObject({ ...task, at: 1, closed: undefined });
    expect(none).toEqual([]);
  });

  law("a closed task says who closed it and why, and its key may come again", async ({ tasks }) => {
    await tasks.add(aTask("a"), 1);
    const id = (await tasks.list("open", 1))[0]?.id ?? 0;
    expect(await tasks.close(id, "op", "seen in the books", 5)).toBe(true);
    expect(await tasks.close(id, "op", "again", 6)).toBe(false);
    expect(await tasks.close(id + 99, "op", "none", 6)).toBe(false);
    expect(await tasks.list("open", 9)).toEqual([]);
    const [closed] = await tasks.list("all", 9);
    expect(closed?.closed).toEqual({ at: 5, by: "op", why: "seen in the books" });
    expect(closed).not.toHaveProperty("ref");
    expect(await tasks.add(aTask("a"), 7)).toBe(true);
    expect(await tasks.list("all", 9)).toHaveLength(2);
  });

  law("a task is closed by its key when what it was about is over", async ({ tasks }) => {
    await tasks.add(aTask("a"), 1);
    await tasks.add(aTask("b"), 1);
    expect(await tasks.closeKey("a", "loket", "paid after all", 2)).toBe(true);
    expect(await tasks.closeKey("a", "loket", "paid after all", 3)).toBe(false);
    expect((await tasks.list("open", 9)).map(({ key }) => key)).toEqual(["b"]);
  });

  law("an open task waits until the operators' chats were told of it, once", async ({ tasks }) => {
    for (const key of ["a", "b", "c"]) await tasks.add(aTask(key), 1);
    await tasks.closeKey("b", "op", "done", 2);
    const waiting = await tasks.unalerted(9);
    expect(waiting.map(({ key, alertedAt }) => [key, alertedAt])).toEqual([
      ["a", undefined],
      ["c", undefined],
    ]);
    await tasks.alerted(waiting[0]?.id ?? 0, 5);
    expect((await tasks.unalerted(9)).map(({ key }) => key)).toEqual(["c"]);
    expect((await tasks.open("a"))?.alertedAt).toBe(5);
  });

  law("a task is found by its number, by its key while it is open, and is in one chat's hand", async ({ tasks }) => {
    await tasks.add(aTask("a"), 1);
    const id = (await tasks.open("a"))?.id ?? 0;
    expect(await tasks.takeInHand(id, ANI)).toBe(true);
    expect(await tasks.takeInHand(id, BUDI)).toBe(true);
    expect((await tasks.load(id))?.hand).toBe(BUDI);
    await tasks.close(id, "op", "done", 2);
    expect(await tasks.takeInHand(id, ANI)).toBe(false);
    expect(await tasks.open("a")).toBeUndefined();
    expect(await tasks.load(id)).toMatchObject({ hand: BUDI, closed: { by: "op" } });
    expect(await tasks.load(id + 1)).toBeUndefined();
  });

  law("what waits for a yes is kept with its task, and who asks for it", async ({ tasks }) => {
    const errand = { kind: "top-up", agent: "K7QM" as StaffId, amount: rupiah(500_000) } as const;
    await tasks.add(aTask("a", { kind: "approval", errand, by: "2ABC" as StaffId }), 1);
    expect(await tasks.open("a")).toMatchObject({ errand, by: "2ABC" });
    await tasks.add(aTask("b"), 1);
    expect(await tasks.open("b")).not.toHaveProperty("errand");
  });

  law("open tasks are listed oldest first, all of them newest first", async ({ tasks }) => {
    for (const key of ["a", "b", "c"]) await tasks.add(aTask(key), 1);
    expect((await tasks.list("open", 2)).map(({ key }) => key)).toEqual(["a", "b"]);
    expect((await tasks.list("all", 2)).map(({ key }) => key)).toEqual(["c", "b"]);
  });
}

function consents(law: Law): void {
  law("a consent holds for its chat until it is withdrawn, in its last version", async ({ consents }) => {
    expect(await consents.given(ANI)).toBeUndefined();
    await consents.give(ANI, "1", 10);
    await consents.give(ANI, "2", 20);
    expect(await consents.given(ANI)).toEqual({ version: "2", at: 20 });
    expect(await consents.given(BUDI)).toBeUndefined();
    await consents.withdraw(ANI);
    await consents.withdraw(BUDI);
    expect(await consents.given(ANI)).toBeUndefined();
  });
}

function proofs(law: Law): void {
  law("a proof stays as it was first made, and its copies are counted", async ({ proofs }) => {
    expect(await proofs.take(REF)).toBeUndefined();
    await proofs.save(REF, '{"owner":"JORDAN"}', 10);
    await proofs.save(REF, '{"owner":"OTHER"}', 20);
    expect(await proofs.take(REF)).toEqual({ ref: REF, madeAt: 10, proof: '{"owner":"JORDAN"}', copies: 1 });
    expect((await proofs.take(REF))?.copies).toBe(2);
    expect(await proofs.take(OTHER)).toBeUndefined();
    await proofs.erase(REF);
    expect(await proofs.take(REF)).toBeUndefined();
  });
}

function rest(law: Law): void {
  law("the audit is read newest first", async ({ audit }) => {
    const entry = { at: 5, who: "op", what: "resolve", ref: "7K2MQ", detail: "paid" };
    await audit.write(entry);
    await audit.write({ ...entry, what: "export" });
    expect(await audit.list(9)).toEqual([{ ...entry, what: "export" }, entry]);
    expect(await audit.list(1)).toHaveLength(1);
  });

  law("a flag holds its last value until it is taken away", async ({ flags }) => {
    expect(await flags.get("paused")).toBeUndefined();
    await flags.set("paused", "yes", 1);
    await flags.set("paused", "", 2);
    expect(await flags.get("paused")).toBe("");
    await flags.set("paused", undefined, 3);
    expect(await flags.get("paused")).toBeUndefined();
  });

  law("a chat is gone until it writes again", async ({ chats }) => {
    expect(await chats.isGone(ANI)).toBe(false);
    await chats.markGone(ANI, 1);
    await chats.markGone(ANI, 2);
    expect([await chats.isGone(ANI), await chats.isGone(BUDI)]).toEqual([true, false]);
    await chats.markHere(ANI);
    expect(await chats.isGone(ANI)).toBe(false);
  });

  law("letters are read in the order of writing, the last ones, until they are erased or old", async ({ letters }) => {
    for (const [n, text] of ["satu", "dua", "tiga"].entries()) await letters.keep(ANI, text, n);
    await letters.keep(BUDI, "lain", 9);
    expect(await letters.list(ANI, 2)).toEqual([
      { text: "dua", at: 1 },
      { text: "tiga", at: 2 },
    ]);
    expect(await letters.prune(2)).toBe(2);
    expect(await letters.list(ANI, 9)).toEqual([{ text: "tiga", at: 2 }]);
    await letters.erase(ANI);
    expect(await letters.list(ANI, 9)).toEqual([]);
    expect(await letters.list(BUDI, 9)).toHaveLength(1);
  });

  law("a message that could not be read is kept once, and listed without its body", async ({ poison }) => {
    await poison.keep(ANI, "m1", "the body", "TypeError", 1);
    await poison.keep(ANI, "m1", "the body", "RangeError", 2);
    await poison.keep(BUDI, "m1", "another", "TypeError", 3);
    expect(await poison.list(9)).toEqual([
      { chat: BUDI, inboundId: "m1", why: "TypeError", at: 3 },
      { chat: ANI, inboundId: "m1", why: "TypeError", at: 1 },
    ]);
    expect(await poison.list(1)).toHaveLength(1);
    expect(await poison.prune(3)).toBe(1);
    expect((await poison.list(9)).map(({ chat }) => chat)).toEqual([BUDI]);
  });
}
