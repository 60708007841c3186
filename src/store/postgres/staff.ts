import type { StaffId } from "../../domain/staff.ts";
import type { NewStaff, Staff, StaffChange, StaffRoom } from "../../records/staff.ts";
import { drawEnrolCode, drawStaffId, type StaffRow, staffOf } from "../rows/staff.ts";
import type { Sealer } from "../sealing.ts";
import { migrate } from "./migrate.ts";
import type { Pg, Sql } from "./open.ts";
import { postgresEnrolment } from "./staff-enrol.ts";
import { postgresPins } from "./staff-pins.ts";
import { SELECT_STAFF, STAFF_STEPS } from "./staff-rows.ts";

export interface PostgresStaffOptions {
  readonly pg: Pg;
  readonly sealer: Sealer;
  readonly newId?: () => StaffId;
  readonly newCode?: () => string;
}

/** The counter's own people, in PostgreSQL. */
export async function postgresStaff(options: PostgresStaffOptions): Promise<StaffRoom> {
  const { pg, sealer, newId = drawStaffId } = options;
  const { newCode = drawEnrolCode } = options;
  await migrate(pg, "staff", STAFF_STEPS);
  const enrolment = postgresEnrolment({ pg, sealer, load, newCode });
  return {
    add: (staff, at) =>
      pg.transaction(async (sql) => {
        const id = await add(sql, { staff, newId, at });
        const code = there(await enrolment.codeFor(sql, id, at));
        return { staff: there(await load(sql, id)), code };
      }),
    invite: (id, at) => enrolment.codeFor(pg, id, at),
    enrol: enrolment.enrol,
    unbind: enrolment.unbind,
    load: (id) => load(pg, id),
    ...reading(pg),
    change: (id, change, at) => pg.transaction((sql) => changed(sql, { id, change, at })),
    ...postgresPins(pg, sealer),
  };
}

async function load(sql: Sql, id: StaffId): Promise<Staff | undefined> {
  const row = await sql.get<StaffRow>(`${SELECT_STAFF} WHERE s.id = $1`, [id]);
  return row === undefined ? undefined : staffOf(row);
}

function reading(pg: Pg): Pick<StaffRoom, "byChat" | "list"> {
  const byChat = `${SELECT_STAFF} JOIN staff_chats c ON c.staff = s.id WHERE c.chat = $1`;
  const all = `${SELECT_STAFF} ORDER BY s.seq`;
  const ofRole = `${SELECT_STAFF} WHERE s.role = $1 ORDER BY s.seq`;
  return {
    async byChat(chat) {
      const row = await pg.get<StaffRow>(byChat, [chat]);
      return row === undefined ? undefined : staffOf(row);
    },
    async list(role) {
      const rows = role === undefined ? await pg.all<StaffRow>(all) : await pg.all<StaffRow>(ofRole, [role]);
      return rows.map(staffOf);
    },
  };
}

interface Adding {
  readonly staff: NewStaff;
  readonly newId: () => StaffId;
  readonly at: number;
}

/** Under the first name that nobody has. */
async function add(sql: Sql, { staff, newId, at }: Adding): Promise<StaffId> {
  const { role, name, place, handover, credit, daily, language } = staff;
  for (let tries = 0; tries < 100; tries++) {
    const id = newId();
    const made = await sql.run(
      `INSERT INTO staff(id, role, name, place, handover, credit, daily, state, language, proof_form,
         duty_on, duty_since, duty_unanswered, added_at, changed_at)
       VALUES($1, $2, $3, $4, $5, $6, $7, 'active', $8, 'struk', 0, $9, 0, $9, $9) ON CONFLICT(id) DO NOTHING`,
      [id, role, name, place, handover, credit, daily ?? null, language, at],
    );
    if (made === 1) return id;
  }
  throw new Error("no free name for one of the staff was found in 100 tries: the source of randomness is broken");
}

interface Changing {
  readonly id: StaffId;
  readonly change: StaffChange;
  readonly at: number;
}

async function changed(sql: Sql, { id, change, at }: Changing): Promise<Staff | undefined> {
  // Held to the end, so that a change at the same time builds on this one.
  await sql.get("SELECT id FROM staff WHERE id = $1 FOR UPDATE", [id]);
  const before = await load(sql, id);
  if (before === undefined) return undefined;
  const { name, place, handover, credit, daily, state, proofForm, language, duty } = { ...before, ...change };
  const words = [name, place, handover, credit, daily ?? null, state, proofForm, language];
  await sql.run(
    `UPDATE staff SET name = $1, place = $2, handover = $3, credit = $4, daily = $5, state = $6, proof_form = $7,
       language = $8, duty_on = $9, duty_since = $10, duty_unanswered = $11, changed_at = $12 WHERE id = $13`,
    [...words, duty.on ? 1 : 0, duty.since, duty.unanswered, at, id],
  );
  return load(sql, id);
}

function there<T>(found: T | undefined): T {
  if (found === undefined) throw new Error("one of the staff is missing right after being saved");
  return found;
}
