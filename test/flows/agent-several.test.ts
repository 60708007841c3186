import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { type AgentChat, agentChat, billNumber, factsOf, PIN, paidNotice, refOf } from "../fakes/agent-chat.ts";
import { billOf, MINUTE, NIK } from "../fakes/flow-chat.ts";
import { STYLES } from "./chats.ts";

const chassis = (number: number) => `MH1JFZ110HK${200_000 + number}`;
const nik = (number: number) => `32041231089000${String(number).padStart(2, "0")}`;

/** A customer's list as an agent passes it on. */
const LIST = `Pak tolong dibayarkan ya 🙏
1. Bu Siti, F 1001 AB
   NIK ${nik(1)}
   rangka ${chassis(1)}
2. F 1002 AB ${chassis(2)} ktp ${nik(2)} (Pak Jono)
3) ${nik(3)} / ${chassis(3)}
4. motornya yang merah di rumah
makasih banyak pak`;

function tableOf(options: Parameters<typeof agentChat>[0] = {}, text = LIST): AgentChat {
  const chat = agentChat({ style: "numbers", ...options });
  chat.says("Jawa Barat");
  chat.says(text);
  return chat;
}

const bill = (number: number, total?: number) => ({ kind: "bill", bill: billNumber(number, total) }) as const;

function pays(chat: AgentChat) {
  return chat.tasks.flatMap((task) => (task.kind === "pay" ? [task] : []));
}

describe("a customer's list", () => {
  it("is asked for at once, each vehicle by itself", () => {
    const chat = tableOf();
    expect(chat.last).toMatchObject([
      { kind: "inquire", number: 1, nik: nik(1), chassis: chassis(1) },
      { kind: "inquire", number: 2, nik: nik(2), chassis: chassis(2) },
      { kind: "inquire", number: 3, nik: nik(3), chassis: chassis(3) },
      { kind: "timer", name: "batch", number: 1 },
      { kind: "say" },
      { kind: "timer", name: "forget" },
    ]);
  });

  it("becomes one table with one sum and one code when all answers are there", () => {
    const chat = tableOf();
    expect(chat.billed(bill(1, 245_000), bill(2))).toBe("");
    expect(chat.billed(bill(3, 283_500))).toBe(`3 tagihan, Rp712.000. Saldo Rp2.140.000 menjadi Rp1.428.000.

1. F 1001 AB · JOR*** · Rp245.000
2. F 1002 AB · JOR*** · Rp183.500
3. F 1003 AB · JOR*** · Rp283.500

Baris 4 tidak terbaca: "motornya yang merah di rumah"

Bayar semua: BAYAR ${chat.code}. Tanpa nomor 3: BUANG 3.`);
  });

  it("is shown after twenty seconds with what is missing, and once more when that has come", () => {
    const chat = tableOf();
    chat.billed(bill(1), bill(2));
    expect(chat.waits(19_000)).toBe("");
    const early = chat.waits(2000);
    expect(early).toContain("2 tagihan, Rp367.000.");
    expect(early).toContain("3. …200003: masih dicek");
    const { code } = chat;
    expect(chat.billed(bill(3))).toContain("3 tagihan, Rp550.500.");
    expect(chat.code).not.toBe(code);
    expect(chat.says(`BAYAR ${code}`)).toContain("Daftar itu sudah berubah, jadi belum kami bayar.");
    expect(pays(chat)).toEqual([]);
  });

  it("whose missing row comes after the confirmation leaves that row as a bill by itself", () => {
    const chat = tableOf();
    chat.billed(bill(1), bill(2));
    chat.waits(21_000);
    chat.says(chat.code);
    chat.says(PIN);
    expect(pays(chat)).toHaveLength(2);
    expect(chat.billed(bill(3))).toContain(`${chat.code} · F 1003 AB`);
    chat.says(chat.code);
    expect(pays(chat)).toHaveLength(3);
  });

  it("says of each row without a bill why", () => {
    const chat = tableOf();
    const said = chat.billed({ kind: "not-found", reason: "" }, { kind: "already-paid", reason: "" }, bill(3));
    expect(said).toContain("1. F 1001 AB: tidak ditemukan\n2. F 1002 AB: sudah lunas menurut sistem\n3. F 1003 AB");
    expect(said).toContain("1 tagihan, Rp183.500.");
  });

  it("without any bill has no code", () => {
    const chat = tableOf();
    const none = { kind: "not-found", reason: "" } as const;
    const said = chat.billed(none, none, none);
    expect(said).toContain("Tidak ada tagihan yang bisa dibayar dari pesan itu.");
    expect(said).not.toContain("BAYAR");
  });

  it("is one payment for each row, with one confirmation", () => {
    const chat = tableOf({ agent: { markup: rupiah(5000) } });
    expect(chat.billed(bill(1), bill(2), bill(3))).toContain("Terima dari pelanggan Rp565.500.");
    const { code } = chat;
    expect(chat.says(`BAYAR ${code}`)).toContain("Ketik PIN untuk membayar Rp550.500.");
    chat.says(PIN);
    expect(pays(chat).map((pay) => pay.bill.plate)).toEqual(["F 1001 AB", "F 1002 AB", "F 1003 AB"]);
    expect(new Set(pays(chat).map(({ nonce }) => nonce)).size).toBe(3);
    chat.says(code);
    expect(pays(chat)).toHaveLength(3);
  });

  it("that the balance does not cover is told so with the table", () => {
    const chat = tableOf({ agent: { balance: rupiah(400_000) } });
    const said = chat.billed(bill(1), bill(2), bill(3));
    expect(said).toContain("Saldo kurang Rp150.500 (ada Rp400.000).");
    expect(said).not.toContain("BAYAR");
    expect(chat.says("BUANG 2")).toContain("2 tagihan, Rp367.000.");
  });

  it("above a sum by itself is left out of it", () => {
    const chat = tableOf({ policy: { payMax: rupiah(300_000) } });
    expect(chat.billed(bill(1), bill(2, 400_000), bill(3))).toContain("2. F 1002 AB: di atas batas, lewat petugas");
    chat.says(chat.code);
    chat.says(PIN);
    expect(pays(chat)).toHaveLength(2);
  });

  it("some of whose bills are old is asked for again where they are, and not paid", () => {
    const chat = tableOf();
    chat.billed(bill(1), bill(2), bill(3));
    const { code } = chat;
    chat.waits(61 * MINUTE);
    chat.says(code);
    expect(chat.last.filter(({ kind }) => kind === "inquire")).toHaveLength(3);
    expect(chat.billed(bill(1), bill(2), bill(3))).toContain(`BAYAR ${chat.code}`);
    expect(pays(chat)).toEqual([]);
  });

  it.each(STYLES)("of a closed region is told so, row by row (%s)", (style) => {
    const chat = agentChat({ style });
    const said = chat.says(`Jawa Tengah\n1. ${nik(1)} ${chassis(1)}\n2. ${nik(2)} ${chassis(2)}`);
    expect(said).toContain("wilayahnya sedang tutup");
    expect(chat.tasks.filter(({ kind }) => kind === "inquire")).toEqual([]);
  });

  it("waits for its region when none is known", () => {
    const chat = agentChat();
    expect(chat.says(`1. ${nik(1)} ${chassis(1)}\n2. ${nik(2)} ${chassis(2)}`)).toBe(
      "2 kendaraan kami baca. Terdaftar di wilayah mana?",
    );
    chat.says("Jawa Barat");
    expect(chat.last.filter(({ kind }) => kind === "inquire")).toHaveLength(2);
  });

  it("with nothing that could be read says what was seen", () => {
    const chat = agentChat();
    const said = chat.says(`1. ${nik(1)} 
2. ${chassis(2)} motor bu siti
3. 320412310890001 ${chassis(3)}
4. apa kabar dunia ini`);
    expect(said).toBe(`Tidak ada tagihan yang bisa dibayar dari pesan itu.

Baris 1: nomor rangka belum ada: "3204…"
Baris 2: NIK belum ada: "MH1JFZ110HK200002 motor bu siti"
Baris 3: NIK 15 angka, seharusnya 16: "3204… MH1JFZ110HK200003"
Baris 4 tidak terbaca: "apa kabar dunia ini"`);
  });

  it("of more than ten takes ten, and names the others", () => {
    const lines = Array.from({ length: 12 }, (_, index) => `${index + 1}. ${nik(index + 1)} ${chassis(index + 1)}`);
    const chat = tableOf({ agent: { balance: rupiah(9_000_000) } }, lines.join("\n"));
    expect(chat.last.filter(({ kind }) => kind === "inquire")).toHaveLength(10);
    const results = Array.from({ length: 10 }, (_, index) => {
      return { kind: "bill", bill: { ...billNumber(index + 1), owner: "B".repeat(60), plate: "DK 1234 ABC" } } as const;
    });
    const said = chat.billed(...results);
    expect(said).toContain("Baris 11: sudah 10 tagihan terbuka, kirim lagi nanti");
    expect(said.length).toBeLessThan(4096);
    chat.says(chat.code);
    chat.says(PIN);
    expect(pays(chat)).toHaveLength(10);
  });

  it("takes a vehicle that is on the desk by itself into the table", () => {
    const chat = agentChat({ style: "numbers" });
    chat.says(`Jawa Barat ${nik(1)} ${chassis(1)}`);
    chat.billed(bill(1));
    chat.says(LIST);
    chat.billed(bill(1), bill(2), bill(3));
    expect(chat.says("menu")).not.toContain("F 1001 AB");
    expect(chat.context.entries).toHaveLength(3);
  });
});

describe("BUANG", () => {
  it.each([
    ["BUANG 2", [1, 3]],
    ["buang 1,3", [2]],
    ["buang no 1 dan 2", [3]],
    ["drop 1 2", [3]],
  ])("%s", (text, left) => {
    const chat = tableOf();
    chat.billed(bill(1), bill(2), bill(3));
    const { code } = chat;
    const said = chat.says(text);
    expect(said).toContain(`${left.length} tagihan`);
    expect(chat.code).not.toBe(code);
    expect(chat.context.entries.map(({ item }) => item)).toEqual(left);
    expect(chat.says(code)).toContain("Daftar itu sudah berubah");
  });

  it("of all leaves no table", () => {
    const chat = tableOf();
    chat.billed(bill(1), bill(2), bill(3));
    expect(chat.says("BUANG 1 2 3")).toBe("Dibuang: F 1001 AB, F 1002 AB, F 1003 AB.");
    expect(chat.says(chat.code)).toContain("bukan kode tagihan yang terbuka");
  });

  it("of nothing that is there says so", () => {
    const chat = tableOf();
    expect(chat.says("BUANG 9")).toContain("Tidak ada yang bernomor itu.");
    expect(chat.says("BUANG")).toContain("Tidak ada yang bernomor itu.");
  });

  it("before the table is shown leaves the row out of it", () => {
    const chat = tableOf();
    chat.says("BUANG 2");
    expect(chat.billed(bill(1), bill(3))).toContain("2 tagihan, Rp367.000.");
  });

  it("of what was confirmed changes nothing", () => {
    const chat = tableOf();
    chat.billed(bill(1), bill(2), bill(3));
    chat.says(chat.code);
    chat.says(PIN);
    expect(chat.says("BUANG 1")).toContain("Tidak ada yang bernomor itu.");
    expect(chat.context.entries).toHaveLength(3);
  });
});

describe("the results of a table", () => {
  function paid(): AgentChat {
    const chat = tableOf();
    chat.billed(bill(1), bill(2), bill(3));
    chat.says(chat.code);
    chat.says(PIN);
    chat.opens(
      { kind: "opened", ref: refOf(0), state: "live" },
      { kind: "opened", ref: refOf(1), state: "live" },
      { kind: "opened", ref: refOf(2), state: "live" },
    );
    return chat;
  }

  const facts = (number: number) => factsOf({ ref: refOf(number), plate: `F ${1001 + number} AB` });

  it("are told of all rows at first, and then a line for each change", () => {
    const chat = paid();
    expect(chat.tells({ kind: "under-way", payment: facts(0), nextAt: chat.now })).toBe(
      "1 diproses F 1001 AB TRX-7K2M2\n2 diproses F 1002 AB TRX-7K2M3\n3 diproses F 1003 AB TRX-7K2M4",
    );
    expect(chat.tells(paidNotice(facts(0)))).toBe("1 ✓ F 1001 AB TRX-7K2M2");
    expect(chat.last).toMatchObject([{ kind: "say" }, { kind: "document", ref: refOf(0), form: "struk" }]);
    expect(chat.tells({ kind: "under-way", payment: facts(1), nextAt: chat.now })).toBe(
      "2 diproses F 1002 AB TRX-7K2M3",
    );
    expect(chat.tells({ kind: "not-paid", how: "not-charged", payment: facts(2) })).toContain(
      "F 1003 AB belum berhasil (TRX-7K2M4). Saldo Rp183.500 sudah kembali.",
    );
  });

  it("are told also to who sends its code again", () => {
    const chat = paid();
    const { code } = chat;
    chat.tells(paidNotice(facts(0)));
    expect(chat.says(code)).toBe(
      "1 ✓ F 1001 AB TRX-7K2M2\n2 diproses F 1002 AB TRX-7K2M3\n3 diproses F 1003 AB TRX-7K2M4",
    );
  });

  it("a row whose balance was short stands by itself, under a code of its own", () => {
    const chat = tableOf();
    chat.billed(bill(1), bill(2), bill(3));
    chat.says(chat.code);
    chat.says(PIN);
    const said = chat.opens({ kind: "short", missing: rupiah(500) });
    expect(said).toContain("F 1001 AB belum kami bayar.");
    expect(said).toContain(`tagihan ${chat.code} kami simpan`);
    chat.says(chat.code);
    expect(pays(chat)).toHaveLength(4);
  });
});

describe("two vehicles", () => {
  it("with one NIK are both that owner's", () => {
    const chat = tableOf({}, `NIK ${NIK}\n${chassis(1)}\n${chassis(2)}`);
    expect(chat.last.filter(({ kind }) => kind === "inquire")).toMatchObject([{ nik: NIK }, { nik: NIK }]);
  });

  it("that are the same are one, and that is said", () => {
    const chat = tableOf({}, `1. ${NIK} ${chassis(1)}\n2. ${NIK} ${chassis(1)}\n3. ${NIK} ${chassis(2)}`);
    const said = chat.billed(bill(1), bill(2));
    expect(said).toContain("2 tagihan");
    expect(said).toContain("Baris 2: sama dengan nomor 1");
  });

  it("of which the biller answers one late are shown with it marked, and none is lost", () => {
    const chat = tableOf({}, `1. ${nik(1)} ${chassis(1)}\n2. ${nik(2)} ${chassis(2)}`);
    chat.billed({ kind: "unavailable", why: "timeout", reason: "" });
    chat.billed(bill(2));
    expect(chat.waits(20_000)).toContain("masih dicek");
    expect(chat.billed({ kind: "bill", bill: billOf({ plate: "F 9 Z" }) })).toContain("2 tagihan");
  });
});
