import type { ConversationKey, Language } from "../../conversation/message.ts";
import type { Bill } from "../../domain/bill.ts";
import type { StaffId } from "../../domain/staff.ts";
import { minuteOfDay } from "../../domain/time.ts";
import { askedLetters, asking } from "../life/asked.ts";
import type { Asked } from "../request.ts";
import { agentsFor, facesOf } from "./agents.ts";
import type { DeskDeps } from "./deps.ts";
import { takings } from "./fresh-bill.ts";

/** What a customer asks. */
export interface Wish {
  readonly customer: { readonly chat: ConversationKey; readonly language: Language };
  readonly bill: Bill;
  readonly inquiredAt: number;
  readonly expiresAt: number;
  /** The agent whom he chose; undefined: any. */
  readonly wanted: StaffId | undefined;
}

export type AskedOf =
  | Asked
  /** Nobody on duty has a balance that covers it: no request was made. */
  | { readonly kind: "nobody" }
  /** The one whom he chose cannot have it now; others can. */
  | { readonly kind: "not-that-one" }
  /** After 23.15 WIB. */
  | { readonly kind: "late" };

/** From this minute of the day on no request is made any more. */
const LAST_REQUEST = 23 * 60 + 15;

/** asked: offered at once. No request is made that nobody could take. */
export async function askAgents(deps: DeskDeps, wish: Wish): Promise<AskedOf> {
  const { ledger, clock, records, markup } = deps;
  const at = clock.now();
  if (minuteOfDay(at) >= LAST_REQUEST) return { kind: "late" };
  const staff = await records.staff.list("agent");
  const agents = await agentsFor(deps, staff, wish);
  if (agents.length === 0) return { kind: "nobody" };
  const { wanted } = wish;
  if (wanted !== undefined && !agents.some(({ id }) => id === wanted)) return { kind: "not-that-one" };
  const request = asking({ ...wish, ...(await takings(deps, wish.bill)), markup }, agents, at);
  const faces = facesOf(staff);
  return ledger.requests.ask(request, at, (asked) => askedLetters(asked, faces));
}
