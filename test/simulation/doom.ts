import type { Doom, Side } from "./gate.ts";
import type { Sim } from "./sim.ts";
import type { Life } from "./timeline.ts";

/** A place at which a program dies: the n-th time that it comes there. */
interface Death {
  readonly label: string;
  readonly side: Side;
  count: number;
}

/** The awaits of the payment path, and of what leads to it and from it. */
export const PLACES = [
  "ledger.takeOver",
  "ledger.open",
  "ledger.claim",
  "ledger.ofVehicle",
  "ledger.find",
  "ledger.commit",
  "ledger.load",
  "ledger.release",
  "ledger.owed",
  "ledger.told",
  "ledger.overdue",
  "ledger.accounts",
  "ledger.nextDue",
  "biller.regions",
  "biller.inquire",
  "biller.pay",
  "biller.pay.sent",
  "biller.status",
  "records.flags.get",
  "records.flags.set",
  "records.tasks.add",
  "records.tasks.list",
  "records.proofs.take",
  "records.proofs.save",
  "records.consents.give",
  "records.chats.isGone",
  "conversations.takeOver",
  "conversations.load",
  "conversations.commit",
  "conversations.claim",
  "conversations.sent",
  "conversations.quiet",
  "conversations.nextDue",
  "conversations.prune",
  "channel.send",
] as const;

/** Where it matters most whether the program lives on. */
const MONEY = [
  "ledger.commit",
  "ledger.open",
  "biller.pay",
  "biller.pay.sent",
  "biller.status",
  "ledger.claim",
] as const;

export interface DoomOptions {
  readonly sim: Sim;
  /** Called when a place strikes; the life is over when it returns. */
  readonly kill: (life: Life, where: string) => void;
}

export function doomOf({ sim, kill }: DoomOptions): Doom {
  const random = sim.random("crashes");
  const deaths = new Map<string, Death[]>();
  for (let number = 0; number < 4 && sim.fault("crash", random); number++) {
    const label = random.pick(random.chance(0.5) ? MONEY : PLACES);
    const side: Side = label === "biller.pay.sent" || random.chance(0.5) ? "after" : "before";
    const often = label.startsWith("conversations") || label === "ledger.commit" ? 40 : 8;
    const key = `${label} ${side}`;
    deaths.set(key, [...(deaths.get(key) ?? []), { label, side, count: 1 + random.below(often) }]);
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
