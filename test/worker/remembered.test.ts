import { describe, expect, it } from "vitest";
import type { Conversation } from "../../src/conversation/conversation.ts";
import type { Conversations } from "../../src/conversation/conversations.ts";
import { aBill, aChassis } from "../fakes/bills.ts";
import { ANI, words, workRoom } from "./room.ts";

const CHASSIS = "MH1JFZ110HK123456";

/** A store of whose conversations one is remembered, and which refuses what is built upon that. */
function refusing(conversations: Conversations) {
  let known: Conversation | undefined;
  let isRecalled = false;
  let refusals = 0;
  const store: Conversations = {
    ...conversations,
    recall() {
      isRecalled = known !== undefined;
      return known;
    },
    async load(key) {
      isRecalled = false;
      known = await conversations.load(key);
      return known;
    },
    async commit(change) {
      if (change.conversation === undefined || !isRecalled) return conversations.commit(change);
      isRecalled = false;
      refusals += 1;
      return "conflict";
    },
  };
  return { store, refusals: () => refusals };
}

describe("a message upon what is remembered", () => {
  it("is taken on what the store has when that is another one, of the same revision too", async () => {
    const made: ReturnType<typeof refusing>[] = [];
    const room = workRoom(({ conversations }) => {
      const one = refusing(conversations);
      made.push(one);
      return { conversations: one.store };
    });
    room.answer({ kind: "bill", bill: aBill({ chassis: aChassis(CHASSIS) }) });
    for (const text of ["halo", "Jawa Barat", `3204110101800001 ${CHASSIS}`]) await room.say(ANI, text);
    await room.clock.advance(60_000);
    expect(words(room, ANI).join("\n")).toContain("Tagihan ditemukan");
    expect(made[0]?.refusals()).toBeGreaterThan(0);
  });
});
