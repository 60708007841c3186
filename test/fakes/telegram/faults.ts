import type { Books } from "./books.ts";

/** What goes wrong with one call. */
export type Fault =
  | { readonly kind: "busy"; readonly retryAfter: number }
  /** 5xx: telegraf sees the status alone. */
  | { readonly kind: "error"; readonly status: number; readonly description: string }
  /** The connection breaks: before the call took effect, or after it, so that the caller never learns. */
  | { readonly kind: "reset"; readonly when: "before" | "after" }
  /** The call takes effect, the answer is no JSON. */
  | { readonly kind: "garbled" }
  /** Then it goes on as usual. */
  | { readonly kind: "wait"; readonly until: Promise<void> };

/** Takes the next fault that was ordered for that method. */
export function takeFault(books: Books, method: string): Fault | undefined {
  const at = books.faults.findIndex((one) => one.method.toLowerCase() === method.toLowerCase());
  return at < 0 ? undefined : books.faults.splice(at, 1)[0]?.fault;
}
