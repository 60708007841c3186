import { describe, expect, it } from "vitest";
import { makeLimits } from "../../src/channels/whatsapp/limits.ts";
import { makePace } from "../../src/channels/whatsapp/pace.ts";
import { handClock } from "../fakes/clock.ts";
import { heard, keyOf, linked, who } from "./whatsapp-world.ts";

describe("pace", () => {
  const make = (now = 0) => {
    const clock = handClock(now);
    return { clock, pace: makePace({ clock, random: () => 0.5, perChat: [1000, 2000], perMinute: 4 }) };
  };

  it("one chat is written to as a person types, another one meanwhile", () => {
    const { pace } = make();
    expect(["a1", "a2", "a3"].map((message) => pace.turn("a", message))).toEqual([0, 1500, 3000]);
    expect(pace.turn("b", "b1")).toBe(0);
  });

  it("the number writes no more in a minute than it may, and who was told to wait keeps the place", async () => {
    const { clock, pace } = make();
    const chats = ["a", "b", "c", "d", "e", "f"];
    expect(chats.map((chat) => pace.turn(chat, chat))).toEqual([0, 0, 0, 0, 60_000, 60_000]);
    await clock.advance(30_000);
    expect(pace.turn("e", "e")).toBe(60_000);
    expect(pace.turn("g", "g")).toBe(60_000);
    await clock.advance(30_000);
    expect(pace.turn("h", "h")).toBe(60_000);
    expect(pace.turn("i", "i")).toBe(120_000);
  });

  it("a turn that is far away is come back for, so that nothing else waits for it", async () => {
    const { server, rooms, channel } = await linked();
    const wa = channel({ pace: { perChat: [10_000, 10_000], perMinute: 60 } });
    const inbox = await heard(wa);
    const { jid } = server.person(who(1));
    await server.person(who(1)).say("halo");
    await inbox.took(1);
    const key = await keyOf(rooms, jid);
    expect((await wa.send(key, { kind: "text", text: "satu" }, "m1")).kind).toBe("delivered");
    const second = await wa.send(key, { kind: "text", text: "dua" }, "m2");
    expect(second).toMatchObject({ kind: "retry", reason: "not its turn yet" });
    expect(second.kind === "retry" && (second.afterMs ?? 0) > 8000).toBe(true);
  });
});

describe("a limit of the number", () => {
  it("lasts an hour, or as long as WhatsApp says", async () => {
    const clock = handClock(0);
    const alarms: string[] = [];
    const limits = makeLimits(clock, (key) => alarms.push(key));
    expect(limits.refused("479")).toBe(false);
    expect(limits.newChatsWait()).toBe(0);
    expect(limits.refused("463")).toBe(true);
    expect(limits.newChatsWait()).toBe(3_600_000);
    limits.told(7_200_000);
    expect(limits.newChatsWait()).toBe(7_200_000);
    await clock.advance(7_200_000);
    expect(limits.newChatsWait()).toBe(0);
    expect(alarms).toEqual(["whatsapp:limited", "whatsapp:limited"]);
  });
});
