import type { CustomerNotice } from "../../src/domain/notice.ts";
import { showRef } from "../../src/domain/ref.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { Asked, Say, World } from "../flow.ts";
import type { ActResult, CustomerAct } from "../relay/events.ts";
import { unpaidKey } from "../unpaid-why.ts";
import { type Part, part } from "../words/words.ts";
import type { Context } from "./context.ts";
import { saying } from "./questions.ts";
import { meantRequest, type Requested, requestsOf } from "./relay-context.ts";
import { choicesOf, standsPart, type valuesOf } from "./relay-question.ts";

/** News of a request, with what may be answered to it. `context` knows of it already. */
export function requestNoticeSay(notice: CustomerNotice, context: Context, world: World): Say {
  const request = requestsOf(context).find(({ ref }) => ref === notice.request.ref);
  const said = saying(noticePart(notice, world));
  if (request === undefined) return said;
  return { ...said, choices: choicesOf(request), columns: 2, stays: true };
}

function noticePart(notice: CustomerNotice, world: World): Part {
  const { ref, plate, total, markup } = notice.request;
  const { contact } = world.policy;
  const agent = "agent" in notice ? (notice.agent?.name ?? "") : "";
  const values = { ref, plate, cash: rupiah(total + markup), agent };
  const times = { ...values, now: world.at };
  switch (notice.kind) {
    case "asked":
      return part("request_asked", { ...times, nextAt: notice.nextAt });
    case "taken":
      return part("request_taken", { ...times, total, markup, handover: notice.handover, until: notice.until });
    case "received":
      return part("request_received", { ...times, receivedAt: notice.receivedAt, nextAt: notice.nextAt });
    case "sum-moved":
      return part("request_sum_moved", { ...times, was: notice.was, total, nextAt: notice.nextAt });
    case "bill-late":
      return part("request_bill_late", { ...times, nextAt: notice.nextAt });
    case "no-answer":
      return part("request_no_answer", values);
    case "nobody":
      return part("request_nobody", values);
    case "silent-agent":
      return part("request_silent_agent", { ...times, saidAt: notice.saidAt, nextAt: notice.nextAt, contact });
    case "let-go":
      return part("request_let_go", { ...times, nextAt: notice.nextAt });
    case "passed-on":
      return part("request_passed_on", values);
    case "unpaid-with-agent":
      return unpaidPart(notice, { ...values, contact });
    case "expired":
      return part("request_expired", { ...values, contact });
    case "returned":
      return part("request_returned", { ...values, contact });
    case "shut":
      return part("request_shut", { ...values, contact });
  }
}

/** N1: who has the money. */
function unpaidPart(
  { why, tried, how }: Extract<CustomerNotice, { kind: "unpaid-with-agent" }>,
  values: ReturnType<typeof valuesOf> & { readonly contact: string },
): Part {
  switch (why) {
    case "already-paid":
      return part("request_paid_elsewhere", values);
    case "taken-back":
      return part("request_taken_back", values);
    default:
      return part("request_unpaid", {
        ...values,
        tried: tried === undefined ? "" : showRef(tried),
        why: unpaidKey({ why, how }),
      });
  }
}

/** The customer's act, for the desk. "Wait" asks nothing of it. */
export function actTask(
  context: Context,
  {
    act,
    ref,
    sum,
    picture,
  }: {
    readonly act: CustomerAct | "wait";
    readonly ref: Requested["ref"];
    readonly sum?: Requested["total"];
    readonly picture?: string | undefined;
  },
): Asked {
  const request = meantRequest(context, ref);
  const name = ref ?? request?.ref;
  if (name === undefined || act === "wait") return { kind: "nothing" };
  const shown = picture === undefined ? {} : { picture };
  return { kind: "customer-act", act, ref: name, sum: sum ?? request?.total, ...shown };
}

/** What became of his act. */
export function actedSay(
  world: World,
  { act, result, passedOn }: { readonly act: CustomerAct; readonly result: ActResult; readonly passedOn?: true },
): Say | undefined {
  if (result.kind === "unknown") return saying(part("request_none", {}));
  const { request } = result;
  const values = { ...request, cash: rupiah(request.total + request.markup) };
  const { contact } = world.policy;
  const passed = passedOn === true ? part("request_photo_passed", values) : undefined;
  if (result.kind !== "done") return saying(passed ?? standing({ act, ...result }, values, contact));
  switch (act) {
    case "others":
      return saying(part("request_others", values));
    case "cancelled":
      return saying(part("request_cancelled", values));
    case "taken-back":
      // Its news says so.
      return undefined;
    case "said":
      return saying(part("request_said", values));
    case "said-with-photo":
      return saying(part("request_said", values), passed ?? part("request_photo", values));
    case "yes":
      return saying(part("request_agreed", values));
  }
}

const STOPS: ReadonlySet<CustomerAct> = new Set(["cancelled", "taken-back"]);

/** It could not be: how the request stands. */
function standing(
  { act, request }: Exclude<ActResult, { kind: "unknown" }> & { readonly act: CustomerAct },
  values: { readonly ref: string; readonly plate: string; readonly cash: Requested["total"]; readonly agent: string },
  contact: string,
): Part {
  switch (request.state) {
    case "asked":
      return part("request_waits", values);
    case "taken":
      if (request.received) return part("request_agent_has_it", { ...values, contact });
      return request.said ? part("request_said_before", values) : part("request_hand_over", values);
    case "received":
      return part("request_paying", values);
    case "paying":
      return part(STOPS.has(act) ? "request_cannot_stop" : "request_paying", values);
    case "unpaid":
      return part("request_agent_has_it", { ...values, contact });
    case "done":
      return part("request_done", values);
    case "closed":
      return part("request_closed", values);
  }
}

/** STATUS: each request that is open. */
export function requestsSay(context: Context, world: World): Say {
  const requests = requestsOf(context);
  const last = requests.at(-1);
  const said = saying(...requests.map((request) => standsPart(request, world)));
  return last === undefined || requests.length > 1
    ? said
    : { ...said, choices: choicesOf(last), columns: 2, stays: true };
}
