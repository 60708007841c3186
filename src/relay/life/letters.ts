import {
  type AgentFacts,
  type AgentNotice,
  type CustomerNotice,
  type RequestFacts,
  vehicleOf,
} from "../../domain/notice.ts";
import type { StaffId } from "../../domain/staff.ts";
import type { Letter } from "../../payments/ledger.ts";
import type { Reached, Request } from "../request.ts";
import type { Faces } from "./step.ts";

/** Writes the letters about one request, as it then is. */
export interface Pen {
  /** What each of them says. */
  readonly about: { readonly request: RequestFacts };
  /** An agent as the customer hears of him. */
  named(id: StaffId): AgentFacts;
  customer(notice: CustomerNotice): Letter;
  agent(to: Reached, notice: AgentNotice): Letter;
  /** To those who have been offered it and may still think that it waits for them, but one. */
  gone(why: "taken" | "closed", but?: StaffId): readonly Letter[];
}

export function penFor(request: Request, faces: Faces): Pen {
  const about = { request: requestFacts(request) };
  const agent = ({ id, chat }: Reached, notice: AgentNotice): Letter => ({
    to: chat,
    language: faces.get(id)?.language ?? "id",
    notice,
  });
  return {
    about,
    named: (id) => ({ id, name: faces.get(id)?.name ?? id }),
    customer: (notice) => ({ to: request.customer.chat, language: request.customer.language, notice }),
    agent,
    gone: (why, but) =>
      waiting(request)
        .filter(({ id }) => id !== but)
        .map((one) => agent(one, { kind: "offer-gone", why, ...about })),
  };
}

/** Each once, whatever became of an older offer of his. */
function waiting({ offers }: Request): readonly Reached[] {
  const last = new Map(offers.map((offer) => [offer.id, offer]));
  return [...last.values()].filter(({ skipped }) => !skipped);
}

export function requestFacts({ ref, bill, markup }: Request): RequestFacts {
  const { plate, product, total } = bill;
  return { ref, plate, vehicle: vehicleOf(bill), product, total, markup };
}
