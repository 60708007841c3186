import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { type AgentChat, agentChat, billNumber } from "../fakes/agent-chat.ts";
import { billOf, CHASSIS, MINUTE, NIK } from "../fakes/flow-chat.ts";
import { kindsOf, STYLES, unavailable } from "./chats.ts";

const ONE = `Jawa Barat ${NIK} ${CHASSIS}`;
const chassis = (number: number) => `MH1JFZ110HK${200_000 + number}`;

function bill(chat: AgentChat, changes: Parameters<typeof billOf>[0] = {}): string {
  return chat.billed({ kind: "bill", bill: billOf(changes) });
}

describe("one message with all", () => {
  it("is asked for at once, without a word", () => {
    const chat = agentChat();
    expect(chat.says(ONE)).toBe("");
    expect(chat.last).toMatchObject([
      { kind: "inquire", number: 1, product: "SAMSAT_JABAR", nik: NIK, chassis: CHASSIS },
      { kind: "timer", name: "slow" },
      { kind: "timer", name: "forget" },
    ]);
    expect(chat.place).toBe("desk");
  });

  it("brings the bill with its code and the balance before and after", () => {
    const chat = agentChat({ style: "numbers" });
    chat.says(ONE);
    expect(bill(chat)).toBe(`${chat.code} · F 0001 Z · 28D (AL115S/MIO) 2010 · JOR***
Terima dari pelanggan Rp183.500
Saldo Rp2.140.000 menjadi Rp1.956.500.

Bayar: ${chat.code}`);
  });

  it("has a button that names the bill, where there are buttons", () => {
    const chat = agentChat();
    chat.says(ONE);
    expect(bill(chat)).toContain("Tekan Bayar bila uang sudah diterima.");
    expect(chat.buttons).toEqual(["Bayar Rp183.500"]);
  });

  it("shows the counter's own fee as its own line, only when there is one", () => {
    const chat = agentChat({ agent: { markup: rupiah(5000) } });
    chat.says(ONE);
    expect(bill(chat)).toContain("Terima dari pelanggan Rp188.500 (tagihan Rp183.500 + jasa loket Rp5.000)");
  });

  it("may come in any order, and the region is the last one's", () => {
    const chat = agentChat();
    chat.says(ONE);
    bill(chat);
    chat.says(`rangka ${chassis(1)}\nnik ${NIK}`);
    expect(chat.last[0]).toMatchObject({ kind: "inquire", number: 2, product: "SAMSAT_JABAR", chassis: chassis(1) });
  });

  it("names a plate that is not the bill's first", () => {
    const chat = agentChat();
    chat.says(`F 4321 CD ${NIK} ${CHASSIS}`);
    expect(bill(chat)).toMatch(/^Perhatian: ini F 0001 Z, bukan F 4321 CD yang Anda ketik\./);
  });

  it("says after three seconds that it is asked, and deletes the message when the bill is there", () => {
    const chat = agentChat();
    chat.says(ONE);
    expect(chat.waits(3000)).toBe("Sedang dicek: MH1J FZ11 0HK1 2345 6.");
    bill(chat);
    expect(chat.last).toContainEqual({ kind: "forget", refs: ["m1"] });
  });

  it("deletes the message after a quarter of an hour, whatever the biller does", () => {
    const chat = agentChat();
    chat.says(ONE);
    chat.waits(16 * MINUTE);
    expect(chat.tasks).toContainEqual({ kind: "forget", refs: ["m1"] });
  });
});

describe("pieces", () => {
  it.each(STYLES)("come one by one, and what is missing is asked in one line (%s)", (style) => {
    const chat = agentChat({ style });
    expect(chat.says(NIK)).toContain("Wilayah mana? (sudah: 3204********0001)");
    expect(chat.says("Jawa Barat")).toBe("Nomor rangkanya? (sudah: Jawa Barat, 3204********0001)");
    expect(chat.says(CHASSIS)).toBe("");
    expect(chat.last[0]).toMatchObject({ kind: "inquire" });
  });

  it("are kept while another whole vehicle is typed", () => {
    const chat = agentChat();
    chat.says(ONE);
    bill(chat);
    chat.says("3204123108900077");
    chat.says(`${NIK} ${chassis(1)}`);
    bill(chat, { plate: "F 2 B" });
    expect(chat.says(chassis(2))).toBe("");
    expect(chat.last[0]).toMatchObject({ nik: "3204123108900077", chassis: chassis(2) });
  });

  it("say how many digits of a NIK are missing, and TETAP takes fifteen", () => {
    const chat = agentChat();
    expect(chat.says(`Jawa Barat ${CHASSIS} 320412310890001`)).toBe(
      "Baru 15 angka, kurang 1. Lihat KTP, lalu ketik lagi NIK 16 angka.",
    );
    expect(chat.says("320412310890001")).toContain("ketik TETAP");
    chat.says("tetap");
    expect(chat.last[0]).toMatchObject({ kind: "inquire", nik: "320412310890001", chassis: CHASSIS });
  });

  it("with letters in a NIK are asked for again", () => {
    const chat = agentChat();
    expect(chat.says("32O4123108900001")).toBe(
      "NIK hanya angka. Huruf O di situ mungkin angka 0. Ketik ulang NIK-nya.",
    );
  });

  it("go with BATAL", () => {
    const chat = agentChat();
    chat.says("Jawa Barat");
    chat.says(NIK);
    expect(chat.says("batal")).toBe("Dibatalkan. Data yang baru diketik kami buang.");
    expect(chat.says(CHASSIS)).toContain("Wilayah mana?");
  });

  it("of a closed region are told at once, before any cash", () => {
    const chat = agentChat();
    expect(chat.says(`Jawa Tengah ${NIK} ${CHASSIS}`)).toContain("Jawa Tengah sedang tutup");
    expect(kindsOf(chat)).not.toContain("inquire");
    chat.says("Jawa Barat");
    expect(chat.last[0]).toMatchObject({ kind: "inquire", product: "SAMSAT_JABAR" });
  });

  it("of a plate that fits several regions are asked", () => {
    const chat = agentChat();
    expect(chat.says("B 1234 XYZ")).not.toBe("");
    expect(chat.place).toBe("desk");
  });
});

describe("ten at once", () => {
  function ten(): AgentChat {
    const chat = agentChat();
    for (let number = 1; number <= 10; number += 1) chat.says(`Jawa Barat ${NIK} ${chassis(number)}`);
    return chat;
  }

  it("are asked for, and an eleventh is told so", () => {
    const chat = ten();
    expect(chat.tasks.filter(({ kind }) => kind === "inquire")).toHaveLength(10);
    expect(chat.says(`${NIK} ${chassis(11)}`)).toContain("Sudah 10 tagihan terbuka.");
    expect(kindsOf(chat)).not.toContain("inquire");
  });

  it("have codes that differ in two digits from each other and from the last twenty", () => {
    const chat = agentChat();
    const codes: string[] = [];
    for (let number = 1; number <= 60; number += 1) {
      chat.says(`Jawa Barat ${NIK} ${chassis(number)}`);
      bill(chat, billNumber(number));
      codes.push(chat.code);
      if (number % 10 === 0) for (const code of codes.slice(-10)) chat.says(`BUANG ${code}`);
    }
    for (const [index, code] of codes.entries()) {
      for (const other of codes.slice(Math.max(0, index - 20), index)) {
        expect([...code].filter((digit, place) => digit !== other[place]).length).toBeGreaterThanOrEqual(2);
      }
    }
  });

  it("make room when one is dropped, and LANJUT goes on with the eleventh", () => {
    const chat = ten();
    chat.says(`${NIK} ${chassis(11)}`);
    bill(chat);
    expect(chat.says(`BUANG ${chat.code}`)).toBe("Dibuang: F 0001 Z.");
    chat.says("lanjut");
    expect(chat.last[0]).toMatchObject({ kind: "inquire", chassis: chassis(11) });
  });

  it("fit in one message", () => {
    const chat = ten();
    for (let number = 1; number <= 10; number += 1) {
      bill(chat, { ...billNumber(number), model: "A".repeat(60), owner: "B".repeat(60) });
    }
    expect(chat.says("menu").length).toBeLessThan(4096);
  });
});

describe("no bill", () => {
  it("says what was looked for, and one number alone corrects it", () => {
    const chat = agentChat();
    chat.says(ONE);
    expect(
      chat.billed({ kind: "not-found", reason: "Maaf" }),
    ).toBe(`Data tidak ditemukan untuk Jawa Barat, NIK 3204********0001, rangka MH1J FZ11 0HK1 2345 6.
Keterangan sistem: "Maaf"

Ketik saja nomor yang benar: NIK, nomor rangka, atau wilayahnya.`);
    chat.says(chassis(7));
    expect(chat.last[0]).toMatchObject({ kind: "inquire", nik: NIK, chassis: chassis(7) });
  });

  it("asks for what was typed, and says what is doubtful in it when nothing was found", () => {
    const chat = agentChat();
    chat.says(`Jawa Barat ${NIK} MH1JFZI10HK123456`);
    expect(chat.last[0]).toMatchObject({ kind: "inquire", chassis: "MH1JFZI10HK123456" });
    expect(chat.billed({ kind: "not-found", reason: "" })).toContain(
      "Huruf I jarang ada di nomor rangka. Mungkin: MH1J FZ11 0HK1 2345 6",
    );
  });

  it("is asked for again by itself while the biller gives no answer, and says so once", () => {
    const chat = agentChat();
    chat.says(ONE);
    expect(chat.billed(unavailable)).toContain("Sistem pembayaran sedang lambat. Kami coba terus sampai 13.10 WIB");
    for (let tries = 0; tries < 20 && chat.context.entries[0]?.state !== "none"; tries += 1) {
      chat.waits(MINUTE);
      if (chat.context.entries[0]?.state === "asking") chat.billed(unavailable);
    }
    expect(chat.tasks.filter(({ kind }) => kind === "inquire").length).toBeGreaterThan(5);
    expect(chat.context.entries[0]?.state).toBe("none");
    const said = chat.last.flatMap((task) => (task.kind === "say" ? task.say.parts.map(({ key }) => key) : []));
    expect(said).toEqual(["desk_no_bill", "desk_no_cash"]);
  });

  it.each([
    [{ kind: "already-paid", reason: "" }, "sudah lunas menurut sistem"],
    [{ kind: "closed", reason: "" }, "wilayahnya sedang tutup"],
    [{ kind: "bad-bill", why: "", invoice: "" }, "tidak terbaca dengan pasti"],
    [{ kind: "invoice-used" }, "sedang diperiksa petugas"],
    [{ kind: "vehicle-busy", plate: "F 0001 Z", since: 0, ref: undefined }, "sedang dibayar sejak"],
    [{ kind: "paid-lately", plate: "F 0001 Z", ref: undefined }, "baru saja lunas"],
    [{ kind: "unavailable", why: "login", reason: "" }, "tidak menjawab"],
    [{ kind: "crowded", until: 0 }, "Terlalu banyak pengecekan"],
  ] as const)("says why: %o", (result, sentence) => {
    const chat = agentChat();
    chat.says(ONE);
    expect(chat.billed(result)).toContain(sentence);
    expect(chat.context.entries.filter(({ state }) => state === "asking")).toEqual([]);
  });

  it("of an inquiry that nobody waits for any more says nothing", () => {
    const chat = agentChat();
    const late = { type: "inquired", number: 7, inquiredAt: chat.now } as const;
    expect(chat.hears({ ...late, result: { kind: "bill", bill: billOf() } })).toBe("");
    expect(chat.context.entries).toEqual([]);
  });

  it("is asked of the biller no more than 120 times in an hour", () => {
    const chat = agentChat({ policy: { limits: { perHour: 5, perDay: 20 } } });
    for (let number = 1; number <= 130; number += 1) {
      chat.says(`Jawa Barat ${NIK} ${chassis(number)}`);
      const asked = chat.context.entries.some(({ state }) => state === "asking");
      if (asked) chat.billed({ kind: "already-paid", reason: "" });
    }
    expect(chat.tasks.filter(({ kind }) => kind === "inquire")).toHaveLength(120);
    expect(chat.says(`${NIK} ${chassis(500)}`)).toContain("Terlalu banyak pengecekan");
    chat.waits(61 * MINUTE);
    chat.says(`${NIK} ${chassis(501)}`);
    expect(kindsOf(chat)).toContain("inquire");
  });
});

describe("the same vehicle again", () => {
  it("shows its bill again while that is fresh", () => {
    const chat = agentChat();
    chat.says(ONE);
    const shown = bill(chat);
    expect(chat.says(ONE)).toBe(shown);
    expect(chat.tasks.filter(({ kind }) => kind === "inquire")).toHaveLength(1);
  });

  it("is asked for anew when its bill is old", () => {
    const chat = agentChat();
    chat.says(ONE);
    bill(chat);
    chat.waits(61 * MINUTE);
    chat.says(ONE);
    expect(chat.tasks.filter(({ kind }) => kind === "inquire")).toHaveLength(2);
  });
});
