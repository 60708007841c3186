import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { makeDoorbell } from "../../src/payments/doorbell.ts";
import { handClock } from "../fakes/clock.ts";

const HOUR = 3_600_000;

function ready() {
  const clock = handClock();
  const stopping = new AbortController();
  const bell = makeDoorbell(clock);
  /** Whether a wait has ended, when all that could go on has. */
  const waiting = (until?: number) => {
    const wait = { ended: false };
    void bell.wait(until, stopping.signal).then(() => {
      wait.ended = true;
    });
    return wait;
  };
  return { clock, stopping, bell, waiting };
}

async function sleepsUntilRung({ clock, bell, waiting }: ReturnType<typeof ready>): Promise<void> {
  const wait = waiting();
  await clock.settle();
  expect(wait.ended).toBe(false);
  bell.ring();
  await clock.settle();
  expect(wait.ended).toBe(true);
}

describe("a doorbell", () => {
  it("wakes who waits, and him alone who waits: the next one sleeps", async () => {
    const room = ready();
    await sleepsUntilRung(room);
    await sleepsUntilRung(room);
  });

  it("is heard by who comes after it rang", async () => {
    const { clock, bell, waiting } = ready();
    bell.ring();
    const late = waiting();
    await clock.settle();
    expect(late.ended).toBe(true);
  });

  it("lets him go on at his time, and wakes him that waits after that", async () => {
    const room = ready();
    const { clock, waiting } = room;
    const first = waiting(clock.now() + HOUR);
    await clock.settle();
    await clock.advance(HOUR);
    expect(first.ended).toBe(true);
    await sleepsUntilRung(room);
  });

  it("keeps nobody who is to stop, and nothing of those who waited", async () => {
    const { clock, bell, stopping, waiting } = ready();
    for (let wait = 0; wait < 30; wait++) {
      waiting();
      await clock.settle();
      bell.ring();
      await clock.settle();
    }
    expect(getEventListeners(stopping.signal, "abort")).toEqual([]);
    const last = waiting();
    await clock.settle();
    stopping.abort();
    await clock.settle();
    expect(last.ended).toBe(true);
  });
});
