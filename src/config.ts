import { type Accounts, readMmbc, readTelegram, readWhatsapp } from "./config/accounts.ts";
import type { Reader } from "./config/reader.ts";
import { isShared, readStores, type StoreSettings } from "./config/stores.ts";
import { type ConversationKey, channelOf, chatOf } from "./conversation/message.ts";
import { type Rupiah, readSum, rupiah, ZERO } from "./domain/rupiah.ts";
import type { Level } from "./log.ts";

/** The operator's settings, read and checked: past this file nobody looks at the environment. */
export interface Config extends Accounts, StoreSettings {
  readonly customers: "direct" | "relay";
  /** Empty: everybody. */
  readonly directUsers: readonly ConversationKey[];
  readonly payMax: Rupiah;
  readonly payMaxDay: Rupiah | undefined;
  readonly name: string;
  /** Whom to ask: name and number. Empty when it was not set. */
  readonly contact: string;
  readonly hours: { readonly text: string; readonly from: number; readonly to: number };
  readonly relayText: string;
  /** The counter's own fee on each bill that an agent pays; 0 for none. */
  readonly fee: Rupiah;
  /** From this sum on an agent's PIN is asked at each confirmation. */
  readonly pinAlways: Rupiah;
  /** Sales pause before the deposit at the biller falls below it; undefined: never. */
  readonly depositFloor: Rupiah | undefined;
  /** Above it a second operator must agree to a top-up and to the end of a payment; undefined: never. */
  readonly twoPersonsAbove: Rupiah | undefined;
  /** `origin`: the address that people use, when a proxy stands before us. */
  readonly web: { readonly host: string; readonly port: number; readonly origin?: string };
  readonly logLevel: Level;
}

export type Read =
  | { readonly kind: "config"; readonly config: Config }
  | { readonly kind: "faults"; readonly faults: readonly string[] };

const PAY_MAX = rupiah(10_000_000);
const PAY_MAX_DAY = rupiah(2_000_000);
const PIN_ALWAYS = rupiah(2_000_000);

/** Reads all settings and lists every fault at once, each with its name and an example. No value of a secret is repeated. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Read {
  const faults: string[] = [];
  const reader: Reader = {
    text: (name) => {
      const value = env[name]?.trim();
      return value === undefined || value === "" ? undefined : value;
    },
    fault: (name, what, example) => faults.push(`${name} ${what}. Example: ${name}=${example}`),
  };
  const mmbc = readMmbc(reader);
  const customers = readCustomers(reader, mmbc === undefined);
  const directUsers = readUsers(reader);
  const capped = customers === "direct" && mmbc !== undefined && directUsers.length === 0;
  const config: Config = {
    mmbc,
    telegram: readTelegram(reader),
    whatsapp: readWhatsapp(reader),
    ...readStores(reader),
    customers,
    directUsers,
    payMax: readMoney(reader, "PAY_MAX") ?? PAY_MAX,
    payMaxDay: readMoney(reader, "PAY_MAX_DAY") ?? (capped ? PAY_MAX_DAY : undefined),
    name: readName(reader),
    contact: reader.text("LOKET_CONTACT") ?? "",
    hours: readHours(reader),
    relayText: reader.text("RELAY_TEXT") ?? "",
    fee: readMoney(reader, "LOKET_FEE") ?? ZERO,
    pinAlways: readMoney(reader, "PIN_ALWAYS") ?? PIN_ALWAYS,
    depositFloor: readMoney(reader, "DEPOSIT_FLOOR"),
    twoPersonsAbove: readMoney(reader, "TWO_PERSONS_ABOVE"),
    web: { host: reader.text("HOST") ?? "127.0.0.1", port: readPort(reader), ...readOrigin(reader) },
    logLevel: readLevel(reader),
  };
  if (isShared(config) && mmbc === undefined) {
    reader.fault(
      "MMBC_USERNAME",
      "is missing: the built-in sandbox is one process's own. To try several, run npx loket sandbox and name it in MMBC_URL",
      "dummy",
    );
  }
  return faults.length > 0 ? { kind: "faults", faults } : { kind: "config", config };
}

function readCustomers(reader: Reader, sandbox: boolean): "direct" | "relay" {
  const value = reader.text("CUSTOMER_PAYMENT") ?? (sandbox ? "direct" : "relay");
  if (value !== "direct" && value !== "relay") {
    reader.fault("CUSTOMER_PAYMENT", "must be direct (whoever confirms pays) or relay (staff pay)", "relay");
  }
  return value === "direct" ? "direct" : "relay";
}

function readUsers(reader: Reader): readonly ConversationKey[] {
  const users = (reader.text("DIRECT_USERS") ?? "")
    .split(/[\s,]+/)
    .filter((user) => user !== "")
    .map((user) => user as ConversationKey);
  const wrong = users.filter((user) => !/^[a-z]+$/.test(channelOf(user)) || chatOf(user) === "");
  if (wrong.length > 0) {
    reader.fault(
      "DIRECT_USERS",
      "must be a list of chats, each its channel, a colon and the chat's id",
      "telegram:4242,telegram:4243",
    );
  }
  return users;
}

function readMoney(reader: Reader, name: string): Rupiah | undefined {
  const text = reader.text(name);
  if (text === undefined) return undefined;
  const sum = readSum(text);
  if (sum === undefined || sum === 0) reader.fault(name, "must be a sum in whole rupiah", "2000000");
  return sum;
}

function readName(reader: Reader): string {
  const name = reader.text("LOKET_NAME") ?? "Loket Samsat";
  if (name.length > 40) reader.fault("LOKET_NAME", "must have at most 40 characters", "Loket Samsat Cibinong");
  return name;
}

function readHours(reader: Reader): Config["hours"] {
  const text = reader.text("LOKET_HOURS") ?? "08.00-20.00";
  const [, fromHour, fromMinute, toHour, toMinute] =
    /^(\d{1,2})[.:]([0-5]\d)\s*[-–]\s*(\d{1,2})[.:]([0-5]\d)$/.exec(text) ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  if (!(from < to && to <= 24 * 60)) reader.fault("LOKET_HOURS", "must be from and to, in WIB", "08.00-20.00");
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, "0")}.${String(minute % 60).padStart(2, "0")}`;
  return { text: `${clock(from)}–${clock(to)} WIB`, from, to };
}

function readOrigin(reader: Reader): { readonly origin?: string } {
  const text = reader.text("PUBLIC_URL");
  if (text === undefined) return {};
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, "")) {
    reader.fault(
      "PUBLIC_URL",
      "must be the origin that people's browsers show, and nothing behind it",
      "https://loket.example.id",
    );
    return {};
  }
  return { origin: url.origin };
}

function readPort(reader: Reader): number {
  const text = reader.text("PORT") ?? "3000";
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) reader.fault("PORT", "must be a number from 0 to 65535", "3000");
  return port;
}

function readLevel(reader: Reader): Level {
  const level = reader.text("LOG_LEVEL") ?? "info";
  const known = (["debug", "info", "warn", "error", "silent"] as const).find((one) => one === level);
  if (known === undefined) reader.fault("LOG_LEVEL", "must be debug, info, warn, error or silent", "info");
  return known ?? "info";
}
