import { describe, expect, it } from "vitest";
import { testChassis } from "../../src/biller/sandbox/vehicles.ts";
import { isProof, NIK, onTelegram, payLabel, proofsOf, says, toBill, toProof } from "./customer.ts";
import { withClock } from "./daytime.ts";
import { makeFleet, startBalancer } from "./fleet.ts";

const WEBHOOK_SECRET = "rahasia_uji-1234567890";
const driving = /this process drives the account/;
const standingBy = /another process drives the account; this one stands by/;

describe("two counters on one PostgreSQL and one Redis", () => {
  it("one polls; when it dies the other goes on in the middle of a conversation", async () => {
    // What a process that died had in hand lapses after 75 s.
    const fleet = await makeFleet({ settings: withClock({ times: 5 }) });
    const first = await fleet.start();
    await first.line(driving);
    const second = await fleet.start();
    await second.line(standingBy);
    const customer = onTelegram(fleet.telegram.user(1));
    const chassis = testChassis("ordinary", 1);
    const bill = await toBill(customer, chassis);
    await first.kill();
    await customer.tap(payLabel(bill));
    await second.line(driving);
    await customer.next(isProof);
    expect(fleet.biller.moneyOf(chassis)).toEqual({ debits: 1, pays: 1 });
    expect(proofsOf(customer)).toHaveLength(1);
    expect((await second.stop()).code).toBe(0);
  });

  it("take the webhook's calls in turns: no message is lost, none is answered twice, and two taps pay once", async () => {
    const door = await startBalancer();
    const webhook = { TELEGRAM_WEBHOOK_URL: door.url, TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET };
    const fleet = await makeFleet({ settings: webhook });
    const all = [await fleet.start(), await fleet.start()];
    for (const { url } of all) door.add(url);
    const people = [11, 12, 13, 14, 15, 16].map((id) => onTelegram(fleet.telegram.user(id)));
    await Promise.all(people.map((customer, at) => toProof(customer, testChassis("ordinary", 10 + at))));
    for (const [at, customer] of people.entries()) {
      expect(fleet.biller.moneyOf(testChassis("ordinary", 10 + at))).toEqual({ debits: 1, pays: 1 });
      expect(proofsOf(customer)).toHaveLength(1);
      expect(customer.all().filter(says("Ketik NIK pemilik"))).toHaveLength(1);
    }
    for (const { url } of all) {
      const ready = await fetch(new URL("/readyz", url));
      expect(ready.status).toBe(200);
    }
    // And a tap that both are given at once pays once.
    const user = fleet.telegram.user(21);
    const customer = onTelegram(user);
    const chassis = testChassis("ordinary", 21);
    const bill = await toBill(customer, chassis);
    const tap = user.tap(payLabel(bill));
    user.tap(payLabel(bill));
    fleet.telegram.push(tap);
    await customer.next(isProof);
    await customer.say(`Jawa Barat ${NIK} ${chassis}`);
    await customer.next(says("lunas"));
    expect(fleet.biller.moneyOf(chassis)).toEqual({ debits: 1, pays: 1 });
    expect(proofsOf(customer)).toHaveLength(1);
  });
});
