import { Command } from "commander";
import { showDateTimeEn } from "../domain/time.ts";
import type { AuditEntry } from "../records/records.ts";
import { howMany } from "./payments.ts";
import { withTools } from "./tools.ts";

/** `npx loket audit`: what was done by hand, who did it, and why. */
export function auditCommand(): Command {
  return new Command("audit")
    .description("what was done by hand: when, by whom, and why; newest first")
    .option("--limit <n>", "how many", howMany, 50)
    .option("--json", "as JSON")
    .action(({ limit, json }: { limit: number; json?: true }) =>
      withTools(async ({ records }) => {
        const entries = await records.audit.list(limit);
        const text = entries.length === 0 ? "Nothing was done by hand yet." : entries.map(lineOf).join("\n");
        console.log(json ? JSON.stringify(entries, null, 2) : text);
        return 0;
      }),
    );
}

function lineOf({ at, who, what, ref, detail }: AuditEntry): string {
  return [showDateTimeEn(at), who, what, ref, detail].filter((word) => word !== "").join("  ");
}
