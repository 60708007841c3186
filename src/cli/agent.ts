import { Command } from "commander";
import { adjust, statement, topUp } from "./agent-money.ts";
import {
  addAgent,
  deviceOfAgent,
  listAgents,
  resetPin,
  resumeAgent,
  setAgent,
  showAgent,
  suspendAgent,
} from "./agent-people.ts";
import { correction, day, limit, sum, topUpSum, words, wordsOrNone } from "./typed.ts";

const ID = "the agent's name at the counter: K7QM";
const NAME = words(40);
const PLACE = wordsOrNone(40);
const HANDOVER = wordsOrNone(200);
const NOTE = words(200);

/** `npx loket agent`: the people who pay for customers from a balance. Safe while the counter runs. */
export function agentCommand(): Command {
  const agent = new Command("agent").description("the people who pay for customers from a balance");
  adding(agent);
  looking(agent);
  changing(agent);
  money(agent);
  return agent;
}

function adding(agent: Command): void {
  withLimits(agent.command("add"))
    .argument("<name>", "what customers know him by: Loket Cibinong", NAME)
    .description("a new agent; prints the code that binds his chat")
    .option("--json", "as JSON")
    .action(addAgent);
  agent
    .command("device")
    .argument("<id>", ID)
    .description("a code for one more device; an older code that was not used ends")
    .option("--remove <chat>", "takes a device away instead: telegram:4242, as show names it")
    .option("--json", "as JSON")
    .action(deviceOfAgent);
}

function looking(agent: Command): void {
  agent
    .command("list", { isDefault: true })
    .description("all agents, with their balances")
    .option("--json", "as JSON")
    .action(listAgents);
  agent
    .command("show")
    .argument("<id>", ID)
    .description("one agent: limits, devices, and what was changed lately")
    .option("--json", "as JSON")
    .action(showAgent);
  agent
    .command("statement")
    .argument("<id>", ID)
    .description("what his balance did, oldest first")
    .option("--since <day>", "the first day: 2019-07-01", day)
    .option("--until <day>", "the last day: 2019-07-31", day)
    .option("--json", "as JSON")
    .option("--csv <file>", "as a table in a new file")
    .action(statement);
}

function changing(agent: Command): void {
  agent
    .command("suspend")
    .argument("<id>", ID)
    .requiredOption("--why <words>", "why", NOTE)
    .description("he may confirm nothing; what is under way goes on")
    .action(suspendAgent);
  agent
    .command("resume")
    .argument("<id>", ID)
    .requiredOption("--why <words>", "why", NOTE)
    .description("he may confirm again")
    .action(resumeAgent);
  agent
    .command("reset-pin")
    .argument("<id>", ID)
    .description("takes his PIN away, also a locked one: he sets a new one")
    .action(resetPin);
  withLimits(agent.command("set"))
    .argument("<id>", ID)
    .description("changes what is named")
    .option("--name <name>", "what customers know him by", NAME)
    .action(setAgent);
}

function withLimits(command: Command): Command {
  return command
    .option("--place <place>", "where he sits: customers choose him by it", PLACE)
    .option("--handover <words>", "where or how a customer hands the money over", HANDOVER)
    .option("--credit <sum>", "how far his balance may go below zero", sum)
    .option("--daily <sum>", "most of what he may confirm from midnight to midnight WIB; none: no limit", limit);
}

function money(agent: Command): void {
  // A sum with a minus before it looks like an option; what really is one that is not known is one word too many.
  agent
    .command("topup")
    .argument("<id>", ID)
    .argument("<sum>", "what he has paid in: 500000, 500.000 or Rp500.000", topUpSum)
    .allowUnknownOption()
    .description("adds to his balance, and tells him")
    .option("--ref <words>", "the transfer's reference, or whose hand it came from", NOTE)
    .option("--again", "it is another one, though the same sum was booked within the last minute")
    .option("--json", "as JSON")
    .action(topUp);
  agent
    .command("adjust")
    .argument("<id>", ID)
    .argument("<sum>", "500000, or -500000 to take away", correction)
    .allowUnknownOption()
    .description("corrects his balance, and tells him")
    .requiredOption("--why <words>", "why: it is kept beside it", NOTE)
    .option("--again", "it is another one, though the same sum was booked within the last minute")
    .option("--json", "as JSON")
    .action(adjust);
}
