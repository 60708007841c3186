import type { Order, Settlement } from "../../../src/biller/biller.ts";
import { answersRead, type Bug } from "./bug.ts";

const FAILED: Settlement = { kind: "not-sent", cause: "taken for a failure" };

/** A receipt that nobody gave. */
function made({ invoice, total }: Order, reference = `OF${invoice}`): Settlement {
  return { kind: "paid", receipt: { reference, trace: "", total, tanggal: "", paymentCode: "" } };
}

const unknown = (cause: string, then: (order: Order) => Settlement) => (settlement: Settlement, order: Order) =>
  settlement.kind === "unknown" && settlement.cause === cause ? then(order) : settlement;

/** The biller's words, misread. */
export const ANSWER_BUGS: readonly Bug[] = [
  answersRead("a refusal means failed", (settlement) => (settlement.kind === "refused" ? FAILED : settlement)),
  answersRead(
    "garbage means failed",
    unknown("garbled", () => FAILED),
  ),
  answersRead(
    "a timeout means failed",
    unknown("timeout", () => FAILED),
  ),
  answersRead("the total is not compared", unknown("other-total", made)),
  answersRead("the invoice is not compared", unknown("other-invoice", made)),
  answersRead("paid without a reference", unknown("no-reference", made)),
  answersRead("PENDING means paid", (settlement, order) => (settlement.kind === "pending" ? made(order) : settlement)),
  answersRead("'already paid' means paid", (settlement, order) =>
    settlement.kind === "refused" && settlement.saysPaid ? made(order) : settlement,
  ),
  answersRead("the proof is made from the request", (settlement, order) =>
    settlement.kind === "paid" ? made(order) : settlement,
  ),
  {
    name: "retry on timeout",
    wrong: (parts) => ({
      ...parts,
      biller: {
        ...parts.biller,
        async pay(order, mayGo) {
          const first = await parts.biller.pay(order, mayGo);
          const none = first.kind === "unknown" && ["timeout", "network"].includes(first.cause);
          return none ? parts.biller.pay(order, () => true) : first;
        },
      },
    }),
  },
  {
    name: "resend after a pause",
    wrong: (parts) => ({
      ...parts,
      biller: { ...parts.biller, pay: (order) => parts.biller.pay(order, () => true) },
    }),
  },
  {
    name: "the region is looked at once",
    wrong: (parts) => {
      let first: ReturnType<typeof parts.biller.regions> | undefined;
      const look = async (maxAge: number) => {
        first ??= parts.biller.regions(maxAge);
        const regions = await first;
        if (regions.kind !== "regions") first = undefined;
        return regions.kind === "regions" ? { ...regions, at: parts.clock.now() } : regions;
      };
      return { ...parts, biller: { ...parts.biller, regions: look } };
    },
  },
  {
    name: "the total is added up anew",
    wrong: (parts) => ({
      ...parts,
      biller: {
        ...parts.biller,
        async inquire(query) {
          const answer = await parts.biller.inquire(query);
          if (answer.kind !== "bill") return answer;
          const { bill } = answer;
          // As a float, in thousands.
          const total = (Math.round((bill.total / 1000) * 1) * 1000) as typeof bill.total;
          return { kind: "bill", bill: { ...bill, total } };
        },
      },
    }),
  },
  {
    name: "the KTP number is logged",
    wrong: (parts, { rawLog }) => ({
      ...parts,
      biller: {
        ...parts.biller,
        inquire(query) {
          rawLog(`asking for ${query.nik}`);
          return parts.biller.inquire(query);
        },
      },
    }),
  },
];
