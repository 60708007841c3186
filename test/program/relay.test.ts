import { afterAll, beforeAll, expect, it } from "vitest";
import { testChassis, testPlate } from "../../src/biller/sandbox/vehicles.ts";
import type { Update } from "../fakes/telegram/books.ts";
import { tinyPng } from "../fakes/tiny-files.ts";
import { balanceOf, billCode, lock, loket, newAgent, received } from "./agents.ts";
import { isProof, NIK, onTelegram, proofsOf, says } from "./customer.ts";
import {
  askFor,
  HANDOVER,
  offDuty,
  onDuty,
  openRelay,
  PAID_IN,
  type RelayCounter,
  requestIn,
  take,
} from "./relay-counter.ts";
import { payCode } from "./whatsapp-counter.ts";

const chassis = (number: number) => testChassis("ordinary", 210 + number);
const plate = (number: number) => testPlate("ordinary", 210 + number);
const PAID = { debits: 1, pays: 1 };
const NOTHING = { debits: 0, pays: 0 };

let counter: RelayCounter;
const over: (() => void | Promise<void>)[] = [];

beforeAll(async () => {
  counter = await openRelay({}, (clear) => over.push(clear));
}, 120_000);

afterAll(async () => {
  for (const clear of over.toReversed()) await clear();
});

it("nobody on duty: said before anything is asked; then two take it at once, one has it, and it goes to the proof", async () => {
  const { agents, biller, server } = counter;
  await offDuty(...agents);
  const ani = counter.asker(1);
  await ani.say(`Jawa Barat ${NIK} ${chassis(1)}`);
  await ani.say(payCode(await ani.next(says("Tagihan ditemukan"))));
  await ani.next(says("tidak ada loket yang bertugas", "Jangan serahkan uang kepada siapa pun"));
  await ani.say("1");
  await ani.next(says("kami kabari", "Jangan serahkan uang dulu"));
  await onDuty(...agents);
  await ani.say("LANJUT");
  await ani.say(payCode(await ani.next(says("Tagihan ditemukan"))));
  const ref = requestIn(await ani.next(says("sudah dikirim ke loket yang bertugas", "Jangan serahkan uang dulu")));

  const before = await counter.balances();
  await Promise.all(agents.map(({ chat }) => chat.next(says(`Permintaan ${ref}: ${plate(1)}`, "Rp183.500"))));
  await Promise.all(agents.map(({ chat }) => chat.tap("Ambil")));
  const answers = await Promise.all(agents.map(({ chat }) => chat.next(says(new RegExp(`${ref} (\\(|sudah)`)))));
  const won = answers.findIndex(({ text }) => text.includes("milik Anda"));
  expect(answers[1 - won]?.text).toBe(`${ref} sudah diambil loket lain.`);
  const winner = won === 0 ? agents[0] : agents[1];
  const taken = await ani.next(says("siap membayarkan", "Rp183.500", ref));
  expect(taken.text).toContain(winner.name);

  await ani.say("SUDAH");
  await ani.next(says("Terima kasih", winner.name));
  await winner.chat.next(says(`Pelanggan ${ref}`, "menyatakan sudah menyerahkan Rp183.500"));
  await received(winner);
  await ani.next(says(`Rp183.500 sudah diterima ${winner.name}`, "Pajak sedang dibayarkan"));
  await ani.next(isProof);
  await winner.chat.next(says(`Lunas: ${plate(1)}`));
  await server.reached(() => ani.phone.documents().length === 1);
  expect(Buffer.from(ani.phone.documents()[0]?.bytes ?? []).toString("latin1", 0, 5)).toBe("%PDF-");
  expect(biller.moneyOf(chassis(1))).toEqual(PAID);
  const after = await counter.balances();
  expect(after.map((now, at) => now - (before[at] ?? 0))).toEqual(won === 0 ? [-183_500, 0] : [0, -183_500]);
  await winner.chat.say("SALDO");
  expect((await winner.chat.next(says("Saldo"))).text).not.toContain("ditahan");
});

it("the agent says that he has the money before the customer said SUDAH: paid once, and SUDAH changes nothing", async () => {
  const { agents, biller } = counter;
  const [agent, other] = agents;
  await Promise.all([onDuty(agent), offDuty(other)]);
  const budi = counter.asker(2);
  await take(agent, budi, await askFor(budi, chassis(2)));
  const held = biller.hold("pay_esamsat", "before");
  await received(agent);
  await held.reached;
  await budi.next(says("sudah diterima"));
  await budi.say("SUDAH");
  await budi.next(says("Tidak akan kami bayar dua kali"));
  held.release();
  await budi.next(isProof);
  await agent.chat.next(says(`Lunas: ${plate(2)}`));
  await budi.say("STATUS");
  await budi.next(says(plate(2), "lunas"));
  expect(proofsOf(budi)).toHaveLength(1);
  expect(biller.moneyOf(chassis(2))).toEqual(PAID);
});

it("BATAL before it was taken, after it with no money, and after it with money: nothing is paid, the balance is back", async () => {
  const { agents, biller } = counter;
  const [agent, other] = agents;
  await onDuty(...agents);
  const cici = counter.asker(3);
  const before = await counter.balances();
  const first = await askFor(cici, chassis(3));
  await Promise.all(agents.map(({ chat }) => chat.next(says(`Permintaan ${first}: `))));
  await cici.say("BATAL");
  await cici.next(says(`Permintaan ${first} dibatalkan`));
  await Promise.all(agents.map(({ chat }) => chat.next(says(`${first} sudah ditutup`))));

  const second = await askFor(cici, chassis(3));
  await take(agent, cici, second);
  await other.chat.next(says(`${second} sudah diambil loket lain`));
  await cici.say("BATAL");
  await cici.next(says("sudah Anda serahkan"));
  await cici.say("Belum");
  await cici.next(says(`Permintaan ${second} dibatalkan`));
  await agent.chat.next(says(`Pelanggan membatalkan ${second}. Saldo Rp183.500 sudah kembali. Jangan terima uang.`));

  const third = await askFor(cici, chassis(3));
  await take(agent, cici, third);
  await cici.say("BATAL");
  await cici.next(says("sudah Anda serahkan"));
  await cici.say("2");
  await cici.next(says("diminta kembali", agent.name, "Bu Ani 0812-1111-2222"));
  await agent.chat.next(says(third, "minta Rp183.500 kembali"));
  await agent.chat.tap("Uang dikembalikan");
  await agent.chat.next(says("sudah kembali ke pelanggan"));
  await cici.next(says("sudah dikembalikan", third));
  expect(await counter.balances()).toEqual(before);
  expect(biller.moneyOf(chassis(3))).toEqual(NOTHING);
});

it("LEPAS: the customer hears not to hand it over, and the other agent takes it, sees the transfer and pays", async () => {
  const { agents, biller, telegram } = counter;
  const [first, second] = agents;
  await onDuty(...agents);
  const before = await counter.balances();
  const dedi = counter.asker(4);
  const ref = await askFor(dedi, chassis(4));
  await second.chat.next(says(`Permintaan ${ref}: `));
  await take(first, dedi, ref);
  await first.chat.tap("Lepas");
  await first.chat.next(says(`${ref} dilepas. Saldo Rp183.500 sudah kembali.`));
  await dedi.next(says(first.name, "tidak jadi mengambil", "Jangan serahkan uang dulu"));
  await take(second, dedi, ref);
  // Instead of SUDAH: it goes over to the other platform.
  await dedi.phone.send("photo", { bytes: tinyPng() });
  await second.chat.next(says(`Foto dari pelanggan ${ref} (${plate(4)})`, "Rp183.500 di rekening Anda sendiri"));
  await dedi.next(says("Terima kasih", `Foto kami teruskan ke ${second.name}`));
  expect(
    telegram
      .user(7402)
      .documents()
      .map(({ bytes }) => Buffer.from(bytes).equals(tinyPng())),
  ).toEqual([true]);
  expect(telegram.user(7401).documents()).toEqual([]);
  await received(second);
  await dedi.next(isProof);
  await second.chat.next(says(`Lunas: ${plate(4)}`));
  expect(await counter.balances()).toEqual([before[0], (before[1] ?? 0) - 183_500]);
  expect(biller.moneyOf(chassis(4))).toEqual(PAID);
});

it("a counter is chosen by its place: the request goes to that agent alone, and he pays it", async () => {
  const { agents, biller, home, telegram } = counter;
  await Promise.all([onDuty(agents[0]), offDuty(agents[1])]);
  const chat = onTelegram(telegram.user(7403));
  const placed = await newAgent(home, chat, { name: "Budi Jaya", place: "Ciawi", paidIn: PAID_IN, handover: HANDOVER });
  await onDuty(placed);
  const euis = counter.asker(5);
  await euis.say(`Jawa Barat ${NIK} ${chassis(5)}`);
  await euis.say(payCode(await euis.next(says("Tagihan ditemukan"))));
  await euis.next(says("Serahkan uang di loket mana?", "1. Ciawi Budi Jaya", "2. Loket mana saja"));
  await euis.say("ciawi");
  const ref = requestIn(await euis.next(says("sudah dikirim ke Budi Jaya", "Jangan serahkan uang dulu")));
  await take(placed, euis, ref);
  await agents[0].chat.say("SALDO");
  await agents[0].chat.next(says("Saldo"));
  expect(agents[0].chat.all().filter(says(ref))).toEqual([]);
  await received(placed);
  await euis.next(isProof);
  await chat.next(says(`Lunas: ${plate(5)}`));
  await offDuty(placed);
  expect(await balanceOf(home, placed)).toBe(PAID_IN - 183_500);
  expect(biller.moneyOf(chassis(5))).toEqual(PAID);
});

it("the buttons of a request do nothing in another's chat, be it forwarded to an agent or to a customer", async () => {
  const { agents, biller, telegram } = counter;
  const [agent, other] = agents;
  await Promise.all([onDuty(agent), offDuty(other)]);
  const before = await counter.balances();
  const fajar = counter.asker(6);
  const ref = await askFor(fajar, chassis(6));
  await agent.chat.next(says(`Permintaan ${ref}: `));
  const stranger = onTelegram(telegram.user(7404));
  await stranger.say("/start");
  await stranger.next(says("wilayah mana?"));
  const offered = telegram.user(7401).tap("Ambil");
  await agent.chat.next(says(`${ref} (`, "milik Anda"));
  await fajar.next(says("siap membayarkan"));
  await lock(agent.chat);
  const paid = telegram.user(7401).tap("Uang diterima");
  await agent.chat.next(says("Ketik PIN untuk membayar Rp183.500"));
  for (const [tap, id] of [offered, paid].flatMap((one) => [7402, 7404].map((to) => [one, to] as const))) {
    telegram.push(forwarded(tap, id));
  }
  await Promise.all(
    [other.chat, stranger].map(async (chat) => {
      await chat.say("STATUS");
      await chat.next(says(/[Tt]idak ada/));
    }),
  );
  for (const chat of [other.chat, stranger])
    expect(chat.all().filter(says(/milik Anda|Ketik PIN|sudah diterima/, ref))).toEqual([]);
  await agent.chat.say("BATAL");
  await agent.chat.next(says("belum ada yang kami bayar"));
  await agent.chat.tap("Lepas");
  await fajar.next(says("tidak jadi mengambil"));
  await fajar.say("BATAL");
  await fajar.next(says(`Permintaan ${ref} dibatalkan`));
  expect(await counter.balances()).toEqual(before);
  expect(biller.moneyOf(chassis(6))).toEqual(NOTHING);
});

it("an agent who is suspended while his payment is with the biller: it goes on to the proof, and he confirms nothing more", async () => {
  const { biller, home, telegram } = counter;
  const agent = await newAgent(home, onTelegram(telegram.user(7405)), { name: "Loket Sentul", paidIn: PAID_IN });
  const { chat } = agent;
  const bills = [];
  for (const number of [7, 8]) {
    await chat.say(`jabar ${NIK} ${chassis(number)}`);
    bills.push(billCode(await chat.next(says(plate(number), "Terima dari pelanggan"))));
  }
  const held = biller.hold("pay_esamsat", "after");
  await chat.say(bills[0] ?? "");
  await chat.next(says("sedang dibayarkan"));
  await held.reached;
  await loket(home, "agent", "suspend", agent.id, "--why", "phone stolen");
  await chat.say(bills[1] ?? "");
  await chat.next(says("Anda sedang tidak bisa membayar. Hubungi Bu Ani", "Yang sudah dikirim tetap berjalan"));
  held.release();
  await chat.next(says(`Lunas: ${plate(7)}`));
  await chat.next(says("BUKTI PEMBAYARAN E-SAMSAT", "LUNAS"));
  expect([7, 8].map((number) => biller.moneyOf(chassis(number)))).toEqual([PAID, NOTHING]);
  expect(await balanceOf(home, agent)).toBe(PAID_IN - 183_500);
});

/** The same tap, on the same button, in the chat of somebody to whom its message was forwarded. */
function forwarded(tap: Update, to: number): Update {
  const { callback_query: query } = tap as { callback_query?: { message: { message_id: number } } };
  const id = `${tap.update_id}-${to}`;
  const from = { id: to, is_bot: false, first_name: "U", language_code: "id" };
  const message = { ...query?.message, chat: { id: to, type: "private" } };
  return { update_id: tap.update_id * 10 + to, callback_query: { ...query, id, from, message } };
}
