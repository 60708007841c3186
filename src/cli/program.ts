import { Command } from "commander";
import { markRestored } from "../payments/operator.ts";
import { agentCommand } from "./agent.ts";
import { auditCommand } from "./audit.ts";
import { depositCommand } from "./deposit.ts";
import { doctorCommand } from "./doctor.ts";
import { migrateCommand, unmigrateCommand } from "./migrate.ts";
import { operatorCommand } from "./operator.ts";
import { paymentsCommand } from "./payments.ts";
import { requestsCommand } from "./requests.ts";
import { sandboxCommand } from "./sandbox.ts";
import { operatorName, WRONG } from "./settings.ts";
import { startCommand } from "./start.ts";
import { tasksCommand } from "./tasks.ts";
import { withTools } from "./tools.ts";
import { ownVersion } from "./version.ts";
import { whatsappCommand } from "./whatsapp.ts";

/** `npx loket …`: each command is a thin call. */
export function makeProgram(): Command {
  const program = new Command("loket").description(
    "A payment counter for e-Samsat in Telegram, WhatsApp and a web chat",
  );
  program.version(ownVersion(), "--version", "says which version this is");
  program.command("start").description("opens the counter").action(startCommand);
  program.addCommand(doctorCommand());
  program.addCommand(tasksCommand());
  program.addCommand(paymentsCommand());
  program.addCommand(requestsCommand());
  program.addCommand(auditCommand());
  program.addCommand(depositCommand());
  program.addCommand(agentCommand());
  program.addCommand(operatorCommand());
  program.addCommand(whatsappCommand());
  program.addCommand(sandboxCommand());
  program.addCommand(migrateCommand());
  program.addCommand(unmigrateCommand());
  program
    .command("backup")
    .argument("<file>", "where to; it must not exist")
    .description("a consistent copy of the database while the counter runs")
    .action((file: string) =>
      withTools(async ({ stores }) => {
        stores.backup(file);
        console.log(
          `Saved to ${file}. Keep the key (LOKET_SECRET, or the key file) in another place: without it the copy cannot be read.`,
        );
        return 0;
      }),
    );
  program
    .command("restored")
    .description("says that the database was put back from a backup: quotes are void, nothing is paid for 15 minutes")
    .action(() =>
      withTools(async (tools) => {
        const told = await markRestored(tools, operatorName());
        console.log(told.text);
        return told.done ? 0 : 1;
        // A copy from before an upgrade must be marked before the start that brings it up to date.
      }, "program"),
    );
  return strict(program);
}

/** A wrong call says what there is and answers 2, like wrong settings; commander would answer 1, like a failure. */
function strict(command: Command): Command {
  for (const one of command.commands) strict(one);
  return command
    .showHelpAfterError("(npx loket --help says what there is)")
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : WRONG));
}
