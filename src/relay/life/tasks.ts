import { showRupiah } from "../../domain/rupiah.ts";
import type { NewOperatorTask } from "../../records/records.ts";
import type { Request } from "../request.ts";
import type { Faces } from "./step.ts";

/** One a request: what it is about may change, the request is the same. */
export function requestKey({ ref }: Pick<Request, "ref">): string {
  return `request:${ref}`;
}

/** An operator's chat shows so many characters of a task's text. The longest name of an agent has 40. */
export const TASK_LENGTH = 400;

/** `why` says what happened and what to do, without personal data; how it is given away and closed is said behind it. */
export function requestTask(request: Request, faces: Faces, why: string): NewOperatorTask {
  const { ref, bill, taken, customer } = request;
  const agent = taken === undefined ? "nobody" : `${faces.get(taken.id)?.name ?? taken.id} (${taken.id})`;
  const how = `In chat: BERIKAN ${ref} AGENT, TUTUP ${ref} WHY; or npx loket requests give, close.`;
  const text = `Request ${ref} (${showRupiah(bill.total)}), in the hand of ${agent}: ${why} ${how}`;
  return { key: requestKey(request), kind: "request", text, chat: customer.chat };
}

export const SILENT =
  "the customer says that the money is handed over, and the agent is silent for 15 min. Call him: he says that he has it, or give it to another agent, or close it when the money went back.";
export const WANTS_BACK =
  "the customer has handed the money over, and wants it back before it was paid. See that the agent gives it back and says so; else close it yourself.";
export const UNANSWERED =
  "the agent has the money, the bill's sum has moved, and the customer has not said yes to it for 15 min. Call them both.";
export const BARRED =
  "its agent is suspended and says that he has the customer's money. End the suspension, give it to another agent, or see that the money goes back and close it.";
export const UNPAID =
  "it is not paid, and for two hours the agent, who has the customer's money, has neither tried again nor said that it went back. Call them both.";
export const ODD_BILL =
  "the agent has the customer's money, and the biller says that this tax is paid already, not by us. See that the money goes back, and ask the biller if the customer knows of no payment.";
