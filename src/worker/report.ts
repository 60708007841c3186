import { part, type Report, speak, type Task } from "../../flows/index.ts";
import type { Job } from "../conversation/conversation.ts";
import { channelOf, type Outbound } from "../conversation/message.ts";
import { take } from "../conversation/receive.ts";
import { csvOf } from "../domain/csv.ts";
import type { PaymentRef } from "../domain/ref.ts";
import { showRef } from "../domain/ref.ts";
import { addRupiah } from "../domain/rupiah.ts";
import { agentAccount, type StaffId } from "../domain/staff.ts";
import { compactDateTime } from "../domain/time.ts";
import type { Payment } from "../payments/payment.ts";
import type { Deps } from "./deps.ts";
import { finishSaid, sendTo } from "./say.ts";

type ReportTask = Extract<Task, { kind: "report" | "report-file" }>;

const DAY = 24 * 60 * 60 * 1000;
/** A payment is held so long before it is paid, at most but for what the operator decides much later, ms. */
const BEFORE = 7 * DAY;

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
    payment.receipt?.reference ?? "",
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

/** His payments that were paid in the time, oldest first, found by what his balance secured. */
async function paidBy(deps: Deps, { agent, since, until }: ReportTask): Promise<readonly Payment[]> {
  const lines = await deps.ledger.lines(agentAccount(agent), { since: since - BEFORE, until });
  const refs = new Set<PaymentRef>();
  for (const { ref, request } of lines) {
    if (ref !== undefined) refs.add(ref);
    const taken = request === undefined ? undefined : await deps.ledger.requests.load(request);
    for (const one of taken?.payments ?? []) refs.add(one);
  }
  const paid: Payment[] = [];
  for (const ref of refs) {
    const payment = await deps.ledger.load(ref);
    if (payment !== undefined && isPaidBy(payment, agent) && isWithin(payment, since, until)) paid.push(payment);
  }
  return paid.sort((a, b) => (a.paidAt ?? 0) - (b.paidAt ?? 0));
}

function isPaidBy({ state, agent }: Payment, id: StaffId): boolean {
  return state === "paid" && agent?.id === id;
}

function isWithin({ paidAt = 0 }: Payment, since: number, until: number): boolean {
  return paidAt >= since && paidAt < until;
}
