import { createClient } from "redis";
import { Telegraf } from "telegraf";
import { createActor, type Snapshot, waitFor } from "xstate";
import { peerBiller, stageOf, textOf } from "../flow.ts";
import { peerMachine, reply } from "../machine.ts";
import type { System } from "../system.ts";
import { BOT, messageUpdate, stubTelegraf } from "../telegram.ts";

/** telegraf and xstate: GET the snapshot, run the actor until it waits for a person, SET the snapshot, reply. */
export const telegrafXstate: System = {
  name: "telegraf-xstate",
  kind: "peer",
  usesRedis: true,
  payTurn: 5,
  async start({ redisUrl = "", told, paid }) {
    stubTelegraf(({ chat, text }) => told(chat, stageOf(text)));
    const machine = peerMachine(peerBiller(paid));
    const client = await createClient({ url: redisUrl }).connect();
    const bot = new Telegraf("1:x");
    bot.botInfo = BOT;
    bot.on("text", async (ctx) => {
      const key = `xstate:${ctx.chat.id}`;
      const kept = await client.get(key);
      const input = { user: ctx.chat.id };
      const actor = kept
        ? createActor(machine, { snapshot: JSON.parse(String(kept)) as Snapshot<unknown>, input })
        : createActor(machine, { input });
      actor.start();
      const from = actor.getSnapshot().value;
      actor.send({ type: "said", text: ctx.message.text });
      const settled = await waitFor(actor, (snapshot) => !snapshot.hasTag("busy"));
      await client.set(key, JSON.stringify(actor.getPersistedSnapshot()));
      actor.stop();
      await ctx.reply(reply(String(from), String(settled.value), settled.context));
    });
    bot.catch((error) => {
      throw error;
    });
    return {
      deliver: (user, update, turn) => bot.handleUpdate(messageUpdate(user, update, textOf(turn))),
      keyOf: (user) => `xstate:${user}`,
      close: async () => {
        await client.close();
      },
    };
  },
};
