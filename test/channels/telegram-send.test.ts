import { expect, onTestFinished, test } from "vitest";
import type { Delivery } from "../../src/channels/channel.ts";
import type { TelegramOptions } from "../../src/channels/telegram/channel.ts";
import { conversationKey, type Outbound } from "../../src/conversation/message.ts";
import { bold } from "../../src/domain/text.ts";
import { listening, makeInbox } from "../contract/channel-world.ts";
import type { Fault } from "../fakes/telegram/faults.ts";
import { startTelegram } from "../fakes/telegram/server.ts";
import { handClock, openLog } from "./telegram-tools.ts";
import { channelOn } from "./telegram-world.ts";

async function telegram(more: Partial<TelegramOptions> = {}) {
  const server = await startTelegram();
  onTestFinished(() => server.close());
  return { server, channel: channelOn(server, more), user: server.user(1) };
}

const text = (of: string): Outbound => ({ kind: "text", text: of });

const answers: readonly [what: string, fault: Fault, delivery: Partial<Delivery>, shown: number][] = [
  ["too many requests", { kind: "busy", retryAfter: 73_414 }, { kind: "retry", afterMs: 73_414_000 }, 0],
  ["an error of Telegram's", { kind: "error", status: 502, description: "Bad Gateway" }, { kind: "retry" }, 0],
  ["a reset before it took effect", { kind: "reset", when: "before" }, { kind: "ambiguous" }, 0],
  ["a reset after it took effect", { kind: "reset", when: "after" }, { kind: "ambiguous" }, 1],
  ["an answer that is no JSON", { kind: "garbled" }, { kind: "ambiguous" }, 1],
  [
    "a deactivated user",
    { kind: "error", status: 400, description: "Bad Request: user is deactivated" },
    { kind: "gone" },
    0,
  ],
  [
    "a message never taken",
    { kind: "error", status: 400, description: "Bad Request: TOO_ODD" },
    { kind: "refused" },
    0,
  ],
  ["a refused token", { kind: "error", status: 401, description: "Unauthorized" }, { kind: "retry" }, 0],
];

for (const [what, fault, delivery, shown] of answers) {
  test(`${what}: ${delivery.kind}`, async () => {
    const { server, channel, user } = await telegram();
    server.fault("sendMessage", fault);
    expect(await channel.send(user.key, text("halo"), "m1")).toMatchObject(delivery);
    expect(user.chat()).toHaveLength(shown);
  });
}

test("an answer that does not come within 20 s: ambiguous", async () => {
  const clock = handClock();
  const { server, channel, user } = await telegram({ clock });
  server.fault("sendMessage", { kind: "wait", until: new Promise(() => {}) });
  const sent = channel.send(user.key, text("halo"), "m1");
  await server.reached((books) => books.calls.length === 1);
  clock.pass(20_000);
  expect(await sent).toMatchObject({ kind: "ambiguous" });
});

test("nobody listens there: retry", async () => {
  const { server, channel, user } = await telegram();
  await server.cut();
  expect(await channel.send(user.key, text("halo"), "m1")).toMatchObject({ kind: "retry" });
});

test("a chat that does not exist, or has blocked us: gone, for every kind of message", async () => {
  const { channel, user } = await telegram();
  const stranger = conversationKey("telegram", "77");
  const messages: readonly Outbound[] = [
    text("halo"),
    { kind: "document", bytes: new Uint8Array(3), name: "a.pdf", mime: "application/pdf", caption: "" },
    { kind: "forget", ref: "1" },
    { kind: "close", ref: "1" },
  ];
  for (const message of messages) {
    expect((await channel.send(stranger, message, "m1")).kind).toBe("gone");
  }
  user.block();
  expect((await channel.send(user.key, text("halo"), "m2")).kind).toBe("gone");
  await channel.typing(user.key);
});

test("HTML that Telegram cannot read goes out once more as plain text", async () => {
  const { server, channel, user } = await telegram();
  const unread: Fault = { kind: "error", status: 400, description: "Bad Request: can't parse entities: odd" };
  server.fault("sendMessage", unread);
  await channel.send(user.key, text(`Total ${bold("Rp1")} < & >`), "m1");
  expect(user.chat()).toMatchObject([{ text: "Total Rp1 < & >", bold: [] }]);
  server.fault("sendMessage", unread);
  server.fault("sendMessage", unread);
  expect((await channel.send(user.key, text("halo"), "m2")).kind).toBe("refused");
  server.fault("sendDocument", unread);
  const file = { kind: "document", bytes: new Uint8Array(3), name: "a.pdf", mime: "application/pdf" } as const;
  expect((await channel.send(user.key, { ...file, caption: bold("Lunas") }, "m3")).kind).toBe("delivered");
});

test("a long message goes on behind the part that arrived, its buttons on the last", async () => {
  const { server, channel, user } = await telegram();
  const line = "x".repeat(2000);
  const message: Outbound = {
    kind: "choices",
    text: [line, line, line, line, line].join("\n"),
    rows: [[{ id: "a", label: "A" }]],
  };
  server.fault("sendMessage", { kind: "wait", until: Promise.resolve() });
  server.fault("sendMessage", { kind: "busy", retryAfter: 1 });
  expect((await channel.send(user.key, message, "m1")).kind).toBe("retry");
  const sent = await channel.send(user.key, message, "m1");
  const shown = user.chat();
  expect(shown.map((one) => one.text.length)).toEqual([4001, 4001, 2000]);
  expect(shown.map((one) => one.keyboard.length)).toEqual([0, 0, 1]);
  expect(sent).toEqual({ kind: "delivered", ref: String(shown[2]?.id) });
});

test("a caption that is too long goes on in a message of its own", async () => {
  const { channel, user } = await telegram();
  const caption = ["a".repeat(1000), "b".repeat(1000)].join("\n");
  const bytes = Uint8Array.of(1, 2, 3);
  await channel.send(user.key, { kind: "image", bytes, name: "bukti.png", mime: "image/png", caption }, "m1");
  expect(user.chat().map((one) => one.text)).toEqual(["a".repeat(1000), "b".repeat(1000)]);
  expect(user.documents()).toMatchObject([{ name: "bukti.png", bytes }]);
});

test("addresses in a text are not looked up", async () => {
  const { server, channel, user } = await telegram();
  await channel.send(user.key, text("https://contoh.id"), "m1");
  expect(server.books.calls[0]?.fields.link_preview_options).toEqual({ is_disabled: true });
});

test("a message too old to be deleted or edited is no trouble", async () => {
  const { server, channel, user } = await telegram();
  const old = (description: string): Fault => ({ kind: "error", status: 400, description });
  server.fault("deleteMessage", old("Bad Request: message can't be deleted for everyone"));
  server.fault("editMessageReplyMarkup", old("Bad Request: message can't be edited"));
  for (const kind of ["forget", "close", "forget", "close"] as const) {
    expect(await channel.send(user.key, { kind, ref: "77" }, kind)).toEqual({ kind: "delivered", ref: "77" });
  }
  expect((await channel.send(user.key, { kind: "close", ref: "no number" }, "m")).kind).toBe("delivered");
});

test("at most 25 messages go out at once, and then 25 a second", async () => {
  const clock = handClock();
  const { server, channel, user } = await telegram({ clock });
  const sent = Promise.all(Array.from({ length: 27 }, (_, at) => channel.send(user.key, text(`${at}`), `m${at}`)));
  await server.reached(() => user.chat().length === 25);
  await clock.asleep(80);
  clock.pass(40);
  await server.reached(() => user.chat().length === 26);
  clock.pass(40);
  await sent;
  expect(user.chat()).toHaveLength(27);
});

test("the token gets into no log line and no delivery, whatever goes wrong", async () => {
  const log = openLog();
  const { server, channel, user } = await telegram({ log });
  const wrong: readonly Fault[] = [
    { kind: "garbled" },
    { kind: "reset", when: "before" },
    { kind: "error", status: 404, description: `Not Found: /bot${server.token}/getMe` },
    { kind: "error", status: 500, description: "Internal Server Error" },
  ];
  const said: string[] = [];
  for (const fault of wrong) {
    for (const method of ["getMe", "deleteWebhook", "getUpdates"]) {
      if (fault.kind !== "error" || fault.status !== 404) server.fault(method, fault);
    }
    for (const method of ["sendMessage", "sendDocument", "deleteMessage"]) server.fault(method, fault);
    said.push(JSON.stringify(await channel.send(user.key, text("halo"), "m1")));
    const file = { kind: "document", bytes: new Uint8Array(9), name: "a.pdf", mime: "", caption: "c" } as const;
    said.push(JSON.stringify(await channel.send(user.key, file, "m2")));
    said.push(JSON.stringify(await channel.send(user.key, { kind: "forget", ref: "1" }, "m3")));
  }
  const inbox = makeInbox();
  listening(channel, inbox.receive);
  user.say("halo");
  await inbox.took(1);
  await server.cut();
  said.push(JSON.stringify(await channel.send(user.key, text("halo"), "m4")), JSON.stringify(channel.state()));
  const secret = server.token.slice(server.token.indexOf(":") + 1);
  expect(log.lines.length).toBeGreaterThanOrEqual(9);
  expect([...log.lines, ...said].filter((line) => line.includes(secret))).toEqual([]);
});
