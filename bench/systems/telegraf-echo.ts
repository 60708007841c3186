import { Telegraf } from "telegraf";
import { textOf } from "../flow.ts";
import type { System } from "../system.ts";
import { BOT, messageUpdate, stubTelegraf } from "../telegram.ts";

/** telegraf that answers each message, and keeps nothing: what a message in and out costs with this client. */
export const telegrafEcho: System = {
  name: "telegraf-echo",
  kind: "limit",
  usesRedis: false,
  payTurn: 5,
  async start({ told }) {
    stubTelegraf(({ chat }) => told(chat, 0));
    const bot = new Telegraf("1:x");
    bot.botInfo = BOT;
    bot.on("text", (ctx) => ctx.reply(ctx.message.text));
    return {
      deliver: (user, update, turn) => bot.handleUpdate(messageUpdate(user, update, textOf(turn))),
      close: async () => {},
    };
  },
};
