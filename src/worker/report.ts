import { part, type Report, speak, type Task } from "../../flows/index.ts";
import type { Job } from "../conversation/conversation.ts";
import { channelOf, type Outbound } from "../conversation/message.ts";
import { take } from "../conversation/receive.ts";
import { csvOf } from "../domain/csv.ts";
import { showRef } from "../domain/ref.ts";
import { addRupiah } from "../domain/rupiah.ts";
import { compactDateTime } from "../domain/time.ts";
import type { Payment } from "../payments/payment.ts";
import type { Deps } from "./deps.ts";
import { finishSaid, sendTo } from "./say.ts";

type ReportTask = Extract<Task, { kind: "report" | "report-file" }>;

/** More than any agent ever pays: a report is of all, or it is wrong. */
const EVERY = 1_000_000_000;

/** LAP: what an agent paid in a time, in sums. */
export async function handleReport(deps: Deps, job: Job, task: ReportTask): Promise<void> {
  const { since, until } = task;
  const paid = await paidBy(deps, task);
  const report: Report = {
    since,
    until,
    count: paid.length,
    total: addRupiah(...paid.map(({ bill }) => bill.total)),
    fees: addRupiah(...paid.map(({ bill }) => bill.fee)),
    cashback: addRupiah(...paid.map(({ cashback }) => cashback)),
    markup: addRupiah(...paid.map(({ markup }) => markup)),
  };
  await take(deps, job.key, () => ({ type: "accounted", result: { what: "report", report } }), {
    finish: { job: job.id, lease: job.lease, next: "done" },
  });
}

/** The same as a file, a line for each payment, oldest first. No NIK, no chassis, no owner. */
export async function handleReportFile(deps: Deps, job: Job, task: ReportTask): Promise<void> {
  const paid = await paidBy(deps, task);
  const head = ["waktu", "nomor", "nopol", "wilayah", "total", "biaya_admin", "cashback", "jasa_loket", "ref_bank"];
  const rows = paid.map((payment) => [
    compactDateTime(payment.paidAt ?? payment.openedAt),
    showRef(payment.ref),
    payment.bill.plate,
    payment.bill.product,
    payment.bill.total,
    payment.bill.fee,
    payment.cashback,
    payment.markup,
    payment.receipt?.reference ?? payment.decidedAs ?? "",
  ]);
  const last = task.until - 1;
  const style = deps.channels.get(channelOf(job.key))?.style ?? "buttons";
  const message: Outbound = {
    kind: "document",
    bytes: new TextEncoder().encode(csvOf([head, ...rows])),
    name: `Laporan-${[...new Set([task.since, last].map(dateOf))].join("-")}.csv`,
    mime: "text/csv",
    caption: speak(part("report_caption", { since: task.since, last }), task.language, { style }),
  };
  await finishSaid(deps, job, await sendTo(deps, job.key, message, job.id));
}

function dateOf(at: number): string {
  return compactDateTime(at).slice(0, 10);
}

/** His payments that were paid in the time, oldest first, whenever they were opened: the operator may decide one late. */
async function paidBy(deps: Deps, { agent, since, until }: ReportTask): Promise<readonly Payment[]> {
  const paid = await deps.ledger.find({ agent, states: ["paid"], ended: { since, until }, limit: EVERY });
  return paid.toSorted((one, other) => (one.paidAt ?? 0) - (other.paidAt ?? 0));
}
