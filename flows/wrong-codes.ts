import type { LookResult, World } from "./flow.ts";

const HOUR = 60 * 60 * 1000;
/** Wrong codes of proofs in an hour, after which none is looked at: a code opens a proof in any chat. */
const MOST = 5;

interface Counting {
  readonly wrongCodes?: readonly number[];
}

function lately({ wrongCodes = [] }: Counting, at: number): readonly number[] {
  return wrongCodes.filter((wrong) => at - wrong < HOUR);
}

/** Until when no code is looked at, ms; undefined: it is. */
export function codesRestUntil(context: Counting, { at }: World): number | undefined {
  const wrong = lately(context, at);
  return wrong.length < MOST ? undefined : (wrong[wrong.length - MOST] ?? at) + HOUR;
}

/** One more, if what was looked up was asked for by a wrong code. */
export function countingCodes(context: Counting, world: World, { result }: { readonly result: LookResult }): Counting {
  return isWrong(result) ? { wrongCodes: [...lately(context, world.at), world.at] } : {};
}

function isWrong(result: LookResult): boolean {
  if (result.what === "authentic") return result.found === undefined;
  return result.what === "proof" && result.code !== undefined && result.found === undefined;
}
