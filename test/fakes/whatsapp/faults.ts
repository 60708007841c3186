import type { Books } from "./books.ts";

/** What goes wrong once. Of those that fit, the one that was ordered first is taken. */
export type Fault =
  /** The bot's next message is refused: 463 and 429 want it to stop writing to strangers, 479 is a bad stanza. */
  | { readonly kind: "nack"; readonly code: number }
  /** The next upload is answered with that HTTP status. */
  | { readonly kind: "upload"; readonly status: number }
  | { readonly kind: "download"; readonly status: number }
  /** The next query of that namespace, and that first child if one is named, is answered with an error. */
  | { readonly kind: "iq"; readonly xmlns: string; readonly child?: string; readonly code: number }
  /** The next login is refused: 401, 403, 405, 503, ... */
  | { readonly kind: "login"; readonly reason: number }
  /**
   * The line breaks at the next stanza of that tag ("message", "receipt", "iq", ...), or in the handshake: before it
   * took effect, or after it, so that the bot never learns.
   */
  | { readonly kind: "drop"; readonly at: string; readonly when: "before" | "after" }
  /** The next stanza of that tag is taken only once `until` resolved; those behind it wait. */
  | { readonly kind: "wait"; readonly at: string; readonly until: Promise<void> };

export type FaultOf<Kind extends Fault["kind"]> = Extract<Fault, { readonly kind: Kind }>;

export function takeFault<Kind extends Fault["kind"]>(
  books: Books,
  kind: Kind,
  fits: (fault: FaultOf<Kind>) => boolean = () => true,
): FaultOf<Kind> | undefined {
  const is = (fault: Fault): fault is FaultOf<Kind> => fault.kind === kind;
  const fault = books.faults.filter(is).find(fits);
  if (fault === undefined) return undefined;
  books.faults.splice(books.faults.indexOf(fault), 1);
  books.changed();
  return fault;
}
