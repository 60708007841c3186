import type { Command, UserEvent } from "../../flows/index.ts";
import { readRef } from "../domain/ref.ts";
import { readRequestRef } from "../domain/staff.ts";
import { readTopUp } from "./top-up-sum.ts";

const ALONE: ReadonlyMap<string, UserEvent> = new Map<string, UserEvent>([
  ...commands({ kind: "tasks" }, "perlu", "tugas", "tasks", "task"),
  ...commands({ kind: "agents" }, "agen", "agents", "agent", "saldo"),
  ...commands({ kind: "deposit" }, "deposit"),
  ...commands({ kind: "today" }, "hari ini", "today", "laporan", "ringkasan", "lap"),
  ...commands({ kind: "resume-paying" }, "lanjut bayar", "lanjutkan bayar", "resume pay", "go on paying"),
  ...["kunci", "lock"].map((word) => [word, { type: "lock" } as const] as const),
]);

function commands(command: Command, ...words: readonly string[]): readonly (readonly [string, UserEvent])[] {
  return words.map((word) => [word, { type: "command", command }] as const);
}

/** Verbs with a task's number behind them. */
const NUMBERED: ReadonlyMap<string, (id: number) => Command> = new Map<string, (id: number) => Command>([
  ...["perlu", "tugas", "tasks", "task"].map(
    (verb) => [verb, (id: number) => ({ kind: "task", id }) as const] as const,
  ),
  ...["selesai", "done", "tutup", "close"].map(
    (verb) => [verb, (id: number) => ({ kind: "close", id }) as const] as const,
  ),
  ...["masuk", "in"].map((verb) => [verb, (id: number) => ({ kind: "wish", id, got: true }) as const] as const),
  ...["belum", "not"].map((verb) => [verb, (id: number) => ({ kind: "wish", id, got: false }) as const] as const),
  ...["setuju", "agree"].map((verb) => [verb, (id: number) => ({ kind: "approve", id, yes: true }) as const] as const),
  ...["tolak", "reject"].map((verb) => [verb, (id: number) => ({ kind: "approve", id, yes: false }) as const] as const),
]);

/** A word alone is one of these only when it is no everyday word: "masuk" and "in" are said about other things, too. */
const NEEDS_NUMBER: ReadonlySet<string> = new Set([
  "selesai",
  "done",
  "setuju",
  "agree",
  "tolak",
  "reject",
  "masuk",
  "belum",
]);

/** A customer's words go as they were written, so this is read of the text itself. Undefined: no command of an operator. */
export function operatorCommand(typed: string, word: string): UserEvent | undefined {
  const alone = ALONE.get(word);
  if (alone !== undefined) return alone;
  const [verb = "", ...rest] = word.split(" ");
  const said = rest.join(" ");
  switch (verb) {
    case "cari":
    case "find":
      return said === "" ? unclear("find") : { type: "command", command: { kind: "find", text: behind(typed) } };
    case "tetapkan":
    case "resolve":
      return resolveEvent(typed);
    case "kirim":
    case "resend":
      return resendEvent(said.replace(/^(?:ulang|lagi) ?/, ""));
    case "isi":
    case "topup":
      return topUpEvent(said.replace(/^saldo /, ""), behind(typed).replace(/^saldo\s+/i, ""));
    case "deposit":
      return sumEvent(said, (amount) => ({ kind: "deposit-in", amount, again: false }));
    case "buka":
    case "unlock":
      return said === ""
        ? unclear("open")
        : { type: "command", command: { kind: "open", who: behind(typed), how: "ask" } };
    case "berikan":
    case "give":
      return giveEvent(behind(typed));
    case "tutup":
    case "close":
      return closeEvent(verb, behind(typed), said);
    case "jawab":
    case "answer":
      return replyEvent(behind(typed));
    default:
      return numberedEvent(verb, said);
  }
}

function unclear(usage: Extract<UserEvent, { type: "command-unclear" }>["usage"]): UserEvent {
  return { type: "command-unclear", usage };
}

/** What stands behind the first word, as it was typed. */
function behind(typed: string): string {
  return typed.replace(/^\s*\/?\S+\s*/, "").trim();
}

function numberedEvent(verb: string, said: string): UserEvent | undefined {
  const make = NUMBERED.get(verb);
  if (make === undefined) return undefined;
  const id = /^#?(\d{1,9})$/.exec(said)?.[1];
  if (id !== undefined) return { type: "command", command: make(Number(id)) };
  return said === "" && NEEDS_NUMBER.has(verb) ? unclear("number") : undefined;
}

/** A payment's number has a digit in it: "BUKAN" is spelled like one, and is a word. */
function numberIn(text: string): ReturnType<typeof readRef> {
  return /[2-9]/.test(text) ? readRef(text) : undefined;
}

const PAID: ReadonlySet<string> = new Set(["lunas", "paid"]);
const RETURNED: ReadonlySet<string> = new Set(["kembali", "returned", "refund", "refunded"]);
const NOT: ReadonlySet<string> = new Set(["tidak", "not", "gagal"]);

/** TETAPKAN TRX-7K2MQ LUNAS 5A834FE7 · KEMBALI why · TIDAK why. */
function resolveEvent(typed: string): UserEvent {
  const [, number = "", how = "", rest = ""] = /^\s*\/?\S+\s+(\S+)\s+([a-z]+)[.:,]?\s*([\s\S]*)$/i.exec(typed) ?? [];
  const [ref, said] = [numberIn(number), how.toLowerCase()];
  if (ref === undefined) return unclear("resolve");
  const [reference = "", ...why] = rest.trim().split(/\s+/);
  if (PAID.has(said)) {
    if (!/^[\w./-]{4,64}$/.test(reference)) return unclear("resolve");
    const verdict = { kind: "paid", reference } as const;
    return { type: "command", command: { kind: "resolve", ref, verdict, why: why.join(" ") } };
  }
  if (RETURNED.has(said)) {
    return { type: "command", command: { kind: "resolve", ref, verdict: { kind: "refunded" }, why: rest.trim() } };
  }
  if (!NOT.has(said)) return unclear("resolve");
  if (rest.trim() === "") return unclear("why");
  return { type: "command", command: { kind: "resolve", ref, verdict: { kind: "not-charged" }, why: rest.trim() } };
}

function resendEvent(said: string): UserEvent {
  const ref = numberIn(said);
  return ref === undefined ? unclear("resend") : { type: "command", command: { kind: "resend", ref } };
}

/** The sum stands last: "isi loket cibinong rp 500 ribu". */
const SUM_LAST = /^(.*\S)\s+((?:rp\.?\s*)?\d[\d.,]*\s*(?:rb|ribu|k|jt|juta)?)$/i;

function topUpEvent(said: string, typed: string): UserEvent | undefined {
  const [, , sum = ""] = SUM_LAST.exec(said) ?? [];
  const agent = SUM_LAST.exec(typed)?.[1]?.replace(/\s+rp\.?$/i, "") ?? "";
  if (sum === "" || agent === "") return unclear("top-up");
  return sumEvent(sum, (amount) => ({ kind: "top-up", agent, amount, again: false }));
}

type Sum = ReturnType<typeof readTopUp>["readings"][number];

function sumEvent(said: string, make: (amount: Sum) => Command): UserEvent {
  const { readings, sure } = readTopUp(said);
  const [first] = readings;
  if (first === undefined) return unclear("sum");
  return sure ? { type: "command", command: make(first) } : { type: "command-sums", commands: readings.map(make) };
}

/** BERIKAN 7K2MQ K7QM, or an agent's name, and why behind a comma. */
function giveEvent(said: string): UserEvent | undefined {
  const [, name = "", agent = "", why = ""] = /^#?(\S+)(?:\s+([^,]+)(?:,([\s\S]*))?)?$/.exec(said) ?? [];
  const request = readRequestRef(name);
  if (request === undefined || agent.trim() === "") return unclear("give");
  const reason = why.trim() === "" ? {} : { why: why.trim() };
  return { type: "command", command: { kind: "give-request", request, agent: agent.trim(), ...reason } };
}

/** TUTUP 7K2MQ and the reason: a request; TUTUP 12: a task. A name of digits alone is a request's when a reason follows. */
function closeEvent(verb: string, typed: string, said: string): UserEvent | undefined {
  const [, name = "", why = ""] = /^#?(\S+?)[.:,]?(?:\s+([\s\S]+))?$/.exec(typed) ?? [];
  const request = readRequestRef(name);
  if (request === undefined || (why === "" && /^\d+$/.test(name))) return numberedEvent(verb, said);
  if (why.trim() === "") return unclear("close");
  return { type: "command", command: { kind: "close-request", request, why: why.trim() } };
}

/** JAWAB 12 and the words. */
function replyEvent(said: string): UserEvent {
  const [, id = "", text = ""] = /^#?(\d{1,9})[.:,]?\s+([\s\S]+)$/.exec(said) ?? [];
  return text === "" ? unclear("reply") : { type: "command", command: { kind: "reply", id: Number(id), text } };
}
