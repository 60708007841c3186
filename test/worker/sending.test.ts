import { describe, expect, it } from "vitest";
import { aBill } from "../fakes/bills.ts";
import { ANI, aJob, aSay, BUDI, heard, workRoom } from "./room.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const retry = (afterMs?: number) => ({
  kind: "retry" as const,
  reason: "busy",
  ...(afterMs === undefined ? {} : { afterMs }),
});
const AMBIGUOUS = { kind: "ambiguous", reason: "reset" } as const;
const GONE = { kind: "gone", reason: "blocked" } as const;
const REFUSED = { kind: "refused", reason: "too strange" } as const;

const threeTo = (key: typeof ANI) => [1, 2, 3].map((at) => aJob(`${key}/${at}`, key, aSay(`${at}`)));

describe("what a chat is told", () => {
  it("arrives in order; one that must wait holds those behind it, and no other chat", async () => {
    const room = workRoom();
    room.deliver(ANI, retry(), retry());
    await room.enqueue(...threeTo(ANI), ...threeTo(BUDI));
    expect(heard(room, BUDI)).toEqual(["1", "2", "3"]);
    expect(heard(room, ANI)).toEqual([]);
    // A second, then two.
    await room.clock.advance(2_999);
    expect(heard(room, ANI)).toEqual([]);
    await room.clock.advance(1);
    expect(heard(room, ANI)).toEqual(["1", "2", "3"]);
  });

  it("is not sent before the time that the platform asks for", async () => {
    const room = workRoom();
    room.deliver(ANI, retry(90 * SECOND));
    await room.enqueue(...threeTo(ANI));
    await room.clock.advance(89 * SECOND);
    expect(room.sent(ANI)).toHaveLength(1);
    await room.clock.advance(SECOND);
    expect(heard(room, ANI)).toEqual(["1", "2", "3"]);
  });

  it("is sent again when its fate is unclear, a few times; then the next one goes", async () => {
    const room = workRoom();
    room.deliver(ANI, AMBIGUOUS, AMBIGUOUS, AMBIGUOUS, AMBIGUOUS);
    await room.enqueue(...threeTo(ANI));
    await room.clock.advance(MINUTE);
    expect(room.sent(ANI)).toHaveLength(6);
    expect(heard(room, ANI)).toEqual(["2", "3"]);
  });

  it("that is refused holds nothing up", async () => {
    const room = workRoom();
    room.deliver(ANI, REFUSED);
    await room.enqueue(...threeTo(ANI));
    expect(heard(room, ANI)).toEqual(["2", "3"]);
  });

  it("that no platform took in a day is given up, and the next one goes", async () => {
    const room = workRoom();
    room.deliver(ANI, ...Array.from({ length: 2_000 }, () => retry()));
    await room.enqueue(...threeTo(ANI).slice(0, 2));
    await room.pass(23 * HOUR, MINUTE);
    expect((await room.stores.conversations.depth()).dead).toBe(0);
    await room.pass(2 * HOUR, MINUTE);
    expect((await room.stores.conversations.depth()).dead).toBe(1);
  });

  it("is tried within the minute when the platform is back, however long it was away", async () => {
    const room = workRoom();
    room.deliver(ANI, ...Array.from({ length: 130 }, () => retry()));
    await room.enqueue(...threeTo(ANI));
    await room.pass(2 * HOUR, MINUTE);
    expect(heard(room, ANI)).toEqual([]);
    room.back(ANI);
    await room.clock.advance(MINUTE);
    expect(heard(room, ANI)).toEqual(["1", "2", "3"]);
  });

  it("ends when the chat is gone; who writes again is here again", async () => {
    const room = workRoom();
    room.deliver(ANI, GONE);
    await room.enqueue(...threeTo(ANI).slice(0, 1));
    expect(await room.stores.records.chats.isGone(ANI)).toBe(true);
    await room.say(ANI, "halo");
    expect(await room.stores.records.chats.isGone(ANI)).toBe(false);
    expect(heard(room, ANI)).toHaveLength(1);
  });

  it("waits while its channel is off", async () => {
    const room = workRoom();
    const key = "whatsapp:628" as typeof ANI;
    await room.enqueue(aJob("w", key, aSay("1")));
    await room.clock.advance(10 * MINUTE);
    expect(await room.stores.conversations.depth()).toEqual({ waiting: 1, dead: 0 });
  });
});

describe("a keyboard that is taken off", () => {
  it("is that of the message as the platform knows it", async () => {
    const room = workRoom();
    const [first] = threeTo(ANI);
    if (first === undefined) throw new Error("a job");
    await room.enqueue(first, aJob("close", ANI, { kind: "close", job: first.id }));
    const [shown] = room.sent(ANI);
    expect(heard(room, ANI)).toEqual(["1", `close ${shown?.delivery.kind === "delivered" ? shown.delivery.ref : ""}`]);
  });

  it("of a message that never arrived is none, and a tidying that fails is not tried for ever", async () => {
    const room = workRoom();
    room.deliver(ANI, REFUSED);
    const [first, second] = threeTo(ANI);
    if (first === undefined || second === undefined) throw new Error("two jobs");
    await room.enqueue(first, aJob("close", ANI, { kind: "close", job: first.id }));
    expect(heard(room, ANI)).toEqual([]);
    room.deliver(ANI, { kind: "delivered", ref: "7" }, retry(), AMBIGUOUS, retry());
    await room.enqueue(second, aJob("close-2", ANI, { kind: "close", job: second.id }), aJob("z", ANI, aSay("3")));
    await room.clock.advance(MINUTE);
    expect(room.sent(ANI).filter(({ message }) => message.kind === "close")).toHaveLength(3);
    expect(heard(room, ANI)).toEqual(["2", "3"]);
  });
});

describe("messages with a NIK", () => {
  it("are all deleted, those too whose first try failed", async () => {
    const room = workRoom();
    room.deliver(ANI, { kind: "delivered", ref: "a" }, retry());
    await room.enqueue(aJob("forget", ANI, { kind: "forget", refs: ["a", "b"] }));
    await room.clock.advance(10 * SECOND);
    expect(heard(room, ANI).filter((text) => text === "forget b")).toHaveLength(1);
  });
});

describe("a task that fails at every try", () => {
  it("is tried for a while, then it is the operator's, and holds nothing up", async () => {
    let tries = 0;
    const broken = () => {
      tries += 1;
      throw new Error("no such thing");
    };
    const room = workRoom({ lookAround: broken });
    const bill = aBill();
    const task = { kind: "pay", nonce: "n", bill, inquiredAt: 0, expiresAt: 0, language: "id" } as const;
    await room.enqueue({ ...aJob("pay", ANI, task), queue: "pay" }, ...threeTo(ANI));
    expect(heard(room, ANI)).toEqual(["1", "2", "3"]);
    await room.pass(24 * HOUR);
    expect(tries).toBe(20);
    expect(await room.openTasks()).toEqual(["stuck"]);
    expect(await room.stores.conversations.depth()).toEqual({ waiting: 0, dead: 1 });
  });
});
