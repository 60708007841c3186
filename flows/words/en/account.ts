import { showRupiah } from "../../../src/domain/rupiah.ts";
import { bold } from "../../../src/domain/text.ts";
import { showDateEn, showDateTimeEn } from "../../../src/domain/time.ts";
import type { ProofForm } from "../../agent/events.ts";
import type { account as id } from "../id/account.ts";
import { line } from "../lines.ts";
import { when } from "./times.ts";

const WHAT: Readonly<Record<string, string>> = {
  hold: "bill",
  release: "returned",
  dispute: "bill again",
  "top-up": "top-up",
  adjustment: "correction",
};

const FORMS: Readonly<Record<ProofForm, string>> = { struk: "58 mm slip text", pdf: "a PDF", image: "a picture" };

function days(since: number, last: number): string {
  const [first, end] = [showDateEn(since), showDateEn(last)];
  return first === end ? first : `${first} to ${end}`;
}

export const account: typeof id = {
  account_balance: (v) =>
    [
      `Balance ${bold(showRupiah(v.balance))}.`,
      v.held > 0 ? `${showRupiah(v.held)} is held.` : "",
      v.credit > 0 ? `It may go ${showRupiah(v.credit)} below zero.` : "",
    ]
      .filter((word) => word !== "")
      .join(" "),
  account_lines: (v) => `The last lines, newest first. Balance ${showRupiah(v.balance)}.`,
  account_no_lines: () => "There are no lines yet.",
  account_line_rows: (v) =>
    v.rows
      .map(({ at, what, amount, ref }) => line(showDateTimeEn(at), WHAT[what] ?? what, showRupiah(amount), ref ?? ""))
      .join("\n"),
  account_report: (v) =>
    [
      `Report ${days(v.since, v.last)}:`,
      `${v.count} paid, ${bold(showRupiah(v.total))}`,
      `Admin fees ${showRupiah(v.fees)}`,
      `Cash back ${showRupiah(v.cashback)}`,
      ...(v.markup > 0 ? [`Counter's fee ${showRupiah(v.markup)}`] : []),
    ].join("\n"),
  report_how: () => "That time is not clear. Examples: REPORT TODAY, REPORT YESTERDAY, REPORT 1-30 NOV, REPORT NOV.",
  report_caption: (v) => `Report ${days(v.since, v.last)}`,

  wish_how: () => "Type TOPUP and the sum, for example: TOPUP 500000.",
  wish_which: () => "Top up by how much?",
  wish_sent: (v) =>
    `Your request for a top-up of ${showRupiah(v.amount)} went to our staff. You hear of it when the money is in.`,
  wish_none: () => "All right, no new request.",
  topup_twice: (v) => `The same request (${showRupiah(v.amount)}) is open since ${when(v.since, v.now)}. One more?`,

  proof_form: (v) => `All right, proofs come as ${FORMS[v.form]} from now on.`,
  duty_on: () => "You are on duty. Customers' requests are offered to you here.",
  duty_off: () => "You are on a pause. No new requests are offered; those that you took go on.",

  label_wish: (v) => `Add ${showRupiah(v.amount)}`,
  label_no_wish: () => "No",
};
