import { describe, expect, it } from "vitest";
import type { Notice, WithdrawnWhy } from "../../src/domain/notice.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { type AgentChat, agentChat, billNumber, factsOf, PIN, paidNotice, REF, refOf } from "../fakes/agent-chat.ts";
import { billOf, CHASSIS, HOUR, MINUTE, NIK } from "../fakes/flow-chat.ts";
import { STYLES } from "./chats.ts";

const OTHER = "MH1JFZ110HK654321";

/** A payment that is under way. */
function paying(options: Parameters<typeof agentChat>[0] = {}): AgentChat {
  const chat = agentChat(options);
  chat.says(`Jawa Barat ${NIK} ${CHASSIS}`);
  chat.billed({ kind: "bill", bill: billOf() });
  chat.says(chat.code);
  chat.says(PIN);
  chat.opens({ kind: "opened", ref: REF, state: "live" });
  return chat;
}

const underWay = (chat: AgentChat): Notice => ({ kind: "under-way", payment: factsOf(), nextAt: chat.now + MINUTE });
const unpaid: Notice = { kind: "not-paid", how: "not-charged", payment: factsOf() };

describe("news of a payment", () => {
  it("under way", () => {
    const chat = paying();
    expect(chat.tells(underWay(chat))).toBe("F 0001 Z sedang dibayarkan (TRX-7K2MQ).");
  });

  it("pending after a minute comes with the slip", () => {
    const chat = paying();
    const notice = {
      kind: "still-asking",
      stage: "minute",
      payment: factsOf(),
      nextAt: chat.now + 29 * MINUTE,
    } as const;
    expect(chat.tells(notice)).toBe(
      "F 0001 Z masih diproses (TRX-7K2MQ). Kabar berikutnya paling lambat 13.29 WIB. Pelanggan boleh pulang membawa tanda terima:",
    );
    expect(chat.last).toMatchObject([{ kind: "say" }, { kind: "document", ref: REF, form: "slip" }]);
  });

  it.each(["half-hour", "three-hours", "day"] as const)(
    "pending after %s names the human and the next word",
    (stage) => {
      const chat = paying();
      expect(chat.tells({ kind: "still-asking", stage, payment: factsOf(), nextAt: chat.now })).toContain("TRX-7K2MQ");
      expect(chat.last).toHaveLength(1);
    },
  );

  it.each(["struk", "pdf", "image"] as const)("paid, and its proof as %s", (proofForm) => {
    const chat = paying({ agent: { proofForm } });
    expect(chat.tells(paidNotice())).toBe("Lunas: F 0001 Z · TRX-7K2MQ");
    expect(chat.last).toMatchObject([
      { kind: "say", notice: "n1" },
      { kind: "document", ref: REF, form: proofForm },
    ]);
  });

  it("paid by the operator's word: his reference, and no proof behind it", () => {
    const chat = paying();
    const { payment } = paidNotice({});
    expect(chat.tells({ kind: "paid", payment: { ...payment, reference: "BJB-77", decided: true } })).toMatch(
      /^Lunas: F 0001 Z · TRX-7K2MQ\n\nKeterangan petugas .*lunas, acuan BJB-77\..*bukan bukti pembayaran/,
    );
    expect(chat.last).toMatchObject([{ kind: "say", notice: "n1" }]);
  });

  it("that the biller changed its word", () => {
    const chat = paying();
    expect(chat.tells({ kind: "changed-its-word", payment: factsOf() })).toContain("mengubah jawabannya");
  });

  it("of a payment that this chat knows nothing of is told all the same", () => {
    const chat = agentChat();
    expect(chat.tells(paidNotice({ ref: refOf(3), plate: "B 1 A" }))).toBe("Lunas: B 1 A · TRX-7K2M5");
    expect(chat.tells({ ...unpaid, payment: factsOf({ ref: refOf(4) }) })).toContain("belum berhasil (TRX-7K2M6)");
  });
});

describe("a payment that came to nothing", () => {
  it("gives the balance back and says where the customer's money is", () => {
    const chat = paying({ style: "numbers" });
    expect(chat.tells(unpaid)).toBe(
      `F 0001 Z belum berhasil (TRX-7K2MQ). Saldo Rp183.500 sudah kembali. Uang pelanggan masih pada Anda: coba lagi, atau kembalikan.

1. Coba lagi
2. Uang dikembalikan`,
    );
  });

  it.each(STYLES)("Coba lagi: a fresh bill under a new code (%s)", (style) => {
    const chat = paying({ style });
    const { code } = chat;
    chat.tells(unpaid);
    expect(style === "buttons" ? chat.taps("Coba lagi") : chat.says("1")).toBe("Sedang dicek: F 0001 Z.");
    expect(chat.last[0]).toMatchObject({ kind: "inquire", chassis: CHASSIS });
    chat.billed({ kind: "bill", bill: billOf() });
    expect(chat.code).not.toBe(code);
    expect(chat.tasks.filter(({ kind }) => kind === "pay")).toHaveLength(1);
    chat.says(chat.code);
    expect(chat.tasks.filter(({ kind }) => kind === "pay")).toHaveLength(2);
  });

  it.each(STYLES)("Uang dikembalikan is written down (%s)", (style) => {
    const chat = paying({ style });
    chat.tells(unpaid);
    expect(style === "buttons" ? chat.taps("Uang dikembalikan") : chat.says("2")).toBe(
      "Dicatat: uang untuk F 0001 Z (TRX-7K2MQ) sudah kembali ke pelanggan.",
    );
    expect(chat.context.questions).toEqual([]);
  });

  it("beside another one: the numbers name both, and the plates stand with them", () => {
    const chat = paying({ style: "numbers" });
    chat.says(`Jawa Barat ${NIK} ${OTHER}`);
    chat.billed({ kind: "bill", bill: billNumber(2) });
    chat.says(chat.code);
    chat.opens({ kind: "opened", ref: refOf(2), state: "live" });
    chat.tells(unpaid);
    const said = chat.tells({ ...unpaid, payment: factsOf({ ref: refOf(2), plate: "F 1002 AB" }) });
    expect(said).toContain("1. Coba lagi F 0001 Z\n2. Kembali F 0001 Z\n3. Coba lagi F 1002 AB\n4. Kembali F 1002 AB");
    expect(chat.says("3")).toBe("Sedang dicek: F 1002 AB.");
    expect(chat.says("7")).toContain("Pilihan itu belum kami kenali. Balas angka 1 sampai 2");
  });

  it("twice tried again is asked for once", () => {
    const chat = paying();
    chat.tells(unpaid);
    chat.tapsId(`retry:${REF}`);
    expect(chat.tapsId(`retry:${REF}`)).not.toBe("");
    expect(chat.tasks.filter(({ kind }) => kind === "inquire")).toHaveLength(2);
  });

  it("a day later says that its numbers are forgotten, and keeps the question until it is answered", () => {
    const chat = paying({ style: "numbers" });
    chat.tells(unpaid);
    chat.waits(25 * HOUR);
    expect(JSON.stringify(chat.context)).not.toMatch(/3204123108|MH1JFZ/);
    expect(chat.says("1")).toContain("Data kendaraan itu sudah tidak kami simpan.");
  });

  it.each([
    "expired",
    "cancelled",
    "region-closed",
    "regions-unknown",
    "paused",
    "day-cap",
    "restart",
    "too-slow",
  ] as const)("let go (%s) says why, and offers the same", (why: WithdrawnWhy) => {
    const chat = paying();
    expect(chat.tells({ kind: "withdrawn", why, payment: factsOf() })).toMatch(
      /^F 0001 Z belum dibayar \(TRX-7K2MQ\): .+\. Saldo Rp183\.500 sudah kembali\./,
    );
    expect(chat.buttons).toEqual(["Coba lagi", "Uang dikembalikan"]);
  });

  it("that comes to life again is under way, and nothing is to be given back", () => {
    const chat = paying();
    chat.tells(unpaid);
    chat.tells({ kind: "changed-its-word", payment: factsOf() });
    expect(chat.context.questions).toEqual([]);
    expect(chat.tapsId(`retry:${REF}`)).not.toBe("");
    expect(chat.tasks.filter(({ kind }) => kind === "inquire")).toHaveLength(1);
  });
});

describe("silence", () => {
  it("forgets drafts, open bills and all numbers after a day", () => {
    const chat = paying();
    chat.says(`Jawa Barat ${NIK} ${OTHER}`);
    chat.billed({ kind: "bill", bill: billNumber(2) });
    chat.says("3204123108900077");
    chat.waits(25 * HOUR);
    expect(JSON.stringify(chat.context)).not.toMatch(/3204123108|MH1JFZ/);
    expect(chat.context.entries).toMatchObject([{ state: "live", ref: REF }]);
  });

  it("does not forget what is under way, whose news finds its vehicle", () => {
    const chat = paying();
    chat.waits(25 * HOUR);
    expect(chat.tells(paidNotice())).toBe("Lunas: F 0001 Z · TRX-7K2MQ");
    expect(chat.context.entries[0]?.state).toBe("paid");
    chat.waits(25 * HOUR);
    expect(chat.context.entries).toEqual([]);
  });
});

describe("SALDO, MUTASI, LAP, ISI", () => {
  const agent = "K7QM";

  it.each([
    ["saldo", { kind: "account", agent, what: "balance" }],
    ["MUTASI", { kind: "account", agent, what: "lines" }],
    ["tugas", { kind: "duty", agent, on: true }],
    ["istirahat", { kind: "duty", agent, on: false }],
    ["bukti pdf", { kind: "proof-form", agent, form: "pdf" }],
    ["BUKTI STRUK", { kind: "proof-form", agent, form: "struk" }],
    ["bukti gambar", { kind: "proof-form", agent, form: "image" }],
    ["isi 500rb", { kind: "top-up-wish", agent, amount: 500_000, again: false }],
    ["BUKTI 7K2MQ", { kind: "look", what: "proof", ref: "7K2MQ" }],
    ["BUKTI 7K2MQ-94QD", { kind: "look", what: "proof", ref: "7K2MQ", code: "7K2MQ-94QD" }],
  ])("%s", (text, task) => {
    const chat = agentChat();
    chat.says(text);
    expect(chat.last).toContainEqual(task);
  });

  it("LAP HARI INI asks for the day, and its answer brings the file", () => {
    const chat = agentChat();
    chat.says("lap hari ini");
    const [task] = chat.last;
    expect(task).toMatchObject({ kind: "report", agent, language: "id" });
    const since = Date.UTC(2026, 6, 6, 17);
    const report = {
      since,
      until: since + 24 * HOUR,
      count: 2,
      total: rupiah(367_000),
      fees: rupiah(10_000),
      cashback: rupiah(4000),
      markup: rupiah(0),
    };
    expect(chat.hears({ type: "accounted", result: { what: "report", report } })).toBe(`Laporan 7 Juli 2026:
2 lunas, Rp367.000
Biaya admin Rp10.000
Cashback Rp4.000`);
    expect(chat.last[1]).toMatchObject({ kind: "report-file", since, until: since + 24 * HOUR });
    chat.hears({ type: "accounted", result: { what: "report", report: { ...report, count: 0 } } });
    expect(chat.last).toHaveLength(1);
  });

  it("LAP of a time that is not clear says how", () => {
    const chat = agentChat();
    expect(chat.says("lap kapan-kapan")).toContain("Contoh: LAP HARI INI");
  });

  it("the balance with what is held", () => {
    const chat = agentChat();
    const result = { what: "balance", balance: rupiah(-5000), held: rupiah(183_500), credit: rupiah(10_000) } as const;
    expect(chat.hears({ type: "accounted", result })).toBe(
      "Saldo -Rp5.000. Sedang ditahan Rp183.500. Boleh minus sampai Rp10.000.",
    );
  });

  it("ten lines fit in a message", () => {
    const chat = agentChat();
    const line = { at: chat.now, what: "hold", amount: rupiah(-1_234_567_890), ref: "TRX-7K2MQ" };
    const result = { what: "lines", balance: rupiah(0), lines: Array.from({ length: 10 }, () => line) } as const;
    const said = chat.hears({ type: "accounted", result });
    expect(said).toContain("7 Juli 2026 pukul 13.00 WIB · tagihan · -Rp1.234.567.890 · TRX-7K2MQ");
    expect(said.length).toBeLessThan(4096);
  });

  it.each([
    ["isi 500", ["Isi Rp500.000", "Tidak"]],
    ["isi 1.500rb", ["Isi Rp1.500.000", "Tidak"]],
    ["isi 20.500rb", ["Isi Rp20.500.000", "Isi Rp20.500", "Tidak"]],
  ])("%s is asked about, not guessed", (text, buttons) => {
    const chat = agentChat();
    expect(chat.says(text)).toBe("Isi saldo berapa?");
    expect(chat.buttons).toEqual(buttons);
    expect(chat.last.map(({ kind }) => kind)).toEqual(["say"]);
    chat.taps(buttons[0] ?? "");
    expect(chat.last).toMatchObject([{ kind: "top-up-wish" }]);
  });

  it("ISI without a sum says how", () => {
    expect(agentChat().says("isi saldo")).toBe("Ketik ISI dan jumlahnya, contoh: ISI 500000.");
  });

  it("the same sum again is asked about, and sent when he says so", () => {
    const chat = agentChat({ style: "numbers" });
    chat.says("isi 500000");
    expect(chat.hears({ type: "wished", amount: rupiah(500_000), result: "sent", since: chat.now })).toContain(
      "diteruskan ke petugas",
    );
    chat.says("isi 500000");
    const said = chat.hears({ type: "wished", amount: rupiah(500_000), result: "twice", since: chat.now });
    expect(said).toBe(
      "Permintaan yang sama (Rp500.000) sudah ada sejak 13.00 WIB. Tambah satu lagi?\n\n1. Isi Rp500.000\n2. Tidak",
    );
    chat.says("1");
    expect(chat.last).toContainEqual({ kind: "top-up-wish", agent, amount: 500_000, again: true });
    chat.says("isi 500000");
    chat.hears({ type: "wished", amount: rupiah(500_000), result: "twice", since: chat.now });
    expect(chat.says("2")).toContain("tidak ada permintaan isi saldo yang baru");
  });
});

describe("a human", () => {
  it("gets what is no command for half an hour, and commands go on", () => {
    const chat = agentChat();
    expect(chat.says("petugas")).toContain("Kami teruskan ke petugas");
    expect(chat.says("pak struknya kurang jelas hurufnya")).toBe("");
    expect(chat.last).toEqual([{ kind: "human", text: "pak struknya kurang jelas hurufnya" }]);
    chat.says("saldo");
    expect(chat.last).toMatchObject([{ kind: "account" }]);
    chat.waits(31 * MINUTE);
    expect(chat.says("pak struknya kurang jelas hurufnya")).toContain("belum kami pahami");
  });

  it("who writes himself has the chat at once", () => {
    const chat = agentChat();
    expect(chat.gets("operator")).toBe("");
    chat.says("iya pak nanti sore sudah beres semua");
    expect(chat.last).toMatchObject([{ kind: "human" }]);
    chat.says("menu");
    expect(chat.says("iya pak nanti sore sudah beres semua")).not.toBe("");
  });
});

describe("wrong codes of proofs", () => {
  it("rest the chat after five in an hour, references of its own do not", () => {
    const chat = agentChat();
    for (let tries = 0; tries < 5; tries += 1) {
      chat.says("BUKTI 7K2MQ-94QD");
      chat.hears({
        type: "looked",
        result: { what: "proof", found: undefined, asked: REF, code: "7K2MQ-94QD" as never },
      });
    }
    expect(chat.says("BUKTI 7K2MQ-94QE")).toContain("Terlalu banyak kode bukti yang salah. Bisa lagi pukul 14.00 WIB");
    chat.says("BUKTI 7K2MQ");
    expect(chat.last).toMatchObject([{ kind: "look" }]);
    chat.waits(61 * MINUTE);
    chat.says("BUKTI 7K2MQ-94QD");
    expect(chat.last).toMatchObject([{ kind: "look" }]);
  });
});
