import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { StaffId } from "../../src/domain/staff.ts";
import type { NewStaff } from "../../src/records/staff.ts";
import { checkPin, setPin } from "../../src/staff/pin.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteStaff } from "../../src/store/sqlite/staff.ts";
import { staffLaw } from "../contract/staff.ts";
import { inFolder } from "./folder.ts";

const folder = inFolder();
let files = 0;

const BARE: NewStaff = {
  role: "agent",
  name: "Loket Cibinong",
  place: "",
  handover: "",
  credit: rupiah(0),
  daily: undefined,
  language: "id",
};

describe("the staff in a SQLite file", () => {
  staffLaw(async () => {
    const path = folder.path(`${++files}.db`);
    const sealer = openSealer({});
    const [first, second] = [openSqlite(path), openSqlite(path)];
    return {
      room: sqliteStaff({ db: first, sealer }),
      other: sqliteStaff({ db: second, sealer }),
      async close() {
        second.close();
        first.close();
      },
    };
  });

  it("holds no code, no hash and no PIN that could be read without the key", async () => {
    const path = folder.path("sealed.db");
    const db = openSqlite(path);
    const room = sqliteStaff({ db, sealer: openSealer({}) });
    const { staff, code } = await room.add(BARE, 1);
    await setPin(room, staff.id, "846205", 2);
    await checkPin(room, staff.id, "795518", "m1", 3);
    const chat = conversationKey("telegram", "1");
    await room.enrol(chat, "K7QM94QD", 4);
    await room.enrol(chat, code, 5);
    db.close();
    const bytes = readFileSync(path, "latin1");
    expect(bytes).toContain("Loket Cibinong");
    for (const secret of ["846205", "795518", code, "K7QM94QD", "scrypt"]) expect(bytes).not.toContain(secret);
  });

  it("gives nobody the name of another", async () => {
    const names = ["K7QM", "K7QM", "K7QM", "8ABC"];
    let at = 0;
    const newId = () => names[at++ % names.length] as StaffId;
    const room = sqliteStaff({ db: openSqlite(":memory:"), sealer: openSealer({}), newId });
    expect((await room.add(BARE, 1)).staff.id).toBe("K7QM");
    expect((await room.add(BARE, 1)).staff.id).toBe("8ABC");
    await expect(room.add(BARE, 1)).rejects.toThrow("the source of randomness is broken");
  });

  it("finds whose chat it is by indexes alone", () => {
    const db = openSqlite(":memory:");
    sqliteStaff({ db, sealer: openSealer({}) });
    const plan = db
      .prepare<{ detail: string }>(
        "EXPLAIN QUERY PLAN SELECT s.id FROM staff s JOIN staff_chats c ON c.staff = s.id WHERE c.chat = ?",
      )
      .all("telegram:1");
    expect(plan.map(({ detail }) => detail).filter((detail) => detail.startsWith("SCAN"))).toEqual([]);
  });
});
