import { type Answer, readAnswer } from "./answer.ts";
import type { Order, Settlement } from "./biller.ts";
import { codeOf, meaningOf, saysPaid } from "./reasons.ts";

/**
 * What an answer of pay or status says, by money rule 4: `paid` only when every mark of it is there, and nothing that
 * looks like a failure is taken as a proof that no money moved. Never throws, whatever the body is.
 */
export function readSettlement(from: "pay" | "status", order: Order, body: string): Settlement {
  const answer = readAnswer(body);
  if (answer === undefined) return { kind: "unknown", cause: "garbled", ok: false };
  const result = answer.raw("result");
  if (result === "ok") return accepted(from, order, answer);
  if (result === "no") return from === "pay" ? refusedPay(order, answer) : refusedStatus(order, answer);
  const sloppyOk = /^ok$/i.test(result) && answer.raw("status").toUpperCase() !== "INQUIRY";
  return unclear(order, answer, { cause: "garbled", ok: sloppyOk || soundsAccepted(answer) });
}

/**
 * The same for an answer whose HTTP status is not 200: something between us and the biller may have written it, so it
 * can make a payment more suspect, never less.
 */
export function readUntrusted(from: "pay" | "status", order: Order, body: string): Settlement {
  const said = readSettlement(from, order, body);
  if (said.kind === "refused" && said.saysPaid) return said;
  const ok = ["paid", "pending", "refunded"].includes(said.kind) || (said.kind === "unknown" && said.ok);
  const unknown = { kind: "unknown", cause: "garbled", ok } as const;
  const saysDebit = said.kind === "unknown" ? said.saysDebit : said.kind === "paid" || said.kind === "pending";
  return saysDebit ? { ...unknown, saysDebit } : unknown;
}

function accepted(from: "pay" | "status", order: Order, answer: Answer): Settlement {
  const status = answer.raw("status");
  const ok = status !== "INQUIRY";
  const invoice = answer.raw("invoice");
  if (invoice === "") return unclear(order, answer, { cause: "bad-field", ok });
  if (invoice !== order.invoice) return unclear(order, answer, { cause: "other-invoice", ok });
  switch (status) {
    case "CONFIRM":
      return confirmed(order, answer);
    case "PENDING":
      return { kind: "pending" };
    case "REFUND":
      return refunded(order, answer);
    case "INQUIRY":
      // pay that answers like an inquiry tells nothing: the document does not know it.
      return from === "status" ? { kind: "unpaid" } : { kind: "unknown", cause: "bad-field", ok: false };
    default:
      return unclear(order, answer, { cause: "bad-field", ok });
  }
}

/** Its total need not be there; one that differs is another payment's. */
function refunded(order: Order, answer: Answer): Settlement {
  if (answer.raw("total") === "") return { kind: "refunded" };
  const total = answer.sum("total");
  if (total === undefined) return { kind: "unknown", cause: "bad-field", ok: true };
  return total === order.total ? { kind: "refunded" } : { kind: "unknown", cause: "other-total", ok: true };
}

function confirmed(order: Order, answer: Answer): Settlement {
  const total = answer.sum("total");
  if (total === undefined) return unclear(order, answer, { cause: "bad-field", ok: true });
  if (total !== order.total) return unclear(order, answer, { cause: "other-total", ok: true });
  const reference = answer.text("reference_number");
  if (reference === "") return unclear(order, answer, { cause: "no-reference", ok: true });
  const receipt = {
    reference,
    trace: answer.text("trace_number"),
    total,
    tanggal: answer.text("tanggal"),
    paymentCode: answer.text("paymentcode"),
  };
  return { kind: "paid", receipt };
}

/** The invoice is not compared: a refusal proves nothing, whatever invoice it names. */
function refusedPay(order: Order, answer: Answer): Settlement {
  // A "no" with the status of a success contradicts itself.
  if (soundsAccepted(answer)) return unclear(order, answer, { cause: "bad-field", ok: true });
  const code = codeOf(answer.reason);
  const refused = { kind: "refused", reason: answer.reason, saysPaid: saysPaid(answer.reason) } as const;
  return code === undefined ? refused : { ...refused, code };
}

/**
 * FAILURE three times in a row can end a payment as not charged, so it counts only as the document prints it: not when
 * our login was refused, when it names another invoice, or when its sentence says that the bill was paid.
 */
function refusedStatus(order: Order, answer: Answer): Settlement {
  if (soundsAccepted(answer)) return unclear(order, answer, { cause: "bad-field", ok: true });
  if (answer.raw("status") !== "FAILURE") return { kind: "unknown", cause: "garbled", ok: false };
  const named = answer.raw("invoice") || (/^failure invoice ([^\s!]+)!*$/i.exec(answer.reason)?.[1] ?? "");
  if (named !== "" && named !== order.invoice) return { kind: "unknown", cause: "other-invoice", ok: false };
  if (saysPaid(answer.reason)) return { kind: "unknown", cause: "bad-field", ok: false };
  if (["login", "trouble"].includes(meaningOf(answer.reason))) return { kind: "unknown", cause: "garbled", ok: false };
  return { kind: "failure", reason: answer.reason };
}

/** Whether an answer that is not plainly `ok` still claims, in any spelling, a status that follows an accepted pay. */
function soundsAccepted(answer: Answer): boolean {
  return /^(confirm|pending|refund|success|sukses|paid|ok)/i.test(answer.raw("status"));
}

type Unclear = Pick<Extract<Settlement, { kind: "unknown" }>, "cause" | "ok">;

/** An answer that cannot be taken for what it says; what it says of a debit is kept. */
function unclear({ invoice }: Order, answer: Answer, { cause, ok }: Unclear): Settlement {
  const unknown = { kind: "unknown", cause, ok } as const;
  const isOurs = ["", invoice].includes(answer.raw("invoice"));
  return isOurs && /^(confirm|pending)/i.test(answer.raw("status")) ? { ...unknown, saysDebit: true } : unknown;
}
