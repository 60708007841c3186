import { conversationKey } from "../../src/conversation/message.ts";
import type { Bill } from "../../src/domain/bill.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { startOfDay } from "../../src/domain/time.ts";
import type { Limits } from "../../src/payments/ledger.ts";
import type { Reached } from "../../src/relay/request.ts";
import { aStaffId } from "../fakes/agents.ts";
import { aBill, aChassis, anInvoice } from "../fakes/bills.ts";
import { nameOf, type Player } from "./player.ts";

export interface Agent extends Reached {
  /** How far below zero his balance may go. */
  readonly credit: number;
  readonly daily: number | undefined;
}

/** Few, so that many processes are at one balance at once. */
export const AGENTS: readonly Agent[] = [
  agent("A222", 0, undefined),
  agent("A333", 0, 8_000_000),
  agent("A444", 50_000, undefined),
  agent("A555", 500_000, 20_000_000),
];

function agent(id: string, credit: number, daily: number | undefined): Agent {
  return { id: aStaffId(id), chat: conversationKey("telegram", id), credit, daily };
}

export function limitsOf({ credit, daily }: Agent, at: number): Limits {
  const day = daily === undefined ? {} : { daily: { since: startOfDay(at), max: rupiah(daily) } };
  return { credit: rupiah(credit), ...day };
}

/** A customer of a process. */
export function customerOf({ name, random }: Player) {
  return conversationKey("telegram", `${name}-${random.below(50)}`);
}

/** Mostly a vehicle of its own, now and then one that others pay for, too. */
export function billOf(player: Player): Bill {
  const { random } = player;
  const invoice = anInvoice(nameOf(player, "invoice"));
  const shared = random.chance(0.1);
  const number = shared ? `S${random.below(9)}` : `${player.name}${player.made}`;
  const parts = { pkb: rupiah(random.between(50, 400) * 1_000), swdkllj: rupiah(35_000), fee: rupiah(5_000) };
  const total = rupiah(parts.pkb + parts.swdkllj + parts.fee);
  return aBill({ ...parts, total, invoice, chassis: aChassis(`MH1${number.padStart(14, "0")}`), plate: "" });
}
