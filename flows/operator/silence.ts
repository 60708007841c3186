import { type Context, PATIENCE } from "./context.ts";

/** When silence is to be answered, ms: what waits for the PIN does not wait for ever. */
export function quietAt(_: string, { waiting }: Context): number | undefined {
  return waiting === undefined ? undefined : waiting.at + PATIENCE;
}
