import { showRef } from "../domain/ref.ts";
import { rupiah, showRupiah } from "../domain/rupiah.ts";
import { showDateTimeEn } from "../domain/time.ts";
import type { ClosedWhy, Request } from "../relay/request.ts";

/** One line of a list. */
export function requestLine({ ref, askedAt, state, bill, taken, customer }: Request): string {
  const agent = taken === undefined ? "nobody's" : taken.id;
  return [ref, showDateTimeEn(askedAt), state, bill.plate, showRupiah(bill.total), agent, customer.chat].join("  ");
}

/** What a request has, without what is its owner's: no NIK, no chassis, no name. */
export function plainRequest(request: Request): object {
  const { ref, state, customer, bill, markup, askedAt, offers, taken, said, receivedAt, payments, closed } = request;
  const { plate, total } = bill;
  return {
    ...{ ref, state, plate, total, markup, customer: customer.chat, askedAt },
    ...{ offers: offers.map(({ id, at, skipped }) => ({ agent: id, at, skipped })) },
    agent: taken?.id ?? null,
    takenAt: taken?.at ?? null,
    until: taken?.until ?? null,
    saidAt: said?.at ?? null,
    receivedAt: receivedAt ?? null,
    payments,
    closed: closed ?? null,
  };
}

const CLOSED: Readonly<Record<ClosedWhy, string>> = {
  cancelled: "the customer took it back",
  nobody: "nobody took it",
  expired: "the money was not handed over in time",
  returned: "the agent gave the money back",
  operator: "by the operator",
};

/** What became of it, oldest first. `agent`: the name of whose it is. */
export function requestStory(request: Request, agent: string): string {
  const { ref, state, bill, markup, offers, taken, said, receivedAt, askedAt, payments, closed } = request;
  const fee = markup === 0 ? "" : `, with the counter's own fee ${showRupiah(rupiah(bill.total + markup))}`;
  const events: readonly (readonly [number, string])[] = [
    [askedAt, `asked for (${request.customer.chat})`],
    ...offers.map(({ id, at, skipped }) => [at, `offered to ${id}${skipped ? ", who said no" : ""}`] as const),
    ...(taken === undefined ? [] : [[taken.at, `in the hand of ${agent} (${taken.id})`] as const]),
    ...(said === undefined ? [] : [[said.at, "the customer says that the money is handed over"] as const]),
    ...(receivedAt === undefined ? [] : [[receivedAt, "the agent says that he has the money"] as const]),
    ...(closed === undefined ? [] : [[closed.at, `closed: ${CLOSED[closed.why]}`] as const]),
  ];
  return [
    `Request ${ref}  ${bill.plate}  ${showRupiah(bill.total)}${fee}  ${state}`,
    ...events.toSorted(([a], [b]) => a - b).map(([at, what]) => `  ${showDateTimeEn(at)}  ${what}`),
    ...(payments.length === 0 ? [] : [`  Payments: ${payments.map(showRef).join(", ")}`]),
  ].join("\n");
}
