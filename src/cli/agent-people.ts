import { type Rupiah, showRupiah, ZERO } from "../domain/rupiah.ts";
import { agentAccount } from "../domain/staff.ts";
import { showDateTimeEn } from "../domain/time.ts";
import type { Staff, StaffChange } from "../records/staff.ts";
import { WRONG } from "./settings.ts";
import { audit, codeText, refuse, withStaff } from "./staff.ts";
import { type Tools, withTools } from "./tools.ts";

interface Json {
  readonly json?: true;
}

export interface AgentOptions {
  readonly name?: string;
  readonly place?: string;
  readonly handover?: string;
  readonly credit?: Rupiah;
  readonly daily?: Rupiah | "none";
}

/** How many entries of the audit log are looked through for those of one agent. */
const AUDIT = 10_000;
const SHOWN = 10;

export function addAgent(name: string, options: AgentOptions & Json): Promise<void> {
  return withTools(async (tools) => {
    const { records, clock } = tools;
    const same = (await records.staff.list("agent")).find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (same !== undefined) {
      return refuse(
        `${same.name} is there already: ${same.id}. One more device for it: npx loket agent device ${same.id}`,
      );
    }
    const { place = "", handover = "", credit = ZERO, daily } = options;
    const at = clock.now();
    const added = await records.staff.add(
      { role: "agent", name, place, handover, credit, daily: daily === "none" ? undefined : daily, language: "id" },
      at,
    );
    const { staff, code } = added;
    await audit(tools, "agent added", staff, [name, place, limitsOf(staff)].filter((part) => part !== "").join(", "));
    if (options.json) console.log(JSON.stringify({ id: staff.id, code }));
    else console.log([`${name} is the agent ${staff.id}.`, codeText(code, at)].join("\n"));
    return 0;
  });
}

export function listAgents({ json }: Json): Promise<void> {
  return withTools(async (tools) => {
    const agents = await Promise.all((await tools.records.staff.list("agent")).map((one) => withBalance(tools, one)));
    if (json) console.log(JSON.stringify(agents.map(plain), null, 2));
    else
      console.log(
        agents.length === 0 ? "No agents. The first one: npx loket agent add" : agents.map(lineOf).join("\n"),
      );
    return 0;
  });
}

export function showAgent(id: string, { json }: Json) {
  return withStaff("agent", id, async (tools, staff) => {
    const agent = await withBalance(tools, staff);
    if (json) {
      console.log(JSON.stringify(plain(agent), null, 2));
      return 0;
    }
    const { handover, chats, duty, proofForm } = staff;
    const entries = (await tools.records.audit.list(AUDIT)).filter(({ ref }) => ref === staff.id).slice(0, SHOWN);
    const lines = [
      lineOf(agent),
      limitsOf(staff),
      `Handover: ${handover === "" ? "not set" : handover}`,
      `Devices: ${chats.length === 0 ? "none" : chats.join(", ")}`,
      `${duty.on ? "On duty" : "Off duty"} since ${showDateTimeEn(duty.since)}, gets proofs as ${proofForm}`,
      ...entries.map(({ at, who, what, detail }) => `${showDateTimeEn(at)}  ${what} by ${who}: ${detail}`),
    ];
    console.log(lines.join("\n"));
    return 0;
  });
}

/** A code for one more device; or a device is taken away. */
export function deviceOfAgent(id: string, { remove, json }: { readonly remove?: string } & Json) {
  return withStaff("agent", id, async (tools, staff) => {
    const { records, clock } = tools;
    if (remove !== undefined) return removeDevice(tools, staff, remove);
    const at = clock.now();
    const code = await records.staff.invite(staff.id, at);
    if (code === undefined) return refuse(`There is no agent ${staff.id}.`);
    await audit(tools, "code for a device", staff, "an older code has ended");
    console.log(json ? JSON.stringify({ id: staff.id, code }) : codeText(code, at));
    return 0;
  });
}

async function removeDevice(tools: Tools, staff: Staff, typed: string): Promise<number> {
  const chat = staff.chats.find((one) => one === typed);
  if (chat === undefined || !(await tools.records.staff.unbind(staff.id, chat, tools.clock.now()))) {
    return refuse(`${typed} is no device of ${staff.id}. See: npx loket agent show ${staff.id}`);
  }
  await audit(tools, "device taken away", staff, chat);
  console.log(`${chat} is no device of ${staff.name} any more.`);
  return 0;
}

export function suspendAgent(id: string, { why }: { readonly why: string }) {
  return withStaff("agent", id, async (tools, staff) => {
    if (staff.state === "suspended") return refuse(`${staff.name} is suspended already.`);
    const at = tools.clock.now();
    await tools.records.staff.change(
      staff.id,
      { state: "suspended", duty: { on: false, since: at, unanswered: 0 } },
      at,
    );
    await audit(tools, "agent suspended", staff, why);
    console.log(`${staff.name} may confirm nothing any more. What is under way goes on.`);
    return 0;
  });
}

export function resumeAgent(id: string, { why }: { readonly why: string }) {
  return withStaff("agent", id, async (tools, staff) => {
    if (staff.state === "active") return refuse(`${staff.name} is not suspended.`);
    await tools.records.staff.change(staff.id, { state: "active" }, tools.clock.now());
    await audit(tools, "agent resumed", staff, why);
    console.log(`${staff.name} may confirm again.`);
    return 0;
  });
}

export function resetPin(id: string) {
  return withStaff("agent", id, async (tools, staff) => {
    await tools.records.staff.setPin(staff.id, undefined, tools.clock.now());
    await audit(tools, "PIN reset", staff, `it was ${staff.pin}`);
    console.log(`${staff.name} has no PIN any more, and is asked for a new one. Who has his phone sets it: call him.`);
    return 0;
  });
}

export function setAgent(id: string, options: AgentOptions) {
  const { daily, ...rest } = options;
  const change: StaffChange = {
    ...rest,
    ...(daily === undefined ? {} : { daily: daily === "none" ? undefined : daily }),
  };
  if (Object.keys(change).length === 0) {
    console.error("Say what to set: --name, --place, --handover, --credit or --daily.");
    process.exitCode = WRONG;
    return undefined;
  }
  return withStaff("agent", id, async (tools, staff) => {
    const now = await tools.records.staff.change(staff.id, change, tools.clock.now());
    if (now === undefined) return refuse(`There is no agent ${staff.id}.`);
    const detail = Object.keys(change).map((key) => changed(key, staff, now));
    await audit(tools, "agent set", staff, detail.join(", "));
    console.log(lineOf(await withBalance(tools, now)));
    console.log(limitsOf(now));
    return 0;
  });
}

function changed(key: string, before: Staff, now: Staff): string {
  const value = (staff: Staff) => String(Object.entries(staff).find(([name]) => name === key)?.[1] ?? "none");
  return `${key} ${value(before)} -> ${value(now)}`;
}

type Balanced = Staff & { readonly balance: Rupiah };

async function withBalance({ ledger }: Tools, staff: Staff): Promise<Balanced> {
  return { ...staff, balance: await ledger.balance(agentAccount(staff.id)) };
}

/** JSON has no word for undefined. */
function plain(agent: Balanced): object {
  return { ...agent, daily: agent.daily ?? null };
}

function lineOf({ id, name, place, state, pin, chats, balance }: Balanced): string {
  const devices = chats.length === 1 ? "1 device" : `${chats.length} devices`;
  const parts = [id, place === "" ? name : `${name} (${place})`, state, `PIN ${pin}`, devices, showRupiah(balance)];
  return parts.join("  ");
}

function limitsOf({ credit, daily }: Staff): string {
  return `credit ${showRupiah(credit)}, ${daily === undefined ? "no limit a day" : `at most ${showRupiah(daily)} a day`}`;
}
