import { askedDueNow, cancelledAsked, others, skipped, taken } from "./life/asked.ts";
import { given, shut } from "./life/operator.ts";
import { again, ended, freshBill, noBill, returned, unpaidDueNow } from "./life/paying.ts";
import { type Faces, type Happening, type HappeningKind, type Impossible, impossible, type Step } from "./life/step.ts";
import { agreed, barred, cancelled, letGo, received, said, takenBack, takenDue } from "./life/taken.ts";
import type { Request, RequestState } from "./request.ts";

/**
 * The relay's law: what becomes of a request when something happens to it. Pure and total; time, agents and bills arrive
 * in the happening, names in `faces`. The desk reads and writes, this decides.
 */
export function decide<K extends HappeningKind>(
  request: Request,
  happening: Happening<K>,
  faces: Faces,
): Step | Impossible {
  const cell: Cell<K> = LIFE[request.state][happening.kind];
  return typeof cell === "string" ? impossible(cell) : cell(request, happening, faces);
}

/** What happens, or why it cannot. */
type Cell<K extends HappeningKind> =
  | string
  | ((request: Request, happening: Happening<K>, faces: Faces) => Step | Impossible);

type Row = { readonly [K in HappeningKind]: Cell<K> };

const NOT_ASKED = "it is asked no more";
const NOT_TAKEN = "no agent has it";
const PAYING = "it is being paid, and that cannot be stopped";
const NOT_RECEIVED = "no bill is waited for";
const NOT_PAYING = "no payment of it is under way";
const NOT_UNPAID = "it has not come to nothing";
const NO_MONEY = "no money was handed over";
const WITH_AGENT = "the agent has the money";
const OVER = "it is over";

const IN_HAND = {
  skipped: NOT_ASKED,
  others: NOT_ASKED,
  ended: NOT_PAYING,
} as const satisfies Partial<Row>;

const NOTHING = {
  taken: OVER,
  skipped: OVER,
  "let-go": OVER,
  others: OVER,
  cancelled: OVER,
  "taken-back": OVER,
  said: OVER,
  received: OVER,
  barred: OVER,
  agreed: OVER,
  bill: OVER,
  "no-bill": OVER,
  ended: OVER,
  again: OVER,
  returned: OVER,
  due: OVER,
  given: OVER,
  shut: OVER,
} as const satisfies Row;

const LIFE: { readonly [S in RequestState]: Row } = {
  asked: {
    taken,
    skipped,
    others,
    cancelled: cancelledAsked,
    due: askedDueNow,
    given,
    shut,
    "let-go": NOT_TAKEN,
    "taken-back": NO_MONEY,
    said: NOT_TAKEN,
    received: NOT_TAKEN,
    barred: NOT_TAKEN,
    agreed: NOT_TAKEN,
    bill: NOT_RECEIVED,
    "no-bill": NOT_RECEIVED,
    ended: NOT_PAYING,
    again: NOT_UNPAID,
    returned: NO_MONEY,
  },
  taken: {
    ...IN_HAND,
    taken: NOT_ASKED,
    "let-go": letGo,
    cancelled,
    "taken-back": takenBack,
    said,
    received,
    barred,
    agreed,
    bill: NOT_RECEIVED,
    "no-bill": NOT_RECEIVED,
    again: NOT_UNPAID,
    returned,
    due: takenDue,
    given,
    shut,
  },
  received: {
    ...IN_HAND,
    taken: NOT_ASKED,
    "let-go": WITH_AGENT,
    cancelled: WITH_AGENT,
    "taken-back": takenBack,
    said: WITH_AGENT,
    received: "he has said so already",
    barred: "he has said so already",
    agreed: "no sum has moved",
    bill: freshBill,
    "no-bill": noBill,
    again: NOT_UNPAID,
    returned,
    due: "its bill is asked for",
    given: "its bill is asked for: in a moment it can be given",
    shut,
  },
  paying: {
    ...IN_HAND,
    taken: NOT_ASKED,
    "let-go": PAYING,
    cancelled: PAYING,
    "taken-back": PAYING,
    said: WITH_AGENT,
    received: PAYING,
    barred: PAYING,
    agreed: PAYING,
    bill: NOT_RECEIVED,
    "no-bill": NOT_RECEIVED,
    ended,
    again: PAYING,
    returned: PAYING,
    due: "its payment is waited for",
    given: PAYING,
    shut: PAYING,
  },
  unpaid: {
    ...IN_HAND,
    taken: NOT_ASKED,
    "let-go": WITH_AGENT,
    cancelled: WITH_AGENT,
    "taken-back": WITH_AGENT,
    said: WITH_AGENT,
    received: "it has come to nothing: tried again, or given back",
    barred: NOT_TAKEN,
    agreed: "no sum has moved",
    bill: NOT_RECEIVED,
    "no-bill": NOT_RECEIVED,
    ended,
    again,
    returned,
    due: unpaidDueNow,
    given,
    shut,
  },
  done: NOTHING,
  closed: NOTHING,
};
