import { describe, expect, onTestFinished, test } from "vitest";
import type { Outbound } from "../../src/conversation/message.ts";
import { sendingLaws } from "./channel-sending.ts";
import { type ChannelWorld, gate, listening, makeInbox, type Open, type Traits } from "./channel-world.ts";

/** The law of the Channel port: every platform's driver runs it. Each test has a world of its own. */
export function channelLaws(name: string, traits: Traits, makeWorld: () => Promise<ChannelWorld>): void {
  const open = async () => {
    const world = await makeWorld();
    onTestFinished(() => world.close());
    return world;
  };
  describe(`${name} keeps the law of a channel`, () => {
    receiving(open, traits);
    rejecting(open, traits);
    stopping(open);
    sendingLaws(open, traits);
  });
}

const text = (of: string): Outbound => ({ kind: "text", text: of });
const typed = (of: { readonly content: { readonly kind: string } & Partial<{ readonly text: string }> }) =>
  of.content.text ?? of.content.kind;

function receiving(open: Open, traits: Traits): void {
  test("what people say arrives as they said it, with whose it is", async () => {
    const world = await open();
    const inbox = makeInbox();
    listening(world.channel, inbox.receive);
    const said = "F 0001 Z <b>&amp;</b> 👨‍👩‍👧 \u{1F6F5}";
    await world.person(1).say(said);
    const [got] = await inbox.took(1);
    expect(got).toMatchObject({ key: world.person(1).key, content: { kind: "text", text: said } });
  });

  test("each chat is received in its order and one at a time, and nothing is left out", async () => {
    const world = await open();
    const inbox = makeInbox(() => new Promise((resolve) => setImmediate(resolve)));
    listening(world.channel, inbox.receive);
    for (let turn = 1; turn <= 8; turn++) {
      for (const who of [1, 2, 3]) await world.person(who).say(`${who} kata ${turn}`);
    }
    const taken = await inbox.took(24);
    for (const who of [1, 2, 3]) {
      const own = taken.filter((one) => one.key === world.person(who).key).map(typed);
      expect(own).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((turn) => `${who} kata ${turn}`));
    }
    expect(inbox.overlap()).toBe(1);
    expect(new Set(taken.map((one) => `${one.key} ${one.id}`)).size).toBe(24);
  });

  for (const media of traits.media) {
    test(`a ${media} is received as such`, async () => {
      const world = await open();
      const inbox = makeInbox();
      listening(world.channel, inbox.receive);
      await world.person(1).send(media);
      const [got] = await inbox.took(1);
      expect(got?.content).toMatchObject({ kind: "media", media });
    });
  }
}

function rejecting(open: Open, traits: Traits): void {
  test("what was not taken is offered again under the same id, and what is behind it in the chat waits", async () => {
    const world = await open();
    let refusals = 3;
    const inbox = makeInbox(async (one) => {
      if (typed(one) === "satu" && refusals-- > 0) throw new Error("the store is down");
    });
    listening(world.channel, inbox.receive);
    await world.person(1).say("satu");
    await world.person(1).say("dua");
    await world.person(2).say("tiga");
    const taken = await inbox.took(3);
    expect(taken.filter((one) => one.key === world.person(1).key).map(typed)).toEqual(["satu", "dua"]);
    const tries = inbox.offered.filter((one) => typed(one) === "satu");
    expect(tries).toHaveLength(4);
    expect(new Set(tries.map((one) => one.id)).size).toBe(1);
  });

  if (!traits.redelivers) return;
  test("what was under way when the program was killed comes again to the next one", async () => {
    const world = await open();
    const reached = gate();
    const first = makeInbox(() => {
      reached.open();
      return new Promise(() => {});
    });
    listening(world.channel, first.receive);
    await world.person(1).say("satu");
    await reached.passed;
    const second = makeInbox();
    listening(await world.again(), second.receive);
    const [got] = await second.took(1);
    expect(got).toEqual(first.offered[0]);
  });
}

function stopping(open: Open): void {
  test("stopping lets what is under way end, and then takes no more", async () => {
    const world = await open();
    const reached = gate();
    const release = gate();
    const inbox = makeInbox(() => {
      reached.open();
      return release.passed;
    });
    const ear = listening(world.channel, inbox.receive);
    await world.person(1).say("satu");
    await reached.passed;
    ear.abort();
    // A whole round trip later it still waits.
    expect((await world.channel.send(world.person(1).key, text("sebentar"), "m1")).kind).toBe("delivered");
    expect(ear.ended()).toBe(false);
    release.open();
    await ear.stop();
    expect(inbox.taken.map(typed)).toEqual(["satu"]);
  });

  test("stopping while nothing happens ends the listening at once", async () => {
    const world = await open();
    const inbox = makeInbox();
    const ear = listening(world.channel, inbox.receive);
    await world.person(1).say("satu");
    await inbox.took(1);
    expect(world.channel.state()).toMatchObject({ ready: true });
    await ear.stop();
    expect(ear.ended()).toBe(true);
  });
}
