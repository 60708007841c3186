import { describe, expect, it } from "vitest";
import type { Alert, Command, CommandResult, FlowEvent, PaymentBrief } from "../../flows/index.ts";
import type { PaymentRef } from "../../src/domain/ref.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { RequestRef, StaffId } from "../../src/domain/staff.ts";
import { MINUTE, NOON } from "../fakes/flow-chat.ts";
import { commandsOf, type OperatorChat, operatorChat, PIN } from "../fakes/operator-chat.ts";

const REF = "7K2MQ" as PaymentRef;
const AGENT = "K7QM" as StaffId;
const REQUEST = "8XWQ2" as RequestRef;
const HOUR = 60 * MINUTE;

const payment: PaymentBrief = {
  ref: REF,
  plate: "F 0001 Z",
  total: rupiah(183_500),
  state: "checking",
  openedAt: NOON,
};
const alert: Alert = {
  id: 12,
  kind: "suspect",
  at: NOON,
  text: "",
  payment,
  who: "WA …789",
  letters: [],
  errand: undefined,
  deposit: undefined,
};
const tells = (chat: OperatorChat, result: CommandResult) => chat.hears({ type: "commanded", result });

/** A chat whose PIN was typed just now. */
function opened(style: "buttons" | "numbers" = "buttons"): OperatorChat {
  const chat = operatorChat({ style });
  chat.says("SELESAI 1");
  chat.says(PIN);
  return chat;
}

describe("what an operator types", () => {
  it.each<readonly [string, Command]>([
    ["CARI F 1234 AB", { kind: "find", text: "F 1234 AB" }],
    ["cari Loket Cibinong", { kind: "find", text: "Loket Cibinong" }],
    ["F 1234 AB", { kind: "find", text: "F 1234 AB" }],
    ["trx-7k2mq", { kind: "find", text: "trx-7k2mq" }],
    ["PERLU", { kind: "tasks" }],
    ["tugas 12", { kind: "task", id: 12 }],
    ["#12", { kind: "task", id: 12 }],
    ["/AGEN", { kind: "agents" }],
    ["Deposit", { kind: "deposit" }],
    ["hari ini", { kind: "today" }],
    ["BUKA K7QM", { kind: "open", who: "K7QM", how: "ask" }],
  ])("%s is looked up without a PIN", (typed, command) => {
    const chat = operatorChat();
    chat.says(typed);
    expect(commandsOf(chat)).toEqual([command]);
    expect(chat.place).toBe("desk");
  });

  it.each<readonly [string, Command]>([
    ["KIRIM ULANG TRX-7K2MQ", { kind: "resend", ref: REF }],
    ["TETAPKAN 7K2MQ LUNAS 5A834FE7", resolves({ kind: "paid", reference: "5A834FE7" }, "")],
    ["tetapkan trx-7k2mq kembali", resolves({ kind: "refunded" }, "")],
    ["TETAPKAN 7K2MQ TIDAK Tidak ada di daftar", resolves({ kind: "not-charged" }, "Tidak ada di daftar")],
    ["ISI K7QM 500000", topUp("K7QM", 500_000)],
    ["isi Loket Cibinong Rp 500 ribu", topUp("Loket Cibinong", 500_000)],
    ["ISI Cibinong 1,5jt", topUp("Cibinong", 1_500_000)],
    ["DEPOSIT 2.000.000", { kind: "deposit-in", amount: rupiah(2_000_000), again: false }],
    ["JAWAB 12 Silakan datang,\nkami buka.", { kind: "reply", id: 12, text: "Silakan datang,\nkami buka." }],
    ["SELESAI #12", { kind: "close", id: 12 }],
    ["MASUK 12", { kind: "wish", id: 12, got: true }],
    ["belum 12", { kind: "wish", id: 12, got: false }],
    ["SETUJU 12", { kind: "approve", id: 12, yes: true }],
    ["TOLAK 12", { kind: "approve", id: 12, yes: false }],
    ["lanjut bayar", { kind: "resume-paying" }],
    ["BERIKAN 8XWQ2 K7QM", { kind: "give-request", request: REQUEST, agent: "K7QM" }],
    [
      "BERIKAN 8XWQ2 Loket Cibinong, dia tidak menjawab",
      { kind: "give-request", request: REQUEST, agent: "Loket Cibinong", why: "dia tidak menjawab" },
    ],
    ["give 8xwq2 Loket Cibinong", { kind: "give-request", request: REQUEST, agent: "Loket Cibinong" }],
    ["TUTUP 8XWQ2 Uang sudah kembali", { kind: "close-request", request: REQUEST, why: "Uang sudah kembali" }],
    ["tutup 23456 uang kembali", { kind: "close-request", request: "23456" as RequestRef, why: "uang kembali" }],
    ["TUTUP 12", { kind: "close", id: 12 }],
    ["TUTUP 23456", { kind: "close", id: 23_456 }],
  ])("%s waits for the PIN, and is done when it is right", (typed, command) => {
    const chat = operatorChat();
    expect(chat.says(typed)).toContain("Ketik PIN (6 angka)");
    expect(commandsOf(chat)).toEqual([]);
    expect(chat.place).toBe("pin");
    chat.says(PIN);
    expect(commandsOf(chat)).toEqual([command]);
    expect(chat.place).toBe("desk");
  });

  it.each([
    ["CARI", "Ketik CARI dan nomor pelat"],
    ["TETAPKAN", "Ketik TETAPKAN"],
    ["TETAPKAN 7K2MQ", "Ketik TETAPKAN"],
    ["TETAPKAN 7K2MQ LUNAS", "Ketik TETAPKAN"],
    ["TETAPKAN 7K2MQ TIDAK", "Alasannya harus ada"],
    ["TETAPKAN BUKAN TIDAK x", "Ketik TETAPKAN"],
    ["KIRIM ULANG", "Ketik KIRIM ULANG"],
    ["ISI", "Ketik ISI"],
    ["ISI Cibinong", "Ketik ISI"],
    ["ISI Cibinong 5x", "Ketik ISI"],
    ["DEPOSIT banyak", "Jumlahnya tidak terbaca"],
    ["BUKA", "Ketik BUKA"],
    ["JAWAB 12", "Ketik JAWAB"],
    ["JAWAB halo", "Ketik JAWAB"],
    ["SELESAI", "Sebutkan nomor tugasnya"],
    ["BERIKAN", "Ketik BERIKAN"],
    ["BERIKAN 8XWQ2", "Ketik BERIKAN"],
    ["BERIKAN motor K7QM", "Ketik BERIKAN"],
    ["TUTUP 8XWQ2", "Alasannya harus ada"],
    ["TUTUP loket jam berapa", "Belum kami mengerti"],
    ["xyzzy", "Belum kami mengerti. Ketik BANTUAN"],
    ["STATUS", "Belum kami mengerti. Ketik BANTUAN"],
    ["BANTUAN", "CARI pelat"],
    ["halo", "CARI pelat"],
    ["BATAL", "Tidak ada yang menunggu"],
    ["terima kasih", "Sama-sama."],
  ])("%s is answered, and does nothing", (typed, answer) => {
    const chat = operatorChat();
    expect(chat.says(typed)).toContain(answer);
    expect(commandsOf(chat)).toEqual([]);
  });

  it("a picture is answered, too", () => {
    expect(operatorChat().sends("photo")).toContain("hanya membaca tulisan");
  });

  it("a sum that may mean thousands is asked about", () => {
    const chat = opened("numbers");
    expect(chat.says("ISI K7QM 500")).toContain("1. Ya, Rp500.000");
    chat.says("1");
    expect(commandsOf(chat)).toEqual([topUp("K7QM", 500_000)]);
  });

  it("in English as well", () => {
    const chat = operatorChat();
    expect(chat.says("ENGLISH")).toContain("English");
    expect(chat.says("HELP")).toContain("FIND a plate");
    chat.says("find Cibinong");
    expect(commandsOf(chat)).toEqual([{ kind: "find", text: "Cibinong" }]);
  });
});

function resolves(verdict: Extract<Command, { kind: "resolve" }>["verdict"], why: string): Command {
  return { kind: "resolve", ref: REF, verdict, why };
}

function topUp(agent: string, amount: number): Command {
  return { kind: "top-up", agent, amount: rupiah(amount), again: false };
}

describe("an operator's PIN", () => {
  it("holds for 15 minutes since the last act, and four hours at most", () => {
    const chat = opened();
    chat.waits(14 * MINUTE);
    chat.says("SELESAI 2");
    expect(commandsOf(chat)).toHaveLength(1);
    chat.waits(15 * MINUTE);
    expect(chat.says("SELESAI 3")).toContain("Ketik PIN");
    chat.says(PIN);
    for (let passed = 0; passed < 4 * HOUR - 14 * MINUTE; passed += 14 * MINUTE) {
      chat.says("SELESAI 4");
      expect(commandsOf(chat)).toHaveLength(1);
      chat.waits(14 * MINUTE);
    }
    chat.waits(5 * MINUTE);
    expect(chat.says("SELESAI 5")).toContain("Ketik PIN");
  });

  it("is not kept open by what the world tells", () => {
    const chat = opened();
    chat.waits(14 * MINUTE);
    chat.hears({ type: "alert", alert });
    tells(chat, { kind: "not-paused" });
    chat.waits(2 * MINUTE);
    expect(chat.says("SELESAI 2")).toContain("Ketik PIN");
  });

  it("is asked again after KUNCI", () => {
    const chat = opened();
    expect(chat.says("KUNCI")).toContain("Terkunci");
    expect(chat.says("SELESAI 2")).toContain("Ketik PIN");
  });

  it("that is wrong is said with what is left, and locks", () => {
    const chat = operatorChat();
    chat.says("SELESAI 1");
    expect(chat.says("111222")).toContain("PIN salah, sisa 4 kali");
    for (const _ of [1, 2, 3]) chat.says("111222");
    expect(chat.says("111222")).toContain("PIN terkunci");
    expect(commandsOf(chat)).toEqual([]);
    expect(chat.says("SELESAI 1")).toContain("PIN terkunci");
    expect(chat.place).toBe("desk");
    chat.says("CARI F 1234 AB");
    expect(commandsOf(chat)).toHaveLength(1);
  });

  it("is in no task and no context, and its message is deleted", () => {
    const chat = operatorChat();
    chat.says("SELESAI 1");
    chat.says(PIN);
    expect(JSON.stringify([chat.tasks, chat.context])).not.toContain(PIN);
  });

  it("is set first where there is none, twice, and what waited is done", () => {
    const chat = operatorChat({ pin: "none" });
    expect(chat.says("SELESAI 1")).toMatch(/PIN Anda belum ada[\s\S]*Buat PIN/);
    expect(chat.says("111111")).toContain("mudah ditebak");
    expect(chat.says("482913")).toContain("sekali lagi");
    expect(chat.says("482914")).toContain("Tidak sama dengan PIN yang pertama. Ketik yang pertama");
    chat.says("482913");
    expect(commandsOf(chat)).toEqual([{ kind: "close", id: 1 }]);
    expect(chat.place).toBe("desk");
  });

  it("is asked for of a chat that was linked just now", () => {
    const chat = operatorChat({ pin: "none" });
    expect(chat.hears({ type: "enrolled", result: "done" })).toMatch(/Selamat datang, Sari[\s\S]*Buat PIN/);
    chat.says("482913");
    expect(chat.says("482913")).toContain("PIN tersimpan");
    expect(operatorChat().hears({ type: "enrolled", result: "done" })).not.toContain("Buat PIN");
  });

  it("that nobody asked for is no command", () => {
    const chat = operatorChat();
    expect(chat.says("482913")).toContain("PIN sedang tidak diminta");
  });

  it("lets an act go that it was not typed for within ten minutes, or at BATAL", () => {
    const chat = operatorChat();
    chat.says("ISI K7QM 500000");
    expect(chat.waits(11 * MINUTE)).toContain("tidak jadi. Tidak ada yang diubah");
    expect(chat.place).toBe("desk");
    chat.says("ISI K7QM 500000");
    expect(chat.says("BATAL")).toContain("Dibatalkan. Tidak ada yang diubah.");
    chat.says("PERLU");
    expect(commandsOf(chat)).toEqual([{ kind: "tasks" }]);
    expect(JSON.stringify(chat.context)).not.toContain("500000");
  });

  it("that another operator took away meanwhile is chosen anew, and what waited is done", () => {
    const chat = operatorChat();
    chat.says("SELESAI 1");
    const { who } = chat.world;
    if (who.kind === "operator") chat.world.who = { ...who, operator: { ...who.operator, pin: "none" } };
    expect(chat.says(PIN)).toContain("Buat PIN");
    expect(chat.place).toBe("pinNew");
    chat.says("482913");
    chat.says("482913");
    expect(commandsOf(chat)).toEqual([{ kind: "close", id: 1 }]);
  });

  it("nonsense where it is asked for asks again, and looking is free meanwhile", () => {
    const chat = operatorChat();
    chat.says("SELESAI 1");
    expect(chat.says("apa ya")).toContain("Ketik PIN");
    chat.says("PERLU");
    expect(commandsOf(chat)).toEqual([{ kind: "tasks" }]);
    expect(chat.place).toBe("pin");
    chat.says(PIN);
    expect(commandsOf(chat)).toEqual([{ kind: "close", id: 1 }]);
  });
});

describe("a payment's story", () => {
  const story: CommandResult = {
    kind: "story",
    story: {
      payment,
      request: undefined,
      lines: [
        { at: NOON, what: "confirmed", who: "WA …789" },
        { at: NOON, what: "sent" },
        { at: NOON + 2 * MINUTE, what: "says", from: "status", said: "pending", times: 7 },
      ],
      nextAt: NOON + 5 * MINUTE,
      knownAt: NOON,
      agent: "Loket Cibinong",
    },
  };

  it("is told with times, and with what may be done next", () => {
    const chat = operatorChat({ style: "numbers" });
    expect(tells(chat, story)).toBe(
      [
        "TRX-7K2MQ · F 0001 Z · Rp183.500 · SEDANG DICEK",
        "13.00 dikonfirmasi (WA …789)",
        "13.00 dikirim ke MMBC",
        "13.02 status: PENDING (7 kali)",
        "Agen: Loket Cibinong. Cek berikutnya 13.05 WIB. Pelanggan tahu sejak 13.00 WIB.",
        "",
        "1. Cek sekarang",
        "2. Bukti sekali lagi",
        "3. Kabari pelanggan",
        "4. Tetapkan",
      ].join("\n"),
    );
    chat.says("1");
    expect(commandsOf(chat)).toEqual([{ kind: "check", ref: REF }]);
    chat.says("4");
    expect(commandsOf(chat)).toEqual([{ kind: "how-to-resolve", ref: REF }]);
    expect(chat.says("5")).toContain("Balas angka 1 sampai 4");
    expect(chat.says("3")).toContain("Ketik PIN");
  });

  it("has its buttons on a channel of buttons", () => {
    const chat = operatorChat();
    tells(chat, story);
    expect(chat.buttons).toEqual(["Cek sekarang", "Bukti sekali lagi", "Kabari pelanggan", "Tetapkan"]);
    chat.taps("Cek sekarang");
    expect(commandsOf(chat)).toEqual([{ kind: "check", ref: REF }]);
  });
});

describe("what needs an operator", () => {
  it("comes with the acts that end it: buttons where there are buttons", () => {
    const chat = operatorChat();
    const wish = { kind: "top-up", agent: AGENT, name: "Loket Cibinong", amount: rupiah(500_000) } as const;
    const errand = { ...wish, balance: rupiah(120_000), by: "" };
    expect(chat.hears({ type: "alert", alert: { ...alert, kind: "wish", payment: undefined, errand } })).toContain(
      "#12 Loket Cibinong minta isi Rp500.000 (saldo Rp120.000 menjadi Rp620.000). Uangnya sudah masuk?",
    );
    expect(chat.buttons).toEqual(["Sudah masuk", "Belum"]);
    expect(chat.taps("Sudah masuk")).toContain("Ketik PIN");
    chat.says(PIN);
    expect(commandsOf(chat)).toEqual([{ kind: "wish", id: 12, got: true }]);
  });

  it("of which several agents could be meant asks which, and the button gives it to him", () => {
    const chat = opened();
    const card = { id: AGENT, name: "Loket Cibinong", place: "", balance: rupiah(0) } as const;
    const agent = { ...card, suspended: false, pin: "set", onDuty: true } as const;
    const act = { kind: "give", request: REQUEST } as const;
    expect(tells(chat, { kind: "which-agent", asked: "cibi", agents: [agent], act })).toContain("Yang mana “cibi”?");
    chat.taps("Agen K7QM Loket Cibi");
    expect(commandsOf(chat)).toEqual([{ kind: "give-request", request: REQUEST, agent: AGENT }]);
  });

  it("names its commands where there are none, and takes no bare number: another alert may come in between", () => {
    const chat = operatorChat({ style: "numbers" });
    const said = chat.hears({ type: "alert", alert });
    expect(said).toContain("#12 Perlu Anda, 30 menit belum pasti: TRX-7K2MQ · F 0001 Z · Rp183.500");
    expect(said).toContain("Balas CARI 7K2MQ.");
    expect(said).not.toContain("1. ");
    chat.says("1");
    expect(commandsOf(chat)).toEqual([]);
  });

  it("is told whatever the chat waits for, and takes nothing away", () => {
    const chat = operatorChat();
    chat.says("SELESAI 1");
    expect(chat.hears({ type: "alert", alert })).toContain("#12");
    expect(chat.place).toBe("pin");
    chat.says(PIN);
    expect(commandsOf(chat)).toEqual([{ kind: "close", id: 1 }]);
  });

  it("shows what a customer wrote, and Balas sends the next words to him, once", () => {
    const chat = opened();
    const human: Alert = { ...alert, kind: "human", payment: undefined, letters: ["Motor saya hilang"] };
    expect(chat.hears({ type: "alert", alert: human })).toContain("#12 WA …789 minta petugas.\n“Motor saya hilang”");
    expect(chat.taps("Balas")).toContain("Ketik pesan untuk pelanggan #12");
    chat.says("Kirim ulang fotonya ya Pak");
    expect(commandsOf(chat)).toEqual([{ kind: "reply", id: 12, text: "Kirim ulang fotonya ya Pak" }]);
    expect(chat.says("Satu lagi")).toContain("Belum kami mengerti");
  });

  it("sends no words that were typed long after Balas, after BATAL, or after another command", () => {
    for (const between of [
      (chat: OperatorChat) => chat.waits(11 * MINUTE),
      (chat: OperatorChat) => chat.says("BATAL"),
      (chat: OperatorChat) => chat.says("PERLU"),
    ]) {
      const chat = opened();
      chat.tapsId("reply:12");
      between(chat);
      expect(chat.says("Halo Pak")).toContain("Belum kami mengerti");
      expect(commandsOf(chat)).toEqual([]);
    }
  });
});

describe("a customer's buttons and what the world answers late", () => {
  it("do nothing in an operator's chat", () => {
    const chat = operatorChat();
    for (const id of ["pay:nonce", "region:SAMSAT_JABAR", "erase:yes", "top-up::5", "wish:x:yes", "close:"]) {
      expect(chat.tapsId(id)).not.toBe("");
      expect(chat.last.map(({ kind }) => kind)).toEqual(["say"]);
    }
    const late: readonly FlowEvent[] = [
      { type: "erased", busy: undefined },
      { type: "looked", result: { what: "history", payments: [] } },
      { type: "handed-back" },
      { type: "timer", name: "slow", number: 1 },
    ];
    for (const event of late) expect(chat.hears(event)).toBe("");
  });
});
