import type { TelegramServer } from "../fakes/telegram/server.ts";
import type { GatedBiller } from "../program/biller-gate.ts";
import { type Customer, onTelegram } from "../program/customer.ts";
import type { WhenOver } from "../program/program.ts";
import { randomFrom } from "../program/random.ts";
import { openTab } from "../program/tab.ts";
import type { Chance } from "./chance.ts";
import { type Denial, watchNothingPaid } from "./nothing-paid.ts";
import { type Chat, type End, live, type Rest } from "./person.ts";
import { newVehicles } from "./vehicles.ts";

export interface CrowdOptions {
  /** How many people pay at the same time; of the first fifty every fifth begins in the web chat: an address has its limits. */
  readonly users: number;
  readonly whenOver: WhenOver;
  readonly telegram: TelegramServer;
  readonly biller: GatedBiller;
  /** Resolves to the address of the web chat. */
  readonly open: () => Promise<string>;
  readonly chance: (concern: string) => Chance;
  readonly stop: AbortSignal;
  readonly rest?: Rest;
  /** Stands between a person and the chat. */
  readonly seen?: (customer: Customer) => Customer;
}

export interface Crowd {
  readonly chats: readonly Chat[];
  readonly denials: readonly Denial[];
  readonly ends: ReadonlyMap<End, number>;
  /** Resolves when everybody has stopped. */
  readonly over: Promise<unknown>;
}

export function startCrowd(options: CrowdOptions): Crowd {
  const { users, telegram, biller, chance, stop, rest, seen = (customer) => customer } = options;
  const chats: Chat[] = [];
  const byName = new Map<string, Chat>();
  const ends = new Map<End, number>();
  const newVehicle = newVehicles(chance("vehicles"));
  const denials = watchNothingPaid({
    telegram,
    chatOf: (name) => byName.get(name),
    isDebited: ({ chassis }) => biller.moneyOf(chassis).debits > 0,
  });
  const opened = (name: string, customer: Customer) => {
    const chat = { name, customer: seen(customer), vehicles: [] };
    chats.push(chat);
    byName.set(name, chat);
    return chat;
  };
  const people = Array.from({ length: users }, (_, at) => {
    let count = 0;
    const newChat = () => {
      const id = (at + 1) * 10_000 + count++;
      // A tab costs a stream for as long as it is looked at: one each is enough.
      if (at % 5 === 0 && at < 50 && count === 1) return opened(`web ${id}`, openTab(options.open, options.whenOver));
      return opened(`telegram:${id}`, onTelegram(telegram.user(id)));
    };
    return live({
      ...{ chance: chance(`person ${at}`), stop, newChat, newVehicle, ...(rest === undefined ? {} : { rest }) },
      onEnd: (end) => ends.set(end, (ends.get(end) ?? 0) + 1),
    });
  });
  return { chats, denials, ends, over: Promise.all(people) };
}

/** Each concern has a row of its own, so that one that draws more often does not shift the others. */
export function chances(seed: number): (concern: string) => Chance {
  return (concern) => randomFrom([...concern].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), seed));
}
