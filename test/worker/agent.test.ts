import { describe, expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { rupiah, ZERO } from "../../src/domain/rupiah.ts";
import { agentAccount, type StaffId } from "../../src/domain/staff.ts";
import type { Payment } from "../../src/payments/payment.ts";
import { book } from "../../src/staff/balance.ts";
import { makeCrowd } from "../../src/worker/crowd.ts";
import { happened, opened, paid, send } from "../contract/ledger-samples.ts";
import { otherBill } from "../fakes/bills.ts";
import { BUDI, type DeskRoom, deskRoom, LOKET, PIN } from "./desk-room.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NIK = "3204123108900001";

/** Loket Cibinong with two million on its balance. */
async function counter(): Promise<{ room: DeskRoom; id: StaffId }> {
  const room = deskRoom();
  const id = await room.staff("agent", "Loket Cibinong", LOKET);
  await top(room, id, 2_000_000);
  await room.settle();
  room.news(LOKET);
  return { room, id };
}

async function top(room: DeskRoom, id: StaffId, amount: number): Promise<void> {
  const agent = await room.stores.records.staff.load(id);
  if (agent === undefined) throw new Error("there is no such agent");
  const booking = { what: "top-up", agent, amount: rupiah(amount), by: "op", why: "BCA", again: true } as const;
  await book(room.deps, booking, room.clock.now());
}

const securedBy = (id: StaffId, chat = LOKET) => ({
  payer: chat,
  agent: { id, chat },
  markup: rupiah(5000),
});

/** A payment of the agent's that was paid, its news told. */
async function paidOne(room: DeskRoom, id: StaffId, number: number): Promise<Payment> {
  const payment = await paid(room.stores.ledger, { ...securedBy(id), bill: otherBill(number) }, room.clock.now());
  await room.clock.advance(5_000);
  await room.settle();
  return payment;
}

describe("SALDO and MUTASI", () => {
  it("say what the ledger has, and what of it is held", async () => {
    const { room, id } = await counter();
    const { ledger } = room.stores;
    await opened(ledger, { ...securedBy(id), bill: otherBill(1) }, room.clock.now());
    expect(await room.asks(LOKET, "saldo")).toEqual([
      expect.stringMatching(/^Saldo .?Rp1\.816\.500.?\. Sedang ditahan Rp183\.500\.$/),
    ]);
    const [lines] = (await room.asks(LOKET, "mutasi")).slice(-1);
    expect(lines).toContain("Saldo Rp1.816.500.");
    expect(lines).toMatch(/tagihan · -Rp183\.500 · TRX-\w{5}\n.+ · isi saldo · Rp2\.000\.000/);
  });
});

describe("ISI", () => {
  it("is a task of the operator's with the agent and the sum, and a second one is asked about", async () => {
    const { room, id } = await counter();
    expect(await room.asks(LOKET, "isi 500rb")).toEqual([
      "Permintaan isi saldo Rp500.000 diteruskan ke petugas. Kami kabari begitu saldo masuk.",
    ]);
    const wishes = async () =>
      (await room.stores.records.tasks.list("open", 9)).filter(({ kind }) => kind === "top-up-wish");
    expect(await wishes()).toMatchObject([{ chat: LOKET, errand: { kind: "top-up", agent: id, amount: 500_000 } }]);
    expect(await room.asks(LOKET, "isi 500rb")).toEqual([expect.stringContaining("sudah ada sejak")]);
    expect(await wishes()).toHaveLength(1);
    await room.taps(LOKET, "Isi Rp500.000");
    expect(await wishes()).toHaveLength(2);
    expect(await room.asks(LOKET, "isi 600rb")).toEqual([expect.stringContaining("diteruskan ke petugas")]);
    expect(await wishes()).toHaveLength(3);
  });

  it("that was done comes as news, with the balance as it is then", async () => {
    const { room, id } = await counter();
    await top(room, id, 500_000);
    await room.clock.advance(5_000);
    await room.settle();
    expect(room.news(LOKET)).toEqual(["Saldo masuk Rp500.000, kini Rp2.500.000."]);
  });
});

describe("TUGAS, ISTIRAHAT, BUKTI PDF", () => {
  it("are kept with the agent", async () => {
    const { room, id } = await counter();
    const staff = () => room.stores.records.staff.load(id);
    await room.asks(LOKET, "tugas");
    expect(await staff()).toMatchObject({ duty: { on: true, unanswered: 0 } });
    await room.asks(LOKET, "istirahat");
    expect(await staff()).toMatchObject({ duty: { on: false } });
    await room.asks(LOKET, "bukti gambar");
    expect(await staff()).toMatchObject({ proofForm: "image" });
  });
});

describe("LAP", () => {
  it("counts what was paid that day and sends it as a file without a person in it", async () => {
    const { room, id } = await counter();
    await paidOne(room, id, 1);
    await room.pass(DAY);
    const today = [await paidOne(room, id, 2), await paidOne(room, id, 3)];
    await opened(room.stores.ledger, { ...securedBy(id), bill: otherBill(4) }, room.clock.now());
    const [summary] = await room.asks(LOKET, "lap hari ini");
    expect(summary).toMatch(/2 lunas, .?Rp367\.000.?\nBiaya admin Rp10\.000\nCashback Rp4\.000\nJasa loket Rp10\.000/);
    const file = room.sent(LOKET).findLast(({ message }) => message.kind === "document")?.message;
    if (file?.kind !== "document") throw new Error("no file came");
    expect([file.mime, file.name]).toEqual(["text/csv", expect.stringMatching(/^Laporan-\d\d-\d\d-\d{4}\.csv$/)]);
    const csv = new TextDecoder().decode(file.bytes);
    const lines = csv.trimEnd().split("\r\n");
    expect(lines[0]).toBe("waktu,nomor,nopol,wilayah,total,biaya_admin,cashback,jasa_loket,ref_bank");
    expect(lines.slice(1).map((line) => line.split(",")[1])).toEqual(today.map(({ ref }) => `TRX-${ref}`));
    expect(csv).not.toMatch(/JORDAN|MH1JFZ|3204/);
    expect((await room.asks(LOKET, "lap kemarin"))[0]).toContain("1 lunas");
  });
});

describe("LAP of a payment that the operator decided late", () => {
  it("has it on the day on which it was paid, however long ago it was confirmed", async () => {
    const { room, id } = await counter();
    const { ledger } = room.stores;
    const sent = await happened(ledger, await opened(ledger, securedBy(id), room.clock.now()), send(room.clock.now()));
    const lost = await happened(ledger, sent, { kind: "lost", at: room.clock.now(), jitter: 0 });
    await room.pass(9 * DAY);
    const review = await happened(ledger, lost, { kind: "escalate", at: room.clock.now(), by: "op" });
    const outcome = { kind: "paid", reference: "5A83" } as const;
    await happened(ledger, review, { kind: "resolve", at: room.clock.now(), outcome, by: "op", why: "BJB says so" });
    await room.clock.advance(5_000);
    await room.settle();
    room.news(LOKET);
    expect((await room.asks(LOKET, "lap hari ini"))[0]).toContain("1 lunas");
  });
});

describe("the files of an agent's payment", () => {
  it("paid: the proof in his form", async () => {
    const { room, id } = await counter();
    const { ref } = await paidOne(room, id, 1);
    expect(room.news(LOKET)).toEqual([
      expect.stringContaining("sedang dibayarkan"),
      `Lunas: F 1001 AB · TRX-${ref}`,
      expect.stringMatching(/BUKTI PEMBAYARAN E-SAMSAT[\s\S]*Nopol {3}F 1001 AB/),
    ]);
    await room.asks(LOKET, "bukti pdf");
    const second = await paidOne(room, id, 2);
    expect(room.news(LOKET).at(-1)).toBe(`Bukti pembayaran F 1002 AB (TRX-${second.ref})`);
  });

  it("pending: the slip in 32 columns, plainly no proof, with the code that fetches the proof", async () => {
    const { room, id } = await counter();
    const { ledger } = room.stores;
    const start = await opened(ledger, { ...securedBy(id), bill: otherBill(1) }, room.clock.now());
    const payment = await happened(ledger, start, send(room.clock.now()));
    const task = { kind: "document", ref: payment.ref, form: "slip", language: "id" } as const;
    await room.enqueue({ id: "s" as never, key: LOKET, queue: "say", lane: LOKET, dueAt: 0, task });
    const slip = room.news(LOKET).find((text) => text.includes("SEMENTARA")) ?? "";
    expect(slip).toContain("LOKET CIBINONG");
    expect(slip).toContain("TANDA TERIMA SEMENTARA");
    expect(slip).toContain("BUKAN BUKTI LUNAS");
    expect(slip).toContain("Uang diterima          Rp188.500");
    expect(slip).toContain(`BUKTI ${payment.code}`);
    expect(slip.split("\n").every((line) => line.length <= 32)).toBe(true);
  });

  it("of what is paid by now, or another's, no slip is sent", async () => {
    const { room, id } = await counter();
    const { ref } = await paidOne(room, id, 1);
    const other = await opened(room.stores.ledger, { payer: BUDI, bill: otherBill(2) }, room.clock.now());
    room.news(LOKET);
    for (const [job, of] of [
      ["s1", ref],
      ["s2", other.ref],
    ] as const) {
      const task = { kind: "document", ref: of, form: "slip", language: "id" } as const;
      await room.enqueue({ id: job as never, key: LOKET, queue: "say", lane: LOKET, dueAt: 0, task });
    }
    expect(room.news(LOKET)).toEqual([]);
    expect(await room.openTasks()).toEqual([]);
  });
});

describe("BUKTI with the whole code", () => {
  it("brings the proof to a chat that never paid; a wrong code and a reference alone bring nothing", async () => {
    const { room, id } = await counter();
    const { ref, code } = await paidOne(room, id, 1);
    expect(await room.asks(BUDI, `BUKTI ${code}`)).toEqual([
      expect.stringContaining(`Bukti pembayaran F 1001 AB (TRX-${ref})`),
    ]);
    const unknown = `Tidak ada bukti TRX-${ref} di chat ini. Periksa nomornya, atau ketik RIWAYAT.`;
    expect(await room.asks(BUDI, `BUKTI ${ref}`)).toEqual([unknown]);
    expect(await room.asks(BUDI, `BUKTI ${ref}-2222`)).toEqual([unknown]);
    for (let tries = 0; tries < 4; tries += 1) await room.asks(BUDI, `BUKTI ${ref}-2222`);
    expect(await room.asks(BUDI, `BUKTI ${code}`)).toEqual([
      expect.stringContaining("Terlalu banyak kode bukti yang salah."),
    ]);
  });

  it("is not guessed from one new chat after another of the same address", async () => {
    const crowd = makeCrowd();
    const { policyOf } = deskRoom().deps;
    const limits = { perHour: 5, perDay: 20 };
    const room = deskRoom({ deps: { crowd, policyOf: (key) => ({ ...policyOf(key), limits }) } });
    const { ref } = await opened(room.stores.ledger, { payer: BUDI, bill: otherBill(1) }, room.clock.now());
    const guess = async (number: number) => {
      const tab = conversationKey("telegram", `tab${number}`);
      await crowd.seen(tab, "203.0.113.9");
      return (await room.asks(tab, `BUKTI ${ref}-2222`)).at(-1);
    };
    for (let number = 0; number < 20; number += 1) expect(await guess(number)).toContain("Tidak ada bukti");
    expect(await guess(20)).toContain("Terlalu banyak kode bukti yang salah.");
  });

  it("while it is under way says how that stands", async () => {
    const { room, id } = await counter();
    const { code } = await opened(room.stores.ledger, { ...securedBy(id), bill: otherBill(1) }, room.clock.now());
    expect(await room.asks(BUDI, `BUKTI ${code}`)).toEqual([
      expect.stringContaining("belum punya bukti: sedang diproses"),
    ]);
  });
});

describe("an agent at his counter", () => {
  it("chooses his PIN while he writes something else: it is set once, and asked for once more", async () => {
    const { room } = await counter();
    const limits = { place: "", handover: "", credit: ZERO, daily: undefined, language: "id" } as const;
    const added = { role: "agent", name: "Loket Parung", ...limits } as const;
    const { code } = await room.stores.records.staff.add(added, room.clock.now());
    await room.asks(BUDI, `DAFTAR ${code}`);
    // The second is quicker, because a PIN takes a while to be hashed: the first is taken again on top of it.
    await Promise.all([room.say(BUDI, PIN), room.say(BUDI, "terima kasih")]);
    await room.clock.advance(3_000);
    await room.settle();
    const said = room.news(BUDI).join("\n");
    expect(said).toContain("Sama-sama");
    expect(said).toContain("Ketik PIN itu sekali lagi.");
    expect(said).not.toContain("PIN Anda sudah ada");
  });

  it("hears with the fifth wrong PIN that it is locked", async () => {
    const { room } = await counter();
    room.answer({ kind: "bill", bill: otherBill(1) });
    await room.say(LOKET, `Jawa Barat ${NIK} MH1JFZ110HK200001`);
    await room.clock.advance(11_000);
    await room.settle();
    const bill = room.news(LOKET).find((text) => text.includes("Terima dari pelanggan")) ?? "";
    await room.asks(LOKET, /^\W*(\d{3})/.exec(bill)?.[1] ?? "");
    for (const left of [4, 3, 2, 1]) {
      expect(await room.asks(LOKET, `91827${left}`)).toEqual([expect.stringContaining(`PIN salah, sisa ${left} kali`)]);
    }
    expect(await room.asks(LOKET, "918270")).toEqual([expect.stringContaining("PIN terkunci")]);
  });

  it("types a vehicle, sends its code and his PIN, and the ledger holds his balance", async () => {
    const { room, id } = await counter();
    room.answer({ kind: "bill", bill: otherBill(1) });
    await room.say(LOKET, `Jawa Barat ${NIK} MH1JFZ110HK200001`);
    await room.clock.advance(11_000);
    await room.settle();
    const bill = room.news(LOKET).find((text) => text.includes("Terima dari pelanggan")) ?? "";
    const code = /^\W*(\d{3}) · F 1001 AB/.exec(bill)?.[1] ?? "";
    expect(bill).toContain("Saldo Rp2.000.000 menjadi Rp1.816.500.");
    expect(await room.asks(LOKET, code)).toEqual([expect.stringContaining("Ketik PIN untuk membayar Rp183.500.")]);
    await room.asks(LOKET, PIN);
    const [payment] = await room.stores.ledger.find({ payer: LOKET });
    expect(payment).toMatchObject({ state: "intended", agent: { id, chat: LOKET } });
    expect(await room.stores.ledger.balance(agentAccount(id))).toBe(1_816_500);
  });
});
