import { describe, expect, it } from "vitest";
import { advance, openOf, type Surroundings } from "../../src/conversation/advance.ts";
import type { Conversation } from "../../src/conversation/conversation.ts";
import { conversationKey } from "../../src/conversation/message.ts";
import { NOON, POLICY, REGIONS } from "../fakes/flow-chat.ts";

const KEY = conversationKey("telegram", "42");

function around(over: Partial<Surroundings> = {}): Surroundings {
  return {
    at: NOON,
    style: "buttons",
    forgets: true,
    language: "id",
    text: "",
    nonce: "n0nce",
    chance: 0.5,
    regions: REGIONS,
    policy: POLICY,
    who: { kind: "customer" },
    ...over,
  };
}

/** The first one, at noon. */
const TURN = `telegram:42/1.${NOON.toString(36)}`;

const MENU = { type: "word", word: "menu" } as const;

describe("one step", () => {
  it("names its jobs anew when a conversation that was lost begins again", () => {
    const first = advance(KEY, undefined, MENU, around());
    const again = advance(KEY, undefined, MENU, around({ at: NOON + 1 }));
    expect(again.conversation.revision).toBe(first.conversation.revision);
    expect(again.tasks.map(({ id }) => id)).not.toEqual(first.tasks.map(({ id }) => id));
  });

  it("begins with revision 1, and names its jobs after it and their place", () => {
    const { conversation, tasks } = advance(KEY, undefined, MENU, around());
    expect(conversation).toMatchObject({
      key: KEY,
      revision: 1,
      flow: "counter",
      version: 1,
      value: "region",
      updatedAt: NOON,
    });
    expect(tasks.map(({ id, queue, lane }) => [id, queue, lane])).toEqual([[`${TURN}/0`, "say", KEY]]);
  });

  it("gives the same for the same, and changes nothing that it was given", () => {
    const first = advance(KEY, undefined, MENU, around()).conversation;
    const before = JSON.stringify(first);
    const twice = [1, 2].map(() => JSON.stringify(advance(KEY, first, { type: "nonsense", text: "x" }, around())));
    expect(twice[0]).toBe(twice[1]);
    expect(JSON.stringify(first)).toBe(before);
  });

  it("waits for its time with a timer alone, outside the lane", () => {
    const region = { product: "SAMSAT_JABAR", guessed: false };
    const { tasks } = advance(KEY, undefined, { type: "fill", region }, around());
    expect(tasks.every(({ dueAt }) => dueAt === NOON)).toBe(true);
    const closed = advance(KEY, undefined, { type: "tell-when-open", product: "SAMSAT_JATENG" }, around());
    expect(closed.tasks.map(({ queue, lane, dueAt }) => [queue, lane, dueAt - NOON])).toEqual([
      ["timer", undefined, 30 * 60_000],
      ["say", KEY, 0],
    ]);
  });

  it("begins anew where the flow of a saved conversation is not known any more", () => {
    const other: Conversation = { ...advance(KEY, undefined, MENU, around()).conversation, flow: "agent", revision: 9 };
    expect(openOf(other, around()).place).toBe("idle");
    expect(advance(KEY, other, MENU, around()).conversation).toMatchObject({ revision: 10, value: "region" });
    expect(openOf({ ...other, flow: "counter", version: 99 }, around()).place).toBe("idle");
  });
});

describe("a keyboard that asks", () => {
  const start = () => advance(KEY, undefined, MENU, around()).conversation;

  it("is taken off when it is answered, before the next question", () => {
    const region = { product: "SAMSAT_JABAR", guessed: false };
    const { tasks } = advance(KEY, start(), { type: "fill", region }, around());
    expect(tasks.map(({ task }) => task.kind)).toEqual(["close", "say"]);
    expect(tasks[0]?.task).toEqual({ kind: "close", job: `${TURN}/0` });
  });

  it("is taken off when it is shown anew, and once only", () => {
    const second = advance(KEY, start(), { type: "nonsense", text: "x" }, around());
    expect(second.tasks[0]?.task).toEqual({ kind: "close", job: `${TURN}/0` });
    const third = advance(KEY, second.conversation, { type: "word", word: "cancel" }, around());
    expect(third.tasks.map(({ task }) => task)).toContainEqual({
      kind: "close",
      job: `telegram:42/2.${NOON.toString(36)}/1`,
    });
    const fourth = advance(KEY, third.conversation, { type: "thanks" }, around());
    expect(fourth.tasks.map(({ task }) => task.kind)).toEqual(["say"]);
  });

  it("stays while something else is said", () => {
    const { conversation, tasks } = advance(KEY, start(), { type: "word", word: "privacy" }, around());
    expect(tasks.map(({ task }) => task.kind)).toEqual(["say"]);
    expect(openOf(conversation, around()).context.keyboard).toBe(`${TURN}/0`);
  });

  it("is none where numbers are typed", () => {
    const first = advance(KEY, undefined, MENU, around({ style: "numbers" }));
    expect(openOf(first.conversation, around()).context.keyboard).toBeUndefined();
  });
});
