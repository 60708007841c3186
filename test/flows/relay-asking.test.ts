import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../fakes/flow-chat.ts";
import { COUNTERS, chatAt, codeOf, pays, payTasks, RELAY, relays } from "./chats.ts";
import { atBill, news, nonceOf, REQUEST } from "./relay-chat.ts";

const requests = (chat: ReturnType<typeof atBill>) =>
  chat.tasks.flatMap((task) => (task.kind === "request" ? [task] : []));

describe("a bill that an agent is to pay", () => {
  it("says that no money is to be handed over, and how it is passed on", () => {
    const chat = atBill();
    expect(chat.buttons).toEqual(["Ajukan pembayaran", "Data salah", "Batal"]);
    const typing = atBill({ style: "numbers" });
    expect(typing.says("ya")).toContain(`balas BAYAR ${codeOf(typing)}`);
    expect(requests(typing)).toEqual([]);
  });

  it("R1: the customer chooses among the counters that have a place", () => {
    const chat = atBill();
    expect(chat.taps("Ajukan pembayaran")).toContain("Serahkan uang di loket mana?");
    expect(chat.buttons).toEqual(["Loket Cibinong", "Loket Parung", "Loket mana saja"]);
    chat.taps("Loket Parung");
    expect(requests(chat)).toMatchObject([{ wanted: "P2RG", bill: { total: 183_500 } }]);
    expect(chat.place).toBe("requested");
    expect(payTasks(chat)).toEqual([]);
  });

  it("the same with numbers, and any counter", () => {
    const chat = atBill({ style: "numbers" });
    expect(pays(chat)).toContain("3. Loket mana saja");
    chat.says("3");
    expect(requests(chat)).toMatchObject([{ wanted: undefined }]);
  });

  it("agents without a place are not chosen by name: it is asked at once", () => {
    const chat = atBill({}, COUNTERS.slice(2));
    chat.taps("Ajukan pembayaran");
    expect(requests(chat)).toHaveLength(1);
    expect(chat.place).toBe("requested");
  });

  it("a second tap asks nothing anew", () => {
    const chat = atBill({ style: "numbers" });
    const code = codeOf(chat);
    chat.says(`BAYAR ${code}`);
    chat.says("1");
    expect(chat.says(`BAYAR ${code}`)).toContain("sudah kami terima");
    expect(requests(chat)).toHaveLength(1);
  });

  it("a quote that has ended is asked for again before anybody has it", () => {
    const chat = atBill();
    chat.taps("Ajukan pembayaran");
    chat.waits(2 * HOUR);
    chat.tapsId("counter:any");
    expect(requests(chat)).toEqual([]);
    expect(chat.place).toBe("inquiring");
  });

  it("a counter that has gone off duty meanwhile is not asked", () => {
    const chat = atBill();
    chat.taps("Ajukan pembayaran");
    relays(chat, COUNTERS.slice(0, 1));
    expect(chat.tapsId("counter:P2RG")).toContain("sedang tidak bisa melayani");
    expect(requests(chat)).toEqual([]);
    expect(chat.place).toBe("counters");
  });

  it("KEMBALI shows the bill again", () => {
    const chat = atBill();
    chat.taps("Ajukan pembayaran");
    expect(chat.says("kembali")).toContain("Tagihan ditemukan");
    expect(chat.place).toBe("bill");
  });
});

describe("nobody to ask", () => {
  it("R7: said before anything is asked, and no request is made", () => {
    const chat = atBill({}, []);
    expect(chat.taps("Ajukan pembayaran")).toContain("tidak ada loket yang bertugas");
    expect(requests(chat)).toEqual([]);
    expect(chat.buttons).toEqual(["Kabari saat buka", "Selesai"]);
  });

  it("LANJUT looks again: the bill, once somebody is on duty", () => {
    const chat = chatAt("nobody");
    expect(chat.says("lanjut")).toContain("tidak ada loket yang bertugas");
    relays(chat, COUNTERS);
    expect(chat.says("lanjut")).toContain("Tagihan ditemukan");
    expect(chat.buttons).toContain("Ajukan pembayaran");
  });

  it("outside of the hours it says when the counters open", () => {
    const chat = atBill({ at: Date.UTC(2026, 6, 7, 14, 30) }, []);
    expect(chat.taps("Ajukan pembayaran")).toContain("buka lagi besok pukul 08.00 WIB");
  });

  it("Kabari saat buka is kept, but not at night, and ends after a day", () => {
    const chat = chatAt("nobody");
    expect(chat.taps("Kabari saat buka")).toContain("kami kabari");
    expect(chat.waits(HOUR)).toBe("");
    relays(chat, COUNTERS);
    expect(chat.waits(6 * MINUTE)).toContain("Sudah ada loket yang bertugas");
    expect(chat.waits(5 * HOUR)).toBe("");
    const night = chatAt("nobody", { at: Date.UTC(2026, 6, 7, 14, 30) });
    night.taps("Kabari saat buka");
    relays(night, COUNTERS);
    expect(night.waits(9 * HOUR)).toBe("");
    expect(night.waits(HOUR)).toContain("Sudah ada loket yang bertugas");
    const never = chatAt("nobody");
    never.taps("Kabari saat buka");
    expect(never.waits(30 * HOUR)).toContain("kami berhenti menunggu");
  });

  it("after 23.15 no request is made", () => {
    const chat = atBill({ at: Date.UTC(2026, 6, 7, 16, 15) });
    expect(chat.taps("Ajukan pembayaran")).toContain("ditutup pukul 23.15 WIB. Mulai lagi besok pukul 08.00 WIB");
    expect(requests(chat)).toEqual([]);
    expect(chat.place).toBe("idle");
  });

  it("without any agent the bill is shown with the operator's contact, as ever", () => {
    const chat = chatAt("bill", { policy: RELAY });
    expect(chat.buttons).toEqual(["Data salah", "Batal"]);
    expect(chat.tapsId(`pay:${chat.context.quote?.nonce}`)).toContain("Hubungi petugas");
    expect(requests(chat)).toEqual([]);
  });
});

describe("what the desk says to a request", () => {
  const asks = () => {
    const chat = atBill();
    chat.taps("Ajukan pembayaran");
    chat.tapsId("counter:P2RG");
    return chat;
  };

  it("R2: who has it, that no money is to be handed over, and when the next word comes", () => {
    const chat = asks();
    chat.hears({ type: "requested", nonce: nonceOf(chat), result: { kind: "asked", ref: REQUEST } });
    const said = news(chat, "asked");
    expect(said).toContain("Permintaan 9PXM2 sudah dikirim");
    expect(said).toContain("Jangan serahkan uang dulu. Kabar berikutnya paling lambat 13.10 WIB. BATAL masih bisa.");
    expect(chat.place).toBe("requested");
  });

  it("the news may be quicker than the answer: it is one request", () => {
    const chat = asks();
    const nonce = nonceOf(chat);
    news(chat, "asked");
    chat.hears({ type: "requested", nonce, result: { kind: "asked", ref: REQUEST } });
    expect(chat.context.requests).toMatchObject([{ ref: REQUEST, nonce, stage: "asked" }]);
  });

  it("not that counter: the bill is still on offer, and the others are named", () => {
    const chat = asks();
    const said = chat.hears({ type: "requested", nonce: nonceOf(chat), result: { kind: "not-that-one" } });
    expect(said).toContain("sedang tidak bisa melayani");
    expect(chat.place).toBe("counters");
    chat.tapsId("counter:any");
    expect(requests(chat)).toHaveLength(2);
  });

  it("nobody after all: R7", () => {
    const chat = asks();
    expect(chat.hears({ type: "requested", nonce: nonceOf(chat), result: { kind: "nobody" } })).toContain(
      "tidak ada loket",
    );
    expect(chat.place).toBe("nobody");
    expect(chat.context.requests).toEqual([]);
  });

  it("there is one for this vehicle already", () => {
    const chat = asks();
    expect(chat.hears({ type: "requested", nonce: nonceOf(chat), result: { kind: "exists", ref: REQUEST } })).toContain(
      "sudah ada permintaan 9PXM2",
    );
  });

  it("while the next vehicle is typed: why there is none, and LANJUT means it", () => {
    const chat = asks();
    const nonce = nonceOf(chat);
    chat.says("menu");
    chat.says("Jawa Barat");
    expect(chat.hears({ type: "requested", nonce, result: { kind: "nobody" } })).toContain("tidak ada loket");
    expect(chat.place).toBe("nik");
    chat.says("lanjut");
    expect(chat.place).toBe("inquiring");
  });
});
