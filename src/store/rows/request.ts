import type { Bill } from "../../domain/bill.ts";
import { type NewRequest, OPEN, type Request } from "../../relay/request.ts";
import type { Sealer } from "../sealing.ts";
import { StoreError } from "../store-error.ts";
import type { Cell } from "./columns.ts";
import { billWithoutPerson, type Person, personOf, vehicleKeys } from "./payment.ts";

/** The version of `body` and `secret`. A change of their shape raises it and brings a reader for the old one. */
const SHAPE = 1;

/** A request, as both databases keep it. */
export interface RequestRow {
  readonly ref: Request["ref"];
  readonly revision: number;
  readonly state: Request["state"];
  readonly due_at: number | null;
  readonly over_at: number | null;
  readonly shape: number;
  readonly body: string;
  readonly secret: string;
}

/** The columns that a commit changes, in the order of CHANGED. `overAt`: when it came to its end, if it has. */
export function changing(request: Request, overAt: number, sealer: Sealer): readonly Cell[] {
  const { revision, state, bill, taken, dueAt } = request;
  const { chassis, plate } = vehicleKeys(bill, sealer);
  return [
    ...[revision, state, bill.total, taken?.id ?? null, taken?.at ?? null, dueAt ?? null],
    ...[OPEN.includes(state) ? null : overAt, chassis, plate, SHAPE, bodyOf(request), secretOf(request, sealer)],
  ];
}

export const CHANGED = [
  ...["revision", "state", "total", "agent", "taken_at", "due_at", "over_at"],
  ...["chassis_ix", "plate_ix", "shape", "body", "secret"],
] as const;

export function requestOf(row: RequestRow, sealer: Sealer): Request {
  if (row.shape !== SHAPE) {
    throw new StoreError(
      `A request has shape ${row.shape}; this program knows ${SHAPE}.`,
      "Start the newer program that wrote it.",
    );
  }
  const rest = JSON.parse(row.body) as Omit<Request, "bill"> & { readonly bill: Omit<Bill, keyof Person> };
  const person = JSON.parse(sealer.open(row.secret, `requests:${row.ref}`)) as Person;
  // JSON has no undefined: a field that was undefined is missing, and is given back as it was.
  return { ...UNDEFINED, ...rest, bill: { ...rest.bill, ...person } };
}

const UNDEFINED = {
  debit: undefined,
  wanted: undefined,
  taken: undefined,
  said: undefined,
  receivedAt: undefined,
  dueAt: undefined,
  closed: undefined,
} satisfies Partial<Request>;

/** As it is asked, under a reference of its own. */
export function freshRequest(asked: NewRequest, ref: Request["ref"], at: number): Request {
  return {
    ...asked,
    ref,
    revision: 1,
    state: "asked",
    askedAt: at,
    taken: undefined,
    said: undefined,
    reminders: 0,
    receivedAt: undefined,
    payments: [],
    closed: undefined,
  };
}

function bodyOf(request: Request): string {
  return JSON.stringify({ ...request, bill: billWithoutPerson(request.bill) });
}

export function secretOf({ ref, bill }: Request, sealer: Sealer): string {
  return sealer.seal(JSON.stringify(personOf(bill)), `requests:${ref}`);
}
