import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { testChassis } from "../../src/biller/sandbox/vehicles.ts";
import { makeCounter } from "./counter.ts";
import { isProof, NIK, onTelegram, payLabel, refIn, says, toBill } from "./customer.ts";
import { openTab } from "./tab.ts";

describe("at SIGTERM", () => {
  it("an inquiry that hangs holds nothing up, and is asked again at the next start", async () => {
    const { telegram, biller, home } = await makeCounter();
    const program = await home.start();
    const customers = [openTab(home.open), onTelegram(telegram.user(8001))];
    const held = biller.hold("inquiry_esamsat", "before", 2);
    await Promise.all(customers.map((one, at) => one.say(`Jawa Barat ${NIK} ${testChassis("ordinary", 51 + at)}`)));
    await held.reached;
    expect(await program.stop()).toMatchObject({ code: 0, signal: null, stderr: "" });
    await home.start();
    await Promise.all(customers.map((one) => one.next(says("Tagihan ditemukan"))));
  });

  it("a payment that is under way is waited for, and its proof comes after the next start at the latest", async () => {
    const { telegram, biller, home } = await makeCounter();
    const program = await home.start();
    const customer = onTelegram(telegram.user(8002));
    const chassis = testChassis("ordinary", 53);
    const bill = await toBill(customer, chassis);
    const held = biller.hold("pay_esamsat", "after");
    await customer.tap(payLabel(bill));
    await held.reached;
    const ending = program.stop();
    await program.line(/stopping: what is under way ends first/);
    // A second signal does not cut it short.
    program.send("SIGTERM");
    expect(await Promise.race([ending, pause(2_000, "still here")])).toBe("still here");
    held.release();
    expect(await ending).toMatchObject({ code: 0, signal: null, stderr: "" });
    expect((await home.loket(["payments"])).stdout).toMatch(/ paid\n$/);
    await home.start();
    const proof = await customer.next(isProof);
    expect((await home.loket(["payments"])).stdout).toContain(refIn(proof));
    expect(biller.moneyOf(chassis)).toEqual({ debits: 1, pays: 1 });
  });

  it("what is written meanwhile is answered by the next program", async () => {
    const { telegram, home } = await makeCounter();
    const program = await home.start();
    const [tab, user] = [openTab(home.open), onTelegram(telegram.user(8003))];
    await tab.say("/start");
    await tab.next(says("wilayah mana?"));
    expect((await program.stop()).code).toBe(0);
    const said = tab.say("Jawa Barat");
    await user.say("/start");
    await home.start();
    await said;
    await Promise.all([tab.next(says("Ketik NIK")), user.next(says("wilayah mana?"))]);
  });
});

describe("a signal that comes while the program starts", () => {
  it("ends it with 0 once it is open", async () => {
    const { home } = await makeCounter({ settings: { LOG_LEVEL: "info" } });
    const starting = home.spawn(["start"]);
    await starting.line(/the web server listens/);
    starting.send("SIGTERM");
    expect(await starting.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
    expect(starting.output()).toContain("The counter is open: ");
  });
});

describe("what watches over the program", () => {
  it("hears that it lives at once, and that it is ready once every channel was reached", async () => {
    const { telegram, home } = await makeCounter();
    await telegram.cut();
    const program = await home.start();
    const health = await fetch(`${program.url}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ ok: true })]);
    const early = await fetch(`${program.url}/readyz`);
    expect([early.status, await early.json()]).toEqual([
      503,
      { ready: false, parts: expect.objectContaining({ store: { ready: true, detail: "open" } }) },
    ]);
    await telegram.back();
    await program.line(/Telegram is reached/);
    const late = await fetch(`${program.url}/readyz`);
    expect([late.status, await late.json()]).toEqual([200, expect.objectContaining({ ready: true })]);
  });

  it("hears that it is ready though the biller is away, and people hear that it is", async () => {
    const { telegram, home } = await makeCounter({ settings: { MMBC_URL: "http://127.0.0.1:1" } });
    const program = await home.start();
    await program.line(/Telegram is reached/);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
    const customer = onTelegram(telegram.user(8004));
    await customer.say("/start");
    await customer.next(says("sistem pembayaran sedang gangguan", "Belum ada pembayaran"));
    expect((await program.stop()).code).toBe(0);
  });
});
