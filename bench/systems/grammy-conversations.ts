import { type Conversation, type ConversationFlavor, conversations, createConversation } from "@grammyjs/conversations";
import { RedisAdapter } from "@grammyjs/storage-redis";
import { Bot, type Context } from "grammy";
import { Redis } from "ioredis";
import { type Field, type Known, peerBiller, READS, SAYS, stageOf, textOf } from "../flow.ts";
import type { System, World } from "../system.ts";
import { BOT, messageUpdate, stubFetch } from "../telegram.ts";

/** grammY's conversations: a function that awaits, replayed at each message from what Redis keeps of it. */
export const grammyConversations: System = {
  name: "grammy-conversations",
  kind: "peer",
  usesRedis: true,
  payTurn: 5,
  async start(world) {
    const client = new Redis(world.redisUrl ?? "");
    const api = stubFetch(({ chat, text }) => world.told(chat, stageOf(text)));
    const bot = new Bot<ConversationFlavor<Context>>("1:x", {
      botInfo: { ...BOT, ...NO_MORE },
      client: { fetch: api },
    });
    type Options = NonNullable<Parameters<typeof conversations<ConversationFlavor<Context>, Context>>[0]>;
    const adapter = new RedisAdapter({ instance: client });
    bot.use(conversations({ storage: { type: "key", version: 1, prefix: "grammy:", adapter } } as unknown as Options));
    bot.use(createConversation(talk(world), "pay"));
    bot.command("start", (ctx) => ctx.conversation.enter("pay"));
    bot.on("message:text", (ctx) => ctx.reply(SAYS.over()));
    bot.catch((error) => {
      throw error;
    });
    await client.ping();
    return {
      deliver: (user, update, turn) => bot.handleUpdate(messageUpdate(user, update, textOf(turn))),
      keyOf: (user) => `grammy:${user}`,
      close: async () => {
        await client.quit();
      },
    };
  },
};

/** What grammY's types want to know of a bot beside what telegraf's do. */
const NO_MORE = {
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
} as const;

function talk({ paid }: World) {
  const biller = peerBiller(paid);
  return async (conversation: Conversation<ConversationFlavor<Context>, Context>, first: Context) => {
    const answer = async (field: Field) => {
      for (;;) {
        const ctx = await conversation.waitFor("message:text");
        if (READS[field](ctx.message.text)) return ctx;
        await ctx.reply(SAYS.strange());
      }
    };
    const known: Known = {};
    await first.reply(SAYS.region());
    let ctx = await answer("region");
    known.region = ctx.message.text;
    await ctx.reply(SAYS.nik());
    ctx = await answer("nik");
    known.nik = ctx.message.text;
    await ctx.reply(SAYS.chassis());
    ctx = await answer("chassis");
    known.chassis = ctx.message.text;
    const bill = await conversation.external(() => biller.inquire(known.chassis ?? ""));
    known.bill = bill;
    await ctx.reply(SAYS.bill(known));
    ctx = await answer("bayar");
    await ctx.reply(SAYS.confirm(known));
    ctx = await answer("ya");
    const user = ctx.from.id;
    known.proof = await conversation.external(() => biller.pay(bill, user));
    await ctx.reply(SAYS.proof(known));
  };
}
