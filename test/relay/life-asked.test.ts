import { describe, expect, it } from "vitest";
import { agentAccount } from "../../src/domain/staff.ts";
import { askedLetters } from "../../src/relay/life/asked.ts";
import { decide } from "../../src/relay/life.ts";
import { ANI } from "../fakes/bills.ts";
import {
  asked,
  BOGOR,
  CIBINONG,
  COUNTERS,
  DEPOK,
  due,
  FACES,
  HOUR,
  lived,
  MINUTE,
  MORNING,
  newRequest,
  PARUNG,
  SECOND,
  step,
  takes,
  told,
} from "./life-samples.ts";

const skips = (by: (typeof COUNTERS)[number], at: number) => ({ kind: "skipped", by: by.id, at }) as const;

describe("to whom a request is offered", () => {
  it("at most three at once, and the customer hears when the next word comes", () => {
    const request = asked();
    expect(request.offers.map(({ id }) => id)).toEqual([CIBINONG, PARUNG, BOGOR].map(({ id }) => id));
    const letters = askedLetters(request, FACES);
    expect(told({ letters, next: request })).toEqual([
      "customer: asked",
      "Cibinong: offer",
      "Parung: offer",
      "Bogor: offer",
    ]);
    expect(letters[0]?.notice).toMatchObject({ agent: undefined, nextAt: MORNING + 10 * MINUTE + 5 * SECOND });
  });

  it("the next ones after two minutes, never twice the same; who let it pass is named", () => {
    const request = lived(asked(), skips(PARUNG, MORNING + MINUTE));
    expect(request.dueAt).toBe(MORNING + 2 * MINUTE);
    const first = step(request, due(MORNING + 2 * MINUTE));
    expect(told(first)).toEqual(["Depok: offer"]);
    expect(first.lapsed).toEqual([CIBINONG.id, BOGOR.id]);
    const second = step(first.next, due(MORNING + 4 * MINUTE));
    expect(told(second)).toEqual([]);
    expect(second.lapsed).toEqual([DEPOK.id]);
    // Who comes on duty meanwhile is found.
    const third = step(second.next, due(MORNING + 6 * MINUTE));
    expect(third.lapsed).toEqual([]);
    expect(third.next.dueAt).toBe(MORNING + 8 * MINUTE);
  });

  it("at once, when all who were asked have said no", () => {
    const request = lived(asked(), skips(CIBINONG, MORNING), skips(PARUNG, MORNING), skips(BOGOR, MORNING + SECOND));
    expect(request.dueAt).toBe(MORNING + SECOND);
    expect(told(step(request, due(MORNING + SECOND)))).toEqual(["Depok: offer"]);
    expect(decide(request, skips(BOGOR, MORNING + SECOND), FACES).kind).toBe("impossible");
  });

  it("to the counter that the customer chose, and to no other until he says so", () => {
    const request = asked({ wanted: PARUNG.id });
    expect(request.offers.map(({ id }) => id)).toEqual([PARUNG.id]);
    const ten = step(request, due(MORNING + 10 * MINUTE));
    expect(told(ten)).toEqual(["customer: no-answer"]);
    expect(ten.letters[0]?.notice).toMatchObject({ agent: { name: "Loket Parung" } });
    expect(ten.lapsed).toEqual([PARUNG.id]);
    const open = lived(ten.next, { kind: "others", at: MORNING + 11 * MINUTE });
    expect(open.dueAt).toBe(MORNING + 11 * MINUTE);
    expect(told(step(open, due(MORNING + 11 * MINUTE)))).toEqual(["Cibinong: offer", "Bogor: offer", "Depok: offer"]);
  });

  it("a chosen counter that says no is told to the customer at once, and once", () => {
    const request = lived(asked({ wanted: PARUNG.id }), skips(PARUNG, MORNING + MINUTE));
    const now = step(request, due(MORNING + MINUTE));
    expect(told(now)).toEqual(["customer: no-answer"]);
    expect(now.next.dueAt).toBe(MORNING + 20 * MINUTE);
  });

  it("R5 after ten and twenty minutes, R6 after thirty, with the offers gone", () => {
    const agents = COUNTERS.slice(0, 1);
    let request = asked({}, MORNING);
    const heard: string[] = [];
    while (request.state === "asked") {
      const at = request.dueAt ?? 0;
      const now = step(request, due(at, agents));
      heard.push(...told(now).map((line) => `${(at - MORNING) / MINUTE} ${line}`));
      request = now.next;
    }
    expect(heard).toEqual([
      "10 customer: no-answer",
      "20 customer: no-answer",
      "30 customer: nobody",
      "30 Cibinong: offer-gone",
      "30 Parung: offer-gone",
      "30 Bogor: offer-gone",
    ]);
    expect(request).toMatchObject({ closed: { why: "nobody", at: MORNING + 30 * MINUTE }, dueAt: undefined });
  });

  it("a look that comes late makes up for the ones before it", () => {
    expect(told(step(asked(), due(MORNING + 25 * MINUTE)))).toEqual(["customer: no-answer", "Depok: offer"]);
    expect(step(asked(), due(MORNING + 2 * HOUR)).next.state).toBe("closed");
  });

  it("nobody is offered what was cancelled", () => {
    const { next, letters } = step(asked(), { kind: "cancelled", at: MORNING + MINUTE });
    expect(told({ letters, next })).toEqual(["Cibinong: offer-gone", "Parung: offer-gone", "Bogor: offer-gone"]);
  });
});

describe("who takes it", () => {
  it("has it: its total is held, the customer hears where, the others that it is gone", () => {
    const now = step(asked(), takes(PARUNG, MORNING + MINUTE));
    expect(now.next).toMatchObject({ state: "taken", taken: { id: PARUNG.id, until: MORNING + 31 * MINUTE } });
    expect(now.postings.map(({ entries }) => entries)).toEqual([
      [
        { account: agentAccount(PARUNG.id), amount: -183_500 },
        { account: "holds", amount: 183_500 },
      ],
    ]);
    expect(told(now)).toEqual(["customer: taken", "Parung: yours", "Cibinong: offer-gone", "Bogor: offer-gone"]);
    expect(now.letters[0]?.notice).toMatchObject({ handover: "Jalan Loket Parung 1" });
    expect(now.next.dueAt).toBe(MORNING + 31 * MINUTE);
  });

  it("may be one whom nobody asked: the customer told him its name", () => {
    expect(told(step(asked({ wanted: PARUNG.id }), takes(DEPOK)))).toEqual([
      "customer: taken",
      "Depok: yours",
      "Parung: offer-gone",
    ]);
  });

  it("is never the customer himself, in whichever chat, and nobody who is suspended", () => {
    expect(decide(asked(), takes({ ...CIBINONG, chats: [CIBINONG.chat, ANI] }), FACES).kind).toBe("impossible");
    expect(decide(asked(), takes({ ...CIBINONG, suspended: true }), FACES).kind).toBe("impossible");
  });

  it("does not take what nobody could bring before 23.45", () => {
    const night = MORNING + 13 * HOUR;
    const at = (minutes: number) => step(asked({}, night), takes(CIBINONG, night + minutes * MINUTE)).next.taken?.until;
    expect(at(10)).toBe(night + 40 * MINUTE);
    expect(at(20)).toBe(night + 45 * MINUTE);
    expect(decide(asked({}, night), takes(CIBINONG, night + 41 * MINUTE), FACES).kind).toBe("impossible");
  });
});

it("an agent is chosen by a customer only among those who may have it", () => {
  expect(newRequest({ wanted: "Z9ZZ" as typeof DEPOK.id }).offers).toEqual([]);
});
