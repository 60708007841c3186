import { expect, it } from "vitest";
import { testChassis, testPlate } from "../../src/biller/sandbox/vehicles.ts";
import { billCode, newAgent, PIN, statementOf } from "./agents.ts";
import { makeCounter } from "./counter.ts";
import { NIK, onTelegram, refIn, says } from "./customer.ts";

const CHASSIS = testChassis("ordinary", 201);
const PLATE = testPlate("ordinary", 201);

it("an agent on Telegram goes from his enrolment to a customer's proof, and every sum is right", async () => {
  const { telegram, biller, home } = await makeCounter({ settings: { CUSTOMER_PAYMENT: "relay", LOKET_FEE: "5000" } });
  const program = await home.start();
  const user = telegram.user(7301);
  const chat = onTelegram(user);
  const agent = await newAgent(home, chat, { name: "Loket Cibinong", paidIn: 1_000_000 });
  await telegram.reached(() => !user.chat().some(({ text }) => text.includes(PIN)));
  await chat.say("KUNCI");
  await chat.next(says("Terkunci"));

  await chat.say(`jabar ${NIK} ${CHASSIS.toLowerCase()}`);
  const bill = await chat.next(says(PLATE, "Saldo Rp1.000.000 menjadi Rp816.500."));
  expect(bill.text).toContain("Terima dari pelanggan Rp188.500 (tagihan Rp183.500 + jasa loket Rp5.000)");
  expect(bill.text).not.toContain(NIK);
  await chat.say(billCode(bill));
  await chat.next(says("Ketik PIN untuk membayar Rp183.500."));
  await chat.say(PIN);
  const ref = refIn(await chat.next(says(`${PLATE} sedang dibayarkan`)));
  await chat.next(says(`Lunas: ${PLATE} · ${ref}`));
  await chat.next(says("BUKTI PEMBAYARAN E-SAMSAT", "LUNAS", ref, CHASSIS));
  // The code of a bill that is paid pays nothing.
  await chat.say(billCode(bill));
  await chat.next(says("sudah lunas", ref));

  await chat.say("BUKTI PDF");
  await chat.next(says("bukti berikutnya berbentuk PDF"));
  await chat.say(`BUKTI ${ref}`);
  await telegram.reached(() => user.documents().length === 1);
  expect(Buffer.from(user.documents()[0]?.bytes ?? []).toString("latin1", 0, 5)).toBe("%PDF-");

  await chat.say("SALDO");
  expect((await chat.next(says("Saldo"))).text).toBe("Saldo Rp816.500.");
  await chat.say("MUTASI");
  await chat.next(says("Saldo Rp816.500.", `-Rp183.500 · ${ref}`, "isi saldo · Rp1.000.000"));
  await chat.say("LAP HARI INI");
  await chat.next(says("1 lunas, Rp183.500", "Biaya admin Rp5.000", "Cashback Rp2.000", "Jasa loket Rp5.000"));
  await telegram.reached(() => user.documents().length === 2);
  expect(Buffer.from(user.documents()[1]?.bytes ?? []).toString()).toContain(ref);

  expect(await statementOf(home, agent)).toEqual({ closing: 816_500, lines: ["top-up 1000000", "hold -183500"] });
  expect(biller.moneyOf(CHASSIS)).toEqual({ debits: 1, pays: 1 });
  expect(biller.sandbox.book.debits).toHaveLength(1);
  expect((await program.stop()).code).toBe(0);
  expect(program.output()).not.toContain(PIN);
});
