import type { Doom, Side } from "./gate.ts";
import type { Sim } from "./sim.ts";
import type { Life } from "./timeline.ts";

/** A place at which a program dies: the n-th time that it comes there. */
interface Death {
  readonly label: string;
  readonly side: Side;
  count: number;
}

/** The awaits of the payment path, and of what leads to it and from it, with how often a program may pass each before. */
const TILL = {
  "ledger.takeOver": 1,
  "ledger.open": 8,
  "ledger.claim": 8,
  "ledger.ofVehicle": 8,
  "ledger.find": 8,
  "ledger.commit": 40,
  "ledger.load": 8,
  "ledger.release": 1,
  "ledger.owed": 8,
  "ledger.told": 8,
  "ledger.overdue": 2,
  "ledger.accounts": 2,
  "ledger.nextDue": 8,
  "biller.regions": 8,
  "biller.inquire": 8,
  "biller.pay": 8,
  "biller.pay.sent": 8,
  "biller.status": 8,
  "records.flags.get": 8,
  "records.flags.set": 1,
  "records.tasks.add": 1,
  "channel.send": 20,
} as const;

const WHOLE = {
  "records.tasks.list": 2,
  "records.proofs.take": 2,
  "records.proofs.save": 2,
  "records.consents.give": 2,
  "records.chats.isGone": 20,
  "conversations.takeOver": 1,
  "conversations.load": 40,
  "conversations.commit": 40,
  "conversations.claim": 40,
  "conversations.sent": 3,
  "conversations.quiet": 2,
  "conversations.nextDue": 6,
  "conversations.prune": 1,
} as const;

/** Where agents and what customers ask of them are read and written. */
const STAFF = {
  "ledger.requests.ask": 4,
  "ledger.requests.load": 8,
  "ledger.requests.commit": 12,
  "ledger.requests.due": 12,
  "ledger.requests.nextDue": 6,
  "ledger.balance": 40,
  "records.staff.byChat": 60,
  "records.staff.list": 40,
  "records.staff.load": 3,
  "records.staff.change": 2,
  "records.staff.tryPin": 2,
  "records.staff.rightPin": 2,
} as const;

const OFTEN: Readonly<Record<string, number>> = { ...STAFF, ...TILL, ...WHOLE };

export const PLACES: readonly string[] = Object.keys(OFTEN);

/** Where it matters most whether the program lives on. */
const MONEY = [
  "ledger.commit",
  "ledger.open",
  "biller.pay",
  "biller.pay.sent",
  "biller.status",
  "ledger.claim",
] as const;

const MORE = { most: 6, chance: 0.5 } as const;

/** Few programs ever come there: one that does may well die of it. */
const SELDOM = ["records.flags.set", "ledger.release"] as const;

export interface DoomOptions {
  readonly sim: Sim;
  readonly kind: "whole" | "till";
  readonly staffed: boolean;
  /** Called when a place strikes; the life is over when it returns. */
  readonly kill: (life: Life, where: string) => void;
}

export function doomOf({ sim, kind, staffed, kill }: DoomOptions): Doom {
  const random = sim.random("crashes");
  const places = Object.keys(kind === "till" || random.chance(0.3) ? TILL : WHOLE);
  const deaths = new Map<string, Death[]>();
  for (let number = 0; number < 4 && sim.fault("crash", random); number++) {
    const label = random.pick(random.chance(0.4) ? MONEY : places);
    const side: Side = label === "biller.pay.sent" || random.chance(0.5) ? "after" : "before";
    const key = `${label} ${side}`;
    deaths.set(key, [...(deaths.get(key) ?? []), { label, side, count: 1 + random.below(OFTEN[label] ?? 8) }]);
  }
  // Worlds with conversations are few: each of them meets several.
  for (const labels of [...(kind === "whole" ? [WHOLE] : []), ...(staffed ? [STAFF] : [])]) {
    const more = sim.random("crashes of conversations");
    for (let number = 0; number < MORE.most; number++) {
      if (!sim.crashes || !more.chance(MORE.chance)) continue;
      const label = more.pick(Object.keys(labels));
      const side: Side = more.chance(0.5) ? "before" : "after";
      const count = 1 + more.below(OFTEN[label] ?? 8);
      deaths.set(`${label} ${side}`, [{ label, side, count }]);
    }
  }
  for (const label of SELDOM) {
    if (!random.chance(0.25) || !sim.crashes) continue;
    const side: Side = random.chance(0.5) ? "before" : "after";
    deaths.set(`${label} ${side}`, [{ label, side, count: 1 }]);
  }
  return {
    strikes(label, side, life) {
      const key = `${label} ${side}`;
      const waiting = deaths.get(key);
      if (waiting === undefined) return false;
      for (const death of waiting) death.count -= 1;
      if (!waiting.some(({ count }) => count === 0)) return false;
      sim.cover.count("crashes", key);
      kill(life, key);
      return true;
    },
  };
}
