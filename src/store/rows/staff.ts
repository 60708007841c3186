import { randomBytes } from "node:crypto";
import type { ConversationKey, Language } from "../../conversation/message.ts";
import { type Rupiah, rupiah } from "../../domain/rupiah.ts";
import { enrolCodeFrom, type StaffId, staffIdFrom } from "../../domain/staff.ts";
import type { ProofForm, Staff } from "../../records/staff.ts";

/** Wrong PINs in a row that lock. */
export const MOST_TRIES = 5;

export function drawStaffId(): StaffId {
  return staffIdFrom(randomBytes(8));
}

export function drawEnrolCode(): string {
  return enrolCodeFrom(randomBytes(16));
}

/** One of the staff as both databases give it: yes and no are 1 and 0. */
export interface StaffRow {
  readonly id: StaffId;
  readonly role: Staff["role"];
  readonly name: string;
  readonly place: string;
  readonly handover: string;
  readonly credit: number;
  readonly daily: number | null;
  readonly state: Staff["state"];
  readonly language: Language;
  readonly proof_form: ProofForm;
  readonly duty_on: number;
  readonly duty_since: number;
  readonly duty_unanswered: number;
  readonly added_at: number;
  readonly has_pin: number;
  readonly tries: number;
  /** JSON, the one that was bound last first. */
  readonly chats: string;
}

export function staffOf(row: StaffRow): Staff {
  return {
    id: row.id,
    role: row.role,
    name: row.name,
    place: row.place,
    handover: row.handover,
    credit: rupiah(row.credit),
    daily: sumOf(row.daily),
    state: row.state,
    pin: row.has_pin === 0 ? "none" : row.tries >= MOST_TRIES ? "locked" : "set",
    chats: JSON.parse(row.chats) as readonly ConversationKey[],
    language: row.language,
    proofForm: row.proof_form,
    duty: { on: row.duty_on === 1, since: row.duty_since, unanswered: row.duty_unanswered },
    addedAt: row.added_at,
  };
}

function sumOf(value: number | null): Rupiah | undefined {
  return value === null ? undefined : rupiah(value);
}
