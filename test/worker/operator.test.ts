import { describe, expect, it } from "vitest";
import type { Biller, Settlement } from "../../src/biller/biller.ts";
import { conversationKey } from "../../src/conversation/message.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { agentAccount } from "../../src/domain/staff.ts";
import type { Payment } from "../../src/payments/payment.ts";
import { requestTask, SILENT } from "../../src/relay/life/tasks.ts";
import { holdRequest } from "../../src/relay/postings.ts";
import { happened, opened, paid, pending, send } from "../contract/ledger-samples.ts";
import { aRequest, aTopUp } from "../fakes/agents.ts";
import { otherBill } from "../fakes/bills.ts";
import { BUDI, type DeskRoom, deskRoom, LOKET, PIN, SARI } from "./desk-room.ts";
import { ANI } from "./room.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PARUNG = conversationKey("telegram", "701");

/** A room with Sari as its operator, whose PIN was typed just now. */
async function withSari(options: Parameters<typeof deskRoom>[0] = {}): Promise<DeskRoom> {
  const room = deskRoom(options);
  await room.staff("operator", "Sari", SARI);
  await room.asks(SARI, "SELESAI 999");
  await room.asks(SARI, PIN);
  return room;
}

/** One more operator, whose PIN was typed just now. */
async function withBudi(room: DeskRoom): Promise<void> {
  await room.staff("operator", "Budi", BUDI);
  await room.asks(BUDI, "SELESAI 999");
  await room.asks(BUDI, PIN);
}

/** A payment of Ani's whose answer was lost, half an hour ago. */
async function suspect(room: DeskRoom): Promise<Payment> {
  const { ledger } = room.stores;
  const at = room.clock.now() - 31 * MINUTE;
  const sending = await happened(ledger, await opened(ledger, { payer: ANI }, at), send(at));
  return happened(ledger, sending, { ...pending(at), from: "pay" });
}

/** The biller that says so to every question for a status. */
const says = (settlement: Settlement): { deps: { biller: Biller } } => ({
  deps: {
    biller: {
      regions: async () => ({ kind: "unavailable", why: "network", reason: "" }),
      inquire: async () => ({ kind: "unavailable", why: "network", reason: "" }),
      pay: async () => settlement,
      status: async () => settlement,
    },
  },
});

const balance = (room: DeskRoom, account: string) => room.stores.ledger.balance(account);

describe("CARI", () => {
  it("finds a payment by its number, its plate and the last digits of its chat, and tells its story", async () => {
    const room = await withSari();
    const { ref } = await suspect(room);
    for (const asked of [`CARI TRX-${ref}`, "CARI F 0001 Z", "f0001z", "CARI telegram:1"]) {
      const [story] = await room.asks(SARI, asked);
      expect(story).toMatch(new RegExp(`^TRX-${ref} · F 0001 Z · Rp183\\.500 · SEDANG DICEK`));
      expect(story).toMatch(/dikonfirmasi \(TG …1\)[\s\S]*dikirim ke MMBC[\s\S]*MMBC: PENDING/);
    }
  });

  it("lists several, and each is a button", async () => {
    const room = await withSari();
    const { ledger } = room.stores;
    await paid(ledger, { payer: ANI, bill: otherBill(1) }, room.clock.now());
    await paid(ledger, { payer: ANI, bill: otherBill(2) }, room.clock.now());
    const [list] = await room.asks(SARI, "CARI telegram:1");
    expect(list).toMatch(/F 1002 AB · Rp183\.500 · LUNAS[\s\S]*F 1001 AB/);
    const [first] = room.sent(SARI).flatMap(({ message }) => (message.kind === "choices" ? message.rows.flat() : []));
    expect(first?.label).toMatch(/^Lihat TRX-\w{5}$/);
  });

  it("finds an agent by a part of his name, with his balance", async () => {
    const room = await withSari();
    const id = await room.staff("agent", "Loket Cibinong", LOKET);
    expect(await room.asks(SARI, "CARI cibinong")).toEqual([
      expect.stringContaining(`Agen ${id} · Loket Cibinong · saldo Rp0`),
    ]);
  });

  it("finds nothing, and says what it looks for", async () => {
    const room = await withSari();
    expect(await room.asks(SARI, "CARI zzz")).toEqual([expect.stringContaining("Tidak ada yang cocok dengan “zzz”")]);
  });

  it("is nobody's but an operator's", async () => {
    const room = await withSari();
    await suspect(room);
    const [answer] = await room.asks(ANI, "CARI F 0001 Z");
    expect(answer).not.toContain("SEDANG DICEK");
  });
});

describe("what becomes of a command", () => {
  it("nothing, when its operator was unlinked before it was done", async () => {
    const room = deskRoom();
    const id = await room.staff("operator", "Sari", SARI);
    await room.staff("agent", "Loket Cibinong", LOKET);
    await room.asks(SARI, "ISI Loket Cibinong 500000");
    await room.stores.records.staff.change(id, { state: "suspended" }, room.clock.now());
    expect(await room.asks(SARI, PIN)).toEqual([expect.stringContaining("bukan chat petugas lagi")]);
    expect(await room.stores.ledger.balance("topups")).toBe(0);
  });
});

describe("ISI", () => {
  it("books a top-up in his name, and the agent hears it", async () => {
    const room = await withSari();
    const id = await room.staff("agent", "Loket Cibinong", LOKET);
    expect(await room.asks(SARI, "ISI Loket Cibinong 500rb")).toEqual([
      "Saldo Loket Cibinong ditambah Rp500.000, kini Rp500.000. Ia kami kabari.",
    ]);
    expect(await balance(room, agentAccount(id))).toBe(500_000);
    await room.clock.advance(6_000);
    expect(room.news(LOKET)).toEqual([expect.stringContaining("Rp500.000")]);
    expect(await room.audit()).toContain(`Sari: top-up ${id}: Rp500.000: by chat`);
  });

  it("asks before the same sum is booked again within ten minutes", async () => {
    const room = await withSari();
    const id = await room.staff("agent", "Loket Cibinong", LOKET);
    await room.asks(SARI, `ISI ${id} 500000`);
    await room.clock.advance(9 * MINUTE);
    expect(await room.asks(SARI, `ISI ${id} 500000`)).toEqual([
      expect.stringMatching(
        /^Isi yang sama \(Rp500\.000, Loket Cibinong\) sudah dicatat \d\d\.\d\d WIB\. Tambah satu lagi\?/,
      ),
    ]);
    expect(await balance(room, agentAccount(id))).toBe(500_000);
    await room.taps(SARI, "Lagi Rp500.000");
    expect(await balance(room, agentAccount(id))).toBe(1_000_000);
  });

  it("asks whom a part of a name means, also when it fits one alone", async () => {
    const room = await withSari();
    const id = await room.staff("agent", "Loket Cibinong", LOKET);
    expect(await room.asks(SARI, "ISI cibi 500000")).toEqual([expect.stringContaining("Yang mana “cibi”?")]);
    expect(await balance(room, agentAccount(id))).toBe(0);
    await room.taps(SARI, `Agen ${id} Loket Cibi`);
    expect(await balance(room, agentAccount(id))).toBe(500_000);
    expect(await room.asks(SARI, "ISI nobody 500000")).toEqual([expect.stringContaining("Tidak ada agen “nobody”")]);
  });

  it("ends the agent's own wish for it", async () => {
    const room = await withSari();
    const id = await wished(room);
    await room.asks(SARI, `ISI ${id} 500000`);
    expect(await room.openTasks()).toEqual([]);
  });
});

/** An agent who asks for half a million. */
async function wished(room: DeskRoom) {
  const agent = await room.staff("agent", "Loket Cibinong", LOKET);
  const errand = { kind: "top-up", agent, amount: rupiah(500_000) } as const;
  const task = { key: "top-up:1", kind: "top-up-wish", text: "…", chat: LOKET, errand } as const;
  await room.stores.records.tasks.add(task, room.clock.now());
  await room.clock.advance(3_000);
  await room.settle();
  return agent;
}

describe("what an agent says that he paid in", () => {
  it("is booked by one button, once, whoever presses", async () => {
    const room = await withSari();
    await withBudi(room);
    const id = await wished(room);
    expect(room.news(SARI)).toContainEqual(
      expect.stringContaining("Loket Cibinong minta isi Rp500.000 (saldo Rp0 menjadi Rp500.000). Uangnya sudah masuk?"),
    );
    expect(await room.taps(SARI, "Sudah masuk")).toEqual([expect.stringContaining("kini Rp500.000")]);
    expect(room.news(BUDI)).toContainEqual(expect.stringMatching(/^#\d+ sudah dibereskan Sari\.$/));
    expect(await room.taps(BUDI, "Sudah masuk")).toEqual([expect.stringMatching(/^#\d+ sudah dibereskan Sari/)]);
    expect(await balance(room, agentAccount(id))).toBe(500_000);
  });

  it("is booked once when two press at the same moment", async () => {
    const room = await withSari();
    await withBudi(room);
    const id = await wished(room);
    const task = (await room.stores.records.tasks.list("open", 9)).find(({ kind }) => kind === "top-up-wish");
    await Promise.all([SARI, BUDI].map((chat) => room.tap(chat, `wish:${task?.id}:yes`, "both")));
    await room.clock.advance(3_000);
    await room.settle();
    expect(await balance(room, agentAccount(id))).toBe(500_000);
  });

  it("is told that it has not come when it has not", async () => {
    const room = await withSari();
    const id = await wished(room);
    room.news(LOKET);
    expect(await room.taps(SARI, "Belum")).toEqual(["Loket Cibinong kami kabari: Rp500.000 belum masuk."]);
    expect(room.news(LOKET)).toEqual([expect.stringContaining("uangnya belum kami lihat")]);
    expect([await balance(room, agentAccount(id)), await room.openTasks()]).toEqual([0, []]);
  });
});

describe("TETAPKAN", () => {
  it("decides a payment in his name, and the payer hears it", async () => {
    const room = await withSari(says({ kind: "pending" }));
    const { ref } = await suspect(room);
    expect(await room.asks(SARI, `TETAPKAN ${ref} LUNAS 5A834FE7`)).toContainEqual(
      `TRX-${ref} ditetapkan: LUNAS. Pembayar kami kabari.`,
    );
    expect(await room.stores.ledger.load(ref)).toMatchObject({ state: "paid", receipt: undefined });
    expect(await room.audit()).toContainEqual(expect.stringMatching(/^Sari: payment resolved/));
    await room.clock.advance(6_000);
    await room.settle();
    const told = room.news(ANI);
    expect(told).toContainEqual(expect.stringMatching(/lunas oleh petugas[\s\S]*acuan 5A834FE7\.[\s\S]*bukan bukti/));
    expect(told.join("\n")).not.toMatch(/Pembayaran berhasil|Kode asli|bawa cetakan bukti/);
    expect(await room.asks(SARI, `KIRIM ULANG ${ref}`)).toEqual([`TRX-${ref} belum punya bukti.`]);
  });

  it("LUNAS without a CONFIRM leaves no job behind that makes a proof, and BUKTI says what there is", async () => {
    const room = await withSari(says({ kind: "pending" }));
    const { ref, code } = await suspect(room);
    await room.asks(SARI, `TETAPKAN ${ref} LUNAS 5A834FE7`);
    await room.pass(HOUR);
    const word = expect.stringContaining(`(TRX-${ref}): lunas, acuan 5A834FE7. Sistem pembayaran belum memberi`);
    expect(await room.asks(ANI, `BUKTI ${ref}`)).toEqual([word]);
    expect(await room.asks(ANI, `ASLI ${code}`)).toEqual([expect.stringContaining("tidak kami kenali")]);
    // A document that was asked for before the operator decided.
    const task = { kind: "document", ref, form: "pdf", language: "id" } as const;
    await room.enqueue({ id: "d" as never, key: ANI, queue: "say", lane: ANI, dueAt: 0, task });
    expect(room.news(ANI)).toEqual([word]);
    await room.pass(HOUR);
    expect(await room.openTasks()).toEqual(["proof-undelivered"]);
    expect(room.sent(ANI).every(({ message }) => message.kind !== "document")).toBe(true);
  });

  it("decides nothing against a CONFIRM of the biller", async () => {
    const receipt = { reference: "5A", trace: "1", total: rupiah(1), tanggal: "", paymentCode: "" };
    const room = await withSari(says({ kind: "paid", receipt: { ...receipt, total: rupiah(183_500) } }));
    const { ref } = await suspect(room);
    const [answer] = await room.asks(SARI, `TETAPKAN ${ref} TIDAK tidak ada di daftar`);
    expect(answer).toContain("baru saja berakhir: LUNAS");
  });

  it("says what cannot be decided", async () => {
    const room = await withSari(says({ kind: "pending" }));
    const { ref } = await paid(room.stores.ledger, { payer: ANI }, room.clock.now());
    expect(await room.asks(SARI, `TETAPKAN ${ref} TIDAK keliru`)).toEqual([
      expect.stringContaining(`TRX-${ref} (LUNAS) tidak bisa ditetapkan sekarang.`),
    ]);
    expect(await room.asks(SARI, "TETAPKAN 22223 TIDAK keliru")).toEqual(["Tidak ada pembayaran TRX-22223."]);
  });
});

describe("a payment's buttons", () => {
  it("Cek sekarang asks the biller at once", async () => {
    const room = await withSari(says({ kind: "pending" }));
    const { ref } = await suspect(room);
    await room.asks(SARI, `CARI ${ref}`);
    expect(await room.taps(SARI, "Cek sekarang")).toContainEqual(expect.stringContaining("status: PENDING"));
    expect((await room.stores.ledger.load(ref))?.heard.asks).toBe(1);
  });

  it("Kabari pelanggan says how it stands, Bukti sekali lagi sends the proof of a paid one", async () => {
    const room = await withSari();
    const { ref } = await suspect(room);
    await room.asks(SARI, `CARI ${ref}`);
    room.news(ANI);
    await room.taps(SARI, "Kabari pelanggan");
    expect(room.news(ANI)).toContainEqual(expect.stringMatching(/F 0001 Z · Rp183\.500 · sedang diproses/));
    expect(await room.taps(SARI, "Bukti sekali lagi")).toEqual([`TRX-${ref} belum punya bukti.`]);
    const done = await paid(room.stores.ledger, { payer: ANI, bill: otherBill(1) }, room.clock.now());
    await room.clock.advance(6_000);
    await room.settle();
    room.news(ANI);
    expect(await room.asks(SARI, `KIRIM ULANG ${done.ref}`)).toEqual([
      expect.stringContaining("dikirim sekali lagi ke TG …1"),
    ]);
    expect(room.news(ANI)).toContainEqual(expect.stringContaining("Bukti pembayaran"));
  });

  it("Tetapkan says how", async () => {
    const room = await withSari();
    const { ref } = await suspect(room);
    await room.asks(SARI, `CARI ${ref}`);
    expect(await room.taps(SARI, "Tetapkan")).toEqual([expect.stringContaining(`TETAPKAN ${ref} LUNAS dan ref. bank`)]);
  });
});

describe("tasks", () => {
  it("are told once each, to every operator, and again to nobody", async () => {
    const room = await withSari();
    await withBudi(room);
    const task = { key: "bad-bill:1", kind: "bad-bill", text: "The bill 1 could not be read." } as const;
    await room.stores.records.tasks.add(task, room.clock.now());
    await room.pass(HOUR);
    for (const chat of [SARI, BUDI]) {
      expect(room.news(chat).filter((text) => text.includes("Tagihan aneh"))).toHaveLength(1);
    }
    await room.taps(SARI, "Selesai");
    expect(await room.asks(SARI, PIN)).toEqual([expect.stringMatching(/^#\d+ selesai, tercatat atas nama Anda\.$/)]);
    expect(room.news(BUDI)).toEqual([expect.stringMatching(/^#\d+ sudah dibereskan Sari\.$/)]);
    expect(await room.openTasks()).toEqual([]);
  });

  it("wait until somebody is linked, and many at once are one sentence", async () => {
    const room = deskRoom();
    for (const n of [1, 2, 3, 4, 5, 6]) {
      await room.stores.records.tasks.add({ key: `k${n}`, kind: "channel", text: "…" }, room.clock.now());
    }
    await room.pass(HOUR);
    await room.staff("operator", "Sari", SARI);
    await room.clock.advance(5_000);
    await room.settle();
    expect(room.news(SARI)).toEqual(["Ada 6 tugas terbuka. Ketik PERLU."]);
    expect(await room.asks(SARI, "PERLU")).toEqual([expect.stringContaining("#1 · ")]);
    expect(await room.asks(SARI, "PERLU 3")).toEqual([expect.stringContaining("#3 Saluran chat.")]);
    expect(await room.asks(SARI, "PERLU 33")).toEqual(["Tidak ada tugas #33. Ketik PERLU."]);
  });

  it("of a suspect payment come with its acts", async () => {
    const room = await withSari();
    const { ref } = await suspect(room);
    await room.stores.records.tasks.add(
      { key: `suspect:${ref}`, kind: "suspect", text: "…", ref, chat: ANI },
      room.clock.now(),
    );
    await room.clock.advance(3_000);
    await room.settle();
    expect(room.news(SARI)).toContainEqual(expect.stringContaining(`Perlu Anda, 30 menit belum pasti: TRX-${ref}`));
    expect(await room.taps(SARI, "Tetapkan")).toEqual([expect.stringContaining("LUNAS dan ref. bank")]);
  });
});

describe("a customer who asks for a human", () => {
  async function asking(room: DeskRoom): Promise<void> {
    await room.say(ANI, "petugas");
    await room.say(ANI, "Motor saya hilang, bagaimana?");
    await room.clock.advance(3_000);
    await room.settle();
  }

  it("is answered from the operator's chat, and what he writes on comes there, until SELESAI", async () => {
    const room = await withSari();
    await asking(room);
    const alert = room.news(SARI).join("\n");
    expect(alert).toContain("“Motor saya hilang, bagaimana?”");
    expect(alert).not.toContain("“petugas”");
    const nr = /#(\d+)/.exec(alert)?.[1] ?? "";
    room.news(ANI);
    expect(await room.asks(SARI, `JAWAB ${nr} Bawa surat kehilangan, Pak.`)).toEqual([
      expect.stringContaining(`Terkirim ke TG …1 (#${nr})`),
    ]);
    expect(room.news(ANI)).toEqual(["Petugas: Bawa surat kehilangan, Pak."]);
    await room.say(ANI, "Baik, ke mana?");
    await room.settle();
    expect(room.news(SARI)).toEqual([`#${nr} TG …1: “Baik, ke mana?”`]);
    expect(await room.asks(SARI, `SELESAI ${nr}`)).toEqual([expect.stringContaining("Layanan otomatis kembali")]);
    expect(room.news(ANI)).toEqual([expect.stringContaining("Petugas sudah selesai")]);
    expect(await room.openTasks()).toEqual([]);
    expect(await room.asks(ANI, "MENU")).toEqual([expect.stringContaining("Kendaraan terdaftar di wilayah mana?")]);
  });

  it("an agent is answered and handed back in the same way", async () => {
    const room = await withSari();
    await room.staff("agent", "Loket Cibinong", LOKET);
    await room.say(LOKET, "petugas");
    await room.say(LOKET, "Printer saya rusak, bagaimana?");
    await room.clock.advance(3_000);
    await room.settle();
    const alert = room.news(SARI).join("\n");
    expect(alert).toContain("“Printer saya rusak, bagaimana?”");
    const nr = /#(\d+)/.exec(alert)?.[1] ?? "";
    room.news(LOKET);
    await room.asks(SARI, `JAWAB ${nr} Coba kirim bukti sebagai PDF.`);
    expect(room.news(LOKET)).toEqual(["Petugas: Coba kirim bukti sebagai PDF."]);
    expect(await room.asks(SARI, `SELESAI ${nr}`)).toEqual([expect.stringContaining("Layanan otomatis kembali")]);
    expect(room.news(LOKET)).toEqual([expect.stringContaining("Petugas sudah selesai. Loket Anda berjalan")]);
    expect(await room.asks(LOKET, "apa lagi ini")).toEqual([expect.stringContaining("belum kami pahami")]);
    expect(room.news(SARI)).toEqual([]);
  });

  it("is the first one's who answers; the others hear that, and no more of it", async () => {
    const room = await withSari();
    await withBudi(room);
    await asking(room);
    const nr = /#(\d+)/.exec(room.news(BUDI).join("\n"))?.[1] ?? "";
    room.news(SARI);
    await room.asks(BUDI, `JAWAB ${nr} Sebentar, ya.`);
    expect(room.news(SARI)).toEqual([`#${nr} sedang dijawab Budi.`]);
    await room.say(ANI, "Terima kasih");
    expect(room.news(SARI)).toEqual([]);
    expect(room.news(BUDI)).toEqual([expect.stringContaining("“Terima kasih”")]);
  });

  it("whose chat is gone is not answered into the void", async () => {
    const room = await withSari();
    await asking(room);
    const nr = /#(\d+)/.exec(room.news(SARI).join("\n"))?.[1] ?? "";
    await room.stores.records.chats.markGone(ANI, room.clock.now());
    expect(await room.asks(SARI, `JAWAB ${nr} Halo`)).toEqual([
      expect.stringContaining("tidak bisa menerima pesan lagi"),
    ]);
  });
});

describe("BUKA", () => {
  it("opens a locked PIN and keeps it, or takes it away", async () => {
    const room = await withSari();
    const id = await room.staff("agent", "Loket Cibinong", LOKET);
    const { staff } = room.stores.records;
    const lock = async () => {
      for (const n of [1, 2, 3, 4, 5]) await staff.tryPin(id, `t${n}`, 0);
    };
    await lock();
    expect(await room.asks(SARI, `BUKA ${id}`)).toEqual([
      expect.stringMatching(/PIN terkunci[\s\S]*Apa yang dibuka\?/),
    ]);
    expect(await room.taps(SARI, "Buka, PIN lama")).toEqual([expect.stringContaining("PIN lamanya tetap berlaku")]);
    expect((await staff.load(id))?.pin).toBe("set");
    await lock();
    await room.asks(SARI, `BUKA ${id}`);
    await room.taps(SARI, "PIN baru");
    expect((await staff.load(id))?.pin).toBe("none");
    expect(await room.audit()).toContain(`Sari: agent PIN taken away ${id}: by chat`);
  });

  it("makes a suspended one active again", async () => {
    const room = await withSari();
    const id = await room.staff("agent", "Loket Cibinong", LOKET);
    await room.stores.records.staff.change(id, { state: "suspended" }, room.clock.now());
    await room.asks(SARI, "BUKA loket cibinong");
    expect(await room.taps(SARI, "Aktifkan lagi")).toEqual(["Loket Cibinong aktif lagi."]);
    expect((await room.stores.records.staff.load(id))?.state).toBe("active");
  });
});

describe("AGEN and DEPOSIT", () => {
  it("show balances and the deposit, and DEPOSIT with a sum enters what was paid in", async () => {
    const room = await withSari({ floor: 500_000 });
    const id = await room.staff("agent", "Loket Cibinong", LOKET);
    expect(await room.asks(SARI, "AGEN")).toEqual([`Agen:\n${id} · Loket Cibinong · saldo Rp0`]);
    expect(await room.asks(SARI, "DEPOSIT 1jt")).toEqual([expect.stringContaining("belum punya jumlah awal")]);
    const start = { id: "s", what: "deposit start", by: "x", why: "x" };
    const entries = [
      { account: "deposit-start", amount: rupiah(-400_000) },
      { account: "deposit", amount: rupiah(400_000) },
    ];
    await room.stores.ledger.post({ ...start, entries }, room.clock.now());
    await room.clock.advance(MINUTE);
    await room.settle();
    expect(room.news(SARI)).toContainEqual(expect.stringContaining("Penjualan berhenti: deposit Rp400.000"));
    expect(await room.asks(SARI, "DEPOSIT 1jt")).toEqual([
      expect.stringContaining("Deposit ditambah Rp1.000.000. Deposit Rp1.400.000"),
    ]);
    expect(await room.asks(SARI, "DEPOSIT 1jt")).toEqual([expect.stringContaining("Tambah satu lagi?")]);
    expect(await room.openTasks()).toEqual([]);
  });
});

describe("above the sum of two persons", () => {
  it("a top-up waits for another operator's yes, and not for his own", async () => {
    const room = await withSari({ twoPersonsAbove: 1_000_000 });
    await withBudi(room);
    const id = await room.staff("agent", "Loket Cibinong", LOKET);
    const [answer = ""] = await room.asks(SARI, `ISI ${id} 1.000.001`);
    expect(answer).toMatch(/menunggu persetujuan petugas lain \(#\d+\)/);
    const nr = /#(\d+)/.exec(answer)?.[1] ?? "";
    expect(await balance(room, agentAccount(id))).toBe(0);
    expect(room.news(SARI)).toEqual([]);
    expect(room.news(BUDI)).toContainEqual(expect.stringContaining("Sari mau mengisi Loket Cibinong Rp1.000.001"));
    expect(await room.asks(SARI, `SETUJU ${nr}`)).toEqual([expect.stringContaining("harus petugas lain")]);
    expect(await room.asks(BUDI, `SETUJU ${nr}`)).toEqual([expect.stringContaining("kini Rp1.000.001")]);
    expect(room.news(SARI)).toEqual([`#${nr} sudah dibereskan Budi.`]);
    expect(await room.asks(BUDI, `SETUJU ${nr}`)).toEqual([expect.stringContaining("sudah dibereskan Budi")]);
    expect(await balance(room, agentAccount(id))).toBe(1_000_001);
    expect(await room.audit()).toContainEqual(expect.stringContaining("Sari, with Budi: top-up"));
  });

  it("the sum itself needs no second one, and TOLAK changes nothing", async () => {
    const room = await withSari({ twoPersonsAbove: 1_000_000, ...says({ kind: "pending" }) });
    await withBudi(room);
    const id = await room.staff("agent", "Loket Cibinong", LOKET);
    await room.asks(SARI, `ISI ${id} 1000000`);
    expect(await balance(room, agentAccount(id))).toBe(1_000_000);
    const [answer = ""] = await room.asks(SARI, `ISI ${id} 2000000`);
    const nr = /#(\d+)/.exec(answer)?.[1] ?? "";
    expect(await room.asks(BUDI, `TOLAK ${nr}`)).toEqual([`#${nr} ditolak. Tidak ada yang diubah.`]);
    expect(await balance(room, agentAccount(id))).toBe(1_000_000);
  });
});

describe("the evening", () => {
  it("is told once a day from 21.00 WIB on, with what is not certain", async () => {
    const room = await withSari();
    await paid(room.stores.ledger, { payer: ANI, bill: otherBill(1) }, room.clock.now());
    const { ref } = await suspect(room);
    // The clock begins at 10.00 WIB.
    await room.pass(10 * HOUR + 50 * MINUTE);
    expect(room.news(SARI).filter((text) => text.includes("Hari ini"))).toEqual([]);
    await room.pass(HOUR);
    const told = room.news(SARI).filter((text) => text.includes("Hari ini"));
    expect(told).toEqual([
      expect.stringContaining(`Hari ini 1 bayar, Rp183.500, laba Rp2.000.\nBelum pasti: 1 (TRX-${ref}).`),
    ]);
    await room.pass(23 * HOUR);
    expect(room.news(SARI).filter((text) => text.includes("Hari ini"))).toEqual([]);
    await room.pass(HOUR);
    expect(room.news(SARI).filter((text) => text.includes("Hari ini"))).toHaveLength(1);
  });
});

describe("paying that pauses", () => {
  it("goes on by a button", async () => {
    const room = await withSari();
    const { records } = room.stores;
    await records.flags.set("paying-paused", "three in a row", 0);
    await records.tasks.add({ key: "refused-in-a-row", kind: "refused-in-a-row", text: "…" }, room.clock.now());
    await room.clock.advance(3_000);
    await room.settle();
    expect(await room.taps(SARI, "Lanjutkan bayar")).toEqual(["Pembayaran berjalan lagi."]);
    expect([await records.flags.get("paying-paused"), await room.openTasks()]).toEqual([undefined, []]);
    expect(await room.asks(SARI, "LANJUT BAYAR")).toEqual(["Pembayaran tidak sedang dihentikan."]);
  });
});

describe("BERIKAN and TUTUP", () => {
  /** Ani's request in the hand of Loket Cibinong, who is silent though she says that the money is handed over. */
  async function handedOver(room: DeskRoom) {
    const { ledger, records } = room.stores;
    const at = room.clock.now();
    const one = await room.staff("agent", "Loket Cibinong", LOKET);
    const other = await room.staff("agent", "Loket Parung", PARUNG);
    for (const id of [one, other]) await ledger.post(aTopUp({ id, chat: LOKET }, 1_000_000), at);
    const { request } = await ledger.requests.ask(
      aRequest(at, { customer: { chat: ANI, language: "id" } }),
      at,
      () => [],
    );
    const { ref, revision } = request;
    const taken = { id: one, chat: LOKET, at, until: at + HOUR };
    const next = { ...request, state: "taken", taken, said: { at, photo: false }, revision: revision + 1 } as const;
    await ledger.requests.commit({ at, next, expect: revision, postings: [holdRequest(request, one)] });
    await records.tasks.add(requestTask(next, new Map(), SILENT), at);
    await room.clock.advance(3_000);
    await room.settle();
    return { ref, one, other };
  }

  it("gives a request to another agent as its task says, and all hear of it", async () => {
    const room = await withSari();
    await withBudi(room);
    const { ref, one, other } = await handedOver(room);
    expect(room.news(SARI)).toContainEqual(expect.stringContaining(`BERIKAN ${ref} AGENT, TUTUP ${ref} WHY`));
    expect(await room.asks(SARI, `BERIKAN ${ref} parung`)).toEqual([expect.stringContaining("Yang mana “parung”?")]);
    expect(await room.taps(SARI, `Agen ${other} Loket Paru`)).toEqual([
      `Permintaan ${ref} · F 0001 Z · Rp183.500 · MENUNGGU UANG. Kini di tangan Loket Parung; ia dan pelanggan kami kabari.`,
    ]);
    expect([await balance(room, agentAccount(one)), await balance(room, agentAccount(other))]).toEqual([
      1_000_000, 816_500,
    ]);
    await room.clock.advance(6_000);
    expect(room.news(ANI)).toContainEqual(expect.stringContaining("Loket Parung"));
    expect(room.news(BUDI)).toContainEqual(expect.stringMatching(/^#\d+ sudah dibereskan Sari\.$/));
    expect(await room.openTasks()).toEqual([]);
    expect(await room.audit()).toContain(`Sari: request given ${ref}: to ${other}: BERIKAN ${ref} ${other}, by chat`);
    await room.asks(SARI, `BERIKAN ${ref} Loket Cibinong, Parung sedang sakit`);
    expect(await room.audit()).toContain(`Sari: request given ${ref}: to ${one}: Parung sedang sakit`);
  });

  it("closes one with its reason, and nothing stays held", async () => {
    const room = await withSari();
    const { ref, one } = await handedOver(room);
    expect(await room.asks(SARI, `TUTUP ${ref} uang sudah kembali`)).toEqual([
      expect.stringMatching(/DITUTUP\. Pelanggan dan agennya kami kabari\.$/),
    ]);
    expect(await balance(room, agentAccount(one))).toBe(1_000_000);
    expect(await room.audit()).toContain(`Sari: request closed ${ref}: uang sudah kembali`);
    expect(await room.asks(SARI, `BERIKAN ${ref} ${one}`)).toEqual([
      expect.stringContaining("Tidak ada yang diubah: sekarang belum bisa. Rincian: it is over"),
    ]);
  });

  it("changes nothing where the balance does not cover it, or there is no such request", async () => {
    const room = await withSari();
    const { ref, other } = await handedOver(room);
    await room.stores.ledger.post(aTopUp({ id: other, chat: LOKET }, -900_000), room.clock.now());
    expect(await room.asks(SARI, `BERIKAN ${ref} ${other}`)).toEqual([
      expect.stringContaining("saldo agen itu kurang"),
    ]);
    expect(await room.asks(SARI, "TUTUP 9PXM2 salah")).toEqual(["Tidak ada permintaan 9PXM2."]);
    expect(await room.openTasks()).toHaveLength(1);
  });
});
