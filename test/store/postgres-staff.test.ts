import { describe, expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { StaffId } from "../../src/domain/staff.ts";
import type { NewStaff } from "../../src/records/staff.ts";
import { checkPin, setPin } from "../../src/staff/pin.ts";
import { postgresStaff } from "../../src/store/postgres/staff.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { staffLaw } from "../contract/staff.ts";
import { empty, inPostgres } from "./in-postgres.ts";

const postgres = inPostgres();

const BARE: NewStaff = {
  role: "agent",
  name: "Loket Cibinong",
  place: "",
  handover: "",
  credit: rupiah(0),
  daily: undefined,
  language: "id",
};

let made: Awaited<ReturnType<typeof makeTwo>> | undefined;

async function makeTwo() {
  const [pg, second] = await postgres.openTwo();
  const sealer = openSealer({});
  return {
    pg,
    room: await postgresStaff({ pg, sealer }),
    other: await postgresStaff({ pg: second, sealer }),
    close: async () => {},
  };
}

/** Of two processes, empty. */
async function twoRooms() {
  made ??= await makeTwo();
  await empty(made.pg);
  return made;
}

describe("the staff in PostgreSQL", () => {
  staffLaw(twoRooms);

  it("holds no code, no hash and no PIN that could be read without the key", async () => {
    const { pg, room } = await twoRooms();
    const { staff, code } = await room.add(BARE, 1);
    await setPin(room, staff.id, "846205", 2);
    await checkPin(room, staff.id, "795518", "m1", 3);
    const chat = conversationKey("telegram", "1");
    await room.enrol(chat, "K7QM94QD", 4);
    const tables = ["staff", "staff_wrong_codes", "staff_pin_tries"];
    const all = JSON.stringify(await Promise.all(tables.map((table) => pg.all(`SELECT * FROM ${table}`))));
    expect(all).toContain("Loket Cibinong");
    for (const secret of ["846205", "795518", code, "K7QM94QD", "scrypt"]) expect(all).not.toContain(secret);
  });

  it("gives nobody the name of another, and leaves nothing of one who got none", async () => {
    const names = ["K7QM", "K7QM", "K7QM", "8ABC"];
    let at = 0;
    const newId = () => names[at++ % names.length] as StaffId;
    const pg = await postgres.open();
    const room = await postgresStaff({ pg, sealer: openSealer({}), newId });
    expect((await room.add(BARE, 1)).staff.id).toBe("K7QM");
    expect((await room.add(BARE, 1)).staff.id).toBe("8ABC");
    await expect(room.add(BARE, 1)).rejects.toThrow("the source of randomness is broken");
    expect(await room.list()).toHaveLength(2);
  });

  it("counts each of thirty guesses of two processes: five are judged, and no sixth hash is given out", async () => {
    const { room, other } = await twoRooms();
    const { id } = (await room.add(BARE, 1)).staff;
    await room.setPin(id, "the hash", 2);
    const guesses = Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? room : other).tryPin(id, `m${n}`, 3));
    const answers = await Promise.all(guesses);
    expect(answers.flatMap((one) => (one.kind === "try" ? [one.left] : [])).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(answers.filter(({ kind }) => kind === "locked")).toHaveLength(25);
  });

  it("looks at five codes of one chat, of thirty that two processes get at once, and at every other chat's", async () => {
    const { room, other } = await twoRooms();
    const chat = conversationKey("web", "guesser");
    const guesses = Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? room : other).enrol(chat, `wrong ${n}`, 10));
    const others = Array.from({ length: 10 }, (_, n) => other.enrol(conversationKey("web", `${n}`), "wrong", 10));
    expect((await Promise.all(guesses)).filter(({ kind }) => kind === "wrong")).toHaveLength(5);
    expect((await Promise.all(others)).every(({ kind }) => kind === "wrong")).toBe(true);
  });

  it("binds one chat to a code that ten of them send at once", async () => {
    const { room, other } = await twoRooms();
    const { staff, code } = await room.add(BARE, 1);
    const chats = Array.from({ length: 10 }, (_, n) => conversationKey("web", `${n}`));
    const answers = await Promise.all(chats.map((chat, n) => (n % 2 === 0 ? room : other).enrol(chat, code, 2)));
    expect(answers.filter(({ kind }) => kind === "enrolled")).toHaveLength(1);
    expect((await room.load(staff.id))?.chats).toHaveLength(1);
  });

  it("finds whose chat it is by indexes alone", async () => {
    const { pg } = await twoRooms();
    await pg.transaction(async (sql) => {
      await sql.run("SET LOCAL enable_seqscan = off");
      const plan = await sql.all<Record<string, string>>(
        "EXPLAIN SELECT s.id FROM staff s JOIN staff_chats c ON c.staff = s.id WHERE c.chat = 'telegram:1'",
      );
      expect(JSON.stringify(plan)).not.toContain("Seq Scan");
    });
  });
});
