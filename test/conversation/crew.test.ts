import { describe, expect, it } from "vitest";
import type { Job, JobId } from "../../src/conversation/conversation.ts";
import { type Crew, join, save } from "../../src/conversation/crew.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { sqliteConversations } from "../../src/store/sqlite/conversations.ts";
import { MEMORY, openSqlite } from "../../src/store/sqlite/open.ts";
import { aJob, BUDI, claimAll, finish, ids } from "../contract/conversations-samples.ts";

const LEASE = 1_000;

function room({ limit = 9, leftOut = [] as readonly string[] } = {}) {
  const conversations = sqliteConversations({ db: openSqlite(MEMORY), sealer: openSealer({}) });
  const started: Job[] = [];
  let places = limit;
  const crew: Crew = {
    queues: ["say"],
    leftOut: () => leftOut,
    keep(wanted) {
      if (places < wanted) return false;
      places -= wanted;
      return true;
    },
    letGo(kept) {
      places += kept;
    },
    holds: (job) => started.some(({ id, lane }) => id === job && lane !== undefined),
    lease: () => ({ until: LEASE, ours: () => true }),
    start: (job) => void started.push(job),
  };
  return { conversations, started, free: () => places, leave: join(conversations, crew) };
}

const lane = (id: string) => aJob(id, { lane: "l" });

describe("what is saved", () => {
  it("is in the hands of who does it, and of nobody else", async () => {
    const { conversations, started, free } = room();
    await save(conversations, { at: 5, enqueue: [aJob("a"), aJob("b"), aJob("other", { queue: "pay" })] });
    expect(ids(started)).toEqual(["a", "b"]);
    expect(ids(await claimAll(conversations))).toEqual(["other"]);
    expect(await conversations.commit(finish(started[0] as Job))).toBe("done");
    expect(free()).toBe(9);
  });

  it("comes one after another where it is a lane", async () => {
    const { conversations, started } = room({ limit: 1 });
    await save(conversations, { at: 5, enqueue: [lane("1"), lane("2"), lane("3")] });
    expect(ids(started)).toEqual(["1"]);
    for (const place of [0, 1]) expect(await save(conversations, finish(started[place] as Job))).toBe("done");
    expect(ids(started)).toEqual(["1", "2", "3"]);
    expect(await claimAll(conversations)).toEqual([]);
  });

  it("waits in the store when its time has not come, the house is full, or another process has the channel", async () => {
    const later = room();
    await save(later.conversations, { at: 5, enqueue: [aJob("a", { dueAt: 6 })] });
    const full = room({ limit: 1 });
    await save(full.conversations, { at: 5, enqueue: [aJob("a"), aJob("b")] });
    const elsewhere = room({ leftOut: ["web"] });
    await save(elsewhere.conversations, { at: 5, enqueue: [aJob("a", { key: BUDI })] });
    for (const { started, conversations } of [later, full, elsewhere]) {
      expect(started).toEqual([]);
      expect(ids(await claimAll(conversations))[0]).toBe("a");
    }
  });

  it("is nobody's after the crew has left, and when nothing was saved", async () => {
    const { conversations, started, leave, free } = room();
    const late = { job: "gone" as JobId, lease: "x", next: "done" } as const;
    expect(await save(conversations, { at: 5, finish: late, enqueue: [aJob("a")] })).toBe("conflict");
    expect([started, free()]).toEqual([[], 9]);
    leave();
    await save(conversations, { at: 5, enqueue: [aJob("b")] });
    expect(started).toEqual([]);
    expect(ids(await claimAll(conversations))).toEqual(["b"]);
  });
});
