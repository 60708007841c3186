import { beforeEach, describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { StaffId } from "../../src/domain/staff.ts";
import type { StaffRoom } from "../../src/records/staff.ts";
import { checkPin, isWeak, setPin } from "../../src/staff/pin.ts";
import { openSealer } from "../../src/store/sealing.ts";
import { openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteStaff } from "../../src/store/sqlite/staff.ts";

const PIN = "846205";

let room: StaffRoom;
let id: StaffId;

beforeEach(async () => {
  room = sqliteStaff({ db: openSqlite(":memory:"), sealer: openSealer({}) });
  const { staff } = await room.add(
    { role: "agent", name: "A", place: "", handover: "", credit: rupiah(0), daily: undefined, language: "id" },
    1,
  );
  id = staff.id;
});

/** The hash as the room gives it. */
async function hashOf(of: StaffId): Promise<string> {
  const counted = await room.tryPin(of, "to look at the hash", 1);
  if (counted.kind !== "try") throw new Error(counted.kind);
  return counted.hash;
}

describe("a PIN", () => {
  it("that was set is right, another is wrong, and without one there is none", async () => {
    expect(await checkPin(room, id, PIN, "m0", 2)).toEqual({ kind: "none" });
    expect(await setPin(room, id, PIN, 2)).toBe("set");
    expect(await checkPin(room, id, "846206", "m1", 3)).toEqual({ kind: "wrong", left: 4 });
    expect(await checkPin(room, id, "", "m2", 3)).toEqual({ kind: "wrong", left: 3 });
    expect(await checkPin(room, id, PIN, "m3", 3)).toEqual({ kind: "right" });
    expect(await checkPin(room, id, "846206", "m4", 3)).toEqual({ kind: "wrong", left: 4 });
  });

  it("is locked by five wrong ones in a row, also against the right one, until it is set anew", async () => {
    await setPin(room, id, PIN, 2);
    const guesses = ["135790", "246801", "112233", "998877", "102030"];
    const answers = await Promise.all(guesses.map((pin, at) => checkPin(room, id, pin, `m${at}`, 3)));
    expect(answers.map((one) => (one.kind === "wrong" ? one.left : one.kind)).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(await checkPin(room, id, PIN, "m9", 4)).toEqual({ kind: "locked" });
    await setPin(room, id, "719304", 5);
    expect(await checkPin(room, id, "719304", "m10", 6)).toEqual({ kind: "right" });
  });

  it("is counted once for a message that comes again, but each PIN under one message's id by itself", async () => {
    await setPin(room, id, PIN, 2);
    for (let time = 0; time < 3; time++) {
      expect(await checkPin(room, id, "135790", "m1", 3)).toEqual({ kind: "wrong", left: 4 });
    }
    const others = ["135791", "135792", "135793", "135794"];
    for (const pin of others) await checkPin(room, id, pin, "m1", 4);
    expect(await checkPin(room, id, PIN, "m1", 5)).toEqual({ kind: "locked" });
  });

  it("that is right in the fifth try is right", async () => {
    await setPin(room, id, PIN, 2);
    for (const pin of ["135790", "135791", "135792", "135793"]) await checkPin(room, id, pin, pin, 3);
    expect(await checkPin(room, id, PIN, "m5", 4)).toEqual({ kind: "right" });
    expect((await room.load(id))?.pin).toBe("set");
  });

  it("is kept as a salted scrypt hash that names its costs, another each time", async () => {
    await setPin(room, id, PIN, 2);
    const first = await hashOf(id);
    await setPin(room, id, PIN, 3);
    const second = await hashOf(id);
    for (const hash of [first, second]) expect(hash).toMatch(/^scrypt\$16384\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(first).not.toBe(second);
  });

  it("that was hashed at other costs, or in a way that is not known, is read by what its hash says", async () => {
    // "salt", at N = 16, r = 1.
    await room.setPin(id, "scrypt$16$1$1$c2FsdA$4ncaJNUsXkZ5Wa7kaQKBWyMlT8GTdj8MB_8OiIjIN9g", 2);
    expect((await checkPin(room, id, "846206", "m1", 3)).kind).toBe("wrong");
    expect((await checkPin(room, id, PIN, "m2", 3)).kind).toBe("right");
    await room.setPin(id, "md5$x", 4);
    await expect(checkPin(room, id, PIN, "m3", 5)).rejects.toThrow('hashed by "md5"');
  });

  it.each([
    "000000",
    "777777",
    "123456",
    "234567",
    "890123",
    "654321",
    "210987",
    "12345",
    "",
    "1234567",
    "12345a",
    "84 205",
    "٨٤٦٢٠٥",
  ])("that is weak is refused, and changes nothing: %s", async (pin) => {
    expect(isWeak(pin)).toBe(true);
    expect(await setPin(room, id, pin, 2)).toBe("weak");
    expect((await room.load(id))?.pin).toBe("none");
  });

  it.each(["846205", "112233", "123457", "135790", "000001"])("that is not weak is taken: %s", (pin) => {
    expect(isWeak(pin)).toBe(false);
  });
});
