import { expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { StaffId } from "../../src/domain/staff.ts";
import type { NewStaff, StaffRoom } from "../../src/records/staff.ts";

export interface MadeStaff {
  /** Two connections to the same store. */
  readonly room: StaffRoom;
  readonly other: StaffRoom;
  close(): Promise<void>;
}

type Law = (name: string, test: (made: MadeStaff) => Promise<void>) => void;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ANI = conversationKey("telegram", "1");
const BUDI = conversationKey("whatsapp", "2");
const NOBODY = "ZZZ2" as StaffId;

const CIBINONG: NewStaff = {
  role: "agent",
  name: "Loket Cibinong",
  place: "Cibinong",
  handover: "Jl. Raya Bogor 1",
  credit: rupiah(0),
  daily: rupiah(20_000_000),
  language: "id",
};
const SARI: NewStaff = { ...CIBINONG, role: "operator", name: "Sari", place: "", handover: "", daily: undefined };

/** What every driver of StaffRoom owes. `make` gives an empty store each time. */
export function staffLaw(make: () => Promise<MadeStaff>): void {
  const law: Law = (name, test) =>
    it(name, async () => {
      const made = await make();
      try {
        await test(made);
      } finally {
        await made.close();
      }
    });
  people(law);
  codes(law);
  chats(law);
  guesses(law);
  pins(law);
}

function people(law: Law): void {
  law("whoever is added is there for all, active, without a PIN and without a chat", async ({ room, other }) => {
    const { staff, code } = await room.add(CIBINONG, 5);
    expect(staff.id).toMatch(/^(?=.*[2-9])[2-9A-HJKMNP-Z]{4}$/);
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
    expect(staff).toEqual({
      ...CIBINONG,
      id: staff.id,
      state: "active",
      pin: "none",
      chats: [],
      proofForm: "struk",
      duty: { on: false, since: 5, unanswered: 0 },
      addedAt: 5,
    });
    expect(await other.load(staff.id)).toEqual(staff);
    expect(await other.load(NOBODY)).toBeUndefined();
  });

  law("they are listed in the order in which they came, all or those of one role", async ({ room }) => {
    const [first, second, third] = [
      await room.add(CIBINONG, 3),
      await room.add(SARI, 2),
      await room.add({ ...CIBINONG, name: "Loket Parung" }, 1),
    ].map(({ staff }) => staff);
    expect(await room.list()).toEqual([first, second, third]);
    expect(await room.list("agent")).toEqual([first, third]);
    expect(await room.list("operator")).toEqual([second]);
  });

  law("a change changes what it names and nothing else", async ({ room, other }) => {
    const { staff } = await room.add(CIBINONG, 1);
    const duty = { on: true, since: 7, unanswered: 2 };
    expect(await room.change(staff.id, { name: "Loket Baru", credit: rupiah(500_000), duty }, 7)).toEqual({
      ...staff,
      name: "Loket Baru",
      credit: 500_000,
      duty,
    });
    const rest = { place: "", handover: "BCA 1", state: "suspended", proofForm: "pdf", language: "en" } as const;
    const changed = await other.change(staff.id, { ...rest, daily: undefined }, 8);
    expect(changed).toEqual({ ...staff, name: "Loket Baru", credit: 500_000, duty, ...rest, daily: undefined });
    expect(await room.load(staff.id)).toEqual(changed);
    expect(await room.change(NOBODY, { name: "x" }, 9)).toBeUndefined();
  });

  law("two changes at the same time are both kept", async ({ room, other }) => {
    const { id } = (await room.add(CIBINONG, 1)).staff;
    await Promise.all([
      room.change(id, { credit: rupiah(1_000) }, 2),
      other.change(id, { place: "Parung" }, 2),
      room.change(id, { proofForm: "image" }, 2),
    ]);
    expect(await other.load(id)).toMatchObject({ credit: 1_000, place: "Parung", proofForm: "image" });
  });
}

function codes(law: Law): void {
  law("a code binds the chat that sends it, in any spelling, and whose chat it is can be asked", async (made) => {
    const { room, other } = made;
    const { staff, code } = await room.add(CIBINONG, 1);
    expect(await other.byChat(ANI)).toBeUndefined();
    const typed = ` ${code.slice(0, 4)}-${code.slice(4)} `.toLowerCase();
    const enrolled = await room.enrol(ANI, typed, 2);
    expect(enrolled).toEqual({ kind: "enrolled", staff: { ...staff, chats: [ANI] } });
    expect(await other.byChat(ANI)).toEqual({ ...staff, chats: [ANI] });
  });

  law("a code is used once, by whoever is first", async ({ room, other }) => {
    const { staff, code } = await room.add(CIBINONG, 1);
    const answers = await Promise.all([room.enrol(ANI, code, 2), other.enrol(BUDI, code, 2)]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(["enrolled", "wrong"]);
    expect((await room.load(staff.id))?.chats).toHaveLength(1);
    expect(await other.enrol(conversationKey("web", "3"), code, 3)).toEqual({ kind: "wrong" });
  });

  law(
    "the message that used a code and comes a second time is answered alike, and only while it holds",
    async (made) => {
      const { room, other } = made;
      const { staff, code } = await room.add(CIBINONG, 1);
      const first = await room.enrol(ANI, code, 2);
      expect(await other.enrol(ANI, code, 2)).toEqual(first);
      await room.unbind(staff.id, ANI, 3);
      expect(await room.enrol(ANI, code, 4)).toEqual({ kind: "wrong" });
    },
  );

  law("a code ends after 24 hours", async ({ room }) => {
    const { code } = await room.add(CIBINONG, 1_000);
    const late = await room.add(SARI, 1_000);
    expect(await room.enrol(ANI, code, 1_000 + DAY)).toEqual({ kind: "wrong" });
    expect((await room.enrol(ANI, late.code, 999 + DAY)).kind).toBe("enrolled");
  });

  law("a code for one more device ends the older one", async ({ room, other }) => {
    const { staff, code } = await room.add(CIBINONG, 1);
    const next = (await other.invite(staff.id, 2)) ?? "";
    expect(next).not.toBe(code);
    expect(await room.enrol(ANI, code, 3)).toEqual({ kind: "wrong" });
    expect((await room.enrol(ANI, next, 3)).kind).toBe("enrolled");
    const third = (await room.invite(staff.id, 4)) ?? "";
    const enrolled = await other.enrol(BUDI, third, 5);
    expect(enrolled).toMatchObject({ kind: "enrolled", staff: { chats: [BUDI, ANI] } });
    expect(await room.invite(NOBODY, 6)).toBeUndefined();
  });

  law("who is suspended gets no new device until he is active again", async ({ room }) => {
    const { staff, code } = await room.add(CIBINONG, 1);
    await room.change(staff.id, { state: "suspended" }, 2);
    expect(await room.enrol(ANI, code, 3)).toEqual({ kind: "wrong" });
    await room.change(staff.id, { state: "active" }, 4);
    expect((await room.enrol(ANI, code, 5)).kind).toBe("enrolled");
  });
}

function chats(law: Law): void {
  law("a chat belongs to one person and is not moved; the code is left", async ({ room, other }) => {
    const agent = await room.add(CIBINONG, 1);
    const operator = await room.add(SARI, 1);
    await room.enrol(ANI, agent.code, 2);
    expect(await other.enrol(ANI, operator.code, 3)).toEqual({ kind: "taken" });
    expect((await room.byChat(ANI))?.id).toBe(agent.staff.id);
    expect((await room.enrol(BUDI, operator.code, 4)).kind).toBe("enrolled");
    const answers = await Promise.all(
      [agent, operator].map(async ({ staff }) => (await room.invite(staff.id, 5)) ?? ""),
    );
    const chat = conversationKey("web", "both");
    const both = await Promise.all(answers.map((code, at) => [room, other][at]?.enrol(chat, code, 6)));
    expect(both.map((answer) => answer?.kind).sort()).toEqual(["enrolled", "taken"]);
  });

  law("a code that is typed on a device of his own is left for the new one", async ({ room }) => {
    const { staff, code } = await room.add(CIBINONG, 1);
    await room.enrol(ANI, code, 2);
    const next = (await room.invite(staff.id, 3)) ?? "";
    expect((await room.enrol(ANI, next, 4)).kind).toBe("enrolled");
    expect((await room.enrol(BUDI, next, 5)).kind).toBe("enrolled");
  });

  law("a device that is taken away has no rights any more, the others keep theirs", async ({ room, other }) => {
    const { staff, code } = await room.add(CIBINONG, 1);
    await room.enrol(ANI, code, 2);
    await room.enrol(BUDI, (await room.invite(staff.id, 3)) ?? "", 4);
    expect(await other.unbind(NOBODY, ANI, 5)).toBe(false);
    expect(await other.unbind(staff.id, ANI, 5)).toBe(true);
    expect(await other.unbind(staff.id, ANI, 6)).toBe(false);
    expect(await room.byChat(ANI)).toBeUndefined();
    expect((await room.byChat(BUDI))?.chats).toEqual([BUDI]);
  });
}

function guesses(law: Law): void {
  const wrong = ["22222222", "33333333", "no code at all", "44444444", "55555555"];

  law("five wrong codes within an hour, also at the same time, and the chat is not listened to", async (made) => {
    const { room, other } = made;
    const { code } = await room.add(CIBINONG, 1);
    const tries = wrong.map((guess, at) => (at % 2 === 0 ? room : other).enrol(ANI, guess, 10));
    expect((await Promise.all(tries)).map(({ kind }) => kind)).toEqual(wrong.map(() => "wrong"));
    expect(await other.enrol(ANI, code, 11)).toEqual({ kind: "rest" });
    expect(await other.enrol(ANI, code, 9 + HOUR)).toEqual({ kind: "rest" });
    expect((await room.enrol(BUDI, code, 12)).kind).toBe("enrolled");
  });

  law("after an hour it is listened to again", async ({ room }) => {
    const { code } = await room.add(CIBINONG, 1);
    for (const guess of wrong) await room.enrol(ANI, guess, 10);
    expect((await room.enrol(ANI, code, 10 + HOUR)).kind).toBe("enrolled");
  });

  law("the same wrong code again is no other guess", async ({ room }) => {
    const { code } = await room.add(CIBINONG, 1);
    for (let at = 1; at < 9; at++) expect(await room.enrol(ANI, "2222-2222", at)).toEqual({ kind: "wrong" });
    expect((await room.enrol(ANI, code, 9)).kind).toBe("enrolled");
  });
}

function pins(law: Law): void {
  const withPin = async ({ room }: MadeStaff): Promise<StaffId> => {
    const { id } = (await room.add(CIBINONG, 1)).staff;
    await room.setPin(id, "the hash", 2);
    return id;
  };

  law("a PIN is none, then set, then none again when it is taken away", async ({ room, other }) => {
    const { id } = (await room.add(CIBINONG, 1)).staff;
    expect(await room.tryPin(id, "m1", 2)).toEqual({ kind: "none" });
    await room.setPin(id, "the hash", 3);
    expect((await other.load(id))?.pin).toBe("set");
    expect(await other.tryPin(id, "m2", 4)).toEqual({ kind: "try", hash: "the hash", left: 4 });
    await other.setPin(id, undefined, 5);
    expect((await room.load(id))?.pin).toBe("none");
    expect(await room.tryPin(NOBODY, "m3", 6)).toEqual({ kind: "none" });
  });

  law("guesses at the same time count each, and the fifth locks", async (made) => {
    const id = await withPin(made);
    const { room, other } = made;
    const ids = ["m1", "m2", "m3", "m4", "m5", "m6", "m7"];
    const tries = await Promise.all(ids.map((tryId, at) => (at % 2 === 0 ? room : other).tryPin(id, tryId, 3)));
    const left = tries.flatMap((one) => (one.kind === "try" ? [one.left] : []));
    expect(left.sort()).toEqual([0, 1, 2, 3, 4]);
    expect(tries.filter(({ kind }) => kind === "locked")).toHaveLength(2);
    expect((await other.load(id))?.pin).toBe("locked");
    expect((await other.list())[0]?.pin).toBe("locked");
    expect(await other.tryPin(id, "m8", 9)).toEqual({ kind: "locked" });
  });

  law("the same message counts once, also the one that locked", async (made) => {
    const id = await withPin(made);
    const { room, other } = made;
    for (let time = 0; time < 3; time++) {
      expect(await (time === 1 ? other : room).tryPin(id, "m1", 3)).toEqual({ kind: "try", hash: "the hash", left: 4 });
    }
    for (const tryId of ["m2", "m3", "m4", "m5"]) await room.tryPin(id, tryId, 4);
    expect(await other.tryPin(id, "m5", 5)).toEqual({ kind: "try", hash: "the hash", left: 0 });
    expect(await other.tryPin(id, "m6", 5)).toEqual({ kind: "locked" });
  });

  law("the right one, and a new one, begin the count anew", async (made) => {
    const id = await withPin(made);
    const { room, other } = made;
    for (const tryId of ["m1", "m2", "m3"]) await room.tryPin(id, tryId, 3);
    await other.rightPin(id, 4);
    expect(await room.tryPin(id, "m4", 5)).toMatchObject({ left: 4 });
    for (const tryId of ["m5", "m6", "m7", "m8"]) await room.tryPin(id, tryId, 6);
    expect((await room.load(id))?.pin).toBe("locked");
    await other.setPin(id, "another hash", 7);
    expect((await room.load(id))?.pin).toBe("set");
    expect(await room.tryPin(id, "m9", 8)).toEqual({ kind: "try", hash: "another hash", left: 4 });
  });

  law("one person's tries are not another's", async (made) => {
    const id = await withPin(made);
    const { room } = made;
    const second = (await room.add(SARI, 1)).staff.id;
    await room.setPin(second, "of Sari", 2);
    for (const tryId of ["m1", "m2", "m3", "m4", "m5", "m6"]) await room.tryPin(id, tryId, 3);
    expect(await room.tryPin(second, "m1", 4)).toEqual({ kind: "try", hash: "of Sari", left: 4 });
  });
}
