import { Command } from "commander";
import { showRupiah } from "../domain/rupiah.ts";
import { type RequestRef, readRequestRef, readStaffId } from "../domain/staff.ts";
import type { Relayed } from "../relay/desk/happen.ts";
import type { Desk } from "../relay/desk.ts";
import { OPEN, type Request } from "../relay/request.ts";
import { plainRequest, requestLine, requestStory } from "./request-text.ts";
import { operatorName, WRONG } from "./settings.ts";
import { refuse } from "./staff.ts";
import { type Tools, withTools } from "./tools.ts";
import { words } from "./typed.ts";

interface Flags {
  readonly json?: true;
}

interface Reasoned extends Flags {
  readonly why: string;
}

const MANY = 1000;
const REF = "the request's name: 7K2MQ";
const NOTE = words(200);

/** `npx loket requests`: what customers asked agents to pay. Safe while the counter runs. */
export function requestsCommand(): Command {
  const requests = new Command("requests").description(
    "what customers asked agents to pay for them: list, show, give, close",
  );
  looking(requests);
  requests
    .command("give")
    .argument("<ref>", REF)
    .argument("<agent>", "to whom: the agent's name at the counter, K7QM")
    .requiredOption("--why <words>", "why: it is kept beside it", NOTE)
    .option("--json", "as JSON")
    .description("gives it to this agent, also when the money is handed over; all who are concerned are told")
    .action(give);
  requests
    .command("close")
    .argument("<ref>", REF)
    .requiredOption("--why <words>", "why, and where the customer's money is", NOTE)
    .option("--json", "as JSON")
    .description("closes it; what was held of an agent's balance is free again, and all who are concerned are told")
    .action((text: string, flags: Reasoned) =>
      withRef(text, async (tools, ref) => {
        return told(tools, await (await deskOf(tools)).shut(ref, { by: operatorName(), why: flags.why }), ref, flags);
      }),
    );
  return requests;
}

function looking(requests: Command): void {
  requests
    .command("list", { isDefault: true })
    .description("the requests that are not over, newest first")
    .option("--all", "those that are over, too")
    .option("--json", "as JSON")
    .action(({ all, json }: Flags & { readonly all?: true }) =>
      withTools(async ({ ledger }) => {
        const found = await ledger.requests.find({ ...(all ? {} : { states: OPEN }), limit: MANY });
        const text =
          found.length === 0 ? (all ? "No requests." : "No open requests.") : found.map(requestLine).join("\n");
        console.log(json ? JSON.stringify(found.map(plainRequest), null, 2) : text);
        return 0;
      }),
    );
  requests
    .command("show")
    .argument("<ref>", REF)
    .description("what became of one request, with times")
    .option("--json", "as JSON")
    .action((text: string, flags: Flags) =>
      withRef(text, async (tools, ref) => {
        const request = await tools.ledger.requests.load(ref);
        return request === undefined ? missing(ref) : show(tools, request, flags);
      }),
    );
}

function give(text: string, agent: string, flags: Reasoned): Promise<void> | undefined {
  const to = readStaffId(agent);
  if (to === undefined) return wrong(`"${agent}" names no agent. It looks like K7QM. See: npx loket agent list`);
  return withRef(text, async (tools, ref) => {
    const staff = await tools.records.staff.load(to);
    if (staff?.role !== "agent") return refuse(`There is no agent ${to}. See: npx loket agent list`);
    if (staff.chats.length === 0) return refuse(`${staff.name} has no chat to hear of it. Nothing was done.`);
    return told(tools, await (await deskOf(tools)).give(ref, to, { by: operatorName(), why: flags.why }), ref, flags);
  });
}

/** Its letters are owed in the ledger: the counter that runs beside it delivers them. */
async function deskOf({ ledger, records, biller, clock, log, config }: Tools): Promise<Desk> {
  const { desk } = await import("../relay/desk.ts");
  return desk({ ledger, records, biller, clock, log, hours: config.hours, markup: config.fee });
}

async function told(tools: Tools, relayed: Relayed, ref: RequestRef, flags: Flags): Promise<number> {
  switch (relayed.kind) {
    case "done":
      return show(tools, relayed.request, flags);
    case "unknown":
      return missing(ref);
    case "impossible":
      return refuse(
        `It cannot be now, since ${relayed.why}. Request ${ref} is ${relayed.request.state}. Nothing was done.`,
      );
    case "short":
      return refuse(`The agent's balance lacks ${showRupiah(relayed.missing)} for it. Nothing was done.`);
    case "capped":
      return refuse("It is more than what this agent may confirm in a day. Nothing was done.");
    case "not-opened":
      throw new Error(`request ${ref} would have opened a payment by an operator's word: nothing was written`);
  }
}

async function show({ records }: Pick<Tools, "records">, request: Request, { json }: Flags): Promise<number> {
  const staff = request.taken === undefined ? undefined : await records.staff.load(request.taken.id);
  const said = json ? JSON.stringify(plainRequest(request), null, 2) : requestStory(request, staff?.name ?? "");
  console.log(said);
  return 0;
}

function withRef(text: string, work: (tools: Tools, ref: RequestRef) => Promise<number>): Promise<void> | undefined {
  const ref = readRequestRef(text);
  if (ref === undefined) return wrong(`"${text}" is no request's name. It looks like 7K2MQ. See: npx loket requests`);
  return withTools((tools) => work(tools, ref));
}

function wrong(sentence: string): undefined {
  console.error(sentence);
  process.exitCode = WRONG;
  return undefined;
}

function missing(ref: RequestRef): number {
  return refuse(`There is no request ${ref}. See: npx loket requests list --all`);
}
