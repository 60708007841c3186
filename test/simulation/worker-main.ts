import { worldDb } from "./database.ts";
import { simulate } from "./run.ts";
import type { Share, Told } from "./workers.ts";

/** Payments between two words to the parent. */
const WORD = 1_000;

Error.stackTraceLimit = 0;

const share = JSON.parse(process.argv[2] ?? "") as Share;
let next = WORD;
const ran = await simulate({
  ...share,
  database: worldDb(),
  onWorld(payments) {
    if (payments < next) return;
    next = payments + WORD;
    tell({ kind: "lived", payments });
  },
  until: ({ violations }) => violations.length > 0,
});
tell({ kind: "ran", ran: { ...ran, cover: ran.cover.groups() } });
process.disconnect();

function tell(told: Told): void {
  process.send?.(told);
}
