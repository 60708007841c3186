import { startOfDay } from "../domain/time.ts";
import type { Staff } from "../records/staff.ts";

/** The counter's hours in minutes of the day, WIB. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Offers in a row without an answer that end a duty. */
export const MOST_UNANSWERED = 3;

/** Whether requests may be offered to him. A duty ends with the first closing time after its beginning. */
export function isOnDuty({ role, state, duty, chats }: Staff, hours: Hours, at: number): boolean {
  if (role !== "agent" || state !== "active" || chats.length === 0) return false;
  return duty.on && at < dutyEnd(duty.since, hours);
}

/** The first closing time after `since`, ms. */
export function dutyEnd(since: number, { to }: Hours): number {
  const today = startOfDay(since) + to * MINUTE;
  return today > since ? today : today + DAY;
}
