import { Redis } from "@telegraf/session/redis";
import { createClient } from "redis4";
import { Scenes, session, Telegraf } from "telegraf";
import { type Field, type Known, peerBiller, READS, SAYS, stageOf, textOf } from "../flow.ts";
import type { System, World } from "../system.ts";
import { BOT, messageUpdate, stubTelegraf } from "../telegram.ts";

type Context = Scenes.WizardContext;

/** telegraf's own wizard, with its session package on Redis (which is made for node-redis 4). */
export const telegrafWizard: System = {
  name: "telegraf-wizard",
  kind: "peer",
  usesRedis: true,
  payTurn: 5,
  async start(world) {
    stubTelegraf(({ chat, text }) => world.told(chat, stageOf(text)));
    const client = createClient({ url: world.redisUrl ?? "" });
    type Options = Parameters<typeof Redis<Scenes.WizardSession>>[0];
    const store = Redis<Scenes.WizardSession>({ client } as unknown as Options);
    const bot = new Telegraf<Context>("1:x");
    bot.botInfo = BOT;
    bot.use(session({ store }));
    bot.use(new Scenes.Stage<Context>([wizard(world)]).middleware());
    bot.command("start", (ctx) => ctx.scene.enter("pay"));
    bot.on("text", (ctx) => ctx.reply(SAYS.over()));
    bot.catch((error) => {
      throw error;
    });
    await store.get("warm");
    return {
      deliver: (user, update, turn) => bot.handleUpdate(messageUpdate(user, update, textOf(turn))),
      keyOf: (user) => `telegraf:${user}:${user}`,
      close: async () => {
        await client.quit();
      },
    };
  },
};

/** As its guide has it: do, say, go on to the next step. */
function wizard({ paid }: World) {
  const biller = peerBiller(paid);
  const step = (field: Field, then: (known: Known, text: string, ctx: Context) => Promise<unknown>) => {
    return async (ctx: Context) => {
      const text = ctx.text ?? "";
      if (!READS[field](text)) return ctx.reply(SAYS.strange());
      return then(ctx.wizard.state as Known, text, ctx);
    };
  };
  const say = async (ctx: Context, text: string) => {
    await ctx.reply(text);
    return ctx.wizard.next();
  };
  return new Scenes.WizardScene<Context>(
    "pay",
    (ctx) => say(ctx, SAYS.region()),
    step("region", (known, text, ctx) => {
      known.region = text;
      return say(ctx, SAYS.nik());
    }),
    step("nik", (known, text, ctx) => {
      known.nik = text;
      return say(ctx, SAYS.chassis());
    }),
    step("chassis", async (known, text, ctx) => {
      known.chassis = text;
      known.bill = await biller.inquire(text);
      return say(ctx, SAYS.bill(known));
    }),
    step("bayar", (known, _, ctx) => say(ctx, SAYS.confirm(known))),
    step("ya", async (known, _, ctx) => {
      if (known.bill !== undefined) known.proof = await biller.pay(known.bill, ctx.from?.id ?? 0);
      await ctx.reply(SAYS.proof(known));
      return ctx.scene.leave();
    }),
  );
}
