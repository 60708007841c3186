import type { ConversationKey } from "../../conversation/message.ts";
import { readEnrolCode, type StaffId } from "../../domain/staff.ts";
import type { Enrolled, Staff, StaffRoom } from "../../records/staff.ts";
import type { Sealer } from "../sealing.ts";
import type { Pg, Sql } from "./open.ts";

const HOUR = 3_600_000;

/** How long a code may be used, ms. */
const CODE_MS = 24 * HOUR;

/** Wrong codes of one chat within an hour, after which it is not listened to. */
const MOST_WRONG = 5;

/** First half of the advisory locks of one chat's enrolments. Chosen once, at random. */
const ENROLLING = 1_184_630_257;

export interface Enrolment extends Pick<StaffRoom, "enrol" | "unbind"> {
  /** Inside a transaction. Whatever code there was ends. Undefined when there is no such person. */
  codeFor(sql: Sql, id: StaffId, at: number): Promise<string | undefined>;
}

export interface EnrolmentOptions {
  readonly pg: Pg;
  readonly sealer: Sealer;
  readonly load: (sql: Sql, id: StaffId) => Promise<Staff | undefined>;
  readonly newCode: () => string;
}

/** Who is bound to which chat, and by which code. */
export function postgresEnrolment({ pg, sealer, load, newCode }: EnrolmentOptions): Enrolment {
  const indexOf = (code: string) => sealer.index(`staff-code:${readEnrolCode(code) ?? code}`);
  const give = "UPDATE staff SET code_ix = $1, code_until = $2, code_used_by = NULL, changed_at = $3 WHERE id = $4";
  const unbind = "DELETE FROM staff_chats WHERE chat = $1 AND staff = $2";
  const enrol = async (sql: Sql, asking: Asking): Promise<Enrolled> => {
    const { chat, index, at } = asking;
    // One at a time of a chat: its guesses count, and it is bound to one person, whichever processes it reaches.
    await sql.get("SELECT pg_advisory_xact_lock($1, hashtext($2))", [ENROLLING, chat]);
    if (await tooManyWrong(sql, chat, at)) return { kind: "rest" };
    const bound = await ownerOf(sql, chat);
    const id = await usable(sql, asking, bound);
    if (id === undefined) {
      await keepWrong(sql, chat, index, at);
      return { kind: "wrong" };
    }
    if (bound !== undefined && bound !== id) return { kind: "taken" };
    // Typed on a device that is his already, the code is left for the new one.
    if (bound === undefined) await bind(sql, asking, id);
    const staff = await load(sql, id);
    if (staff === undefined) throw new Error(`a code of the staff leads to ${id}, who is not there`);
    return { kind: "enrolled", staff };
  };
  return {
    async codeFor(sql, id, at) {
      const code = newCode();
      return (await sql.run(give, [indexOf(code), at + CODE_MS, at, id])) === 1 ? code : undefined;
    },
    enrol: (chat, code, at) => pg.transaction((sql) => enrol(sql, { chat, index: indexOf(code), at })),
    unbind: async (id, chat) => (await pg.run(unbind, [chat, id])) === 1,
  };
}

interface Asking {
  readonly chat: ConversationKey;
  /** Of the code. */
  readonly index: string;
  readonly at: number;
}

interface Coded {
  readonly id: StaffId;
  readonly state: Staff["state"];
  readonly code_until: number;
  readonly code_used_by: string | null;
}

/** Whose code it is, if this chat may use it now. Locks the row: another chat that sends it at the same time waits. */
async function usable(sql: Sql, { chat, index, at }: Asking, bound: StaffId | undefined): Promise<StaffId | undefined> {
  const coded = await sql.get<Coded>(
    "SELECT id, state, code_until, code_used_by FROM staff WHERE code_ix = $1 FOR UPDATE",
    [index],
  );
  if (coded === undefined || at >= coded.code_until || coded.state === "suspended") return undefined;
  // The chat that used it, and still belongs to him, hears the same answer when its message comes a second time.
  const again = coded.code_used_by === chat && bound === coded.id;
  return coded.code_used_by === null || again ? coded.id : undefined;
}

async function ownerOf(sql: Sql, chat: ConversationKey): Promise<StaffId | undefined> {
  return (await sql.get<{ staff: StaffId }>("SELECT staff FROM staff_chats WHERE chat = $1", [chat]))?.staff;
}

async function bind(sql: Sql, { chat, at }: Asking, id: StaffId): Promise<void> {
  await sql.run("INSERT INTO staff_chats(chat, staff, at) VALUES($1, $2, $3)", [chat, id, at]);
  await sql.run("UPDATE staff SET code_used_by = $1, changed_at = $2 WHERE id = $3", [chat, at, id]);
  await sql.run("DELETE FROM staff_wrong_codes WHERE chat = $1", [chat]);
}

async function tooManyWrong(sql: Sql, chat: ConversationKey, at: number): Promise<boolean> {
  const row = await sql.get<{ n: number }>("SELECT count(*) AS n FROM staff_wrong_codes WHERE chat = $1 AND at > $2", [
    chat,
    at - HOUR,
  ]);
  return (row?.n ?? 0) >= MOST_WRONG;
}

/** The same code again tells a guesser nothing new and counts once. */
async function keepWrong(sql: Sql, chat: ConversationKey, index: string, at: number): Promise<void> {
  // What another chat takes away at the same time is left to it: nobody waits here.
  await sql.run(
    `DELETE FROM staff_wrong_codes WHERE (chat, code_ix) IN
       (SELECT chat, code_ix FROM staff_wrong_codes WHERE at <= $1 FOR UPDATE SKIP LOCKED)`,
    [at - HOUR],
  );
  await sql.run(
    "INSERT INTO staff_wrong_codes VALUES($1, $2, $3) ON CONFLICT(chat, code_ix) DO UPDATE SET at = excluded.at",
    [chat, index, at],
  );
}
