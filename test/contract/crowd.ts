import { expect, it } from "vitest";
import type { Crowd } from "../../src/conversation/crowd.ts";
import { conversationKey } from "../../src/conversation/message.ts";

const HOUR = 60 * 60 * 1000;
const tab = (number: number) => conversationKey("web", String(number));

/** What everyone who counts a crowd owes. `make` gives one that has seen nobody. */
export function crowdLaw(make: () => Promise<{ readonly crowd: Crowd; close(): Promise<void> }>): void {
  const law = (name: string, test: (crowd: Crowd) => Promise<void>) =>
    it(name, async () => {
      const { crowd, close } = await make();
      try {
        await test(crowd);
      } finally {
        await close();
      }
    });

  law("an address that opens tab after tab has twenty inquiries an hour, however many tabs", async (crowd) => {
    const answers: (number | undefined)[] = [];
    for (let number = 0; number < 25; number += 1) {
      await crowd.seen(tab(number), "203.0.113.9");
      answers.push(await crowd.enter(tab(number), number));
    }
    expect(answers.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => undefined));
    expect(answers.slice(20)).toEqual([0, 0, 0, 0, 0].map((at) => at + HOUR));
    expect(await crowd.enter(tab(1), HOUR)).toBeUndefined();
    expect(await crowd.enter(tab(1), HOUR)).toBe(1 + HOUR);
  });

  law("another address, and a chat without one, are not held up", async (crowd) => {
    for (let number = 0; number < 30; number += 1) {
      await crowd.seen(tab(number), "203.0.113.9");
      await crowd.enter(tab(number), 0);
    }
    await crowd.seen(tab(99), "203.0.113.10");
    expect(await crowd.enter(tab(99), 0)).toBeUndefined();
    await crowd.seen(conversationKey("telegram", "7"), undefined);
    expect(await crowd.enter(conversationKey("telegram", "7"), 0)).toBeUndefined();
  });

  law("codes of proofs are counted by themselves", async (crowd) => {
    await crowd.seen(tab(1), "203.0.113.9");
    for (let number = 0; number < 20; number += 1) await crowd.enter(tab(1), number, "code");
    expect(await crowd.enter(tab(1), 20, "code")).toBe(HOUR);
    expect(await crowd.enter(tab(1), 20)).toBeUndefined();
  });

  law("inquiries of the same moment are counted one by one", async (crowd) => {
    await crowd.seen(tab(1), "203.0.113.9");
    const answers = await Promise.all(Array.from({ length: 25 }, () => crowd.enter(tab(1), 5)));
    expect(answers.filter((until) => until === undefined)).toHaveLength(20);
  });
}
