import { expect, test } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { makeCrowd } from "../../src/worker/crowd.ts";

const HOUR = 60 * 60 * 1000;
const tab = (number: number) => conversationKey("web", String(number));

test("an address that opens tab after tab has twenty inquiries an hour, however many tabs", () => {
  const crowd = makeCrowd();
  const refused = Array.from({ length: 25 }, (_, number) => {
    crowd.seen(tab(number), "203.0.113.9");
    return crowd.enter(tab(number), number);
  }).filter((until) => until !== undefined);
  expect(refused).toEqual([0, 0, 0, 0, 0].map((at) => at + HOUR));
  expect(crowd.enter(tab(1), HOUR + 1)).toBeUndefined();
});

test("another address, and a chat without one, are not held up", () => {
  const crowd = makeCrowd();
  for (let number = 0; number < 30; number += 1) {
    crowd.seen(tab(number), "203.0.113.9");
    crowd.enter(tab(number), 0);
  }
  crowd.seen(tab(99), "203.0.113.10");
  expect(crowd.enter(tab(99), 0)).toBeUndefined();
  crowd.seen(conversationKey("telegram", "7"), undefined);
  expect(crowd.enter(conversationKey("telegram", "7"), 0)).toBeUndefined();
});
