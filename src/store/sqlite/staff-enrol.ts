import type { ConversationKey } from "../../conversation/message.ts";
import { readEnrolCode, type StaffId } from "../../domain/staff.ts";
import type { Enrolled, Staff, StaffRoom } from "../../records/staff.ts";
import type { Sealer } from "../sealing.ts";
import type { Db } from "./open.ts";

const HOUR = 3_600_000;

/** How long a code may be used, ms. */
const CODE_MS = 24 * HOUR;

/** Wrong codes of one chat within an hour, after which it is not listened to. */
const MOST_WRONG = 5;

export interface Enrolment extends Pick<StaffRoom, "enrol" | "unbind"> {
  /** Inside a transaction. Whatever code there was ends. */
  codeFor(id: StaffId, at: number): string;
}

interface Coded {
  readonly id: StaffId;
  readonly state: Staff["state"];
  readonly code_until: number;
  readonly code_used_by: string | null;
}

export interface EnrolmentOptions {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly load: (id: StaffId) => Staff | undefined;
  readonly newCode: () => string;
}

/** Who is bound to which chat, and by which code. */
export function sqliteEnrolment({ db, sealer, load, newCode }: EnrolmentOptions): Enrolment {
  const indexOf = (code: string) => sealer.index(`staff-code:${readEnrolCode(code) ?? code}`);
  const codes = coding(db);
  const chats = binding(db);
  const guesses = guessing(db);
  const enrol = (chat: ConversationKey, code: string, at: number): Enrolled => {
    if (guesses.tooMany(chat, at)) return { kind: "rest" };
    const index = indexOf(code);
    const bound = chats.ownerOf(chat);
    const id = codes.find(index, { chat, bound, at });
    if (id === undefined) {
      guesses.wrong(chat, index, at);
      return { kind: "wrong" };
    }
    if (bound !== undefined && bound !== id) return { kind: "taken" };
    // Typed on a device that is his already, the code is left for the new one.
    if (bound === undefined) {
      chats.bind(chat, id, at);
      codes.use(id, chat, at);
      guesses.forget(chat);
    }
    const staff = load(id);
    if (staff === undefined) throw new Error(`a code of the staff leads to ${id}, who is not there`);
    return { kind: "enrolled", staff };
  };
  return {
    codeFor(id, at) {
      const code = newCode();
      codes.give(id, indexOf(code), at);
      return code;
    },
    enrol: async (chat, code, at) => db.transaction(() => enrol(chat, code, at)),
    unbind: async (id, chat) => chats.unbind(chat, id),
  };
}

function coding(db: Db) {
  const give = db.prepare(
    "UPDATE staff SET code_ix = ?, code_until = ?, code_used_by = NULL, changed_at = ? WHERE id = ?",
  );
  const byIndex = db.prepare<Coded>("SELECT id, state, code_until, code_used_by FROM staff WHERE code_ix = ?");
  const use = db.prepare("UPDATE staff SET code_used_by = ?, changed_at = ? WHERE id = ?");
  return {
    give: (id: StaffId, index: string, at: number) => void give.run(index, at + CODE_MS, at, id),
    use: (id: StaffId, chat: ConversationKey, at: number) => void use.run(chat, at, id),
    /** Whose code it is, if this chat may use it now. */
    find(index: string, { chat, bound, at }: Asking): StaffId | undefined {
      const coded = byIndex.get(index);
      if (coded === undefined || at >= coded.code_until || coded.state === "suspended") return undefined;
      // The chat that used it, and still belongs to him, hears the same answer when its message comes a second time.
      const again = coded.code_used_by === chat && bound === coded.id;
      return coded.code_used_by === null || again ? coded.id : undefined;
    },
  };
}

interface Asking {
  readonly chat: ConversationKey;
  readonly bound: StaffId | undefined;
  readonly at: number;
}

function binding(db: Db) {
  const owner = db.prepare<{ staff: StaffId }>("SELECT staff FROM staff_chats WHERE chat = ?");
  const bind = db.prepare("INSERT INTO staff_chats(chat, staff, at) VALUES(?, ?, ?)");
  const unbind = db.prepare("DELETE FROM staff_chats WHERE chat = ? AND staff = ?");
  return {
    ownerOf: (chat: ConversationKey) => owner.get(chat)?.staff,
    bind: (chat: ConversationKey, id: StaffId, at: number) => void bind.run(chat, id, at),
    unbind: (chat: ConversationKey, id: StaffId) => unbind.run(chat, id) === 1,
  };
}

/** The wrong codes of each chat. The same one again tells a guesser nothing new and counts once. */
function guessing(db: Db) {
  const count = db.prepare<{ n: number }>("SELECT count(*) AS n FROM staff_wrong_codes WHERE chat = ? AND at > ?");
  const add = db.prepare(
    "INSERT INTO staff_wrong_codes VALUES(?, ?, ?) ON CONFLICT(chat, code_ix) DO UPDATE SET at = excluded.at",
  );
  const prune = db.prepare("DELETE FROM staff_wrong_codes WHERE at <= ?");
  const drop = db.prepare("DELETE FROM staff_wrong_codes WHERE chat = ?");
  return {
    tooMany: (chat: ConversationKey, at: number) => (count.get(chat, at - HOUR)?.n ?? 0) >= MOST_WRONG,
    wrong(chat: ConversationKey, index: string, at: number) {
      prune.run(at - HOUR);
      add.run(chat, index, at);
    },
    forget: (chat: ConversationKey) => void drop.run(chat),
  };
}
