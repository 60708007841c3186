import { expect, test } from "vitest";
import { crowd } from "./whatsapp-crowd.ts";
import { linked } from "./whatsapp-world.ts";

/** `npm run whatsapp:load` does it with a thousand. */
const CHATS = Number(process.env.WHATSAPP_CHATS ?? 200);

test(
  `${CHATS} chats at once keep their own conversations, and no key of the ratchet is used twice`,
  async () => {
    const { server, channel } = await linked();
    const crowded = await crowd(server, channel(), CHATS);
    expect(crowded).toEqual({ strange: [], reused: 0, retries: 0, errors: [] });
  },
  Math.max(120_000, CHATS * 2000),
);
