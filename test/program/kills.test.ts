import { describe, expect, it } from "vitest";
import { testChassis } from "../../src/biller/sandbox/vehicles.ts";
import { makeCounter } from "./counter.ts";
import { isProof, NIK, onTelegram, payLabel, proofsOf, refIn, says, toBill } from "./customer.ts";
import { openTab } from "./tab.ts";

const chassis = (number: number) => testChassis("ordinary", number);

describe("a program that is killed", () => {
  it("in the middle of a conversation keeps the place", async () => {
    const { telegram, home } = await makeCounter();
    const tab = openTab(home.open);
    const user = onTelegram(telegram.user(5001));
    let program = await home.start();
    for (const one of [tab, user]) {
      await one.say("/start");
      await one.next(says("wilayah mana?"));
      await one.tap("Jawa Barat");
      await one.next(says("Ketik NIK"));
      await one.say(NIK);
      await one.next(says("Ketik nomor rangka"));
    }
    await program.kill();
    program = await home.start();
    await Promise.all(
      [tab, user].map(async (one, at) => {
        await one.say(chassis(11 + at));
        const bill = await one.next(says("Tagihan ditemukan"));
        await program.line(/the counter is open/);
        await one.tap(payLabel(bill));
        await one.next(isProof);
      }),
    );
  });

  it("right after it took a message answers it when it is back", async () => {
    const { telegram, home } = await makeCounter();
    let program = await home.start();
    const tab = openTab(home.open);
    const user = telegram.user(5002);
    const customer = onTelegram(user);
    // The web chat hears "taken"; Telegram is told by the next offset, which empties its queue.
    await Promise.all([
      tab.say(`Jawa Barat ${NIK} ${chassis(13)}`),
      customer
        .say(`Jawa Barat ${NIK} ${chassis(14)}`)
        .then(() => telegram.reached((books) => books.updates.length === 0)),
    ]);
    await program.kill();
    program = await home.start();
    await Promise.all([tab, customer].map((one) => one.next(says("Tagihan ditemukan"))));
  });

  it("after the confirmation was taken brings the proof, once it knows", async () => {
    const { telegram, biller, home } = await makeCounter();
    const program = await home.start();
    const customer = onTelegram(telegram.user(5003));
    const bill = await toBill(customer, chassis(15));
    const held = biller.hold("pay_esamsat", "before");
    await customer.tap(payLabel(bill));
    await held.reached;
    await program.kill();
    // The call died at the gate: the biller never had it.
    held.release();
    await home.start();
    await customer.say("status");
    await customer.next(says("sedang diproses"));
    const asked = biller.hold("status_invoice", "after");
    await asked.reached;
    asked.release();
    // It could still be on its way, for all that is known: no proof, no "failed", no second pay.
    await customer.say("status");
    await customer.next(says("sedang diproses", "Mohon jangan membayar di tempat lain"));
    expect(biller.moneyOf(chassis(15))).toEqual({ debits: 0, pays: 0 });
    expect(customer.all().filter(says(/belum berhasil|Pembayaran berhasil/))).toEqual([]);
    // And the vehicle is nobody else's meanwhile.
    const other = onTelegram(telegram.user(5004));
    await other.say(`Jawa Barat ${NIK} ${chassis(15)}`);
    await other.next(says("sedang dibayar"));
  });

  it("while pay is with the biller asks for its status, never pays again, and brings the proof", async () => {
    const { telegram, biller, home } = await makeCounter();
    const program = await home.start();
    const customer = onTelegram(telegram.user(5005));
    const bill = await toBill(customer, chassis(16));
    const held = biller.hold("pay_esamsat", "after");
    await customer.tap(payLabel(bill));
    const underWay = await customer.next(says("Pembayaran sedang diproses"));
    await held.reached;
    expect(biller.moneyOf(chassis(16))).toEqual({ debits: 1, pays: 1 });
    await program.kill();
    held.release();
    await home.start();
    const proof = await customer.next(isProof);
    expect(refIn(proof)).toBe(refIn(underWay));
    await telegram.reached(() => telegram.user(5005).documents().length === 1);
    expect(biller.moneyOf(chassis(16))).toEqual({ debits: 1, pays: 1 });
    expect(proofsOf(customer)).toHaveLength(1);
  });

  it("when the answer of pay has just come brings the same proof, if need be a second time", async () => {
    const { telegram, biller, home } = await makeCounter();
    const program = await home.start();
    const user = telegram.user(5006);
    const customer = onTelegram(user);
    const bill = await toBill(customer, chassis(17));
    // Telegram has the proof, and the program never hears that.
    const cut = new Promise<void>((resolve) => {
      void telegram.reached(() => proofsOf(customer).length > 0).then(resolve);
    });
    await customer.tap(payLabel(bill));
    await cut;
    await program.kill();
    await home.start();
    await telegram.reached(() => user.documents().length > 0);
    const numbers = new Set(proofsOf(customer).map(refIn));
    expect(numbers.size).toBe(1);
    expect(biller.moneyOf(chassis(17))).toEqual({ debits: 1, pays: 1 });
  });

  it("with a payment that was not sent yet lets it go, and offers the bill anew", async () => {
    const { telegram, biller, home } = await makeCounter();
    const program = await home.start();
    const crowd = Array.from({ length: 9 }, (_, at) => onTelegram(telegram.user(5100 + at)));
    const bills = await Promise.all(crowd.map((one, at) => toBill(one, chassis(20 + at))));
    // Eight may be with the biller at once: one of nine waits.
    const held = biller.hold("pay_esamsat", "after", 8);
    await Promise.all(crowd.map((one, at) => one.tap(payLabel(bills[at] ?? { text: "", buttons: [] }))));
    await held.reached;
    const waits = crowd.findIndex((_, at) => biller.moneyOf(chassis(20 + at)).pays === 0);
    const unlucky = crowd[waits];
    if (unlucky === undefined) throw new Error("nobody waits");
    await telegram.reached(({ updates }) => updates.length === 0);
    await program.kill();
    held.release();
    await home.start();
    await unlucky.next(says("Sistem kami sempat terhenti", "Belum ada pembayaran"));
    const again = await unlucky.next(says("Tagihan"));
    await unlucky.tap(payLabel(again));
    await Promise.all(crowd.map((one) => one.next(isProof)));
    const money = crowd.map((_, at) => biller.moneyOf(chassis(20 + at)));
    expect(money).toEqual(crowd.map(() => ({ debits: 1, pays: 1 })));
  });
});
