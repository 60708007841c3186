import type { Task } from "../../flows/index.ts";
import type { Job } from "../conversation/conversation.ts";
import { take } from "../conversation/receive.ts";
import type { Deps } from "./deps.ts";

/**
 * DAFTAR: the chat becomes one of the counter's own people's. From the next step on his role's flow has it, so the news
 * of it is the first that this flow hears. Safe to repeat: a chat that was enrolled by a code is his with that code.
 */
export async function handleEnrol(deps: Deps, job: Job, task: Extract<Task, { kind: "enrol" }>): Promise<void> {
  const at = deps.clock.now();
  const enrolled = await deps.records.staff.enrol(job.key, task.code, at);
  if (enrolled.kind === "enrolled") {
    const { id, name, role } = enrolled.staff;
    await deps.records.audit.write({ at, who: name, what: `${role} enrolled`, ref: id, detail: job.key });
  }
  const result = enrolled.kind === "enrolled" ? "done" : enrolled.kind;
  await take(deps, job.key, () => ({ type: "enrolled", result }), {
    finish: { job: job.id, lease: job.lease, next: "done" },
  });
}
