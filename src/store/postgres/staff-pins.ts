import type { StaffId } from "../../domain/staff.ts";
import type { PinTry, StaffRoom } from "../../records/staff.ts";
import { MOST_TRIES } from "../rows/staff.ts";
import type { Sealer } from "../sealing.ts";
import type { Pg, Sql } from "./open.ts";

/** The hashes of PINs, and the tries since the last right one. The person's row is the lock of his tries. */
export function postgresPins(pg: Pg, sealer: Sealer): Pick<StaffRoom, "setPin" | "tryPin" | "rightPin"> {
  const about = (id: StaffId) => `staff:${id}`;
  const drop = (sql: Sql, id: StaffId) => sql.run("DELETE FROM staff_pin_tries WHERE staff = $1", [id]);
  return {
    setPin: (id, hash, at) =>
      pg.transaction(async (sql) => {
        const pin = hash === undefined ? null : sealer.seal(hash, about(id));
        await sql.run("UPDATE staff SET pin = $1, changed_at = $2 WHERE id = $3", [pin, at, id]);
        await drop(sql, id);
      }),
    tryPin: (id, tryId, at) =>
      pg.transaction(async (sql): Promise<PinTry> => {
        const pin = await lockedPin(sql, id);
        if (pin === undefined) return { kind: "none" };
        // An index: what the caller puts into it must not be found in the database.
        const before = await triesOf(sql, id);
        const index = sealer.index(`staff-pin-try:${id}:${tryId}`);
        const again = before.includes(index);
        if (!again && before.length >= MOST_TRIES) return { kind: "locked" };
        if (!again) await sql.run("INSERT INTO staff_pin_tries VALUES($1, $2, $3)", [id, index, at]);
        const left = MOST_TRIES - before.length - (again ? 0 : 1);
        return { kind: "try", hash: sealer.open(pin, about(id)), left };
      }),
    rightPin: async (id) => void (await drop(pg, id)),
  };
}

/** From here to the end of the transaction nobody else counts a try of his. */
async function lockedPin(sql: Sql, id: StaffId): Promise<string | undefined> {
  const row = await sql.get<{ pin: string | null }>("SELECT pin FROM staff WHERE id = $1 FOR UPDATE", [id]);
  return row?.pin ?? undefined;
}

async function triesOf(sql: Sql, id: StaffId): Promise<readonly string[]> {
  const rows = await sql.all<{ try_ix: string }>("SELECT try_ix FROM staff_pin_tries WHERE staff = $1", [id]);
  return rows.map(({ try_ix }) => try_ix);
}
