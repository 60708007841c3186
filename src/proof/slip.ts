import { showRef } from "../domain/ref.ts";
import { rupiah } from "../domain/rupiah.ts";
import { compactDateTime, zoneOf } from "../domain/time.ts";
import type { Payment } from "../payments/payment.ts";
import { amount, centred, field, RULE, wrapped } from "./columns.ts";
import { SANDBOX_TEXT } from "./lines.ts";

/** Who took the money, and how to write to the counter (`WA 0811-2222-333`, may be empty). */
export interface SlipOf {
  readonly agent: string;
  readonly contact: string;
  readonly sandbox: boolean;
}

/**
 * What a customer takes home while his payment is under way: plainly no proof (script S1). For a 58 mm printer: printable
 * ASCII, every line at most 32 columns. It names the code that fetches the proof once there is one.
 */
export function slip(payment: Payment, { agent, contact, sandbox }: SlipOf): string {
  const { bill, ref, code, markup, openedAt } = payment;
  const where = contact === "" ? "Tulis ke chat loket ini" : contact;
  return [
    ...(sandbox ? [...centred(SANDBOX_TEXT), ""] : []),
    ...centred(agent.toUpperCase()),
    ...centred("TANDA TERIMA SEMENTARA"),
    ...centred("BUKAN BUKTI LUNAS"),
    RULE,
    ...field("No", showRef(ref)),
    ...field("Tgl", compactDateTime(openedAt, zoneOf(bill.product))),
    ...field("Nopol", bill.plate),
    ...amount({ short: "Uang diterima", sum: rupiah(bill.total + markup) }),
    ...field("Status", "SEDANG DIPROSES"),
    RULE,
    ...wrapped("Jika gagal, uang dikembalikan di loket ini. Status dan bukti:"),
    ...wrapped(`${where}, ketik`),
    ...wrapped(`BUKTI ${code}`),
  ].join("\n");
}
