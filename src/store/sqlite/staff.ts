import type { StaffId } from "../../domain/staff.ts";
import type { NewStaff, Staff, StaffRoom } from "../../records/staff.ts";
import { drawEnrolCode, drawStaffId, type StaffRow, staffOf } from "../rows/staff.ts";
import type { Sealer } from "../sealing.ts";
import { type Db, migrate } from "./open.ts";
import { sqliteEnrolment } from "./staff-enrol.ts";
import { sqlitePins } from "./staff-pins.ts";
import { SELECT_STAFF, STAFF_STEPS } from "./staff-rows.ts";

export interface SqliteStaffOptions {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly newId?: () => StaffId;
  readonly newCode?: () => string;
}

/** The counter's own people, in SQLite. */
export function sqliteStaff(options: SqliteStaffOptions): StaffRoom {
  const { db, sealer, newId = drawStaffId } = options;
  const { newCode = drawEnrolCode } = options;
  migrate(db, "staff", STAFF_STEPS);
  const byId = db.prepare<StaffRow>(`${SELECT_STAFF} WHERE s.id = ?`);
  const load = (id: StaffId): Staff | undefined => {
    const row = byId.get(id);
    return row === undefined ? undefined : staffOf(row);
  };
  const enrolment = sqliteEnrolment({ db, sealer, load, newCode });
  const add = adding(db, { load, newId });
  return {
    add: async (staff, at) =>
      db.transaction(() => {
        const added = add(staff, at);
        return { staff: added, code: enrolment.codeFor(added.id, at) };
      }),
    invite: async (id, at) => db.transaction(() => (load(id) === undefined ? undefined : enrolment.codeFor(id, at))),
    enrol: enrolment.enrol,
    unbind: enrolment.unbind,
    load: async (id) => load(id),
    ...reading(db),
    change: changing(db, load),
    ...sqlitePins(db, sealer),
  };
}

type Load = (id: StaffId) => Staff | undefined;

function reading(db: Db): Pick<StaffRoom, "byChat" | "list"> {
  const byChat = db.prepare<StaffRow>(`${SELECT_STAFF} JOIN staff_chats c ON c.staff = s.id WHERE c.chat = ?`);
  const all = db.prepare<StaffRow>(`${SELECT_STAFF} ORDER BY s.seq`);
  const ofRole = db.prepare<StaffRow>(`${SELECT_STAFF} WHERE s.role = ? ORDER BY s.seq`);
  return {
    async byChat(chat) {
      const row = byChat.get(chat);
      return row === undefined ? undefined : staffOf(row);
    },
    list: async (role) => (role === undefined ? all.all() : ofRole.all(role)).map(staffOf),
  };
}

function adding(db: Db, { load, newId }: { readonly load: Load; readonly newId: () => StaffId }) {
  const insert = db.prepare(
    `INSERT INTO staff(id, role, name, place, handover, credit, daily, state, language, proof_form,
       duty_on, duty_since, duty_unanswered, added_at, changed_at)
     VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, 'active', ?8, 'struk', 0, ?9, 0, ?9, ?9)`,
  );
  const freeId = (): StaffId => {
    for (let tries = 0; tries < 100; tries++) {
      const id = newId();
      if (load(id) === undefined) return id;
    }
    throw new Error("no free name for one of the staff was found in 100 tries: the source of randomness is broken");
  };
  return ({ role, name, place, handover, credit, daily, language }: NewStaff, at: number): Staff => {
    const id = freeId();
    insert.run(id, role, name, place, handover, credit, daily ?? null, language, at);
    return there(load(id));
  };
}

function changing(db: Db, load: Load): StaffRoom["change"] {
  const update = db.prepare(
    `UPDATE staff SET name = ?, place = ?, handover = ?, credit = ?, daily = ?, state = ?, proof_form = ?, language = ?,
       duty_on = ?, duty_since = ?, duty_unanswered = ?, changed_at = ? WHERE id = ?`,
  );
  return async (id, change, at) =>
    db.transaction(() => {
      const before = load(id);
      if (before === undefined) return undefined;
      const { name, place, handover, credit, daily, state, proofForm, language, duty } = { ...before, ...change };
      const words = [name, place, handover, credit, daily ?? null, state, proofForm, language];
      update.run(...words, duty.on ? 1 : 0, duty.since, duty.unanswered, at, id);
      return load(id);
    });
}

function there(staff: Staff | undefined): Staff {
  if (staff === undefined) throw new Error("one of the staff is missing right after being saved");
  return staff;
}
