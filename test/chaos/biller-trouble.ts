import type { Stage, Trouble } from "../program/biller-gate.ts";
import { between, type Chance, pause } from "./chance.ts";

/** A moment in the life of a pay call. */
export type PayMoment = "pay with the biller" | "pay applied, not answered" | "pay just answered";

export interface BillerTrouble {
  readonly trouble: Trouble;
  /** The next time that a pay is there. The call then stands still for a moment, so that a kill finds it in that place. */
  next(moment: PayMoment): Promise<void>;
  /** How often each fault happened. */
  readonly counts: ReadonlyMap<string, number>;
}

/** How long a call stands still for a kill, ms: longer than a SIGKILL takes. */
const STAND_MS = 150;

interface Fault {
  readonly name: string;
  /** Of a thousand calls. */
  readonly often: number;
  readonly befalls: (desk: Desk) => Promise<"alone" | undefined>;
}

interface Desk {
  readonly chance: Chance;
  readonly calm: AbortSignal;
}

const BROKEN = new Error("the connection is broken off");

const slow =
  (from: number, to: number): Fault["befalls"] =>
  async ({ chance, calm }) => {
    await pause(between(chance, from, to), calm);
    return undefined;
  };

const broken: Fault["befalls"] = () => Promise.reject(BROKEN);

/** On its way for a while, and then applied, whoever is still there. */
const late: Fault["befalls"] = async (desk) => {
  await slow(1_000, 9_000)(desk);
  return "alone";
};

/** By the call and where it is. What is lost before pay was applied ends as "not charged", eleven minutes later. */
const FAULTS: Readonly<Record<string, readonly Fault[]>> = {
  "pay_esamsat before": [
    { name: "pay late", often: 30, befalls: late },
    { name: "pay lost", often: 8, befalls: broken },
  ],
  "pay_esamsat after": [
    { name: "answer slow", often: 100, befalls: slow(300, 4_000) },
    { name: "answer very slow", often: 20, befalls: slow(5_000, 30_000) },
    { name: "answer lost", often: 40, befalls: broken },
  ],
  "status_invoice before": [{ name: "status lost", often: 50, befalls: broken }],
  "status_invoice after": [{ name: "status slow", often: 100, befalls: slow(300, 3_000) }],
  "inquiry_esamsat before": [{ name: "inquiry lost", often: 10, befalls: broken }],
  "inquiry_esamsat after": [{ name: "inquiry slow", often: 50, befalls: slow(300, 4_000) }],
  "list_esamsat before": [{ name: "list lost", often: 20, befalls: broken }],
};

/** The biller's bad days, over HTTP. From `calm` on all is well. */
export function billerTrouble(chance: Chance, calm: AbortSignal): BillerTrouble {
  const counts = new Map<string, number>();
  const waiting = new Map<PayMoment, () => void>();
  const here = (moment: PayMoment) => {
    const go = waiting.get(moment);
    waiting.delete(moment);
    go?.();
    return go !== undefined;
  };
  return {
    counts,
    next: (moment) => new Promise((resolve) => waiting.set(moment, resolve)),
    async trouble(stage) {
      if (stage.name === "pay_esamsat") {
        const arrives = await stands(stage, here, { chance, calm });
        if (arrives !== "as usual") return arrives;
      }
      const fault = calm.aborted ? undefined : drawn(chance, FAULTS[`${stage.name} ${stage.where}`] ?? []);
      if (fault === undefined) return undefined;
      counts.set(fault.name, (counts.get(fault.name) ?? 0) + 1);
      return fault.befalls({ chance, calm });
    },
  };
}

/** Of those whose caller is killed before they arrive, half arrive all the same. */
async function stands(
  { where }: Stage,
  here: (moment: PayMoment) => boolean,
  { chance, calm }: Desk,
): Promise<"as usual" | "alone" | undefined> {
  if (here(where === "before" ? "pay with the biller" : "pay applied, not answered")) {
    await pause(STAND_MS, calm);
    return chance() < 0.5 ? "alone" : undefined;
  }
  return where === "after" && here("pay just answered") ? undefined : "as usual";
}

function drawn(chance: Chance, faults: readonly Fault[]): Fault | undefined {
  let rest = chance() * 1_000;
  return faults.find(({ often }) => {
    rest -= often;
    return rest < 0;
  });
}
