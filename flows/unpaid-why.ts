import type { UnpaidHow, UnpaidWhy, WithdrawnWhy } from "../src/domain/notice.ts";

/** Why it was not sent, as it is told. */
export type WithdrawnKey = "region" | "paused" | "cap" | "late" | "biller" | "cancelled" | "stopped";

/** Why a request was not paid, as it is told; empty where no more is known. */
export type UnpaidKey = WithdrawnKey | "refunded" | "refused" | "no-bill" | "";

export function withdrawnKey(why: WithdrawnWhy): WithdrawnKey {
  switch (why) {
    case "region-closed":
      return "region";
    case "regions-unknown":
      return "biller";
    case "paused":
      return "paused";
    case "day-cap":
      return "cap";
    case "expired":
      return "late";
    case "cancelled":
      return "cancelled";
    case "restart":
    case "too-slow":
      return "stopped";
  }
}

/** `how` is what became of its payment, where there was one. */
export function unpaidKey({ why, how }: { readonly why: UnpaidWhy; readonly how?: UnpaidHow | undefined }): UnpaidKey {
  if (why === "no-bill") return "no-bill";
  switch (how) {
    case undefined:
      return "";
    case "refunded":
      return "refunded";
    case "not-charged":
      return "refused";
    default:
      return withdrawnKey(how);
  }
}
