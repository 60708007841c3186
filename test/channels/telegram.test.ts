import { channelLaws } from "../contract/channel.ts";
import type { Traits } from "../contract/channel-world.ts";
import { pollingWorld, webhookWorld } from "./telegram-world.ts";

const traits: Traits = {
  redelivers: true,
  leaves: true,
  remote: true,
  buttons: true,
  forgets: true,
  media: ["voice", "photo", "video", "sticker", "document", "location", "contact", "other"],
};

channelLaws("Telegram by long polling", traits, pollingWorld);
channelLaws("Telegram by webhook", traits, webhookWorld);
