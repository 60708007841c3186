import type { StaffId } from "../../domain/staff.ts";
import type { PinTry, StaffRoom } from "../../records/staff.ts";
import { MOST_TRIES } from "../rows/staff.ts";
import type { Sealer } from "../sealing.ts";
import type { Db } from "./open.ts";

/** The hashes of PINs, and the tries since the last right one. */
export function sqlitePins(db: Db, sealer: Sealer): Pick<StaffRoom, "setPin" | "tryPin" | "rightPin"> {
  const about = (id: StaffId) => `staff:${id}`;
  const set = db.prepare("UPDATE staff SET pin = ?, changed_at = ? WHERE id = ?");
  const get = db.prepare<{ pin: string | null }>("SELECT pin FROM staff WHERE id = ?");
  const count = db.prepare<{ n: number }>("SELECT count(*) AS n FROM staff_pin_tries WHERE staff = ?");
  const add = db.prepare("INSERT INTO staff_pin_tries VALUES(?, ?, ?) ON CONFLICT DO NOTHING");
  const has = db.prepare<{ at: number }>("SELECT at FROM staff_pin_tries WHERE staff = ? AND try_ix = ?");
  const drop = db.prepare("DELETE FROM staff_pin_tries WHERE staff = ?");
  const tries = (id: StaffId) => count.get(id)?.n ?? 0;
  const tryPin = (id: StaffId, tryId: string, at: number): PinTry => {
    const pin = get.get(id)?.pin ?? undefined;
    if (pin === undefined) return { kind: "none" };
    // An index: what the caller puts into it must not be found in the file.
    const index = sealer.index(`staff-pin-try:${id}:${tryId}`);
    if (has.get(id, index) === undefined && tries(id) >= MOST_TRIES) return { kind: "locked" };
    add.run(id, index, at);
    return { kind: "try", hash: sealer.open(pin, about(id)), left: MOST_TRIES - tries(id) };
  };
  return {
    async setPin(id, hash, at) {
      db.transaction(() => {
        set.run(hash === undefined ? null : sealer.seal(hash, about(id)), at, id);
        drop.run(id);
      });
    },
    tryPin: async (id, tryId, at) => db.transaction(() => tryPin(id, tryId, at)),
    rightPin: async (id) => void drop.run(id),
  };
}
