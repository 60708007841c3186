import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { flowChat, HOUR } from "../fakes/flow-chat.ts";
import { chatAt, paid, STYLES, underWay } from "./chats.ts";
import { CUSTOMER_COMMANDS } from "./commands.ts";
import { answers, news, REQUEST, requested } from "./relay-chat.ts";

type Chat = ReturnType<typeof requested>;

const taken = (options = {}): Chat => {
  const chat = requested(options);
  news(chat, "taken");
  return chat;
};

/** What is asked of the desk in this step. */
const acts = (chat: Chat) =>
  chat.last.flatMap((task) => (task.kind === "customer-act" ? [`${task.act} ${task.ref}`] : []));

describe("until an agent has it", () => {
  it("every sentence says not to hand over money", () => {
    const chat = requested({ style: "numbers" });
    const said = [
      news(chat, "asked"),
      chat.says("status"),
      chat.says("bagaimana kabarnya"),
      news(chat, "no-answer"),
      chat.says("tunggu"),
      answers(chat, "others", { state: "asked", agent: "" }),
      news(chat, "let-go"),
    ];
    for (const text of said) expect(text).toMatch(/[Jj]angan serahkan uang/);
  });

  it("BATAL takes it back, and the answers stay for LANJUT", () => {
    const chat = requested();
    chat.says("batal");
    expect(acts(chat)).toEqual([`cancelled ${REQUEST}`]);
    expect(answers(chat, "cancelled", { state: "closed", agent: "" })).toContain("dibatalkan. Tidak ada pembayaran");
    expect(chat.place).toBe("idle");
    chat.says("lanjut");
    expect(chat.place).toBe("inquiring");
  });

  it("BATAL that comes as an agent takes it asks whether the money was handed over", () => {
    const chat = requested();
    chat.says("batal");
    // It was still asked when he typed it; the desk is the one who knows.
    news(chat, "taken");
    expect(answers(chat, "cancelled", { state: "taken", said: true }, "impossible")).toContain("Sudah kami catat");
  });

  it.each(STYLES)("R5: to others, or ten minutes more (%s)", (style) => {
    const chat = requested({ style });
    const said = news(chat, "no-answer");
    expect(said).toContain("belum mengambil permintaan 9PXM2");
    if (style === "buttons") chat.taps("Ke loket lain");
    else chat.says("LOKET LAIN");
    expect(acts(chat)).toEqual([`others ${REQUEST}`]);
    expect(chat.says("tunggu")).toContain("10 menit lagi");
    expect(acts(chat)).toEqual([]);
  });

  it("R6: closed, and LANJUT means its vehicle", () => {
    const chat = requested();
    expect(news(chat, "nobody")).toContain("belum ada uang yang berpindah");
    expect(chat.place).toBe("idle");
    chat.says("lanjut");
    expect(chat.place).toBe("inquiring");
  });

  it("SUDAH is not believed of a request that nobody has", () => {
    const chat = requested();
    chat.says("sudah");
    expect(acts(chat)).toEqual([`said ${REQUEST}`]);
    expect(answers(chat, "said", { state: "asked", agent: "" }, "impossible")).toContain("Jangan serahkan uang dulu");
  });
});

describe("an agent has it", () => {
  it("R3: how much, to whom, where, until when, and the code to name", () => {
    const chat = requested();
    const said = news(chat, "taken", { markup: rupiah(5_000) });
    expect(said).toContain("Serahkan Rp188.500 (tagihan Rp183.500 dan jasa loket Rp5.000) sebelum 13.30 WIB:");
    expect(said).toContain("Jalan Raya 1, Cibinong\nSebutkan kode 9PXM2.");
    expect(chat.buttons).toEqual(["Sudah diserahkan", "Batal"]);
  });

  it.each([
    ["sudah", "said"],
    ["SUDAH", "said"],
    ["sudah transfer", "said"],
    ["sudah 9pxm2", "said"],
    ["done", "said"],
  ])("%s: the desk is told", (text, act) => {
    const chat = taken();
    chat.says(text);
    expect(acts(chat)).toEqual([`${act} ${REQUEST}`]);
    expect(answers(chat, "said", { said: true })).toContain("Loket Cibinong sudah kami kabari");
  });

  it("a picture is SUDAH with a picture, and it is said that it is not kept", () => {
    const chat = taken();
    chat.sends("photo");
    expect(acts(chat)).toEqual([`said-with-photo ${REQUEST}`]);
    expect(answers(chat, "said-with-photo", { said: true })).toContain(
      "tidak kami simpan dan tidak bisa kami teruskan",
    );
  });

  it("a picture that can be passed on goes with it, three of one request at most", () => {
    const chat = taken();
    for (const picture of ["a", "b", "c"]) {
      chat.hears({ type: "media", media: "photo", picture });
      expect(chat.last).toEqual([
        { kind: "customer-act", act: "said-with-photo", ref: REQUEST, sum: 183_500, picture },
      ]);
      const said = answers(chat, "said-with-photo", { said: true }, picture === "a" ? "done" : "impossible", true);
      expect(said).toContain("Foto kami teruskan ke Loket Cibinong (9PXM2) dan tidak kami simpan.");
      expect(said.includes("Terima kasih")).toBe(picture === "a");
      // News in between does not begin the count anew.
      news(chat, "silent-agent");
    }
    chat.hears({ type: "media", media: "photo", picture: "d" });
    expect(chat.last).toEqual([{ kind: "customer-act", act: "said-with-photo", ref: REQUEST, sum: 183_500 }]);
  });

  it("a picture in the middle of the next vehicle may be one of a KTP: it goes to nobody", () => {
    const chat = taken();
    chat.says("menu");
    chat.says("Jawa Barat");
    chat.hears({ type: "media", media: "photo", picture: "a" });
    expect(acts(chat)).toEqual([]);
    expect(chat.place).toBe("nik");
  });

  it("a picture of the rest, once the sum has moved, is passed on", () => {
    const chat = taken();
    news(chat, "sum-moved", { total: rupiah(196_300) });
    chat.hears({ type: "media", media: "photo", picture: "a" });
    expect(chat.last).toMatchObject([{ kind: "customer-act", act: "said-with-photo", picture: "a" }]);
    const said = answers(chat, "said-with-photo", { received: true }, "impossible", true);
    expect(said).toContain("Foto kami teruskan ke Loket Cibinong");
    chat.says("setuju");
    expect(acts(chat)).toEqual([`yes ${REQUEST}`]);
  });

  it("a picture elsewhere is what it always was", () => {
    expect(requested().sends("photo")).toContain("Foto belum bisa kami baca");
  });

  it("SUDAH in the middle of the next vehicle keeps the place", () => {
    const chat = taken();
    chat.says("menu");
    chat.says("Jawa Barat");
    chat.says("sudah");
    expect(acts(chat)).toEqual([`said ${REQUEST}`]);
    expect(chat.place).toBe("nik");
  });

  it.each(STYLES)("R9: BATAL asks whether the money was handed over (%s)", (style) => {
    const no = taken({ style });
    expect(no.says("batal")).toContain("Uang Rp183.500 sudah Anda serahkan ke Loket Cibinong?");
    if (style === "buttons") no.taps("Belum, batalkan");
    else no.says("1");
    expect(acts(no)).toEqual([`cancelled ${REQUEST}`]);
    expect(answers(no, "cancelled", { state: "closed" })).toContain("dibatalkan");
    expect(no.place).toBe("idle");

    for (const yes of ["2", "sudah", "ya"]) {
      const chat = taken({ style });
      chat.says("batal");
      if (style === "buttons" && yes === "2") chat.taps("Sudah");
      else chat.says(yes);
      expect(acts(chat), yes).toEqual([`taken-back ${REQUEST}`]);
      expect(chat.place).toBe("requested");
    }
  });

  it("KEMBALI leaves that question", () => {
    const chat = taken();
    chat.says("batal");
    chat.says("kembali");
    expect(chat.context.overlay).toBeUndefined();
    expect(acts(chat)).toEqual([]);
  });

  it("the time to hand over passes: not any more, and whom to ask", () => {
    const chat = taken();
    expect(news(chat, "expired")).toContain("Jangan serahkan uang lagi. Sudah terlanjur? Ketik PETUGAS.");
    expect(chat.place).toBe("idle");
  });

  it("R8: named with the time of the next word", () => {
    const chat = taken();
    const said = news(chat, "silent-agent");
    expect(said).toContain("Budi 0812-3456-789 sudah kami hubungi. Kabar berikutnya paling lambat 13.10 WIB.");
  });
});

describe("the agent has the money", () => {
  it("R4, the payment, the proof, and nothing is open any more", () => {
    const chat = taken();
    expect(news(chat, "received")).toContain("Rp183.500 sudah diterima Loket Cibinong pukul 13.00 WIB");
    underWay(chat);
    expect(chat.says("batal")).toContain("sedang dibayarkan");
    expect(acts(chat)).toEqual([]);
    expect(paid(chat)).toContain("Pembayaran berhasil");
    expect(chat.place).toBe("idle");
    expect(chat.context.requests).toEqual([]);
    expect(chat.last).toContainEqual(expect.objectContaining({ kind: "document" }));
  });

  it("SUDAH then is no wish to stop it, BATAL is one", () => {
    const chat = taken();
    chat.says("sudah");
    expect(answers(chat, "said", { state: "paying" }, "impossible")).toContain("Tidak akan kami bayar dua kali");
    expect(answers(chat, "taken-back", { state: "paying" }, "impossible")).toContain("tidak bisa dibatalkan lagi");
  });

  it("N1: who has the money; it stays open until the agent says what became of it", () => {
    const chat = taken();
    news(chat, "received");
    underWay(chat);
    const said = news(chat, "unpaid-with-agent");
    expect(news(chat, "unpaid-with-agent", {}, { how: "day-cap" })).toContain(
      "batas pembayaran hari ini sudah tercapai",
    );
    expect(said).toContain("pajaknya belum terbayar (TRX-7K2MQ). Uang Anda Rp183.500 ada di Loket Cibinong");
    expect(said).not.toContain("LANJUT");
    expect(chat.place).toBe("requested");
    expect(chat.says("status")).toContain("ada di Loket Cibinong");
    expect(news(chat, "returned")).toContain("Belum Anda terima? Ketik PETUGAS.");
    expect(chat.place).toBe("idle");
  });

  it.each(STYLES)("another sum: yes names the sum that was shown (%s)", (style) => {
    const chat = taken({ style });
    news(chat, "received");
    const said = news(chat, "sum-moved", { total: rupiah(196_300) });
    expect(said).toContain("berubah dari Rp183.500 menjadi Rp196.300");
    if (style === "buttons") chat.taps("Setuju");
    else chat.says("setuju");
    expect(chat.last).toMatchObject([{ kind: "customer-act", act: "yes", sum: 196_300 }]);
    expect(answers(chat, "yes", { total: rupiah(196_300) })).toContain("Rp196.300");
  });

  it("an old button of an older sum still names the older sum", () => {
    const chat = taken();
    news(chat, "sum-moved", { total: rupiah(196_300) });
    news(chat, "sum-moved", { total: rupiah(210_000) });
    chat.tapsId(`req:yes:${REQUEST}:196300`);
    expect(chat.last).toMatchObject([{ kind: "customer-act", act: "yes", sum: 196_300 }]);
  });

  it("no to another sum: the money is wanted back", () => {
    const chat = taken();
    news(chat, "received");
    news(chat, "sum-moved", { total: rupiah(196_300) });
    chat.taps("Minta uang kembali");
    expect(acts(chat)).toEqual([`taken-back ${REQUEST}`]);
  });
});

it.each(CUSTOMER_COMMANDS)("%s is %s in English", (indonesian, english) => {
  const read = (text: string) => {
    const chat = taken();
    news(chat, "sum-moved", { total: rupiah(196_300) });
    const said = chat.says(text);
    return [said, chat.last];
  };
  expect(read(indonesian)).toEqual(read(english));
  expect(read(indonesian)[0]).not.toContain("belum kami pahami");
});

it("without a request SUDAH and its buttons lead to nobody", () => {
  const chat = requested();
  news(chat, "nobody");
  expect(chat.tapsId(`req:said:${REQUEST}`)).not.toContain("Terima kasih");
  expect(chat.says("sudah")).toContain("Tidak ada permintaan yang menunggu uang Anda.");
});

it.each(["SUDAH", "sudah transfer"])("%s after the payment says that it is paid", (text) => {
  const chat = taken();
  news(chat, "received");
  chat.says("menu");
  paid(chat);
  expect(chat.says(text)).toBe("F 0001 Z sudah lunas lewat loket ini (TRX-7K2MQ). Ketik BUKTI 7K2MQ untuk buktinya.");
});

it("SUDAH while it is paid for says so, and where nothing was ever confirmed it is no word", () => {
  const chat = taken();
  news(chat, "received");
  underWay(chat);
  answers(chat, "said", { state: "paying" }, "impossible");
  expect(chat.says("sudah")).not.toContain("belum kami pahami");
  expect(flowChat().says("sudah")).not.toContain("Tidak ada permintaan");
});

it.each([
  ["done", "Permintaan 9PXM2 sudah selesai: pajak F 0001 Z lunas."],
  ["closed", "Permintaan 9PXM2 untuk F 0001 Z sudah ditutup, jadi tidak ada yang menunggu uang Anda."],
] as const)(
  "SUDAH and the code of a request that is %s: the desk is asked, and how it stands is said",
  (state, text) => {
    const chat = chatAt("nik");
    chat.says("sudah 9pxm2");
    expect(chat.last).toMatchObject([{ kind: "customer-act", act: "said", ref: REQUEST }]);
    expect(answers(chat, "said", { state }, "impossible")).toContain(text);
    expect(chat.place).toBe("nik");
  },
);

it("a request outlives a day of silence", () => {
  const chat = taken();
  news(chat, "received");
  news(chat, "unpaid-with-agent");
  chat.waits(30 * HOUR);
  expect(chat.context.requests).toMatchObject([{ ref: REQUEST, stage: "unpaid" }]);
  expect(chat.says("status")).toContain("ada di Loket Cibinong");
});
