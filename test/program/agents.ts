import { expect } from "vitest";
import { rupiah, showRupiah } from "../../src/domain/rupiah.ts";
import { agentAccount, readStaffId } from "../../src/domain/staff.ts";
import { openSqliteStores, type SqliteStores } from "../../src/store/sqlite/stores.ts";
import { type Customer, type Said, says } from "./customer.ts";
import { type Home, SECRET } from "./program.ts";

export const PIN = "274183";

/** One of the counter's agents, at his phone. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly chat: Customer;
}

export interface Statement {
  readonly closing: number;
  /** Oldest first: "top-up 1000000". */
  readonly lines: readonly string[];
}

export interface NewAgent {
  readonly name: string;
  readonly paidIn: number;
  readonly handover?: string;
  readonly place?: string;
}

/** `npx loket` with those words, to a good end. */
export async function loket(home: Home, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await home.loket(args);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

/** From `agent add` to an agent with a PIN and a balance, in a counter that runs. */
export async function newAgent(home: Home, chat: Customer, agent: NewAgent): Promise<Agent> {
  const { name, paidIn, handover = "", place = "" } = agent;
  const flags = ["--handover", handover, "--place", place];
  const { id, code } = JSON.parse(await loket(home, "agent", "add", name, ...flags, "--json"));
  await chat.say(`DAFTAR ${code}`);
  await chat.next(says("milik agen", name, "Buat PIN"));
  await chat.say(PIN);
  await chat.next(says("sekali lagi"));
  await chat.say(PIN);
  await chat.next(says("PIN tersimpan"));
  expect(JSON.parse(await loket(home, "agent", "topup", id, String(paidIn), "--json"))).toEqual({
    id,
    balance: paidIn,
  });
  await chat.next(says(`Saldo masuk ${showRupiah(rupiah(paidIn))}`));
  return { id, name, chat };
}

/** From `operator link` to an operator with a PIN. */
export async function newOperator(home: Home, chat: Customer, name: string): Promise<void> {
  const { code } = JSON.parse(await loket(home, "operator", "link", "--name", name, "--json"));
  await chat.say(`DAFTAR ${code}`);
  await chat.next(says(`Selamat datang, ${name}`));
  await chat.next(says("Buat PIN"));
  await chat.say(PIN);
  await chat.next(says("sekali lagi"));
  await chat.say(PIN);
  await chat.next(says("PIN tersimpan"));
}

/** Looks at the counter's stores beside the running program. */
export async function inStores<T>(home: Home, look: (stores: SqliteStores) => Promise<T>): Promise<T> {
  const stores = openSqliteStores({ databaseUrl: `sqlite:${home.database}`, secret: SECRET, as: "tool" });
  try {
    return await look(stores);
  } finally {
    stores.close();
  }
}

/** What the ledger has for him; what is held is out of it. */
export async function balanceOf(home: Home, agent: Agent): Promise<number> {
  const id = readStaffId(agent.id);
  if (id === undefined) throw new Error(`${agent.id} is no agent's name`);
  return inStores(home, ({ ledger }) => ledger.balance(agentAccount(id)));
}

/** What the operator sees of a balance. */
export async function statementOf(home: Home, { id }: Agent): Promise<Statement> {
  const { closing, lines } = JSON.parse(await loket(home, "agent", "statement", id, "--json"));
  return {
    closing,
    lines: lines.map(({ what, amount }: { readonly what: string; readonly amount: number }) => `${what} ${amount}`),
  };
}

/** From here on his PIN is asked for. */
export async function lock(staff: Customer): Promise<void> {
  await staff.say("KUNCI");
  await staff.next(says("Terkunci"));
}

/** He says that the money is in his hand, for the request that was offered last, and types his PIN. */
export async function received({ chat }: Agent): Promise<void> {
  await lock(chat);
  await chat.tap("Uang diterima");
  await chat.next(says("Ketik PIN untuk membayar Rp183.500"));
  await chat.say(PIN);
}

/** The three digits that name an agent's bill. */
export function billCode({ text }: Said): string {
  const code = /^\d{3}(?= · )/.exec(text)?.[0];
  if (code === undefined) throw new Error(`the bill names no code: ${text}`);
  return code;
}
