import { describe, expect, it } from "vitest";
import type { FlowEvent, Task } from "../../flows/index.ts";
import type { Notice } from "../../src/domain/notice.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { RequestRef } from "../../src/domain/staff.ts";
import { AGENT, agentChat, CODE, factsOf } from "../fakes/agent-chat.ts";
import { flowChat, NOON } from "../fakes/flow-chat.ts";
import { operatorChat } from "../fakes/operator-chat.ts";

const payment = factsOf();
const { plate, vehicle, product, total } = payment;
const request = { ref: "8XWQ2" as RequestRef, plate, vehicle, product, total, markup: rupiah(5_000) };
const agent = { id: AGENT, name: "Loket Cibinong" };
const soon = { request, nextAt: NOON };
const his = { request, agent };

/** One of each kind: a new kind does not compile until it is here. */
const NOTICES: { readonly [K in Notice["kind"]]: Extract<Notice, { kind: K }> } = {
  "under-way": { kind: "under-way", payment, nextAt: NOON },
  "still-asking": { kind: "still-asking", stage: "minute", payment, nextAt: NOON },
  withdrawn: { kind: "withdrawn", why: "expired", payment },
  paid: { kind: "paid", payment: { ...payment, paidAt: NOON, reference: "5A", trace: "", code: CODE } },
  "not-paid": { kind: "not-paid", how: "refunded", payment },
  "changed-its-word": { kind: "changed-its-word", payment },
  asked: { kind: "asked", agent: undefined, ...soon },
  taken: { kind: "taken", ...his, handover: "Jalan Raya 1", until: NOON },
  received: { kind: "received", ...his, receivedAt: NOON, nextAt: NOON },
  "sum-moved": { kind: "sum-moved", ...his, was: rupiah(180_000), nextAt: NOON },
  "bill-late": { kind: "bill-late", ...his, nextAt: NOON },
  "no-answer": { kind: "no-answer", agent: undefined, request },
  nobody: { kind: "nobody", request },
  "silent-agent": { kind: "silent-agent", ...his, saidAt: NOON, nextAt: NOON },
  "let-go": { kind: "let-go", ...his, nextAt: NOON },
  expired: { kind: "expired", ...his },
  "passed-on": { kind: "passed-on", ...his },
  "unpaid-with-agent": { kind: "unpaid-with-agent", ...his, tried: undefined, why: "not-paid" },
  returned: { kind: "returned", ...his },
  shut: { kind: "shut", agent: undefined, request },
  offer: { kind: "offer", request },
  "offer-gone": { kind: "offer-gone", why: "taken", request },
  yours: { kind: "yours", until: NOON, request },
  "customer-paid": { kind: "customer-paid", saidAt: NOON, photo: false, request },
  reminder: { kind: "reminder", saidAt: NOON, request },
  "customer-cancelled": { kind: "customer-cancelled", request },
  "not-yours": { kind: "not-yours", why: "passed-on", request },
  "sum-asked": { kind: "sum-asked", was: rupiah(180_000), request },
  "sum-agreed": { kind: "sum-agreed", request },
  "bill-wait": { kind: "bill-wait", ...soon },
  unpaid: { kind: "unpaid", tried: undefined, why: "not-paid", request },
  "duty-over": { kind: "duty-over", request },
  balance: { kind: "balance", what: "top-up", amount: rupiah(500_000) },
};

interface Hearing {
  hears(event: FlowEvent): string;
  readonly last: readonly Task[];
}

const FLOWS: readonly (readonly [string, () => Hearing])[] = [
  ["a customer's chat", flowChat],
  ["an agent's chat", agentChat],
  ["an operator's chat", operatorChat],
];

describe.each(FLOWS)("in %s", (_, open) => {
  it.each(Object.values(NOTICES))("the notice $kind is said, so that it is owed no more", (notice) => {
    const chat = open();
    expect(chat.hears({ type: "notice", id: "n1", notice })).not.toBe("");
    expect(chat.last.filter((task) => task.kind === "say" && task.notice === "n1")).toHaveLength(1);
  });
});

describe("news for an agent in a chat that is an agent's no more", () => {
  it("says so, and where the money matters whom to ask", () => {
    const chat = flowChat({ policy: { contact: "Bu Sari 0812" } });
    const hears = (notice: Notice) => chat.hears({ type: "notice", id: "n1", notice });
    expect(hears(NOTICES.balance)).toBe(
      "Saldo agen bertambah Rp500.000, tetapi chat ini tidak lagi terdaftar sebagai agen. Hubungi Bu Sari 0812.",
    );
    expect(hears(NOTICES["customer-paid"])).toMatch(/Permintaan 8XWQ2[\s\S]*uang pelanggan[\s\S]*hubungi Bu Sari 0812/);
    expect(hears(NOTICES.offer)).toContain("Tidak ada yang perlu Anda lakukan.");
  });
});
