import { systemClock } from "../../src/clock.ts";
import type { Message } from "../fakes/telegram/books.ts";
import type { TelegramServer } from "../fakes/telegram/server.ts";
import type { Chat } from "./person.ts";
import type { Ledger } from "./rest.ts";
import type { Vehicle } from "./vehicles.ts";

/** "Nothing was paid" arrived in a chat while the debit of its vehicle stood. */
export interface Denial {
  readonly chat: string;
  readonly vehicle: Vehicle;
  readonly text: string;
  /** When it arrived, ms. */
  readonly at: number;
}

export interface NothingPaidOptions {
  readonly telegram: TelegramServer;
  readonly chatOf: (name: string) => Chat | undefined;
  /** Whether the biller's debit of a vehicle stands. */
  readonly isDebited: (vehicle: Vehicle) => boolean;
}

/**
 * "Nothing was paid yet" must be true when it arrives; a minute later it may be paid after all. So it is looked at in
 * that moment, and not when somebody reads it. Gives the denials, as they come.
 */
export function watchNothingPaid({ telegram, chatOf, isDebited }: NothingPaidOptions): readonly Denial[] {
  const denials: Denial[] = [];
  let seen = 0;
  const look = ({ from, text, chat: id }: Message) => {
    const chat = `telegram:${id}`;
    if (from !== "bot" || !text.includes("Belum ada pembayaran")) return;
    const vehicle = chatOf(chat)?.vehicles.find(({ plate }) => text.includes(plate));
    if (vehicle !== undefined && isDebited(vehicle)) denials.push({ chat, vehicle, text, at: systemClock.now() });
  };
  // Looked at after every change: it never holds, so that it is never over.
  void telegram.reached(({ chats, nextMessage }) => {
    if (nextMessage - 1 === seen) return false;
    for (const chat of chats.values()) {
      const last = chat.at(-1);
      if (last !== undefined && last.id > seen) look(last);
    }
    seen = nextMessage - 1;
    return false;
  });
  return denials;
}

/**
 * A denial that is only late: the vehicle was confirmed twice, the first payment was let go, and the news of that crossed
 * the second one's debit on its way. What the second came to follows in the same chat. All others are lies.
 */
export function isLate({ vehicle, at }: Denial, { payments }: Ledger): boolean {
  return payments.some(
    ({ bill, state, endedAt }) => bill.chassis === vehicle.chassis && state === "withdrawn" && (endedAt ?? at) < at,
  );
}
