import type { Policy } from "../flows/index.ts";
import type { Config } from "./config.ts";
import type { ConversationKey } from "./conversation/message.ts";
import { rupiah } from "./domain/rupiah.ts";

/** The fee that the biller's document names for a bill; a bill itself says what it really is. */
const ADMIN_FEE = rupiah(5000);

/** How often a chat may ask the biller for a bill (security: enumeration). */
const LIMITS = { perHour: 5, perDay: 20 } as const;

/** The settings as they show in a conversation: who may cause a debit, whom to ask, and when. */
export function policyFor(config: Config): (key: ConversationKey) => Policy {
  const sandbox = config.mmbc === undefined;
  const everybody = config.directUsers.length === 0;
  return (key) => ({
    loket: config.name,
    sandbox,
    mayPay: config.customers === "direct" && (everybody || config.directUsers.includes(key)),
    contact: config.contact,
    hours: config.hours,
    relayText: config.relayText,
    adminFee: ADMIN_FEE,
    payMax: config.payMax,
    limits: sandbox ? undefined : LIMITS,
  });
}
