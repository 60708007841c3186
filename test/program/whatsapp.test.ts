import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testChassis, testPlate } from "../../src/biller/sandbox/vehicles.ts";
import type { Person } from "../fakes/whatsapp/person.ts";
import type { WhatsAppServer } from "../fakes/whatsapp/server.ts";
import { isProof, NIK, proofsOf, refIn, says } from "./customer.ts";
import type { Program } from "./program.ts";
import { onWhatsApp, openCounter, payCode, stepsToBill, toBillOn, type WhatsappCounter } from "./whatsapp-counter.ts";

const chassis = (number: number) => testChassis("ordinary", 100 + number);
const someone = (number: number) => ({
  pn: `62812000001${number}0`,
  lid: `2000000000010${number}`,
  name: `Orang ${number}`,
});

const ways: readonly (readonly [way: string, chassis: number, of: (server: WhatsAppServer) => Person])[] = [
  ["with the number hidden", 1, (server) => server.person({ lid: someone(1).lid, name: "Ani" })],
  ["by number alone", 2, (server) => server.person({ pn: someone(2).pn, name: "Budi" })],
];

let counter: WhatsappCounter;
/** The one that runs is the last. */
const programs: Program[] = [];
const over: (() => void | Promise<void>)[] = [];

beforeAll(async () => {
  const { program, ...rest } = await openCounter({ LOG_LEVEL: "debug" }, (clear) => over.push(clear));
  counter = rest;
  programs.push(program);
}, 120_000);

afterAll(async () => {
  for (const clear of over.toReversed()) await clear();
});

/** The counter is down while that happens. */
async function between(
  end: (program: Program) => Promise<unknown>,
  meanwhile: () => unknown = () => {},
): Promise<void> {
  const running = programs.at(-1);
  if (running === undefined) throw new Error("the counter does not run");
  await end(running);
  await meanwhile();
  programs.push(await counter.home.start());
}

async function stopped(program: Program): Promise<void> {
  expect((await program.stop()).code).toBe(0);
}

const killed = (program: Program) => program.kill();

describe("on WhatsApp", () => {
  it.each(ways)(
    "%s, a payment goes from halo to the proof with its file, by words and a code",
    async (_, number, personOf) => {
      const { server, biller } = counter;
      const person = personOf(server);
      const customer = onWhatsApp(person);
      const bill = await toBillOn(customer, chassis(number));
      expect(bill.text).toContain(testPlate("ordinary", 100 + number));
      expect(bill.text).not.toContain(NIK);
      for (const weak of ["1", "ya", "bayar"]) {
        await customer.say(weak);
        await customer.next(says("BAYAR"));
      }
      await customer.say(payCode(bill));
      const underWay = await customer.next(says("Pembayaran sedang diproses"));
      const proof = await customer.next(isProof);
      expect(refIn(proof)).toBe(refIn(underWay));
      await server.reached(() => person.documents().length === 1);
      const [file] = person.documents();
      expect(file).toMatchObject({
        as: "document",
        name: expect.stringMatching(/^Bukti-TRX-.*\.pdf$/),
        mime: "application/pdf",
      });
      expect(Buffer.from(file?.bytes ?? []).toString("latin1", 0, 5)).toBe("%PDF-");
      await customer.say("1");
      await customer.next(says("Wilayah Jawa Barat"));
      await customer.say("terima kasih");
      await customer.next(says("Sama-sama"));
      expect(biller.moneyOf(chassis(number))).toEqual({ debits: 1, pays: 1 });
    },
  );

  it("the line breaks at each step, and nothing is lost or said twice", async () => {
    const { server, biller } = counter;
    const errors = server.books.errors.length;
    const person = server.person(someone(3));
    const customer = onWhatsApp(person);
    let bill = { text: "" };
    for (const [at, step] of stepsToBill(chassis(3)).entries()) {
      // Before the question is taken, before or after the answer went out.
      if (at % 2 === 0) server.fault({ kind: "drop", at: "message", when: at === 0 ? "before" : "after" });
      await customer.say(step.say);
      if (at % 2 === 1) server.drop();
      bill = await customer.next(step.reads);
    }
    server.fault({ kind: "drop", at: "message", when: "after" });
    await customer.say(payCode({ ...bill, buttons: [] }));
    await customer.next(says("Pembayaran sedang diproses"));
    server.drop();
    await customer.next(isProof);
    await server.reached(() => person.documents().length === 1);
    expect(proofsOf(customer)).toHaveLength(1);
    const texts = customer.all().map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
    expect(biller.moneyOf(chassis(3))).toEqual({ debits: 1, pays: 1 });
    expect(server.books.errors.slice(errors)).toEqual([]);
  });

  it("a restart in the middle of a conversation keeps the place, and what was said meanwhile is answered", async () => {
    const { server, biller } = counter;
    const customer = onWhatsApp(server.person(someone(4)));
    const [hello, region, nik] = stepsToBill(chassis(4));
    for (const step of [hello, region]) {
      await customer.say(step.say);
      await customer.next(step.reads);
    }
    await between(stopped, () => customer.say(nik.say));
    await customer.next(nik.reads);
    await customer.say(chassis(4));
    const bill = await customer.next(says("Tagihan ditemukan"));
    await customer.say(payCode(bill));
    await customer.next(isProof);
    expect(biller.moneyOf(chassis(4))).toEqual({ debits: 1, pays: 1 });
  });

  it("a kill in the middle of pay: one debit, and one proof at the receiver", async () => {
    const { server, biller } = counter;
    const person = server.person(someone(5));
    const customer = onWhatsApp(person);
    const bill = await toBillOn(customer, chassis(5));
    const held = biller.hold("pay_esamsat", "after");
    await customer.say(payCode(bill));
    const underWay = await customer.next(says("Pembayaran sedang diproses"));
    await held.reached;
    await between(killed, held.release);
    const proof = await customer.next(isProof);
    expect(refIn(proof)).toBe(refIn(underWay));
    // Again, with the proof in the server's hands and not yet known to be.
    await between(killed);
    await server.reached(() => person.documents().length === 1);
    expect(proofsOf(customer)).toHaveLength(1);
    expect(person.documents()).toHaveLength(1);
    expect(biller.moneyOf(chassis(5))).toEqual({ debits: 1, pays: 1 });
  });

  it("voice, pictures and calls are answered, and the place is kept", async () => {
    const { server } = counter;
    const person = server.person(someone(6));
    const customer = onWhatsApp(person);
    const [hello, region] = stepsToBill(chassis(6));
    for (const step of [hello, region]) {
      await customer.say(step.say);
      await customer.next(step.reads);
    }
    await person.send("voice");
    await customer.next(says("suara"));
    await customer.say(NIK.slice(0, 8));
    await customer.next(says("kurang"));
    await person.call();
    await customer.next(says("tidak menerima telepon"));
    await customer.say(NIK);
    await customer.next(says("Ketik nomor rangka"));
  });

  it("the owner who types takes the chat over, and MENU brings the counter back", async () => {
    const { server } = counter;
    const person = server.person(someone(7));
    const customer = onWhatsApp(person);
    await person.say("halo", { ago: 60 });
    await customer.next(says("wilayah mana?"));
    await server.phone.say(person, "Selamat siang Pak, ini Ani");
    await customer.next(says("Petugas sedang melayani Anda"));
    await customer.say("menu");
    await customer.next(says("wilayah mana?"));
  });

  it("with LOG_LEVEL=debug no number, no NIK and no key is written anywhere", async () => {
    const { server } = counter;
    const who = someone(8);
    const person = server.person(who);
    const customer = onWhatsApp(person);
    // Old sessions are closed, which libsignal would print.
    person.fail(1);
    await person.say("halo", { corrupt: 2 });
    await customer.next(says("wilayah mana?"));
    server.drop();
    const bill = await toBillOn(customer, chassis(8));
    await customer.say(payCode(bill));
    await customer.next(isProof);
    await server.reached(() => person.documents().length === 1);
    const numbered = server.person({ pn: "6281277778888" });
    await numbered.say("halo");
    numbered.block();
    await server.phone.say(numbered, "halo juga");
    await between(stopped);
    const output = programs.map((program) => program.output()).join("");
    expect(output).toContain('"level":20');
    for (const canary of [
      who.pn,
      who.lid,
      server.phone.pn,
      "6281277778888",
      NIK,
      chassis(8),
      "privKey",
      "<Buffer",
      "SessionEntry",
    ]) {
      expect(output).not.toContain(canary);
    }
    expect(output).not.toMatch(/@lid|@s\.whatsapp\.net/);
    expect(output).toContain("libsignal wrote to the console");
  });
});
