import { Command } from "commander";
import type { PairFlags } from "./whatsapp-pair.ts";
import type { Flags } from "./whatsapp-tools.ts";

// They open stores: no other command waits for those to be loaded.
const pairing = () => import("./whatsapp-pair.ts");
const tools = () => import("./whatsapp-tools.ts");

/** `npx loket whatsapp`: links a number while the counter is not running, and what else an operator asks of it. */
export function whatsappCommand(): Command {
  const whatsapp = new Command("whatsapp").description("the linked WhatsApp number: pair, status, unlink, who");
  whatsapp
    .command("pair")
    .description("links a number by QR, or by a code that is typed into the phone; ends with 0 when it is linked")
    .option("--phone <number>", "the number, with the country's: 6281234567890")
    .option("--json", "as JSON lines")
    .action(async (flags: PairFlags) => (await pairing()).pairCommand(flags));
  whatsapp
    .command("status")
    .description("which number is linked; ends with 1 when none is")
    .option("--json", "as JSON")
    .action(async (flags: Flags) => (await tools()).statusCommand(flags));
  whatsapp
    .command("unlink")
    .description("forgets the linked number and its keys; remove the device on the phone, too")
    .option("--json", "as JSON")
    .action(async (flags: Flags) => (await tools()).unlinkCommand(flags));
  whatsapp
    .command("who")
    .argument("<chat>", "whatsapp:… as tasks and the log name it, or a phone number")
    .description("the phone number of a chat, or the chat of a phone number")
    .option("--json", "as JSON")
    .action(async (chat: string, flags: Flags) => (await tools()).whoCommand(chat, flags));
  return whatsapp;
}
