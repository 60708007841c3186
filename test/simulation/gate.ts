import type { Sim } from "./sim.ts";
import type { Life } from "./timeline.ts";

/** Where a program may die: before a call takes effect, or after, when it never hears of it. */
export type Side = "before" | "after";

/** Which calls of a world are a program's last. */
export interface Doom {
  /** Whether the program dies here. Then its life is over when this returns. */
  strikes(label: string, side: Side, life: Life): boolean;
}

/** Every call of a port goes through it: the order of the calls that wait is drawn from the seed. */
export interface Gate {
  call<T>(label: string, act: () => Promise<T>): Promise<T>;
  /** Whether the program dies at this place. */
  dies(label: string, side: Side): boolean;
}

export interface GateOptions {
  readonly sim: Sim;
  readonly life: Life;
  readonly doom: Doom;
  /** Whether the answer to a change that was made gets lost on its way. */
  readonly loses: (label: string) => boolean;
}

/** A new one each time: whoever waited for a shared one would be kept for ever. */
function never(): Promise<never> {
  return new Promise(() => undefined);
}

export function gateOf({ sim, life, doom, loses }: GateOptions): Gate {
  const random = sim.random(`gate ${life.name}`);
  const dies = (label: string, side: Side) => !life.alive || doom.strikes(label, side, life);
  /** Most calls are quick, in any order; some take their time. */
  const park = (go: () => void) => {
    const chance = random.next();
    if (chance < 0.6) return go();
    const ms = chance < 0.99 ? chance * 4 : sim.fault("slow-disk", random) ? 3_000 * random.next() : 80 * random.next();
    sim.time.after(ms, life, go);
  };
  return {
    dies,
    call(label, act) {
      if (dies(label, "before")) return never();
      return new Promise((resolve, reject) => {
        const back = (settle: () => void) => {
          if (dies(label, "after")) return;
          // Now and then others are told of a payment before the one who paid is.
          if (label === "biller.pay" && random.chance(0.1)) sim.time.after(random.between(0, 5_000), life, settle);
          else park(settle);
        };
        park(() => {
          act().then(
            (value) => back(() => (loses(label) ? reject(new Error("the store's answer was lost")) : resolve(value))),
            (error) => back(() => reject(error)),
          );
        });
      });
    },
  };
}

/** The same port behind a gate. `open` names what is passed on as it is. */
export function gated<T extends object>(name: string, port: T, gate: Gate, open: readonly (keyof T)[] = []): T {
  const entries = Object.entries(port).map(([key, of]) => {
    const label = `${name}.${key}`;
    if (open.includes(key as keyof T)) return [key, of];
    if (typeof of !== "function") return [key, gated(label, of as object, gate)];
    return [key, (...args: readonly unknown[]) => gate.call(label, () => of(...args))];
  });
  return Object.fromEntries(entries) as T;
}
