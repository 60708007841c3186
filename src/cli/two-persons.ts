import { type Rupiah, showRupiah } from "../domain/rupiah.ts";
import type { Tools } from "./tools.ts";

/**
 * Why a sum is not moved from here: above TWO_PERSONS_ABOVE two operators agree, and a terminal cannot tell who sits at it.
 * `instead` says how it is done; undefined where one person may.
 */
export function refusal(
  { twoPersonsAbove: above }: Tools["config"],
  amount: Rupiah,
  instead: string,
): string | undefined {
  const isSmall = above === undefined || Math.abs(amount) <= above;
  if (isSmall) return undefined;
  return `Two operators must agree to more than ${showRupiah(above)} (TWO_PERSONS_ABOVE), and a terminal cannot tell one from the other. Nothing was done. ${instead}`;
}

/** Of what no operator's chat can do. */
export const BOTH_AT_THE_TERMINAL =
  "Look at it together; then run the command once more with TWO_PERSONS_ABOVE raised for that one run.";
