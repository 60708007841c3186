import { writeFileSync } from "node:fs";
import { type Rupiah, showRupiah } from "../domain/rupiah.ts";
import { agentAccount } from "../domain/staff.ts";
import { compactDateTime } from "../domain/time.ts";
import type { Staff } from "../records/staff.ts";
import { type Booking, book } from "../staff/balance.ts";
import { numberOf, type Statement, statementCsv, statementOf } from "../staff/statement.ts";
import { operatorName, WRONG } from "./settings.ts";
import { refuse, withStaff } from "./staff.ts";
import type { Tools } from "./tools.ts";
import { BOTH_AT_THE_TERMINAL, refusal } from "./two-persons.ts";

const DAY = 24 * 3_600_000;

interface Flags {
  readonly json?: true;
  readonly again?: true;
}

export function topUp(id: string, amount: Rupiah, { ref, ...flags }: Flags & { readonly ref?: string }) {
  const why = ref ?? "paid in";
  return withStaff("agent", id, (tools, agent) => booked(tools, { what: "top-up", agent, amount, why }, flags));
}

export function adjust(id: string, amount: Rupiah, { why, ...flags }: Flags & { readonly why: string }) {
  return withStaff("agent", id, (tools, agent) => booked(tools, { what: "adjustment", agent, amount, why }, flags));
}

async function booked(tools: Tools, what: Omit<Booking, "by" | "again">, { json, again }: Flags): Promise<number> {
  const { agent, amount } = what;
  const instead =
    what.what === "top-up"
      ? `In an operator's chat: ISI ${agent.id} ${amount}; another operator answers SETUJU in his.`
      : BOTH_AT_THE_TERMINAL;
  const no = refusal(tools.config, amount, instead);
  if (no !== undefined) return refuse(no);
  const done = await book(tools, { ...what, by: operatorName(), again: again === true }, tools.clock.now());
  switch (done.kind) {
    case "booked": {
      const { id, name } = agent;
      const text = `${signed(amount)} for ${name}: the balance is ${showRupiah(done.balance)} now.`;
      console.log(json ? JSON.stringify({ id, balance: done.balance }) : text);
      return 0;
    }
    case "twice":
      return refuse(
        `${signed(amount)} for ${agent.name} was booked less than a minute ago, so nothing was done now. If it is another one: --again`,
      );
    case "short":
      return refuse(
        `The balance of ${agent.name} would fall ${showRupiah(done.missing)} below his credit of ${showRupiah(agent.credit)}. Nothing was done.`,
      );
  }
}

interface Period {
  readonly since?: number;
  readonly until?: number;
  readonly json?: true;
  readonly csv?: string;
}

export function statement(id: string, { since, until, json, csv }: Period) {
  if (since !== undefined && until !== undefined && since > until) {
    console.error("--since is later than --until.");
    process.exitCode = WRONG;
    return undefined;
  }
  return withStaff("agent", id, async ({ ledger }, agent) => {
    // The last day is in it.
    const query = until === undefined ? {} : { until: until + DAY };
    const told = statementOf(await ledger.lines(agentAccount(agent.id), query), since);
    if (csv !== undefined && !written(csv, statementCsv(told)))
      return refuse(`${csv} exists already. Name a new file.`);
    if (json) console.log(JSON.stringify({ id: agent.id, ...told }, null, 2));
    else if (csv === undefined) console.log(textOf(agent, told));
    else console.log(`Saved to ${csv}: ${told.lines.length} lines.`);
    return 0;
  });
}

/** For its owner alone, and never over a file that is there: then false. */
function written(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw new Error(`${path} cannot be written: name a file in a folder that is there and yours.`, { cause: error });
  }
}

function textOf({ id, name }: Staff, { opening, lines, closing }: Statement): string {
  const rows = lines.map((line) => {
    const parts = [compactDateTime(line.at), line.what, numberOf(line), signed(line.amount), showRupiah(line.balance)];
    return [...parts, line.why].filter((part) => part !== "").join("  ");
  });
  return [
    `${name} (${id})`,
    `Before: ${showRupiah(opening)}`,
    ...(rows.length === 0 ? ["Nothing."] : rows),
    `Now: ${showRupiah(closing)}`,
  ].join("\n");
}

function signed(amount: Rupiah): string {
  return amount > 0 ? `+${showRupiah(amount)}` : showRupiah(amount);
}
