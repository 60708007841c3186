import { randomUUID } from "node:crypto";
import { type KeptLease, keepLease } from "../channels/keep-lease.ts";
import { numberOf } from "../channels/whatsapp/number.ts";
import { systemClock } from "../clock.ts";
import { conversationKey } from "../conversation/message.ts";
import { makeLog } from "../log.ts";
import { openOwnStores } from "../store/own.ts";
import { StoreError } from "../store/store-error.ts";
import type { Stores } from "../store/stores.ts";
import { WHATSAPP_ACCOUNT } from "../whatsapp.ts";
import { digitsOf } from "./phone-number.ts";
import { settingsOrExit } from "./settings.ts";
import { sentenceOf } from "./start.ts";
import { withTools } from "./tools.ts";

export interface Flags {
  readonly json?: true;
}

const NUMBER = "@s.whatsapp.net";

export async function statusCommand({ json }: Flags): Promise<void> {
  await withTools(async ({ stores }) => {
    const number = await numberOf(stores.whatsappRooms());
    const text = number === undefined ? "No number is linked. Link one: npx loket whatsapp pair" : `Linked: +${number}`;
    console.log(json ? JSON.stringify({ linked: number !== undefined, number: number ?? null }) : text);
    return number === undefined ? 1 : 0;
  });
}

export async function unlinkCommand({ json }: Flags): Promise<void> {
  await withOwnStores(async ({ stores }) => {
    await stores.whatsappRooms().keys.clear();
    const text = "The keys are gone. On the phone: Linked devices, this device, Log out.";
    console.log(json ? JSON.stringify({ linked: false }) : text);
    return 0;
  });
}

/** Chats have names that tell nothing: who must call a customer, or put one on DIRECT_USERS, asks here. */
export async function whoCommand(asked: string, { json }: Flags): Promise<void> {
  await withTools(async ({ stores }) => {
    const { people } = stores.whatsappRooms();
    const digits = digitsOf(asked);
    const chat = digits === undefined ? asked.replace(/^whatsapp:/, "") : await people.known([`${digits}${NUMBER}`]);
    const addresses = chat === undefined ? [] : await people.addresses(chat);
    if (chat === undefined || addresses.length === 0) {
      console.error(json ? JSON.stringify({ chat: null }) : "Nobody of that name or number has written yet.");
      return 1;
    }
    const number = addresses.find((address) => address.endsWith(NUMBER))?.split("@")[0];
    const key = conversationKey("whatsapp", chat);
    const text =
      number === undefined ? `${key}: the number is hidden; answer in WhatsApp on the phone.` : `${key}: +${number}`;
    console.log(json ? JSON.stringify({ chat: key, number: number ?? null }) : text);
    return 0;
  });
}

export interface Own {
  readonly stores: Stores;
  readonly wsUrl: string | undefined;
}

const LEASE_MS = 10_000;

/** Where several processes may drive the number, none does meanwhile. Throws StoreError when one does. */
async function ownNumber({ leases }: Stores, over: AbortSignal): Promise<KeptLease | undefined> {
  if (leases === undefined) return undefined;
  const [name, owner] = [WHATSAPP_ACCOUNT, randomUUID()];
  if ((await leases.acquire(name, owner, LEASE_MS)) === undefined) {
    throw new StoreError(
      "A counter drives the WhatsApp number.",
      "Stop the counters first, or start them without WHATSAPP.",
    );
  }
  return keepLease({ leases, name, owner, clock: systemClock, log: makeLog("error") }, over);
}

/** Linking changes keys that a running counter holds in its memory: the counter must not run meanwhile. */
export async function withOwnStores(work: (own: Own) => Promise<number>): Promise<void> {
  const config = settingsOrExit();
  const over = new AbortController();
  let stores: Stores | undefined;
  let lease: KeptLease | undefined;
  try {
    stores = await openOwnStores(config);
    lease = await ownNumber(stores, over.signal);
    process.exitCode = await work({ stores, wsUrl: config.whatsapp.wsUrl });
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  } finally {
    over.abort();
    await lease?.ended;
    await stores?.close();
  }
  // Baileys leaves timers behind that would keep the process.
  process.exit();
}
