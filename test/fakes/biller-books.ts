import type { Biller, BillerReceipt, Order, Settlement } from "../../src/biller/biller.ts";
import type { Clock } from "../../src/clock.ts";
import type { Region } from "../../src/domain/region.ts";
import { rupiah } from "../../src/domain/rupiah.ts";

/** What a payment's row in the biller's books says. PENDING and CONFIRM have taken the deposit, REFUND gave it back. */
export type BookStatus = "PENDING" | "CONFIRM" | "REFUND";

/** What the biller makes of one pay. Times are ms after the pay arrived. */
export interface Course {
  /** What its books say from when on; nothing before the first. */
  readonly books: readonly { readonly after: number; readonly status: BookStatus }[];
  /** What pay answers, and when: "books" is what they say then. */
  readonly answer: Settlement | "books";
  readonly answerAfter: number;
  /** No connection is made: nothing arrives. */
  readonly unreachable?: boolean;
  /** How long connecting takes, ms. */
  readonly connectMs?: number;
  /** What status says instead of the books, so long as it is not undefined. `since`: ms after the pay arrived. */
  readonly status?: (since: number, asks: number) => Settlement | undefined;
}

export interface Book {
  readonly invoice: string;
  readonly arrivedAt: number;
  readonly course: Course;
}

/** A biller whose books go on by the clock, whoever is still there to ask. */
export interface BillerModel extends Biller {
  /** Every pay that arrived, in order. */
  readonly arrived: readonly Book[];
  /** What the books say of an invoice at a time. */
  statusAt(invoice: string, at: number): BookStatus | undefined;
  readonly statusCalls: () => number;
  /** Whether the region is ON, from now on. */
  setOpen(open: boolean): void;
  /** Whether the list of regions can be had, from now on. */
  setReachable(reachable: boolean): void;
  /** What becomes of the pays that arrive from now on. */
  setCourse(course: (order: Order) => Course): void;
}

export function billerModel(clock: Clock, course: Course): BillerModel {
  const arrived: Book[] = [];
  let courseOf: (order: Order) => Course = () => course;
  let open = true;
  let reachable = true;
  let asks = 0;
  const wait = (ms: number) => clock.sleep(clock.now() + ms, new AbortController().signal);
  const bookOf = (invoice: string) => arrived.find((book) => book.invoice === invoice);
  const statusAt = (invoice: string, at: number) => {
    const book = bookOf(invoice);
    return book?.course.books.findLast(({ after }) => book.arrivedAt + after <= at)?.status;
  };
  return {
    arrived,
    statusAt,
    statusCalls: () => asks,
    setOpen(is) {
      open = is;
    },
    setReachable(is) {
      reachable = is;
    },
    setCourse(of) {
      courseOf = of;
    },
    async regions() {
      await wait(100);
      if (!reachable) return { kind: "unavailable", why: "network", reason: "ECONNREFUSED" };
      return { kind: "regions", regions: [theRegion(open)], at: clock.now() };
    },
    inquire: () => Promise.reject(new Error("the settler never inquires")),
    async pay(order, mayGo) {
      const plan = courseOf(order);
      await wait(plan.connectMs ?? 50);
      if (plan.unreachable === true) return { kind: "not-sent", cause: "ECONNREFUSED" };
      if (!mayGo()) return { kind: "not-sent", cause: "held back" };
      arrived.push({ invoice: order.invoice, arrivedAt: clock.now(), course: plan });
      await wait(plan.answerAfter);
      return plan.answer === "books" ? spoken(order, statusAt(order.invoice, clock.now())) : plan.answer;
    },
    async status(order) {
      asks += 1;
      await wait(200);
      const book = bookOf(order.invoice);
      const said = book?.course.status?.(clock.now() - book.arrivedAt, asks);
      return said ?? spoken(order, statusAt(order.invoice, clock.now()));
    },
  };
}

/** The biller's CONFIRM of a model order. */
export function modelReceipt({ invoice, total }: Order): BillerReceipt {
  return { reference: `REF${invoice}`, trace: "1", total, tanggal: "2019-07-07 10:00:02", paymentCode: "3220" };
}

function spoken(order: Order, status: BookStatus | undefined): Settlement {
  switch (status) {
    case "CONFIRM":
      return { kind: "paid", receipt: modelReceipt(order) };
    case "PENDING":
      return { kind: "pending" };
    case "REFUND":
      return { kind: "refunded" };
    case undefined:
      return { kind: "failure", reason: `Failure Invoice ${order.invoice}!` };
  }
}

function theRegion(open: boolean): Region {
  return { product: "SAMSAT_JABAR", code: "SAMSAT_JABAR", debet: "tagihan+5000", cashback: rupiah(2_000), open };
}
