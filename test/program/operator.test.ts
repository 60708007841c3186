import { describe, expect, it } from "vitest";
import { testChassis } from "../../src/biller/sandbox/vehicles.ts";
import { loket, newOperator } from "./agents.ts";
import { makeCounter } from "./counter.ts";
import { onTelegram, says, toBill } from "./customer.ts";

describe("the operator's chat on Telegram", () => {
  it("answers a customer who asked for a human, and gives him back", async () => {
    const counter = await makeCounter({ settings: { LOKET_HOURS: "00.00-24.00" } });
    await counter.home.start();
    const [customer, operator] = [7201, 7202].map((id) => onTelegram(counter.telegram.user(id)));
    if (customer === undefined || operator === undefined) throw new Error("two people are needed");
    await newOperator(counter.home, operator, "Sari");
    await customer.say("petugas");
    await customer.next(says("petugas"));
    await customer.say("Motor saya hilang, bagaimana?");
    const alert = await operator.next(says("minta petugas"));
    expect(alert.buttons).toEqual(["Balas", "Selesai"]);
    await operator.tap("Balas");
    await operator.next(says("Ketik pesan untuk pelanggan"));
    await operator.say("Bawa surat kehilangan, Pak.");
    await operator.next(says("Terkirim ke TG …201"));
    await customer.next(says("Petugas: Bawa surat kehilangan, Pak."));
    await customer.say("Baik, ke mana?");
    await operator.next(says("“Baik, ke mana?”"));
    await operator.tap("Selesai");
    await customer.next(says("Petugas sudah selesai"));
    expect(await loket(counter.home, "tasks")).toBe("No open tasks.\n");
    expect(await loket(counter.home, "audit")).toMatch(/Sari {2}close task/);
  });

  it("fills the deposit that paused sales, and a bill can be paid again", async () => {
    const counter = await makeCounter({ settings: { DEPOSIT_FLOOR: "500000" } });
    await counter.home.start();
    const [customer, operator] = [7203, 7204].map((id) => onTelegram(counter.telegram.user(id)));
    if (customer === undefined || operator === undefined) throw new Error("two people are needed");
    await newOperator(counter.home, operator, "Sari");
    await loket(counter.home, "deposit", "start", "500000");
    await operator.next(says("Penjualan berhenti"));
    const bill = await toBill(customer, testChassis("ordinary", 61));
    expect(bill.text).toContain("Loket berhenti sebentar menerima pembayaran");
    expect(bill.buttons.filter((label) => label.startsWith("Bayar"))).toEqual([]);
    await operator.say("DEPOSIT 2jt");
    await operator.next(says("Deposit ditambah Rp2.000.000"));
    await customer.say("UBAH RANGKA");
    await customer.next(says("Ketik nomor rangka"));
    await customer.say(testChassis("ordinary", 61));
    const again = await customer.next(says("Tagihan ditemukan"));
    expect(again.buttons).toContain("Bayar Rp183.500");
  });
});
