import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { Happening, HappeningKind } from "../../src/relay/life/step.ts";
import { decide } from "../../src/relay/life.ts";
import type { Request, RequestState } from "../../src/relay/request.ts";
import {
  asked,
  BOGOR,
  bills,
  CIBINONG,
  due,
  ends,
  FACES,
  lived,
  MINUTE,
  MORNING,
  PARUNG,
  paying,
  receives,
  says,
  taken,
  takes,
  unpaid,
  waitsForBill,
} from "./life-samples.ts";

describe("the table of a request's life", () => {
  const later = MORNING + MINUTE;
  const by = CIBINONG.id;
  const examples: { readonly [S in RequestState]: Request } = {
    asked: asked(),
    taken: lived(taken(), says()),
    received: waitsForBill(),
    paying: paying(),
    unpaid: unpaid(),
    done: lived(paying(), ends(paying(), "paid")),
    closed: lived(asked(), { kind: "cancelled", at: MORNING }),
  };
  const happenings: { readonly [K in HappeningKind]: Happening<K> } = {
    taken: takes(PARUNG, later),
    skipped: { kind: "skipped", by, at: later },
    "let-go": { kind: "let-go", by, at: later },
    others: { kind: "others", at: later },
    cancelled: { kind: "cancelled", at: later },
    "taken-back": { kind: "taken-back", at: later },
    said: { kind: "said", photo: true, at: later },
    received: receives(later),
    barred: { kind: "barred", by, at: later },
    agreed: { kind: "agreed", sum: rupiah(183_500), at: later },
    bill: bills(183_500, later),
    "no-bill": { kind: "no-bill", why: "unavailable", at: later },
    ended: ends(paying(), "refunded", later),
    again: { kind: "again", by, at: later },
    returned: { kind: "returned", by, at: later },
    due: due(later),
    given: { kind: "given", to: BOGOR, at: later },
    shut: { kind: "shut", at: later },
  };
  /** Where each possible thing leads; what is not here is impossible. */
  const edges: { readonly [S in RequestState]: Partial<Record<HappeningKind, RequestState>> } = {
    asked: {
      taken: "taken",
      skipped: "asked",
      others: "asked",
      cancelled: "closed",
      due: "asked",
      given: "taken",
      shut: "closed",
    },
    // The customer has said SUDAH.
    taken: {
      "taken-back": "unpaid",
      said: "taken",
      received: "paying",
      barred: "taken",
      returned: "closed",
      due: "taken",
      given: "taken",
      shut: "closed",
    },
    received: { "taken-back": "unpaid", bill: "paying", "no-bill": "received", returned: "closed", shut: "closed" },
    paying: { ended: "unpaid" },
    unpaid: { again: "taken", returned: "closed", due: "unpaid", given: "taken", shut: "closed" },
    done: {},
    closed: {},
  };
  for (const [state, request] of Object.entries(examples) as [RequestState, Request][]) {
    it(`${state}: ${Object.keys(edges[state]).join(", ") || "nothing"} can happen, and nothing else`, () => {
      expect(request.state).toBe(state);
      for (const happening of Object.values(happenings)) {
        const decided = decide(request, happening, FACES);
        const to = edges[state][happening.kind];
        if (to === undefined) expect(decided, happening.kind).toMatchObject({ kind: "impossible" });
        else {
          expect(decided, happening.kind).toMatchObject({ kind: "step", next: { state: to } });
          expect(decided, happening.kind).toMatchObject({ next: { revision: request.revision + 1 } });
        }
      }
    });
  }

  it("before SUDAH it may be let go or cancelled, and nobody has money to give back", () => {
    const request = taken();
    expect(decide(request, happenings["let-go"], FACES)).toMatchObject({ next: { state: "asked" } });
    expect(decide(request, happenings.cancelled, FACES)).toMatchObject({ next: { state: "closed" } });
    expect(decide(request, happenings.returned, FACES).kind).toBe("impossible");
  });

  it("what only the agent who has it may do, another may not", () => {
    const of = { by: PARUNG.id, at: later };
    const others: readonly [Request, Happening][] = [
      [taken(), { kind: "let-go", ...of }],
      [taken(), { kind: "received", fresh: false, ...of }],
      [taken(), { kind: "barred", ...of }],
      [unpaid(), { kind: "again", ...of }],
      [unpaid(), { kind: "returned", ...of }],
    ];
    for (const [request, happening] of others) {
      expect(decide(request, happening, FACES), happening.kind).toMatchObject({ kind: "impossible" });
    }
  });
});
