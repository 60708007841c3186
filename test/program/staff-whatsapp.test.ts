import { afterAll, beforeAll, expect, it } from "vitest";
import { testChassis, testPlate } from "../../src/biller/sandbox/vehicles.ts";
import { tinyPng } from "../fakes/tiny-files.ts";
import { balanceOf, billCode, lock, loket, newAgent, newOperator, PIN } from "./agents.ts";
import { type Customer, isProof, NIK, onTelegram, proofsOf, refIn, type Said, says } from "./customer.ts";
import { offDuty, onDuty, openStaffed, requestIn, type StaffedCounter } from "./relay-counter.ts";
import { openTab } from "./tab.ts";
import { payCode } from "./whatsapp-counter.ts";

const chassis = (number: number) => testChassis("ordinary", 230 + number);
const plate = (number: number) => testPlate("ordinary", 230 + number);
const PAID = { debits: 1, pays: 1 };
const NOTHING = { debits: 0, pays: 0 };
const PAID_IN = 1_000_000;
const BILL = 183_500;

let counter: StaffedCounter;
let operator: Customer;
const over: (() => void | Promise<void>)[] = [];

beforeAll(async () => {
  counter = await openStaffed({ LOKET_FEE: "5000" }, (clear) => over.push(clear));
  operator = counter.asker(60);
  await newOperator(counter.home, operator, "Sari");
}, 120_000);

afterAll(async () => {
  for (const clear of over.toReversed()) await clear();
});

/** Each number is another agent, on his own phone with WhatsApp. */
function hired(number: number, name: string) {
  return newAgent(counter.home, counter.asker(70 + number), { name, paidIn: PAID_IN, handover: "Jalan Parung 3" });
}

/** The number of a task, "#12". */
function taskIn({ text }: Said): string {
  const id = /#(\d+)/.exec(text)?.[1];
  if (id === undefined) throw new Error(`no task in: ${text}`);
  return id;
}

it("an agent on WhatsApp pastes a messy list, leaves one out, and pays the others with one code and his PIN", async () => {
  const { biller, home } = counter;
  const agent = await hired(1, "Loket Parung");
  const { chat } = agent;
  await chat.say("Pagi kak, ini daftarnya ya\n\n- yang merah\n- yang biru, punya bu haji");
  await chat.next(says("Kirim wilayah, NIK, dan nomor rangka dalam satu pesan"));
  const groups = chassis(3).match(/.{1,4}/g) ?? [];
  await chat.say(
    [
      "Siang kak, tolong cek ya 🙏",
      `1) NIK: ${NIK.slice(0, 6)} ${NIK.slice(6, 12)} ${NIK.slice(12)} rangka ${chassis(1).toLowerCase()} (pak Budi)`,
      `2. ${NIK} / ${chassis(2)} / ${plate(2)}`,
      "3. motornya yang merah, nanti saya kirim",
      `4. ${NIK};${testChassis("not-found", 230)}`,
      `5. ${NIK} , ${groups.join(" ")}`,
      "wilayah jawa barat semua",
      "makasih",
    ].join("\n"),
  );
  const table = await chat.next(says("3 tagihan", "Rp550.500", "Terima dari pelanggan Rp565.500", "4. "));
  expect(table.text).toContain('Baris 3 tidak terbaca: "motornya yang merah, nanti saya kirim"');
  expect(table.text).not.toContain(NIK);
  await chat.say("BUANG 2");
  await chat.next(says(`Dibuang: ${plate(2)}`, "2 tagihan", "menjadi Rp633.000"));
  // The code of the list as it was: nobody has agreed to that sum any more.
  await chat.say(payCode(table));
  const rest = await chat.next(says("Daftar itu sudah berubah, jadi belum kami bayar", "2 tagihan"));
  await lock(chat);
  await chat.say(payCode(rest));
  await chat.next(says("Ketik PIN untuk membayar Rp367.000", "hapus pesan PIN itu"));
  await chat.say(PIN);
  await counter.server.reached(() => chat.all().filter(says("BUKTI PEMBAYARAN E-SAMSAT", "LUNAS")).length === 2);
  for (const row of [`1 ✓ ${plate(1)}`, `5 ✓ ${plate(3)}`]) expect(chat.all().filter(says(row))).not.toEqual([]);
  expect([1, 2, 3].map((number) => biller.moneyOf(chassis(number)))).toEqual([PAID, NOTHING, PAID]);
  expect(await balanceOf(home, agent)).toBe(PAID_IN - 2 * BILL);
});

it("an agent on WhatsApp takes a request from Telegram by its code, sees its transfer, and pays it after a wrong PIN, all by words", async () => {
  const { biller, home, telegram } = counter;
  const agent = await hired(2, "Loket Ciawi");
  const { chat } = agent;
  await onDuty(agent);
  const joko = onTelegram(telegram.user(7501));
  await joko.say(`Jawa Barat ${NIK} ${chassis(4)}`);
  await joko.next(says("Tagihan ditemukan"));
  await joko.tap("Ajukan pembayaran");
  const ref = requestIn(await joko.next(says("sudah dikirim", "Jangan serahkan uang dulu")));
  await chat.next(says(`Permintaan ${ref}: ${plate(4)}`, "Rp183.500 + jasa loket Rp5.000", `Balas AMBIL ${ref}`));
  await chat.say(`ambil ${ref.toLowerCase()}`);
  const yours = await chat.next(says("milik Anda", "Rp188.500 sudah di tangan?", `LEPAS ${ref}`));
  await joko.next(says("Loket Ciawi siap membayarkan", "Serahkan Rp188.500", "Jalan Parung 3", ref));
  await joko.tap("Sudah diserahkan");
  await chat.next(says(`Pelanggan ${ref}`, "menyatakan sudah menyerahkan Rp188.500", payCode(yours)));
  telegram.user(7501).shows(tinyPng());
  await joko.next(says(`Foto kami teruskan ke Loket Ciawi (${ref}) dan tidak kami simpan`));
  await chat.next(says(`Foto dari pelanggan ${ref} (${plate(4)})`, "cari Rp188.500 di rekening Anda sendiri"));
  const pictures = counter
    .asker(72)
    .phone.documents()
    .filter(({ as }) => as === "image");
  expect(pictures.map(({ bytes }) => Buffer.from(bytes).equals(tinyPng()))).toEqual([true]);
  await lock(chat);
  for (const weak of ["ya", "bayar", "1"]) {
    await chat.say(weak);
    const said = await chat.next(says("Belum ada yang kami bayar", payCode(yours)));
    expect(said.text).not.toContain("Tidak ada tagihan terbuka");
  }
  await chat.say(payCode(yours));
  await chat.next(says("Ketik PIN untuk membayar Rp183.500"));
  await chat.say("918273");
  await chat.next(says("PIN salah, sisa 4 kali. Hapus pesan PIN tadi."));
  expect(biller.moneyOf(chassis(4))).toEqual(NOTHING);
  await chat.say(PIN);
  await joko.next(says("Rp188.500 sudah diterima Loket Ciawi", "Pajak sedang dibayarkan"));
  const proof = await joko.next(isProof);
  await chat.next(says(`Lunas: ${plate(4)} · ${refIn(proof)}`));
  await offDuty(agent);
  expect(proofsOf(joko)).toHaveLength(1);
  expect(biller.moneyOf(chassis(4))).toEqual(PAID);
  expect(await balanceOf(home, agent)).toBe(PAID_IN - BILL);
});

it("the operator on WhatsApp answers who asked for a human, looks a payment up, and fills a balance that was asked for twice", async () => {
  const { home } = counter;
  const agent = await hired(3, "Loket Bogor");
  const lina = counter.asker(61);
  await lina.say("petugas");
  await lina.next(says("Kami teruskan ke petugas"));
  const human = await operator.next(says("WA …461 minta petugas"));
  const id = taskIn(human);
  await lina.say("Motor saya hilang, bagaimana?");
  await operator.next(says(`#${id} WA …461: “Motor saya hilang, bagaimana?”`));
  expect(human.text).toContain(`Balas JAWAB ${id} dan pesan Anda, lalu SELESAI ${id}.`);
  await operator.say(`JAWAB ${id} Bawa surat kehilangan, Bu.`);
  await operator.next(says(`(#${id})`, "Terkirim ke WA …461"));
  await lina.next(says("Petugas: Bawa surat kehilangan, Bu."));
  await lina.say("Baik, ke mana?");
  await operator.next(says(`#${id} WA …461: “Baik, ke mana?”`));
  await operator.say(`SELESAI ${id}`);
  await lina.next(says("Petugas sudah selesai"));

  await agent.chat.say("ISI 500000");
  await agent.chat.next(says("Rp500.000 diteruskan ke petugas"));
  const wish = taskIn(await operator.next(says("Loket Bogor minta isi Rp500.000", "menjadi Rp1.500.000")));
  await agent.chat.say("isi 500rb");
  await agent.chat.next(says("Permintaan yang sama (Rp500.000) sudah ada sejak", "Tambah satu lagi?"));
  await agent.chat.say("tidak");
  await agent.chat.next(says("tidak ada permintaan isi saldo yang baru"));
  await lock(operator);
  await operator.say(`MASUK ${wish}`);
  await operator.next(says("Ketik PIN"));
  await operator.say(PIN);
  await operator.next(says("Saldo Loket Bogor ditambah Rp500.000, kini Rp1.500.000"));
  await agent.chat.next(says("Saldo masuk Rp500.000, kini Rp1.500.000"));
  await operator.say("ISI Loket Bogor 250.000");
  await operator.next(says("Saldo Loket Bogor ditambah Rp250.000, kini Rp1.750.000"));
  expect(await balanceOf(home, agent)).toBe(1_750_000);

  await agent.chat.say(`jabar ${NIK} ${chassis(5)}`);
  await agent.chat.say(billCode(await agent.chat.next(says("Terima dari pelanggan"))));
  const ref = refIn(await agent.chat.next(says(`Lunas: ${plate(5)}`)));
  for (const by of [plate(5), ref.replace("TRX-", "").toLowerCase()]) {
    await operator.say(`cari ${by}`);
    await operator.next(says(`${ref} · ${plate(5)} · Rp183.500 · LUNAS`, "dikirim ke MMBC", "Agen: Loket Bogor"));
  }
});

it("five wrong PINs lock an agent, whose bill is kept; the operator opens him from a chat in the web, and he pays", async () => {
  const { biller, home } = counter;
  const agent = await hired(4, "Loket Depok");
  const tab = openTab(home.open, (clear) => over.push(clear));
  await newOperator(home, tab, "Tuti");
  await agent.chat.say(`jabar ${NIK} ${chassis(6)}`);
  const code = billCode(await agent.chat.next(says("Terima dari pelanggan")));
  await lock(agent.chat);
  await agent.chat.say(code);
  await agent.chat.next(says("Ketik PIN"));
  for (const left of [4, 3, 2, 1]) {
    await agent.chat.say(`91827${left}`);
    await agent.chat.next(says(`PIN salah, sisa ${left} kali`));
  }
  await agent.chat.say("918270");
  await agent.chat.next(says("PIN terkunci. Bu Ani 0812-1111-2222 bisa membukanya", "tersimpan; belum ada pembayaran"));
  // The right one comes too late.
  await agent.chat.say(code);
  await agent.chat.next(says("PIN terkunci"));
  await agent.chat.say(PIN);
  await agent.chat.next(says("PIN sedang tidak diminta"));
  expect(biller.moneyOf(chassis(6))).toEqual(NOTHING);

  await tab.say("BUKA Loket Depok");
  const how = await tab.next(says("PIN terkunci", "Apa yang dibuka?"));
  await tab.tap(how.buttons[0] ?? "");
  await tab.next(says("PIN Loket Depok terbuka lagi"));
  await agent.chat.say(code);
  await agent.chat.next(says("Ketik PIN"));
  await agent.chat.say(PIN);
  const ref = refIn(await agent.chat.next(says(`Lunas: ${plate(6)}`)));
  await tab.say(`CARI ${ref}`);
  const found = await tab.next(says(`${ref} · ${plate(6)}`, "LUNAS"));
  expect(found.buttons).toContain("Bukti sekali lagi");
  expect(biller.moneyOf(chassis(6))).toEqual(PAID);
  expect(await loket(home, "audit")).toMatch(/Tuti {2}/);
});
