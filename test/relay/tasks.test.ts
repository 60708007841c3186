import { expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import * as tasks from "../../src/relay/life/tasks.ts";
import { aBill } from "../fakes/bills.ts";
import { asked, CIBINONG, HOUR, MORNING } from "./life-samples.ts";

const { SILENT, WANTS_BACK, UNANSWERED, BARRED, UNPAID, ODD_BILL, TASK_LENGTH } = tasks;

it.each([SILENT, WANTS_BACK, UNANSWERED, BARRED, UNPAID, ODD_BILL])(
  "an operator's chat shows the task whole, with the commands that end it: %s",
  (why) => {
    const taken = { id: CIBINONG.id, chat: CIBINONG.chat, at: MORNING, until: MORNING + HOUR };
    const request = { ...asked({ bill: aBill({ total: rupiah(10_000_000) }) }), state: "taken" as const, taken };
    const faces = new Map([[CIBINONG.id, { ...CIBINONG, name: "L".repeat(40) }]]);
    const { text } = tasks.requestTask(request, faces, why);
    expect(text.length).toBeLessThanOrEqual(TASK_LENGTH);
    expect(text).toMatch(/In chat: BERIKAN 7K2MQ AGENT, TUTUP 7K2MQ WHY; or npx loket requests give, close\.$/);
  },
);
