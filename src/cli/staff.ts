import { readStaffId } from "../domain/staff.ts";
import { showDateTimeEn } from "../domain/time.ts";
import type { Staff } from "../records/staff.ts";
import { operatorName, WRONG } from "./settings.ts";
import { type Tools, withTools } from "./tools.ts";

/** How long a code may be used, as it is said. The store has the limit. */
const CODE_MS = 24 * 3_600_000;

/** Does the work with one of the staff; a name that is none, or another role's, is a sentence. */
export function withStaff(
  role: Staff["role"],
  typed: string,
  work: (tools: Tools, staff: Staff) => Promise<number>,
): Promise<void> | undefined {
  const id = readStaffId(typed);
  if (id === undefined) {
    console.error(`"${typed}" names no ${role}. It looks like K7QM. See: npx loket ${role} list`);
    process.exitCode = WRONG;
    return undefined;
  }
  return withTools(async (tools) => {
    const staff = await tools.records.staff.load(id);
    if (staff?.role === role) return work(tools, staff);
    console.error(`There is no ${role} ${id}. See: npx loket ${role} list`);
    return 1;
  });
}

/** Keeps who changed what of whom. */
export async function audit(
  { records, clock }: Tools,
  what: string,
  of: Pick<Staff, "id">,
  detail: string,
): Promise<void> {
  await records.audit.write({ at: clock.now(), who: operatorName(), what, ref: of.id, detail });
}

/** A code, and what to do with it. */
export function codeText(code: string, at: number): string {
  return [
    `Code: ${code}`,
    `To be sent to the counter, on Telegram or WhatsApp: DAFTAR ${code}`,
    `It binds one chat, once, until ${showDateTimeEn(at + CODE_MS)} (24 hours).`,
  ].join("\n");
}

export function refuse(sentence: string): number {
  console.error(sentence);
  return 1;
}
