import { Command } from "commander";
import { showRef } from "../domain/ref.ts";
import { showDateTimeEn } from "../domain/time.ts";
import type { OperatorTask } from "../records/records.ts";
import { operatorName } from "./settings.ts";
import { withTools } from "./tools.ts";

const MANY = 1000;
const LETTERS = 50;

/** `npx loket tasks`: what only a human can do. */
export function tasksCommand(): Command {
  const tasks = new Command("tasks").description("what only a human can do: list, show, close");
  tasks
    .command("list", { isDefault: true })
    .description("the open tasks, oldest first")
    .option("--all", "the closed ones, too")
    .option("--json", "as JSON")
    .action(({ all, json }: { all?: true; json?: true }) =>
      withTools(async ({ records }) => {
        const list = await records.tasks.list(all ? "all" : "open", MANY);
        console.log(
          json ? JSON.stringify(list, null, 2) : list.length === 0 ? "No open tasks." : list.map(lineOf).join("\n"),
        );
        return 0;
      }),
    );
  tasks
    .command("show")
    .argument("<id>", "the task's number")
    .description("a task, and what a customer wrote to a human")
    .action((id: string) =>
      withTools(async ({ records }) => {
        const task = (await records.tasks.list("all", MANY)).find((one) => one.id === Number(id));
        if (task === undefined) return missing(id);
        console.log(lineOf(task));
        const letters = task.chat === undefined ? [] : await records.letters.list(task.chat, LETTERS);
        for (const { at, text } of letters) console.log(`  ${showDateTimeEn(at)}  ${text}`);
        return 0;
      }),
    );
  tasks
    .command("close")
    .argument("<id>", "the task's number")
    .requiredOption("--why <words>", "what was done")
    .description("closes a task; who and why is kept")
    .action(close);
  return tasks;
}

function close(id: string, { why }: { why: string }): Promise<void> {
  return withTools(async ({ records, clock }) => {
    const [by, at] = [operatorName(), clock.now()];
    if (!(await records.tasks.close(Number(id), by, why, at))) return missing(id);
    await records.audit.write({ at, who: by, what: "close task", ref: id, detail: why });
    console.log(`Task ${id} is closed.`);
    return 0;
  });
}

function missing(id: string): number {
  console.error(`There is no open task ${id}. See: npx loket tasks`);
  return 1;
}

function lineOf(task: OperatorTask): string {
  const { id, at, kind, ref, chat, text, closed } = task;
  const head = [`#${id}`, showDateTimeEn(at), kind, ref === undefined ? "" : showRef(ref), chat ?? ""];
  const end = closed === undefined ? "" : `\n    closed by ${closed.by}: ${closed.why}`;
  return `${head.filter((word) => word !== "").join("  ")}\n    ${text}${end}`;
}
