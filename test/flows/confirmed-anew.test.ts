import { describe, expect, it } from "vitest";
import { billOf, CHASSIS, MINUTE, NIK } from "../fakes/flow-chat.ts";
import { chatAt, kindsOf, opens, paid, pays, REF, underWay, withdrawn } from "./chats.ts";

const SECOND_REF = "9PXMA" as never;

/** Somebody who heard nothing for long asks for the same bill once more, and confirms that one, too. */
function confirmedTwice() {
  const chat = chatAt("confirming");
  chat.waits(MINUTE);
  chat.says(`Jawa Barat ${NIK} ${CHASSIS}`);
  chat.billed({ kind: "bill", bill: billOf({ invoice: "22222222222" as never }) });
  pays(chat);
  return chat;
}

describe("a vehicle that was confirmed a second time while the first confirmation waited", () => {
  it("is not said to be unpaid when the first one is let go: the second may have been paid by then", () => {
    for (const why of ["restart", "too-slow", "expired", "cancelled"] as const) {
      expect(withdrawn(confirmedTwice(), why)).toBe(
        "Konfirmasi F 0001 Z yang lebih dulu tidak kami kirim. Konfirmasi Anda sesudahnya tetap kami proses; hasilnya kami kabari.",
      );
    }
  });

  it("is not asked for a third time, and its proof is the second one's", () => {
    const chat = confirmedTwice();
    withdrawn(chat, "restart");
    expect(kindsOf(chat)).not.toContain("inquire");
    opens(chat, { kind: "opened", ref: SECOND_REF, state: "live" });
    underWay(chat, { ref: SECOND_REF });
    expect(paid(chat, { ref: SECOND_REF })).toContain("No. TRX-9PXMA");
    expect(chat.context.bills.map(({ ref, state }) => ({ ref, state }))).toEqual([
      { ref: REF, state: "ended" },
      { ref: SECOND_REF, state: "paid" },
    ]);
  });

  it("waits for nothing more when the second was opened under the first one's reference, and is let go at once", () => {
    const chat = confirmedTwice();
    withdrawn(chat, "day-cap");
    const nonce = chat.context.bills.at(-1)?.nonce ?? "";
    expect(withdrawn(chat, "day-cap")).toContain("Batas pembayaran hari ini sudah tercapai");
    // Its own answer comes later than the news.
    chat.hears({ type: "opened", nonce, result: { kind: "opened", ref: REF, state: "live" } });
    expect(chat.context.bills.map(({ state }) => state)).toEqual(["ended", "ended"]);
    expect(chat.place).toBe("idle");
    expect(chat.says("lanjut")).not.toContain("Sedang diproses");
  });

  it("is the one that is under way when it was opened under the first one's reference", () => {
    const chat = confirmedTwice();
    withdrawn(chat, "day-cap");
    underWay(chat);
    paid(chat);
    expect(chat.context.bills.map(({ ref, state }) => ({ ref, state }))).toEqual([
      { ref: REF, state: "ended" },
      { ref: REF, state: "paid" },
    ]);
  });

  it("is asked for again when the second one, too, is let go", () => {
    const chat = confirmedTwice();
    withdrawn(chat, "restart");
    opens(chat, { kind: "opened", ref: SECOND_REF, state: "live" });
    expect(withdrawn(chat, "restart", { ref: SECOND_REF })).toContain("Belum ada pembayaran; kami cek ulang");
    expect(kindsOf(chat)).toContain("inquire");
  });
});
