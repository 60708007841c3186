import { type ConversationKey, conversationKey } from "../../../src/conversation/message.ts";
import { type Rupiah, rupiah } from "../../../src/domain/rupiah.ts";
import type { StaffId } from "../../../src/domain/staff.ts";
import { book } from "../../../src/staff/balance.ts";
import type { Random } from "../random.ts";
import type { Sim } from "../sim.ts";
import type { Stores } from "../stores.ts";
import { type Orders, ordersOf } from "./orders.ts";
import { quickHash } from "./pins.ts";

/** One of the counter's agents, as he is whatever the program knows of him. */
export interface Member {
  /** Empty until he is hired. */
  id: StaffId;
  readonly name: string;
  readonly key: ConversationKey;
  /** All that are his: the phone of a customer may become one of them. */
  readonly chats: Set<ConversationKey>;
  /** Since when he may not pay, ms since the world began; undefined: he may. */
  suspendedAt: number | undefined;
  /** Since when a chat is bound to him, as it was told, ms since the world began. */
  readonly bound: Map<ConversationKey, number>;
  readonly place: string;
  readonly credit: Rupiah;
  readonly daily: Rupiah | undefined;
  readonly pin: string;
  /** He chooses it when it is asked for the first time. */
  readonly comesWithoutPin: boolean;
  /** What he has paid in before the world began. */
  readonly paidIn: Rupiah;
}

/** The people of a counter whose customers do not pay themselves, and how it reckons with them. */
export interface Crew {
  readonly members: readonly Member[];
  readonly orders: Orders;
  /** The counter's own fee on a bill. */
  readonly markup: Rupiah;
  /** From this sum on the PIN is asked at each confirmation. */
  readonly pinAlways: Rupiah;
  of(key: ConversationKey): Member | undefined;
  withId(id: StaffId | undefined): Member | undefined;
}

const PLACES = ["Cibinong", "Parung", "Ciawi", "Jonggol"] as const;

export function crewOf(sim: Sim): Crew {
  const random = sim.random("crew");
  const count = random.between(2, 4);
  const members = PLACES.slice(0, count).map((place, number) => member(random, place, number));
  return {
    members,
    orders: ordersOf(),
    markup: rupiah(random.pick([0, 5_000])),
    pinAlways: rupiah(random.pick([100_000, 2_000_000])),
    of: (key) => members.find(({ chats }) => chats.has(key)),
    withId: (id) => members.find((one) => one.id === id),
  };
}

function member(random: Random, place: string, number: number): Member {
  const key = conversationKey(random.chance(0.6) ? "telegram" : "whatsapp", String(2_001 + number));
  return {
    id: "" as StaffId,
    name: `Loket ${place}`,
    key,
    chats: new Set([key]),
    suspendedAt: undefined,
    bound: new Map(),
    place: random.chance(0.8) ? place : "",
    credit: rupiah(random.pick([0, 0, 0, 200_000])),
    daily: random.chance(0.12) ? rupiah(1_500_000) : undefined,
    pin: String(270_000 + 7 * random.below(10_000)),
    comesWithoutPin: random.chance(0.12),
    paidIn: rupiah(random.pick([200_000, 600_000, 1_500_000, 4_000_000])),
  };
}

/** Before the program is started: each is written down, has his chat, his PIN, his balance, and is on duty. */
export async function hire({ members, orders }: Crew, { records, ledger }: Stores, at: number): Promise<void> {
  for (const one of members) {
    const { name, place, credit, daily, key, paidIn } = one;
    const words = { role: "agent", name, place, handover: `Jalan Raya ${place} 1`, language: "id" } as const;
    const { staff, code } = await records.staff.add({ ...words, credit, daily }, at);
    one.id = staff.id;
    await records.staff.enrol(key, code, at);
    if (!one.comesWithoutPin) await records.staff.setPin(staff.id, quickHash(one.pin), at);
    const hired = await records.staff.change(staff.id, { duty: { on: true, since: at, unanswered: 0 } }, at);
    if (hired === undefined) throw new Error(`${name} is not there right after being hired`);
    const booking = { what: "top-up", by: "ops", why: "paid in", again: false } as const;
    const id = `hired:${one.id}`;
    await book({ ledger, records }, { ...booking, agent: hired, amount: paidIn, id }, at);
    orders.paidIn(one.id, id, paidIn);
  }
}
