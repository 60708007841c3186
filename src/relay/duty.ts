import { closingAfter } from "../domain/time.ts";
import type { Staff } from "../records/staff.ts";

/** The counter's hours in minutes of the day, WIB. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

/** Offers in a row without an answer that end a duty. */
export const MOST_UNANSWERED = 3;

/** Whether requests may be offered to him. A duty ends with the first closing time after its beginning. */
export function isOnDuty({ role, state, duty, chats }: Staff, hours: Hours, at: number): boolean {
  if (role !== "agent" || state !== "active" || chats.length === 0) return false;
  return duty.on && at < closingAfter(duty.since, hours.to);
}
