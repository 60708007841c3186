import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { AGENT, type AgentChat, agentChat, billNumber, factsOf, PIN, REF, refOf } from "../fakes/agent-chat.ts";
import { billOf, CHASSIS, HOUR, MINUTE, NIK } from "../fakes/flow-chat.ts";
import { STYLES } from "./chats.ts";

const ONE = `Jawa Barat ${NIK} ${CHASSIS}`;

/** A bill on the desk, and the PIN typed a moment ago. */
function atBill(options: Parameters<typeof agentChat>[0] = {}, changes: Parameters<typeof billOf>[0] = {}): AgentChat {
  const chat = agentChat(options);
  chat.says(ONE);
  chat.billed({ kind: "bill", bill: billOf(changes) });
  return chat;
}

function withPin(chat: AgentChat): AgentChat {
  chat.says(chat.code);
  chat.says(PIN);
  return chat;
}

function pays(chat: AgentChat) {
  return chat.tasks.flatMap((task) => (task.kind === "pay" ? [task] : []));
}

describe("a confirmation", () => {
  it.each(STYLES)("asks for the PIN, and pays when it is right (%s)", (style) => {
    const chat = atBill({ style });
    const { code } = chat;
    expect(chat.says(code)).toContain("Ketik PIN untuk membayar Rp183.500.");
    expect(chat.place).toBe("pin");
    expect(pays(chat)).toEqual([]);
    chat.says(PIN);
    expect(chat.place).toBe("desk");
    expect(pays(chat)).toMatchObject([
      { bill: { plate: "F 0001 Z", total: 183_500 }, language: "id", by: { agent: AGENT, markup: 0 } },
    ]);
  });

  it.each([
    ["the code alone", (code: string) => code],
    ["behind BAYAR", (code: string) => `BAYAR ${code}`],
    ["with a slip", (code: string) => `byar ${code}`],
    ["in English", (code: string) => `pay ${code}`],
  ])("is %s", (_, typed) => {
    const chat = atBill();
    chat.says(typed(chat.code));
    expect(chat.place).toBe("pin");
  });

  it.each(["ya", "ok", "1", "bayar", "setuju", "BAYAR", "siap bayar pak"])("is never %s", (text) => {
    const chat = withPin(atBill());
    chat.says(`Jawa Barat ${NIK} MH1JFZ110HK654321`);
    chat.billed({ kind: "bill", bill: billNumber(2) });
    expect(chat.says(text)).not.toBe("");
    expect(pays(chat)).toHaveLength(1);
  });

  it("is never a question, nor a code that no bill has", () => {
    const chat = atBill();
    const { code } = chat;
    chat.says(`BAYAR ${code}?`);
    expect(chat.place).toBe("desk");
    const other = String((Number(code) + 111) % 1000).padStart(3, "0");
    expect(chat.says(other)).toBe(
      `Kode itu bukan kode tagihan yang terbuka. Belum ada yang kami bayar.\n\nTagihan terbuka:\n${code} · F 0001 Z · Rp183.500`,
    );
    expect(chat.place).toBe("desk");
  });

  it("is a tap of its own button", () => {
    const chat = atBill();
    chat.taps("Bayar Rp183.500");
    expect(chat.place).toBe("pin");
  });

  it("twice is one payment, and the second is told so", () => {
    const chat = withPin(atBill());
    const { code } = chat;
    expect(chat.says(code)).toContain("Tidak akan kami bayar dua kali");
    chat.opens({ kind: "opened", ref: REF, state: "live" });
    expect(chat.says(code)).toContain("Sedang diproses (TRX-7K2MQ)");
    chat.tapsId(`pay:${chat.context.entries[0]?.quote?.nonce}`);
    expect(pays(chat)).toHaveLength(1);
  });

  it("of an old bill brings a fresh one with a new code, and pays nothing", () => {
    const chat = withPin(atBill());
    chat.says(`Jawa Barat ${NIK} MH1JFZ110HK654321`);
    chat.billed({ kind: "bill", bill: billNumber(2) });
    const { code } = chat;
    chat.waits(61 * MINUTE);
    expect(chat.says(code)).toContain("Tagihan itu sudah lama, jadi belum kami bayar.");
    expect(pays(chat)).toHaveLength(1);
    expect(chat.billed({ kind: "bill", bill: billNumber(2, 190_000) })).toContain(
      "Jumlah berubah dari Rp183.500 menjadi Rp190.000.",
    );
    expect(chat.code).not.toBe(code);
    expect(chat.says(code)).toContain("bukan kode tagihan yang terbuka");
    expect(pays(chat)).toHaveLength(1);
  });

  it("of a suspended agent is refused, also behind the PIN", () => {
    const chat = atBill();
    chat.says(chat.code);
    chat.becomes({ suspended: true });
    expect(chat.says(PIN)).toContain("Anda sedang tidak bisa membayar. Hubungi Budi 0812-3456-789.");
    expect(chat.says(chat.code)).toContain("Anda sedang tidak bisa membayar.");
    expect(pays(chat)).toEqual([]);
  });

  it("above what may be paid here is refused", () => {
    const chat = atBill({ policy: { payMax: rupiah(100_000) } });
    expect(chat.says(chat.code)).toContain("Tagihan di atas Rp100.000 hanya lewat petugas.");
  });
});

describe("a balance that is too low", () => {
  it("is said with the bill, before any cash, and the bill is kept", () => {
    const chat = agentChat({ style: "numbers", agent: { balance: rupiah(120_000) } });
    chat.says(ONE);
    const said = chat.billed({ kind: "bill", bill: billOf() });
    expect(said).toContain(
      `Saldo kurang Rp63.500 (ada Rp120.000). Jangan terima uang dulu. Ketik ISI 100000 untuk minta isi saldo; tagihan ${chat.code} kami simpan.`,
    );
    expect(said).not.toContain("Bayar:");
    expect(chat.says(chat.code)).toContain("Saldo kurang Rp63.500");
    expect(pays(chat)).toEqual([]);
  });

  it("counts the credit", () => {
    const chat = atBill({ agent: { balance: rupiah(120_000), credit: rupiah(63_500) } });
    chat.says(chat.code);
    expect(chat.place).toBe("pin");
  });

  it("that is filled names the bills that wait for it", () => {
    const chat = atBill({ agent: { balance: rupiah(120_000) } });
    chat.becomes({ balance: rupiah(620_000) });
    expect(chat.tells({ kind: "balance", what: "top-up", amount: rupiah(500_000) })).toBe(
      `Saldo masuk Rp500.000, kini Rp620.000.\n\nMasih menunggu: F 0001 Z · ${chat.code}`,
    );
    chat.says(chat.code);
    expect(chat.place).toBe("pin");
  });

  it("found by the ledger puts the bill back on the desk, under its code", () => {
    const chat = withPin(atBill());
    const { code } = chat;
    expect(chat.opens({ kind: "short", missing: rupiah(1000) })).toContain("Saldo kurang Rp1.000");
    chat.says(code);
    expect(pays(chat)).toHaveLength(2);
  });
});

describe("the PIN", () => {
  it("counts for a quarter of an hour since the last act", () => {
    const chat = withPin(atBill());
    for (const wait of [14, 14, 14]) {
      chat.waits(wait * MINUTE);
      chat.says("saldo");
    }
    chat.says(`Jawa Barat ${NIK} MH1JFZ110HK654321`);
    chat.billed({ kind: "bill", bill: billNumber(2) });
    chat.says(chat.code);
    expect(chat.place).toBe("desk");
    expect(pays(chat)).toHaveLength(2);
    chat.waits(16 * MINUTE);
    chat.says(`Jawa Barat ${NIK} MH1JFZ110HK654322`);
    chat.billed({ kind: "bill", bill: billNumber(3) });
    chat.says(chat.code);
    expect(chat.place).toBe("pin");
  });

  it("counts for four hours at most", () => {
    const chat = withPin(atBill());
    for (let passed = 0; passed < 4 * HOUR; passed += 10 * MINUTE) {
      chat.waits(10 * MINUTE);
      chat.says("saldo");
    }
    chat.says(`Jawa Barat ${NIK} MH1JFZ110HK654321`);
    chat.billed({ kind: "bill", bill: billNumber(2) });
    chat.says(chat.code);
    expect(chat.place).toBe("pin");
  });

  it("is asked for each time at or above the sum", () => {
    const chat = withPin(atBill({ agent: { pinAlways: rupiah(183_500) } }));
    chat.says(`Jawa Barat ${NIK} MH1JFZ110HK654321`);
    chat.billed({ kind: "bill", bill: billNumber(2) });
    chat.says(chat.code);
    expect(chat.place).toBe("pin");
    chat.says(PIN);
    expect(pays(chat)).toHaveLength(2);
  });

  it("is asked for again after KUNCI", () => {
    const chat = withPin(atBill());
    expect(chat.says("kunci")).toContain("Terkunci.");
    chat.says(`Jawa Barat ${NIK} MH1JFZ110HK654321`);
    chat.billed({ kind: "bill", bill: billNumber(2) });
    chat.says(chat.code);
    expect(chat.place).toBe("pin");
  });

  it("that is wrong keeps what it was for, and says how often is left", () => {
    const chat = atBill({ forgets: false });
    chat.says(chat.code);
    expect(chat.says("111222")).toBe("PIN salah, sisa 4 kali. Hapus pesan PIN tadi.");
    chat.says(PIN);
    expect(pays(chat)).toHaveLength(1);
  });

  it("that is locked leads back to the desk, and the bill is kept", () => {
    const chat = atBill();
    chat.says(chat.code);
    for (let tries = 0; tries < 4; tries += 1) chat.says("111222");
    expect(chat.says("111222")).toContain("PIN terkunci. Budi 0812-3456-789 bisa membukanya.");
    expect(chat.place).toBe("desk");
    expect(chat.says(chat.code)).toContain("PIN terkunci.");
    expect(pays(chat)).toEqual([]);
  });

  it("typed long after it was asked for pays nothing", () => {
    const chat = atBill();
    chat.says(chat.code);
    chat.waits(6 * MINUTE);
    expect(chat.says(PIN)).toContain("PIN benar, tetapi konfirmasi tadi sudah lama. Belum ada pembayaran.");
    expect(chat.place).toBe("desk");
    expect(pays(chat)).toEqual([]);
  });

  it("with BATAL pays nothing, and the bill stays", () => {
    const chat = atBill();
    chat.says(chat.code);
    expect(chat.says("batal")).toContain("Baik, belum ada yang kami bayar.");
    expect(chat.place).toBe("desk");
    chat.says(chat.code);
    expect(chat.place).toBe("pin");
  });

  it("does not keep the desk waiting: a vehicle typed meanwhile is asked for", () => {
    const chat = atBill();
    chat.says(chat.code);
    chat.says(`Jawa Barat ${NIK} MH1JFZ110HK654321`);
    expect(chat.last[0]).toMatchObject({ kind: "inquire" });
    expect(chat.place).toBe("pin");
    chat.billed({ kind: "bill", bill: billNumber(2) });
    chat.says(PIN);
    expect(pays(chat)).toMatchObject([{ bill: { plate: "F 0001 Z" } }]);
  });

  it("is deleted where that is possible, and nowhere written", () => {
    const chat = atBill();
    chat.says(chat.code);
    chat.says("111222");
    expect(chat.last).toContainEqual({ kind: "forget", refs: ["m3"] });
    chat.says(PIN);
    expect(JSON.stringify([chat.tasks, chat.context])).not.toMatch(new RegExp(`${PIN}|111222`));
  });

  it("typed where none is asked for is deleted, and not passed on", () => {
    const chat = agentChat();
    chat.says("petugas");
    expect(chat.says("274183")).toBe("PIN sedang tidak diminta. Pesan tadi kami hapus.");
    expect(chat.last).toContainEqual({ kind: "forget", refs: ["m2"] });
    expect(JSON.stringify(chat.tasks)).not.toContain("274183");
  });

  it("in words that are no command is asked for again, and goes to nobody", () => {
    const chat = atBill();
    chat.says("petugas");
    chat.says(chat.code);
    expect(chat.says("pin saya 27418 pak")).toContain("Ketik PIN (6 angka), atau BATAL.");
    expect(JSON.stringify(chat.tasks)).not.toContain("27418 pak");
  });
});

describe("a new agent", () => {
  it("is welcomed, chooses a PIN twice, and stands at the desk", () => {
    const chat = agentChat({ agent: { pin: "none" }, forgets: false });
    const said = chat.hears({ type: "enrolled", result: "done" });
    expect(said).toContain("Selamat datang, Loket Cibinong. Chat ini sekarang milik agen Loket Samsat.");
    expect(said).toContain("Buat PIN: ketik 6 angka");
    expect(chat.place).toBe("pinNew");
    expect(chat.says("111111")).toContain("PIN itu mudah ditebak");
    expect(chat.says("1234")).toContain("bukan 6 angka");
    expect(chat.says("halo dunia")).toContain("Buat PIN");
    expect(chat.says("835201")).toBe("Ketik PIN itu sekali lagi. Lalu hapus pesan PIN itu dari HP Anda.");
    expect(chat.place).toBe("pinAgain");
    expect(chat.says("835202")).toContain("Tidak sama dengan PIN yang pertama. Ketik yang pertama, sisa 4 kali");
    expect(chat.place).toBe("pinAgain");
    expect(chat.says("835201")).toContain("PIN tersimpan.");
    expect(chat.place).toBe("desk");
  });

  it("who pays before he has a PIN sets one first, and then it is paid", () => {
    const chat = atBill({ agent: { pin: "none" } });
    expect(chat.says(chat.code)).toContain("PIN Anda belum ada. Buat dulu; tagihannya kami simpan.");
    chat.says("835203");
    chat.says("835203");
    expect(chat.place).toBe("desk");
    expect(pays(chat)).toHaveLength(1);
  });

  it("whose chat is one more of his keeps his PIN", () => {
    const chat = agentChat();
    expect(chat.hears({ type: "enrolled", result: "done" })).toContain("Selamat datang");
    expect(chat.place).toBe("desk");
  });

  it.each(["wrong", "rest", "taken"] as const)("a code that is %s changes nothing", (result) => {
    const chat = agentChat();
    chat.says("DAFTAR K7QM-94QD");
    expect(chat.last).toEqual([{ kind: "enrol", code: "K7QM94QD" }]);
    expect(chat.hears({ type: "enrolled", result })).not.toBe("");
    expect(chat.place).toBe("desk");
  });
});

describe("what the ledger answers", () => {
  it.each([
    [{ kind: "vehicle-busy", plate: "F 0001 Z", since: 0, ref: undefined }, "sedang dibayar sejak"],
    [{ kind: "paid-lately", plate: "F 0001 Z", ref: refOf(1) }, "BUKTI 7K2M3"],
    [{ kind: "invoice-used" }, "sedang diperiksa petugas"],
    [{ kind: "over-cap" }, "hanya lewat petugas"],
    [{ kind: "opened", ref: REF, state: "ended" }, "tidak berhasil"],
  ] as const)("ends it: %o", (result, sentence) => {
    const chat = withPin(atBill());
    const { code } = chat;
    const said = chat.opens(result);
    expect(said).toContain("F 0001 Z belum kami bayar.");
    expect(said).toContain(sentence);
    expect(chat.says(code)).not.toBe("");
    expect(pays(chat)).toHaveLength(1);
  });

  it.each([
    [{ kind: "capped" }, "Batas pembayaran Anda hari ini sudah tercapai"],
    [{ kind: "suspended" }, "Anda sedang tidak bisa membayar"],
    [{ kind: "sales-paused" }, "Loket berhenti sebentar"],
  ] as const)("keeps the bill: %o", (result, sentence) => {
    const chat = withPin(atBill());
    expect(chat.opens(result)).toContain(sentence);
    expect(chat.context.entries[0]?.state).toBe("open");
  });

  it.each(["bill-too-old", "quotes-void"] as const)(
    "%s: a fresh bill under a new code, which never pays by itself",
    (kind) => {
      const chat = withPin(atBill());
      const { code } = chat;
      expect(chat.opens({ kind })).toContain("Kami cek ulang sekarang; kodenya baru.");
      expect(chat.last[0]).toMatchObject({ kind: "inquire", chassis: CHASSIS });
      chat.billed({ kind: "bill", bill: billOf() });
      expect(chat.code).not.toBe(code);
      expect(pays(chat)).toHaveLength(1);
    },
  );

  it("that comes behind its news changes nothing", () => {
    const chat = withPin(atBill());
    chat.tells({ kind: "under-way", payment: factsOf(), nextAt: chat.now + MINUTE });
    chat.opens();
    const nonce = chat.context.entries[0]?.quote?.nonce ?? "";
    expect(chat.hears({ type: "opened", nonce, result: { kind: "opened", ref: REF, state: "live" } })).toBe("");
    expect(chat.context.entries[0]).toMatchObject({ state: "live", ref: REF });
  });
});
