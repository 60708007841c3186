import { onTestFinished } from "vitest";
import { startTelegram, type TelegramServer } from "../fakes/telegram/server.ts";
import type { Person } from "../fakes/whatsapp/person.ts";
import { type Agent, balanceOf, newAgent } from "./agents.ts";
import { type Customer, NIK, onTelegram, type Said, says } from "./customer.ts";
import { beforeNight, withClock } from "./daytime.ts";
import type { Settings, WhenOver } from "./program.ts";
import { onWhatsApp, openCounter, payCode, QUICK } from "./whatsapp-counter.ts";

/** What each of the two agents has at first. */
export const PAID_IN = 1_000_000;
export const HANDOVER = "Jalan Raya Bogor 12";

/** Somebody with WhatsApp. */
export interface Asker extends Customer {
  readonly phone: Person;
}

/** A counter on Telegram and WhatsApp whose customers ask and whose agents pay. */
export interface StaffedCounter extends Awaited<ReturnType<typeof openCounter>> {
  readonly telegram: TelegramServer;
  /** On WhatsApp. Each number is another person. */
  asker(number: number): Asker;
}

/** Nobody works there yet. Must be called in a test, or told when all is over. */
export async function openStaffed(
  settings: Settings = {},
  whenOver: WhenOver = onTestFinished,
): Promise<StaffedCounter> {
  const telegram = await startTelegram({ longestPollMs: 20_000 / QUICK });
  whenOver(() => telegram.close());
  const channel = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot };
  const clock = withClock({ ahead: beforeNight(), times: QUICK });
  const relay = {
    CUSTOMER_PAYMENT: "relay",
    LOKET_CONTACT: "Bu Ani 0812-1111-2222",
    LOKET_HOURS: "00.00-24.00",
    ...clock,
  };
  const counter = await openCounter({ ...channel, ...relay, ...settings }, whenOver);
  return {
    ...counter,
    telegram,
    asker(number) {
      const phone = counter.server.person({ pn: `62812000074${number}`, lid: `200000000074${number}` });
      return { ...onWhatsApp(phone), phone };
    },
  };
}

export interface RelayCounter extends StaffedCounter {
  /** On Telegram; on duty when they say so. */
  readonly agents: readonly [Agent, Agent];
  /** What the ledger has for each of them, in their order. */
  balances(): Promise<readonly number[]>;
}

/** A counter with two agents. Must be called in a test, or told when all is over. */
export async function openRelay(settings: Settings = {}, whenOver: WhenOver = onTestFinished): Promise<RelayCounter> {
  const counter = await openStaffed(settings, whenOver);
  const agent = (id: number, name: string) =>
    newAgent(counter.home, onTelegram(counter.telegram.user(id)), { name, paidIn: PAID_IN, handover: HANDOVER });
  const agents = await Promise.all([agent(7401, "Loket Cibinong"), agent(7402, "Loket Parung")]);
  return {
    ...counter,
    agents,
    balances: () => Promise.all(agents.map((one) => balanceOf(counter.home, one))),
  };
}

/** From nothing to the request; gives its code. */
export async function askFor(customer: Customer, chassis: string): Promise<string> {
  await customer.say(`Jawa Barat ${NIK} ${chassis}`);
  const bill = await customer.next(says("Tagihan ditemukan", "Jangan serahkan uang dulu"));
  await customer.say(payCode(bill));
  return requestIn(await customer.next(says("sudah dikirim ke loket yang bertugas", "Jangan serahkan uang dulu")));
}

export function requestIn({ text }: Said): string {
  const ref = /Permintaan ([2-9A-Z]{5})/.exec(text)?.[1];
  if (ref === undefined) throw new Error(`no request in: ${text}`);
  return ref;
}

export async function onDuty(...agents: readonly Agent[]): Promise<void> {
  await Promise.all(
    agents.map(async ({ chat }) => {
      await chat.say("TUGAS");
      await chat.next(says("Anda bertugas"));
    }),
  );
}

export async function offDuty(...agents: readonly Agent[]): Promise<void> {
  await Promise.all(
    agents.map(async ({ chat }) => {
      await chat.say("ISTIRAHAT");
      await chat.next(says("Anda istirahat"));
    }),
  );
}

/** He takes the request that was offered to him, and the customer hears of it. */
export async function take(agent: Agent, customer: Customer, ref: string): Promise<void> {
  await agent.chat.next(says(`Permintaan ${ref}: `));
  await agent.chat.tap("Ambil");
  await agent.chat.next(says(`${ref} (`, "milik Anda", "ditahan"));
  await customer.next(says(`${agent.name} siap membayarkan`, HANDOVER, ref));
}
