import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testChassis, testPlate } from "../../src/biller/sandbox/vehicles.ts";
import type { TelegramServer } from "../fakes/telegram/server.ts";
import { startBiller } from "./biller-gate.ts";
import { type Counter, freePort, makeCounter } from "./counter.ts";
import { isProof, NIK, onTelegram, payLabel, proofsOf, refIn, says, toBill, toProof } from "./customer.ts";

const WEBHOOK_SECRET = "rahasia_uji-1234567890";

const ways: readonly (readonly [string, () => Promise<Counter>])[] = [
  ["by long polling", () => makeCounter()],
  [
    "by webhook",
    async () => {
      const port = await freePort();
      const at = { TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}`, TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET };
      return makeCounter({ settings: { ...at, PORT: String(port) } });
    },
  ],
];

/** Every tap was answered, so that no button goes on spinning. */
function allAnswered({ books }: TelegramServer): Promise<void> {
  return books.reached(() => [...books.callbacks.values()].every(({ answered }) => answered));
}

describe.each(ways)("on Telegram, %s", (_, make) => {
  it("a payment goes from the greeting to the proof, and the chat is tidy", async () => {
    const { telegram, biller, home } = await make();
    const program = await home.start();
    const user = telegram.user(4001);
    const customer = onTelegram(user);
    const bill = await toBill(customer, testChassis("ordinary", 1));
    expect(bill.text).toContain("F 0001 Z");
    expect(bill.text).not.toContain(NIK);
    await telegram.reached(() => !user.chat().some(({ text }) => text.includes(NIK)));
    await customer.tap(payLabel(bill));
    const underWay = await customer.next(says("Pembayaran sedang diproses"));
    const proof = await customer.next(isProof);
    expect(refIn(proof)).toBe(refIn(underWay));
    const reference = (await referenceOf(biller.settings.MMBC_URL ?? "", biller)).trim();
    expect(proof.text).toContain(`Ref. bank ${reference}`);
    await telegram.reached(() => user.documents().length === 1);
    expect(Buffer.from(user.documents()[0]?.bytes ?? []).toString("latin1", 0, 5)).toBe("%PDF-");
    await allAnswered(telegram);
    // Only what is offered after the payment can still be tapped.
    await telegram.reached(() => customer.openKeyboards().length === 1);
    expect(customer.openKeyboards()[0]?.buttons).toEqual(["Gambar", "Kendaraan lain"]);
    expect(biller.moneyOf(testChassis("ordinary", 1))).toEqual({ debits: 1, pays: 1 });
    expect((await program.stop()).code).toBe(0);
  });
});

async function referenceOf(url: string, { sandbox, settings }: Counter["biller"]): Promise<string> {
  const [debit] = sandbox.book.debits;
  const answer = await fetch(`${url}/json/esamsat/status_invoice`, {
    method: "POST",
    body: new URLSearchParams({
      username: settings.MMBC_USERNAME ?? "",
      password: settings.MMBC_PASSWORD ?? "",
      invoice: debit?.invoice ?? "",
    }),
  });
  return String(((await answer.json()) as { reference_number: string }).reference_number);
}

describe("on Telegram, many at one counter", () => {
  /** Of all tests here: each has its own people and vehicles. */
  let counter: Counter;
  const over: (() => void | Promise<void>)[] = [];

  beforeAll(async () => {
    const settings = { LOKET_CONTACT: "Bu Ani 0812-1111-2222" };
    counter = await makeCounter({ settings, whenOver: (clear) => over.push(clear) });
    await counter.home.start();
  }, 120_000);

  afterAll(async () => {
    for (const clear of over.toReversed()) await clear();
  });

  it("a second tap on Bayar, and the same update again, pay once", async () => {
    const { telegram, biller } = counter;
    const user = telegram.user(4002);
    const customer = onTelegram(user);
    const chassis = testChassis("ordinary", 2);
    const bill = await toBill(customer, chassis);
    const held = biller.hold("pay_esamsat", "before");
    const tap = user.tap(payLabel(bill));
    user.tap(payLabel(bill));
    telegram.push(tap);
    await held.reached;
    await customer.next(says(/Tidak akan kami bayar dua kali/));
    held.release();
    const proof = await customer.next(isProof);
    telegram.push(tap);
    await customer.say("status");
    await customer.next(says("lunas", refIn(proof)));
    expect(biller.moneyOf(chassis)).toEqual({ debits: 1, pays: 1 });
    expect(proofsOf(customer)).toHaveLength(1);
  });

  it("a vehicle that is being paid in another chat is busy, and the other chat's number is not told", async () => {
    const { telegram, biller } = counter;
    const [first, second, third] = [4004, 4005, 4006].map((id) => onTelegram(telegram.user(id)));
    if (first === undefined || second === undefined || third === undefined) throw new Error("three people");
    const chassis = testChassis("ordinary", 4);
    const bills = await Promise.all([toBill(first, chassis), toBill(second, chassis)]);
    const held = biller.hold("pay_esamsat", "before");
    await first.tap(payLabel(bills[0]));
    await held.reached;
    // One has the bill on his screen already, the other one asks now.
    await second.tap(payLabel(bills[1]));
    const busy = await second.next(says("sedang dibayar sejak"));
    await third.say(`Jawa Barat ${NIK} ${chassis}`);
    const later = await third.next(says("sedang dibayar sejak"));
    for (const { text } of [busy, later]) {
      expect(text).toContain(testPlate("ordinary", 4));
      expect(text).not.toMatch(/TRX-/);
      expect(text).toContain("Bu Ani 0812-1111-2222");
    }
    held.release();
    await first.next(isProof);
    expect(biller.moneyOf(chassis)).toEqual({ debits: 1, pays: 1 });
    expect([...proofsOf(second), ...proofsOf(third)]).toEqual([]);
  });

  it("a vehicle is not paid again within a day: its own chat hears its number, another one does not", async () => {
    const { telegram, biller } = counter;
    const mine = onTelegram(telegram.user(4007));
    const other = onTelegram(telegram.user(4008));
    const chassis = testChassis("ordinary", 5);
    // The other chat's bill is older than the payment.
    const old = await toBill(other, chassis);
    const proof = await toProof(mine, chassis);
    await other.tap(payLabel(old));
    const refused = await other.next(says("lunas"));
    expect(refused.text).not.toContain(refIn(proof));
    expect(refused.text).not.toContain("Pembayaran berhasil");
    await mine.say("status");
    await mine.next(says("lunas", refIn(proof)));
    await mine.say(`Jawa Barat ${NIK} ${chassis}`);
    await mine.next(says("lunas", "Tidak perlu membayar"));
    expect(biller.moneyOf(chassis)).toEqual({ debits: 1, pays: 1 });
  });
});

describe("on Telegram", () => {
  it("an old button says after the payment that it is paid, and pays nothing", async () => {
    const { telegram, biller, home } = await makeCounter();
    await home.start();
    const customer = onTelegram(telegram.user(4003));
    const chassis = testChassis("ordinary", 3);
    const bill = await toBill(customer, chassis);
    const old = telegram.user(4003).tap(payLabel(bill));
    const proof = await customer.next(isProof);
    await telegram.reached(({ updates }) => updates.length === 0);
    telegram.push({ ...old, update_id: old.update_id + 100 });
    const said = await customer.next(says("sudah lunas lewat loket ini"));
    expect(refIn(said)).toBe(refIn(proof));
    expect(biller.moneyOf(chassis)).toEqual({ debits: 1, pays: 1 });
  });

  it("a biller that has forgotten the payment does not get a second one", async () => {
    const { telegram, home } = await makeCounter();
    const program = await home.start();
    const mine = onTelegram(telegram.user(4009));
    const other = onTelegram(telegram.user(4010));
    const chassis = testChassis("ordinary", 6);
    const proof = await toProof(mine, chassis);
    await program.stop();
    const forgetful = await startBiller();
    await home.start(forgetful.settings);
    await mine.say(`Jawa Barat ${NIK} ${chassis}`);
    const said = await mine.next(says("sudah lunas lewat loket ini"));
    expect(refIn(said)).toBe(refIn(proof));
    await other.say(`Jawa Barat ${NIK} ${chassis}`);
    const others = await other.next(says("baru saja lunas"));
    expect(others.text).not.toMatch(/TRX-/);
    expect(forgetful.moneyOf(chassis)).toEqual({ debits: 0, pays: 0 });
  });
});
