import { NIK } from "../program/customer.ts";
import type { Ended } from "../program/program.ts";
import { type Denial, isLate } from "./nothing-paid.ts";
import type { Ledger } from "./rest.ts";

/** "Nothing was paid", told while the debit stood. */
export function lies(denials: readonly Denial[], ledger: Ledger): readonly string[] {
  return denials
    .filter((denial) => !isLate(denial, ledger))
    .map(({ chat, vehicle, text }) => `${chat} is told "${text}", and the debit of ${vehicle.plate} stands`);
}

export function endsOf(ownEnds: readonly Ended[]): readonly string[] {
  return ownEnds.map(
    ({ code, signal, stderr }) => `the program ended by itself (${signal ?? code}): ${stderr.slice(-500)}`,
  );
}

/** I12: no KTP number and no chassis number in a log. */
export function leaks(written: readonly string[]): readonly string[] {
  return written.some((text) => text.includes(NIK) || text.includes("MH1SBX"))
    ? ["a log names a person or a vehicle"]
    : [];
}

/** Errors that the program wrote, each sentence once. */
export function errorsIn(written: readonly string[]): ReadonlyMap<string, number> {
  const errors = new Map<string, number>();
  for (const [, said = ""] of written.join("\n").matchAll(/^.*"level":(?:50|60|"error"|"fatal").*"msg":"([^"]*)"/gm)) {
    errors.set(said, (errors.get(said) ?? 0) + 1);
  }
  return errors;
}
