import { Command } from "commander";
import { ZERO } from "../domain/rupiah.ts";
import type { Staff } from "../records/staff.ts";
import { operatorName } from "./settings.ts";
import { audit, codeText, refuse, withStaff } from "./staff.ts";
import { type Tools, withTools } from "./tools.ts";
import { words } from "./typed.ts";

interface Flags {
  readonly name?: string;
  readonly json?: true;
}

/** `npx loket operator`: who looks after the counter from a chat. Safe while the counter runs. */
export function operatorCommand(): Command {
  const operator = new Command("operator").description("who looks after the counter from a chat: link, list, unlink");
  operator
    .command("link")
    .description("a code that binds a chat to an operator; the same name again: one more chat of his")
    .option("--name <name>", "who it is", words(40))
    .option("--json", "as JSON")
    .action(link);
  operator
    .command("list", { isDefault: true })
    .description("the operators and their chats")
    .option("--json", "as JSON")
    .action(list);
  operator
    .command("unlink")
    .argument("<id>", "the operator's name at the counter: K7QM")
    .description("takes all his chats and his PIN away")
    .action(unlink);
  return operator;
}

function link({ name = operatorName(), json }: Flags): Promise<void> {
  return withTools(async (tools) => {
    const at = tools.clock.now();
    const known = (await tools.records.staff.list("operator")).find((one) => one.name === name);
    const { staff, code } = known === undefined ? await added(tools, name, at) : await invited(tools, known, at);
    await audit(tools, "code for an operator", staff, name);
    if (json) console.log(JSON.stringify({ id: staff.id, code }));
    else console.log([`${name} is the operator ${staff.id}.`, codeText(code, at)].join("\n"));
    return 0;
  });
}

function added({ records }: Tools, name: string, at: number) {
  const role = { role: "operator", place: "", handover: "", credit: ZERO, daily: undefined } as const;
  return records.staff.add({ ...role, name, language: "id" }, at);
}

/** Who was unlinked is one again by this. */
async function invited({ records }: Tools, staff: Staff, at: number) {
  await records.staff.change(staff.id, { state: "active" }, at);
  const code = await records.staff.invite(staff.id, at);
  if (code === undefined) throw new Error(`the operator ${staff.id} is not there any more`);
  return { staff, code };
}

function list({ json }: Flags): Promise<void> {
  return withTools(async ({ records }) => {
    const operators = await records.staff.list("operator");
    if (json) console.log(JSON.stringify(operators.map(plain), null, 2));
    else console.log(operators.length === 0 ? NONE : operators.map(lineOf).join("\n"));
    return 0;
  });
}

const NONE = "No operator is linked. The first one: npx loket operator link";

/** An agent's part of the record says nothing of an operator. */
function plain({ id, name, state, pin, chats, language, addedAt }: Staff): object {
  return { id, name, state: state === "active" ? "linked" : "unlinked", pin, chats, language, addedAt };
}

function lineOf({ id, name, state, pin, chats }: Staff): string {
  const where = state === "suspended" ? "unlinked" : chats.length === 0 ? "no chat yet" : chats.join(", ");
  return [id, name, `PIN ${pin}`, where].join("  ");
}

function unlink(id: string) {
  return withStaff("operator", id, async (tools, staff) => {
    const { records, clock } = tools;
    const at = clock.now();
    if (staff.state === "suspended") return refuse(`${staff.name} is unlinked already.`);
    // First of all: from here on a code that is still out binds nothing.
    const { chats } = (await records.staff.change(staff.id, { state: "suspended" }, at)) ?? staff;
    for (const chat of chats) await records.staff.unbind(staff.id, chat, at);
    await records.staff.setPin(staff.id, undefined, at);
    await audit(tools, "operator unlinked", staff, chats.length === 0 ? "he had no chat" : chats.join(", "));
    console.log(`${staff.name} has no chat at the counter any more.`);
    return 0;
  });
}
