import { describe, expect, it } from "vitest";
import type { PaymentRef } from "../../src/domain/ref.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { decide } from "../../src/relay/life.ts";
import type { RequestChange } from "../../src/relay/request.ts";
import {
  asked,
  bills,
  CIBINONG,
  due,
  ends,
  FACES,
  HOUR,
  lived,
  MINUTE,
  MORNING,
  PARUNG,
  paying,
  receives,
  SECOND,
  says,
  step,
  taken,
  takes,
  told,
  unpaid,
  waitsForBill,
} from "./life-samples.ts";

const { id: by } = CIBINONG;

function sums(postings: RequestChange["postings"]): readonly string[] {
  return (postings ?? []).map(({ what, entries }) => `${what} ${entries.map(({ amount }) => amount).join(" ")}`);
}

describe("in an agent's hand", () => {
  it("let go: released, asked anew, and nothing is to be handed over", () => {
    const now = step(taken(), { kind: "let-go", by, at: MORNING + MINUTE });
    expect(sums(now.postings)).toEqual(["release -183500 183500"]);
    expect(told(now)).toEqual(["customer: let-go"]);
    expect(now.next).toMatchObject({ state: "asked", taken: undefined, askedAt: MORNING + MINUTE });
    // Those who had been told that it was gone hear of it again; he does not.
    expect(told(step(now.next, due(MORNING + MINUTE)))).toEqual(["Parung: offer", "Bogor: offer", "Depok: offer"]);
  });

  it("the time to hand over passes in silence: closed, and both hear it", () => {
    const now = step(taken(), due(MORNING + 30 * MINUTE));
    expect(now.next).toMatchObject({ state: "closed", closed: { why: "expired" } });
    expect(told(now)).toEqual(["customer: expired", "Cibinong: not-yours"]);
    expect(sums(now.postings)).toEqual(["release -183500 183500"]);
  });

  it("after SUDAH only the operator gives it away", () => {
    const request = lived(taken(), says(MORNING + MINUTE));
    expect(decide(request, { kind: "let-go", by, at: MORNING + 2 * MINUTE }, FACES).kind).toBe("impossible");
    expect(decide(request, { kind: "cancelled", at: MORNING + 2 * MINUTE }, FACES).kind).toBe("impossible");
    const now = step(request, { kind: "given", to: PARUNG, at: MORNING + 2 * MINUTE });
    expect(sums(now.postings)).toEqual(["release -183500 183500", "hold -183500 183500"]);
    expect(told(now)).toEqual(["Cibinong: not-yours", "customer: passed-on", "Parung: yours", "Parung: customer-paid"]);
  });

  it("SUDAH and a silent agent: reminded after 5 min, the operator and R8 after 15, then every half hour by day", () => {
    let request = lived(asked({}, MORNING + 10 * HOUR), takes(CIBINONG, MORNING + 10 * HOUR));
    const start = MORNING + 10 * HOUR;
    const said = step(request, says(start));
    expect(told(said)).toEqual(["Cibinong: customer-paid"]);
    request = said.next;
    const heard: string[] = [];
    for (let looks = 0; looks < 5; looks++) {
      const at = request.dueAt ?? 0;
      const now = step(request, due(at));
      heard.push(...told(now).map((line) => `${(at - start) / MINUTE} ${line} ${now.tasks.map(({ kind }) => kind)}`));
      request = now.next;
    }
    expect(heard).toEqual([
      "5 Cibinong: reminder ",
      "15 customer: silent-agent request",
      "45 customer: silent-agent request",
      // 20.00 WIB is 45; 21.00 to 07.00 only results are told.
      "660 customer: silent-agent request",
      "690 customer: silent-agent request",
    ]);
    expect(request.state).toBe("taken");
  });

  it("the promised next word is the one that comes", () => {
    const request = lived(taken(), says(), due(MORNING + 5 * MINUTE));
    const now = step(request, due(MORNING + 15 * MINUTE));
    const [letter] = now.letters;
    if (letter?.notice.kind !== "silent-agent") throw new Error("R8 was expected");
    expect(letter.notice.nextAt).toBe((now.next.dueAt ?? 0) + 5 * SECOND);
    expect(letter.notice.saidAt).toBe(MORNING);
  });

  it("a second SUDAH is nothing new; one with a picture is", () => {
    const request = lived(taken(), says());
    expect(decide(request, says(MORNING + MINUTE), FACES).kind).toBe("impossible");
    const now = step(request, { kind: "said", photo: true, at: MORNING + MINUTE });
    expect(now.next.said).toEqual({ at: MORNING, photo: true });
    expect(now.letters[0]?.notice).toMatchObject({ kind: "customer-paid", saidAt: MORNING, photo: true });
  });

  it("BATAL after the money: the agent must give it back, and the operator sees to it", () => {
    for (const request of [taken(), lived(taken(), says()), waitsForBill()]) {
      const now = step(request, { kind: "taken-back", at: MORNING + MINUTE });
      expect(told(now)).toEqual(["customer: unpaid-with-agent", "Cibinong: unpaid"]);
      expect(sums(now.postings)).toEqual(["release -183500 183500"]);
      expect(now.tasks).toMatchObject([{ key: "request:7K2MQ" }]);
      expect(decide(now.next, { kind: "again", by, at: MORNING + MINUTE }, FACES).kind).toBe("impossible");
      const back = step(now.next, { kind: "returned", by, at: MORNING + 2 * MINUTE });
      expect(back.closes).toEqual(["request:7K2MQ"]);
      expect(told(back)).toEqual(["customer: returned"]);
    }
  });

  it("a suspended agent who says that he has the money is the operator's matter, and is not given away", () => {
    const now = step(taken(), { kind: "barred", by, at: MORNING + MINUTE });
    expect(now.opens).toBeUndefined();
    expect(now.tasks).toHaveLength(1);
    expect(decide(now.next, { kind: "let-go", by, at: MORNING + MINUTE }, FACES).kind).toBe("impossible");
    expect(step(now.next, due(MORNING + HOUR)).next.state).toBe("taken");
  });
});

describe("the money is in the agent's hand", () => {
  it("the payment is opened with the same change, of the same bill, and takes the hold over", () => {
    const now = step(taken(), receives(MORNING + MINUTE));
    expect(now.next).toMatchObject({ state: "paying", receivedAt: MORNING + MINUTE, dueAt: undefined });
    expect(now.postings).toEqual([]);
    expect(now.opens).toMatchObject({
      payer: taken().customer.chat,
      agent: { id: by, chat: CIBINONG.chat },
      request: "7K2MQ",
      bill: { total: 183_500 },
    });
    expect(told(now)).toEqual(["customer: received"]);
  });

  it("a bill that has ended, or is about to, is asked for anew first; of the same sum it is paid by itself", () => {
    for (const at of [MORNING + 58 * MINUTE, MORNING + 3 * HOUR]) {
      const waits = step(lived(taken(), says()), receives(at));
      expect(waits.next).toMatchObject({ state: "received", dueAt: at });
      expect(waits.opens).toBeUndefined();
      const now = step(waits.next, bills(183_500, at + SECOND));
      expect(now.opens).toMatchObject({ inquiredAt: at + SECOND, bill: { total: 183_500 } });
      expect(told(now)).toEqual([]);
    }
  });

  it("another sum is never paid before the customer and the agent said yes to it", () => {
    const moved = step(waitsForBill(), bills(196_300, MORNING + SECOND));
    expect(moved.opens).toBeUndefined();
    expect(sums(moved.postings)).toEqual(["release -183500 183500", "hold -196300 196300"]);
    expect(told(moved)).toEqual(["customer: sum-moved", "Cibinong: sum-asked"]);
    expect(moved.letters[0]?.notice).toMatchObject({ was: 183_500, request: { total: 196_300 } });
    expect(decide(moved.next, receives(MORNING + MINUTE), FACES).kind).toBe("impossible");
    const yes = step(moved.next, { kind: "agreed", sum: rupiah(196_300), at: MORNING + MINUTE });
    expect(told(yes)).toEqual(["Cibinong: sum-agreed"]);
    expect(step(yes.next, receives(MORNING + 2 * MINUTE)).opens).toMatchObject({ bill: { total: 196_300 } });
  });

  it("given to another agent it is still not paid before the customer said yes to the sum", () => {
    const moved = lived(waitsForBill(), bills(196_300));
    const given = lived(moved, { kind: "given", to: PARUNG, at: MORNING });
    const asks = step(given, { kind: "received", by: PARUNG.id, fresh: false, at: MORNING + MINUTE });
    expect(asks.opens).toBeUndefined();
    expect(told(asks)).toEqual(["customer: sum-moved", "Parung: sum-asked"]);
    expect(asks.letters[0]?.notice).toMatchObject({ was: 183_500, request: { total: 196_300 } });
    const yes = { kind: "agreed", sum: rupiah(196_300), at: MORNING + MINUTE } as const;
    for (const before of [asks.next, given]) {
      const paid = step(lived(before, yes), { kind: "received", by: PARUNG.id, fresh: false, at: MORNING + MINUTE });
      expect(paid.opens?.bill.total).toBe(196_300);
    }
  });
  it("a lower sum is another sum, too", () => {
    expect(step(waitsForBill(), bills(170_000)).opens).toBeUndefined();
  });

  it("a customer who does not say yes is asked again, and the operator calls; no lets the money go back", () => {
    const request = lived(waitsForBill(), bills(196_300));
    const now = step(request, due(request.dueAt ?? 0));
    expect(told(now)).toEqual(["customer: sum-moved"]);
    expect(now.tasks).toHaveLength(1);
    expect(step(now.next, { kind: "taken-back", at: MORNING + HOUR }).next.state).toBe("unpaid");
  });

  it("no bill: both hear it once with the time of the next word, then that it is not paid", () => {
    let request = waitsForBill();
    const heard: string[] = [];
    let nextAt = 0;
    while (request.state === "received") {
      const at = request.dueAt ?? 0;
      const now = step(request, { kind: "no-bill", why: "unavailable", at });
      for (const { notice } of now.letters) if (notice.kind === "bill-late") nextAt = notice.nextAt;
      heard.push(...told(now).map((line) => `${(at - MORNING) / MINUTE} ${line}`));
      request = now.next;
    }
    expect(heard).toEqual([
      "0 customer: bill-late",
      "0 Cibinong: bill-wait",
      "10 customer: unpaid-with-agent",
      "10 Cibinong: unpaid",
    ]);
    expect(nextAt).toBe(MORNING + 10 * MINUTE + 5 * SECOND);
    expect(request).toMatchObject({ state: "unpaid", payments: [] });
  });

  it("a quote that is over as it comes (towards midnight) is no bill", () => {
    const night = MORNING + 13 * HOUR + 57 * MINUTE;
    const bill = { ...bills(183_500, night), expiresAt: night + 30 * SECOND };
    const request = lived(taken(), says(), receives(night, true));
    expect(step(request, bill).next.state).toBe("received");
  });
});

describe("its payment ends", () => {
  it("paid: done, and settled with the operator", () => {
    const now = step(paying(), ends(paying(), "paid"));
    expect(now.next).toMatchObject({ state: "done", dueAt: undefined });
    expect(now.closes).toEqual(["request:7K2MQ"]);
    expect(told(now)).toEqual([]);
  });

  for (const state of ["refunded", "not-charged", "withdrawn"] as const) {
    it(`${state}: the customer hears who has his money, the agent what he may do; nothing is released twice`, () => {
      const now = step(paying(), ends(paying(), state));
      expect(now.next.state).toBe("unpaid");
      expect(told(now)).toEqual(["customer: unpaid-with-agent", "Cibinong: unpaid"]);
      expect(now.letters[0]?.notice).toMatchObject({ agent: { name: "Loket Cibinong" }, why: "not-paid" });
      expect(now.postings).toEqual([]);
    });
  }

  it("what another payment of it came to is not this one's end", () => {
    const other = { kind: "ended", payment: "3ZZZZ" as PaymentRef, state: "paid", at: MORNING } as const;
    expect(decide(paying(), other, FACES).kind).toBe("impossible");
  });

  it("tried again: held anew, said once more by the agent, and always with a fresh bill", () => {
    const at = MORNING + MINUTE;
    const now = step(unpaid(), { kind: "again", by, at });
    expect(now.next).toMatchObject({ state: "taken", dueAt: at + 5 * MINUTE });
    expect(sums(now.postings)).toEqual(["hold -183500 183500"]);
    expect(now.opens).toBeUndefined();
    expect(told(now)).toEqual(["Cibinong: yours"]);
    expect(decide(now.next, { kind: "let-go", by, at }, FACES).kind).toBe("impossible");
    const again = step(now.next, receives(at));
    expect(again.opens).toBeUndefined();
    expect(again.next).toMatchObject({ state: "received", dueAt: at });
  });

  it("the agent does neither: reminded after half an hour, the operator's after two", () => {
    let request = unpaid();
    const heard: string[] = [];
    for (let looks = 0; looks < 3; looks++) {
      const at = request.dueAt ?? 0;
      const now = step(request, due(at));
      heard.push(`${(at - MORNING) / MINUTE} ${told(now)} ${now.tasks.map(({ kind }) => kind)}`);
      request = now.next;
    }
    expect(heard).toEqual(["30 Cibinong: unpaid ", "120 Cibinong: unpaid request", "480  "]);
  });

  it("paid after all: done", () => {
    expect(step(unpaid(), ends(unpaid(), "paid")).next.state).toBe("done");
    expect(decide(unpaid(), ends(unpaid(), "refunded"), FACES).kind).toBe("impossible");
  });
});
