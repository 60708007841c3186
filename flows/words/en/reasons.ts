import type { UnpaidKey, WithdrawnKey } from "../../unpaid-why.ts";

/** Why a payment was not sent, behind a colon. */
export const WITHDRAWN: Readonly<Record<WithdrawnKey, string>> = {
  region: "its region has just closed",
  biller: "the payment system has a fault",
  paused: "payments are paused for a moment, to be looked at",
  cap: "the limit of the day is reached",
  late: "the time of the bill ran out",
  cancelled: "it was cancelled",
  stopped: "we had not sent it yet",
};

/** Why a request was not paid, with its colon; empty where no more is known. */
export function because(why: UnpaidKey): string {
  switch (why) {
    case "":
      return "";
    case "refunded":
      return ": the payment system returned the money";
    case "refused":
      return ": the payment system did not accept it";
    case "no-bill":
      return ": its bill could not be fetched again";
    default:
      return `: ${WITHDRAWN[why]}`;
  }
}
