import { showRupiah } from "../../../src/domain/rupiah.ts";
import { bold } from "../../../src/domain/text.ts";
import type { TableRow, UnreadItem } from "../../agent/events.ts";
import type { agent as id } from "../id/agent.ts";
import { label, line } from "../lines.ts";
import { WITHDRAWN } from "./reasons.ts";
import { when } from "./times.ts";
import { vehicle, vehicleFirst } from "./vehicle.ts";

const WHY_NOT: Readonly<Record<Exclude<TableRow["why"], "">, string>> = {
  asking: "still being checked",
  "not-found": "not found",
  "already-paid": "paid already, as the system says",
  closed: "its region is closed now",
  bad: "its bill could not be read with certainty",
  used: "sent before, our staff look at it",
  busy: "being paid now",
  "paid-lately": "paid a moment ago",
  unavailable: "the payment system gives no answer",
  over: "above the limit, through our staff only",
};

const STANDS = { paid: "✓", live: "being paid", unpaid: "not paid" } as const;

function kept(code: string): string {
  return code === "" ? "" : `; bill ${code} is kept`;
}

function rowText(row: TableRow): string {
  const plate = row.plate === "" ? "no plate given" : row.plate;
  if (row.total === undefined) return `${row.item}. ${plate}: ${WHY_NOT[row.why === "" ? "bad" : row.why]}`;
  const typed = row.typed === "" ? "" : ` (not ${row.typed} as typed)`;
  return `${row.item}. ${line(plate + typed, row.owner, showRupiah(row.total))}`;
}

function unreadText({ item, text, why, number }: UnreadItem): string {
  const said = text === "" ? "" : `: "${text}"`;
  switch (why) {
    case "unread":
      return `Line ${item} could not be read${said}`;
    case "no-nik":
      return `Line ${item}: its NIK is missing${said}`;
    case "no-chassis":
      return `Line ${item}: its chassis number is missing${said}`;
    case "nik-length":
      return `Line ${item}: a NIK of ${number ?? 0} digits instead of 16${said}`;
    case "twice":
      return `Line ${item}: the same as number ${number ?? 0}`;
    case "full":
      return `Line ${item}: 10 bills are open, send it again later${said}`;
  }
}

const MEDIA = {
  voice: "We cannot listen to voice messages yet.",
  photo: "We cannot read pictures yet, and do not keep them.",
  other: "We cannot read that yet.",
} as const;

export const agent: typeof id = {
  desk_welcome: (v) => `Welcome, ${v.name}. This chat belongs to an agent of ${v.loket} now.
Send a customer's data only with his leave. We mask each NIK, and delete what is not paid after 24 hours.`,
  desk_menu: () => `Send region, NIK and chassis number in one message; several vehicles at once will do, too.
Pay: answer with the code of the bill. Drop: DROP and its code.
BALANCE, LINES, TOPUP 500000, REPORT TODAY
STATUS, HISTORY, PROOF 7K2MQ
PROOF SLIP, PROOF PDF or PROOF IMAGE: the form of proofs
DUTY, BREAK, LOCK, STAFF`,
  desk_hint: () => "Send region, NIK and chassis number in one message, or type MENU.",
  desk_missing: (v) => {
    const had = [v.region, v.nik, v.chassis, v.plate].filter((word) => word !== "").join(", ");
    const asked = { region: "Which region?", nik: "Its NIK?", chassis: "Its chassis number?" }[v.field];
    return had === "" ? asked : `${asked} (so far: ${had})`;
  },
  desk_region_many: (v) => `We read ${v.count} vehicles. In which region are they registered?`,
  desk_nik_letters: (v) => `A NIK has digits only. The ${v.letters} in it may be ${v.digits}. Type the NIK again.`,
  desk_closed: (v) => `${v.region} is closed, and it is not known when it opens. Take no money yet.`,
  desk_full: () => "10 bills are open already. Pay or DROP one of them first.",
  desk_checking: (v) => `Being checked: ${v.which === "" ? "the bill" : v.which}.`,
  desk_checking_many: (v) => `Vehicles being checked: ${v.count}.`,
  desk_cancelled: () => "Cancelled. What was typed last is dropped.",
  desk_cancel_open: () => "Which bill is to be dropped? Type DROP and its code.",
  desk_erase: () =>
    "Customers' data in an agent's chat goes by itself: after 24 hours without a payment, after 90 days with one. To have it deleted sooner, type STAFF.",
  desk_media: (v) => `${MEDIA[v.media]} Please type the NIK and the chassis number.`,

  desk_bill: (v) => {
    const parts = v.markup > 0 ? ` (bill ${showRupiah(v.total)} + counter's fee ${showRupiah(v.markup)})` : "";
    return `${line(v.code, v.plate === "" ? "No plate given" : v.plate, v.vehicle, v.owner)}
Take from the customer ${bold(showRupiah(v.take))}${parts}
Balance ${showRupiah(v.balance)} becomes ${showRupiah(v.after)}.`;
  },
  desk_ask: (v, how) => (how.style === "buttons" ? "Press Pay when you have the money." : `Pay: ${v.code}`),
  desk_short: (v) =>
    `Your balance is short by ${showRupiah(v.missing)} (there is ${showRupiah(v.has)}). Take no money yet. Type TOPUP ${v.wish} to ask for a top-up${kept(v.code)}.`,
  desk_moved: (v) => `The sum moved from ${showRupiah(v.from)} to ${bold(showRupiah(v.to))}.`,
  desk_midnight: () => "We do not pay close to midnight. Check again after 00.00 WIB.",
  desk_stale: () => "That bill is old, so we have not paid it. We check it again now; it gets a new code.",
  desk_no_bill: (v) => `${v.which === "" ? "That vehicle" : v.which}: ${WHY_NOT[v.why]}.`,
  desk_no_cash: () => "Take no money yet.",
  desk_correct: () => "Just type the number that is right: NIK, chassis number, or its region.",
  desk_doubt_letters: (v) => `The letter ${v.letters} is rare in a chassis number. Perhaps: ${v.fixed}`,
  desk_doubt_length: (v) =>
    `That chassis number has ${v.count} characters; it is usually 17. Could it be the engine number?`,
  desk_code_unknown: () => "That is no code of an open bill. We have paid nothing.",
  desk_name_it: () => "We have paid nothing. Answer with the code of the bill.",
  desk_open: (v) =>
    v.rows.length === 0
      ? "No bill is open."
      : `Open bills:\n${v.rows
          .map(({ code, name, total, count }) =>
            code === ""
              ? line(name, "still being checked")
              : line(code, name === "" ? `${count} vehicles` : name, showRupiah(total)),
          )
          .join("\n")}`,
  desk_suspended: (v) =>
    `You cannot pay at the moment. Ask ${v.contact === "" ? "our staff" : v.contact}. What was sent goes on; you hear of it.`,
  desk_capped: (v) => `Your limit of the day is reached${kept(v.code)}. Take no money yet.`,
  desk_sales_paused: (v) =>
    `The counter takes no payments for a while${kept(v.code)}. Take no money yet; our staff know of it.`,
  desk_not_opened: (v) => `We have not paid ${vehicle(v.plate)}.`,
  desk_hand_back: () => "If you have the money already, give it back to the customer.",
  desk_handed_back: () => "Our staff are done. Your desk works as usual.",
  desk_not_paid: () => "All right, we have paid nothing.",
  desk_ended: (v) => `${vehicleFirst(v.plate)} was not paid. To check it again, send its NIK and chassis number.`,
  desk_unpaid_already: (v) => `${vehicleFirst(v.plate)} was not paid (${v.ref}). Choose Try again or Money returned.`,
  desk_gone: () => "We do not keep the data of that vehicle any more. Send its NIK and chassis number again.",

  desk_under_way: (v) => `${vehicleFirst(v.plate)} is being paid (${v.ref}).`,
  desk_pending: (v) =>
    `${vehicleFirst(v.plate)} is still being processed (${v.ref}). You hear again by ${when(v.nextAt, v.now)}. The customer may go home with this slip:`,
  desk_paid: (v) => `Paid: ${line(vehicle(v.plate), v.ref)}`,
  desk_unpaid: (v) =>
    `${vehicleFirst(v.plate)} was not paid (${v.ref}). ${showRupiah(v.total)} is back on your balance. The customer's money is still with you: try again, or give it back.`,
  desk_withdrawn: (v) =>
    `${vehicleFirst(v.plate)} was not paid (${v.ref}): ${WITHDRAWN[v.why]}. ${showRupiah(v.total)} is back on your balance. The customer's money is still with you: try again, or give it back.`,
  desk_returned: (v) => `Noted: the money for ${vehicle(v.plate)} (${v.ref}) is back with the customer.`,
  desk_balance: (v) =>
    v.what === "top-up"
      ? `${showRupiah(v.amount)} came in, your balance is ${showRupiah(v.balance)} now.`
      : `Your balance was corrected by ${showRupiah(v.amount)}, it is ${showRupiah(v.balance)} now.`,
  desk_still_waiting: (v) =>
    `Still waiting: ${v.bills.map(({ plate, code }) => line(plate === "" ? "list" : plate, code)).join("; ")}`,

  table_head: (v) => {
    const take = v.take > v.total ? ` Take from the customer ${showRupiah(v.take)}.` : "";
    return `Bills: ${v.count}, ${bold(showRupiah(v.total))}.${take} Balance ${showRupiah(v.balance)} becomes ${showRupiah(v.after)}.`;
  },
  table_none: () => "There is no bill in that message that can be paid.",
  table_rows: (v) => v.rows.map(rowText).join("\n"),
  table_unread: (v) => [...v.items.map(unreadText), ...(v.more > 0 ? [`and ${v.more} more lines`] : [])].join("\n"),
  table_ask: (v, how) =>
    `${how.style === "buttons" ? "Press Pay for all of them." : `Pay all: PAY ${v.code}.`} Without number ${v.example}: DROP ${v.example}.`,
  table_moved: () => "That list is another one by now, so we have paid nothing. The latest:",
  table_result: (v) =>
    v.rows
      .map(({ item, plate, ref, how }) => [item, STANDS[how], plate, ref].filter((word) => word !== "").join(" "))
      .join("\n"),
  dropped: (v) => `Dropped: ${v.names.map((name) => (name === "" ? "one vehicle" : name)).join(", ")}.`,
  drop_none: () => "Nothing has that number. Type DROP and a number of the list, or the code of a bill.",

  label_retry: (v, how) => label(`Try again ${v.plate}`, how),
  label_returned: (v, how) => (v.plate === "" ? "Money returned" : label(`Returned ${v.plate}`, how)),
};
