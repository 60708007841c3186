import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mmbcBiller } from "../../src/biller/mmbc.ts";
import type { VehicleKind } from "../../src/biller/sandbox/kinds.ts";
import { SANDBOX_LOGIN, type Sandbox, type SandboxOptions, startSandbox } from "../../src/biller/sandbox/server.ts";
import { type Clock, systemClock } from "../../src/clock.ts";
import type { Bill } from "../../src/domain/bill.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { silentLog } from "../../src/log.ts";
import { billerLaw, billOf } from "../contract/biller.ts";
import { clientOf, queryOf, YES } from "./sandbox-client.ts";

describe.each(["form", "json"] as const)("the sandbox, spoken to in %s", (body) => {
  billerLaw(`mmbc over ${body}`, async () => {
    const sandbox = await startSandbox({ clock: systemClock });
    return {
      biller: clientOf(sandbox, body),
      known: queryOf("ordinary"),
      unknown: queryOf("not-found"),
      pays: () => sandbox.book.pays.map(({ invoice }) => invoice),
      debits: () => sandbox.book.debits.filter(({ refundedAt }) => refundedAt === undefined).length,
      close: sandbox.close,
    };
  });
});

describe("the sandbox's vehicles", () => {
  let sandbox: Sandbox;
  /** The sandbox's clock stands until a test moves it: its short delays end at once, the long ones with their call. */
  let now: number;
  beforeEach(async () => {
    now = Date.UTC(2019, 6, 7, 6, 14, 15);
    sandbox = await open({});
  });
  afterEach(() => sandbox.close());

  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    sleep: (until, stop) =>
      until - now <= 5_000
        ? Promise.resolve()
        : new Promise((resolve) => stop.addEventListener("abort", () => resolve(), { once: true })),
  };
  const open = (options: Partial<SandboxOptions>) => startSandbox({ clock, ...options });
  const bill = async (kind: VehicleKind, number = 1): Promise<Bill> =>
    billOf(await clientOf(sandbox).inquire(queryOf(kind, number)));
  const pay = async (order: Bill, answerMs?: number) => clientOf(sandbox, "form", answerMs).pay(order, YES);
  const status = (order: Bill) => clientOf(sandbox).status(order);
  const standing = () => sandbox.book.debits.filter(({ refundedAt }) => refundedAt === undefined);

  it("ordinary: the document's own bill, found and paid", async () => {
    const order = await bill("ordinary");
    expect(order).toMatchObject({ plate: "F 0001 Z", owner: "JORDAN", total: 183_500, fee: 5_000, other: 0 });
    expect(order.billedAt).toBe("2019-07-07 13:14:15");
    const paid = await pay(order);
    if (paid.kind !== "paid") throw new Error(paid.kind);
    expect(paid.receipt.reference).toMatch(/^[0-9A-F]{32}$/);
    expect(paid.receipt.trace).toMatch(/^[0-9]{6}$/);
    expect(sandbox.book.debits).toEqual([
      { invoice: order.invoice, chassis: order.chassis, plate: "F 0001 Z", amount: 183_500, at: now },
    ]);
    expect(sandbox.book.deposit).toBe(100_000_000 - 183_500);
    expect((await clientOf(sandbox).inquire(queryOf("ordinary"))).kind).toBe("already-paid");
    expect((await bill("ordinary", 2)).plate).toBe("F 0002 Z");
  });

  it("penalties, other parts and a B plate have bills of their own", async () => {
    expect(await bill("penalties")).toMatchObject({ bbn: 150_000, pkbPenalty: 12_800, bbnPenalty: 75, other: 0 });
    expect(await bill("other-part")).toMatchObject({ total: 186_000, other: 2_500 });
    expect((await bill("plate-b")).plate).toBe("B 0001 KZB");
  });

  it("unquoted keys are found and paid all the same, and slow is only slow", async () => {
    for (const kind of ["bare-keys", "slow", "penalties", "other-part", "plate-b"] as const) {
      const order = await bill(kind);
      expect((await pay(order)).kind, kind).toBe("paid");
      expect((await status(order)).kind, kind).toBe("paid");
    }
  });

  it("some are not found, paid already, unreadable, or cannot be asked about", async () => {
    const said = async (kind: VehicleKind, number?: number) =>
      (await clientOf(sandbox).inquire(queryOf(kind, number))).kind;
    expect(await said("not-found")).toBe("not-found");
    expect(await said("already-paid")).toBe("already-paid");
    expect(await said("bad-bill")).toBe("bad-bill");
    expect(await said("down", 1)).toBe("unavailable");
    expect(await said("down", 2)).toBe("unavailable");
    const typo = { ...queryOf("ordinary"), chassis: "MH1JFZ110HK123456" as Bill["chassis"] };
    expect((await clientOf(sandbox).inquire(typo)).kind).toBe("not-found");
  });

  it("pending, then paid", async () => {
    const order = await bill("pending-confirm");
    expect(await pay(order)).toEqual({ kind: "pending" });
    now += 19_999;
    expect(await status(order)).toEqual({ kind: "pending" });
    now += 1;
    expect((await status(order)).kind).toBe("paid");
    expect(standing()).toHaveLength(1);
  });

  it("pending, then refunded: the deposit has the money back", async () => {
    const order = await bill("pending-refund");
    expect(await pay(order)).toEqual({ kind: "pending" });
    expect(standing()).toHaveLength(1);
    now += 20_000;
    expect(await status(order)).toEqual({ kind: "refunded" });
    expect(standing()).toEqual([]);
    expect(sandbox.book.deposit).toBe(100_000_000);
    expect((await bill("pending-refund")).invoice).not.toBe(order.invoice);
  });

  it.each([
    ["hang-applied", { cause: "timeout" }, "paid", 1],
    ["hang-not-applied", { cause: "timeout" }, "failure", 0],
    ["reset-applied", { cause: "network" }, "paid", 1],
    ["bad-gateway", { cause: "garbled" }, "failure", 0],
    ["garbage", { cause: "garbled" }, "paid", 1],
    ["wrong-total", { cause: "other-total", ok: true }, "unknown", 1],
    ["refused", { kind: "refused", saysPaid: true }, "failure", 0],
  ] as const)("%s: pay is suspect, and the status knows better", async (kind, answer, after, debits) => {
    const order = await bill(kind);
    expect(await status(order)).toEqual({ kind: "unpaid" });
    const limit = kind.startsWith("hang") ? 200 : 5_000;
    expect(await pay(order, limit)).toMatchObject({ kind: "unknown", ...answer });
    expect((await status(order)).kind).toBe(after);
    expect(standing()).toHaveLength(debits);
    expect(sandbox.book.pays).toHaveLength(1);
  });

  it("a second pay debits again unless the first is confirmed: nothing protects a client that repeats itself", async () => {
    const order = await bill("pending-confirm");
    await pay(order);
    await pay(order);
    expect(standing()).toHaveLength(2);
    now += 20_000;
    expect(await pay(order)).toMatchObject({ kind: "refused", saysPaid: true });
    expect(standing()).toHaveLength(2);
    const [first, second] = [await bill("ordinary"), await bill("ordinary")];
    expect(first.invoice).not.toBe(second.invoice);
    await pay(first);
    expect((await pay(second)).kind).toBe("paid");
    expect(standing()).toHaveLength(4);
  });

  it("pay is refused when the deposit is short", async () => {
    await sandbox.close();
    sandbox = await open({ deposit: rupiah(183_499) });
    const order = await bill("ordinary");
    expect(await pay(order)).toMatchObject({ kind: "refused", saysPaid: false });
    expect(sandbox.book.deposit).toBe(183_499);
    expect(await status(order)).toEqual({ kind: "unpaid" });
  });

  it("a region that is off answers nothing, until it is on", async () => {
    const query = { ...queryOf("ordinary"), product: "SAMSAT_JATIM" };
    expect((await clientOf(sandbox).inquire(query)).kind).toBe("closed");
    sandbox.book.setRegion("SAMSAT_JATIM", "ON");
    expect((await clientOf(sandbox).inquire(query)).kind).toBe("bill");
    const said = await clientOf(sandbox).regions(0);
    if (said.kind !== "regions") throw new Error(said.kind);
    expect(said.regions.map(({ product, open: isOpen }) => `${product} ${isOpen}`)).toEqual([
      "SAMSAT_JABAR true",
      "SAMSAT_JATENG false",
      "SAMSAT_JAKARTA false",
      "SAMSAT_JATIM true",
    ]);
  });

  it("a wrong login is refused everywhere", async () => {
    const biller = mmbcBiller({
      ...SANDBOX_LOGIN,
      password: "x",
      url: sandbox.url,
      body: "form",
      clock,
      log: silentLog,
    });
    expect(await biller.regions(0)).toMatchObject({ kind: "unavailable", why: "login" });
    expect(await biller.inquire(queryOf("ordinary"))).toMatchObject({ kind: "unavailable", why: "login" });
    const order = await bill("ordinary");
    expect(await biller.status(order)).toMatchObject({ kind: "unknown" });
    expect(await biller.pay(order, YES)).toMatchObject({ kind: "refused", saysPaid: false });
    expect(sandbox.book.debits).toEqual([]);
  });

  it("its book can be read over HTTP, and other paths are not there", async () => {
    const order = await bill("ordinary");
    await pay(order);
    const book = await fetch(`${sandbox.url}/sandbox/book`).then((response) => response.json());
    expect(book).toMatchObject({
      deposit: 99_816_500,
      debits: [{ invoice: order.invoice }],
      pays: [{ invoice: order.invoice }],
    });
    expect((await fetch(`${sandbox.url}/json/esamsat/list_esamsat`)).status).toBe(404);
    expect((await fetch(`${sandbox.url}/json/esamsat/nothing`, { method: "POST" })).status).toBe(404);
    const broken = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{" };
    expect((await fetch(`${sandbox.url}/json/esamsat/list_esamsat`, broken)).status).toBe(400);
  });

  it("without a file no invoice of an earlier run comes back, for the clock goes on", async () => {
    const before = await bill("ordinary");
    await sandbox.close();
    now += 1;
    sandbox = await open({});
    expect((await bill("ordinary")).invoice).not.toBe(before.invoice);
  });
});
