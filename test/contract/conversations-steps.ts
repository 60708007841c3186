import fc from "fast-check";
import type { Queue } from "../../src/conversation/conversation.ts";
import { conversationKey } from "../../src/conversation/message.ts";

export const KEYS = [conversationKey("telegram", "1"), conversationKey("web", "2")];
const QUEUES: readonly Queue[] = ["say", "timer"];

const key = fc.constantFrom(...KEYS);
const job = fc.record({
  n: fc.nat(40),
  key,
  queue: fc.constantFrom(...QUEUES),
  lane: fc.constantFrom(undefined, "x", "y"),
  dueIn: fc.nat(30),
});
export const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("commit" as const),
      key,
      seen: fc.option(fc.nat(6), { nil: undefined }),
      /** How far the expected revision is off; undefined changes no conversation. */
      off: fc.constantFrom(undefined, 0, 0, 0, 1),
      quietIn: fc.option(fc.nat(30), { nil: undefined }),
      jobs: fc.array(job, { maxLength: 3 }),
      /** Which of the jobs claimed so far, with its own lease or its first one. */
      finish: fc.option(fc.record({ which: fc.nat(50), next: fc.constantFrom("done", "done", "dead", 7) }), {
        nil: undefined,
      }),
      /** For how long what it lets be claimed is taken with it. */
      takes: fc.constantFrom(undefined, undefined, 5, 50),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("claim" as const),
      queues: fc.subarray([...QUEUES], { minLength: 1 }),
      except: fc.constantFrom<(readonly string[])[]>([], [], ["web"], ["telegram"], ["telegram", "web", "whatsapp"]),
      limit: fc.nat(4),
      leaseFor: fc.constantFrom(5, 50),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("erase" as const), key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("take over" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("prune" as const), age: fc.nat(60) }) },
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
