import { expect, onTestFinished, test } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { gate, listening, makeInbox } from "../contract/channel-world.ts";
import { startTelegram } from "../fakes/telegram/server.ts";
import { channelOn } from "./telegram-world.ts";
import { heard, keyOf, linked, who } from "./whatsapp-world.ts";

const HALO = { kind: "text", text: "halo" } as const;

async function telegram(mayPoll: () => boolean) {
  const server = await startTelegram();
  onTestFinished(() => server.close());
  return { server, channel: channelOn(server, { mayPoll }) };
}

test("a message whose job another process has by now does not go out: Telegram", async () => {
  const { server, channel } = await telegram(() => true);
  server.user(1).say("halo");
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  await inbox.took(1);
  const to = conversationKey("telegram", "1");
  expect(await channel.send(to, HALO, "m1", () => false)).toMatchObject({ kind: "retry" });
  expect(server.books.calls.filter(({ method }) => method === "sendMessage")).toEqual([]);
  expect(await channel.send(to, HALO, "m1", () => true)).toMatchObject({ kind: "delivered" });
});

test("who lost the token asks Telegram nothing more, and confirms nothing more", async () => {
  let ours = true;
  const { server, channel } = await telegram(() => ours);
  server.user(1).say("halo");
  const taken = gate();
  const ear = listening(channel, async () => {
    // The process stands still in the middle of a batch; another one takes the token meanwhile.
    ours = false;
    taken.open();
  });
  await taken.passed;
  await ear.stop();
  const polls = server.books.calls.filter(({ method }) => method === "getUpdates");
  expect(polls).toHaveLength(1);
  expect(server.books.updates).toHaveLength(1);
});

test("who lost the number writes nothing more to WhatsApp, and its line is cut", async () => {
  let ours = true;
  const { server, rooms, channel } = await linked();
  const wa = channel({ mayWrite: () => ours });
  const inbox = await heard(wa);
  const person = server.person(who(1));
  await person.say("halo");
  await inbox.took(1);
  const key = await keyOf(rooms, person.jid);
  expect((await wa.send(key, HALO, "m1")).kind).toBe("delivered");
  ours = false;
  expect((await wa.send(key, HALO, "m2")).kind).toBe("retry");
  expect(person.chat().filter(({ from }) => from === "bot")).toHaveLength(1);
  while (wa.state().ready) await new Promise((resolve) => setImmediate(resolve));
});

test("the keys of who lost the number are not written over those of the next one", async () => {
  let ours = true;
  const { server, rooms, channel } = await linked();
  const wa = channel({ mayWrite: () => ours });
  const inbox = await heard(wa);
  await server.person(who(1)).say("halo");
  await inbox.took(1);
  const before = await rooms.keys.load();
  ours = false;
  await server.person(who(2)).say("halo");
  await inbox.stop();
  expect(await rooms.keys.load()).toEqual(before);
});
