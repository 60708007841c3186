import type { Channel } from "../../src/channels/channel.ts";
import { conversationKey } from "../../src/conversation/message.ts";
import { channelLaws } from "../contract/channel.ts";
import {
  type ChannelWorld,
  listening,
  makeInbox,
  type Person,
  type Shown,
  type Traits,
} from "../contract/channel-world.ts";
import type { Message } from "../fakes/whatsapp/books.ts";
import { readMarks } from "../fakes/whatsapp/markup.ts";
import type { Person as Someone } from "../fakes/whatsapp/person.ts";
import { linked, ready, sendMedia, who } from "./whatsapp-world.ts";

const traits: Traits = {
  // Its client confirms before it hands over: what the program had in its hands then is not offered again.
  redelivers: false,
  leaves: false,
  remote: true,
  buttons: false,
  forgets: false,
  media: ["voice", "photo", "video", "sticker", "document", "location", "contact", "call", "other"],
};

channelLaws("WhatsApp", traits, whatsappWorld);

/** Three people have written before: only who has is answered. */
async function whatsappWorld(): Promise<ChannelWorld> {
  const { server, rooms, channel: make } = await linked();
  const channel = make();
  const people = new Map<number, Person>();
  for (const number of [1, 2, 3]) {
    const someone = server.person(who(number));
    const identity = await rooms.people.identify([someone.jid], someone.jid);
    people.set(number, personOf(someone, conversationKey("whatsapp", identity)));
  }
  return {
    channel: connecting(channel),
    person(number) {
      const person = people.get(number);
      if (person === undefined) throw new Error("three people are enough");
      return person;
    },
    again: async () => connecting(make()),
    busyOnce: () => server.fault({ kind: "nack", code: 503 }),
    cut: server.cut,
    close: async () => {},
  };
}

/** Its line stands only while it listens: a test that only sends has it listen, too. */
function connecting(channel: Channel): Channel {
  let listens = false;
  return {
    ...channel,
    listen(receive, stop) {
      listens = true;
      return channel.listen(receive, stop);
    },
    async send(to, message, id) {
      if (!listens) listening(channel, makeInbox().receive);
      if (!listens) await ready(channel);
      listens = true;
      return channel.send(to, message, id);
    },
  };
}

function personOf(someone: Someone, key: Person["key"]): Person {
  return {
    key,
    say: async (text) => void (await someone.say(text)),
    tap: () => Promise.reject(new Error("there are no buttons")),
    send: (media) => sendMedia(someone, media),
    next: async () => shown(await someone.next()),
    shown: () => someone.chat().flatMap((message) => (message.from === "bot" ? [shown(message)] : [])),
    own: () => someone.chat().flatMap((message) => (message.from === "person" ? [message.text] : [])),
    leave: async () => someone.block(),
  };
}

function shown({ text, file }: Message): Shown {
  return { ...readMarks(text), buttons: [], ...(file === undefined ? {} : { file }) };
}
