import { FAULT_KINDS, type FaultKind, LIE_KINDS } from "./faults.ts";
import { type Lived, live, type WorldOptions } from "./world.ts";

/** The shortest history that still breaks the law: with fewer faults and fewer people. */
export async function shrink(options: WorldOptions, law: string): Promise<Lived> {
  let without: ReadonlySet<FaultKind> = options.without ?? new Set();
  let silent: ReadonlySet<string> = options.silent ?? new Set();
  const breaks = async (tried: Pick<WorldOptions, "without" | "silent">) =>
    (await live({ ...options, ...tried })).violations.some((violation) => violation.law === law);
  const first = await live({ ...options, without, silent });
  for (const user of first.users) {
    const fewer = new Set([...silent, user]);
    if (await breaks({ without, silent: fewer })) silent = fewer;
  }
  const happened = Object.keys(first.cover.of("faults"));
  for (const kind of [...FAULT_KINDS, ...LIE_KINDS].filter((one) => happened.includes(one))) {
    const fewer = new Set([...without, kind]);
    if (await breaks({ without: fewer, silent })) without = fewer;
  }
  return live({ ...options, without, silent, traced: true });
}
