import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { billOf, HOUR, NIK } from "../fakes/flow-chat.ts";
import { chatAt, OTHER_CHASSIS, opens, paid, pays, payTasks, STYLES } from "./chats.ts";

const SECOND = { ref: "9PXMA" as never, plate: "F 4321 CD", total: rupiah(99_000) };

describe("a second vehicle", () => {
  it("while one is under way: both are watched, each has its own news", () => {
    const chat = chatAt("watching", { style: "numbers" });
    expect(chat.says(OTHER_CHASSIS)).toBe(
      "Kami pakai lagi: Jawa Barat, NIK 3204********0001.\n\nNomor rangka kami catat: MH1J FZ11 0HK6 5432 1.\n\nTagihannya kami cek sekarang.",
    );
    chat.billed({ kind: "bill", bill: billOf({ plate: "F 4321 CD", total: rupiah(99_000) }) });
    pays(chat);
    opens(chat, { kind: "opened", ref: "9PXMA" as never, state: "live" });
    expect(payTasks(chat).map(({ bill }) => bill.plate)).toEqual(["F 0001 Z", "F 4321 CD"]);
    paid(chat);
    expect(chat.place).toBe("watching");
    expect(chat.says("1")).toContain("NIK yang sama");
    expect(chat.says("batal")).toContain("TRX-9PXMA");
    paid(chat, SECOND);
    expect(chat.says("batal")).toContain("Pembayaran F 4321 CD (TRX-9PXMA) sudah berhasil dan tidak dapat dibatalkan.");
  });

  it.each(STYLES)("after a paid one is asked for its NIK in one tap (%s)", (style) => {
    const chat = chatAt("again", { style });
    const answer = style === "buttons" ? chat.taps("NIK yang sama") : chat.says("ya");
    expect(answer).toMatch(/^Ketik nomor rangka/);
    chat.says(OTHER_CHASSIS);
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({
      product: "SAMSAT_JABAR",
      nik: NIK,
      chassis: OTHER_CHASSIS,
    });
  });

  it("with another NIK keeps the region alone, and asks for both numbers", () => {
    for (const way of ["2", "bukan", "3204123108900009"]) {
      const chat = chatAt("again", { style: "numbers" });
      if (way.length < 16) expect(chat.says(way)).toContain("Ketik NIK pemilik");
      const answer = chat.says("3204123108900009");
      expect(answer).toContain("Ketik nomor rangka");
      chat.says(OTHER_CHASSIS);
      expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({
        product: "SAMSAT_JABAR",
        nik: "3204123108900009",
        chassis: OTHER_CHASSIS,
      });
    }
  });

  it("may be given by its chassis number alone", () => {
    const chat = chatAt("again");
    chat.says(OTHER_CHASSIS);
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ nik: NIK, chassis: OTHER_CHASSIS });
  });

  it("next year is the first choice", () => {
    const chat = chatAt("watching", { style: "numbers" });
    paid(chat);
    chat.waits(48 * HOUR);
    expect(chat.says("menu")).toContain("1. Lagi: F 0001 Z\n2. Jawa Barat");
    chat.says("1");
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ nik: NIK, chassis: "MH1JFZ110HK123456" });
  });

  it("after MENU is asked for all three, for it may be another owner's", () => {
    const chat = chatAt("watching");
    paid(chat);
    chat.says("menu");
    expect(chat.taps("Jawa Barat")).toContain("Ketik NIK pemilik");
  });
});
