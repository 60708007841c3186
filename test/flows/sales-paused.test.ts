import { describe, expect, it } from "vitest";
import { rupiah } from "../../src/domain/rupiah.ts";
import { agentChat, billNumber, PIN } from "../fakes/agent-chat.ts";
import { billOf, CHASSIS, NIK, POLICY } from "../fakes/flow-chat.ts";
import { chatAt, codeOf, payTasks } from "./chats.ts";

/** What the biller takes for the sample's bill of Rp183.500: the bill less its fee, and Rp5.000. */
const DEBIT = 183_500;

const pays = ({ tasks }: ReturnType<typeof agentChat>) => tasks.filter(({ kind }) => kind === "pay").length;

describe("while the deposit at the biller does not cover a bill", () => {
  it("the bill is shown without a way to pay, on a channel of buttons and on one of numbers", () => {
    for (const style of ["buttons", "numbers"] as const) {
      const chat = chatAt("inquiring", { style, policy: { sellable: rupiah(DEBIT - 1) } });
      const bill = chat.billed({ kind: "bill", bill: billOf() });
      expect(bill).toContain("Total: Rp183.500");
      expect(bill).toContain("Loket berhenti sebentar menerima pembayaran. Jangan serahkan uang dulu");
      expect(bill).not.toContain("BAYAR");
      expect(chat.buttons).not.toContain("Bayar Rp183.500");
    }
  });

  it("who is shown the bill of a request is not sent with money to anybody", () => {
    const chat = chatAt("inquiring", {
      policy: { sellable: rupiah(0), mayPay: false, relayText: "Bayar di Cibinong." },
    });
    const bill = chat.billed({ kind: "bill", bill: billOf() });
    expect(bill).toContain("Loket berhenti sebentar");
    expect(bill).not.toContain("Bayar di Cibinong.");
  });

  it("a confirmation of a bill that was shown before pays nothing", () => {
    const chat = chatAt("bill", { style: "numbers" });
    const code = codeOf(chat);
    chat.world.policy = { ...POLICY, sellable: rupiah(DEBIT - 1) };
    expect(chat.says(`BAYAR ${code}`)).toContain("Loket berhenti sebentar");
    expect(payTasks(chat)).toEqual([]);
  });

  it("an agent sees that before he takes the cash, and confirms nothing", () => {
    const chat = agentChat({ style: "numbers", policy: { sellable: rupiah(DEBIT - 1) } });
    chat.says(`jabar ${NIK} ${CHASSIS}`);
    const bill = chat.billed({ kind: "bill", bill: billOf() });
    expect(bill).toMatch(/berhenti|dihentikan/);
    expect(bill).not.toMatch(/Bayar: \d{3}/);
  });

  it("an agent's table that it does not cover as a whole says so before he takes the cash, and pays nothing", () => {
    const chat = agentChat({ style: "numbers", policy: { sellable: rupiah(2 * DEBIT - 1) } });
    chat.says(`jabar\n${NIK} ${CHASSIS}\n${NIK} MH1JFZ110HK654321`);
    const table = chat.billed({ kind: "bill", bill: billNumber(1) }, { kind: "bill", bill: billNumber(2) });
    expect(table).toContain("Loket berhenti sebentar menerima pembayaran");
    expect(table).toContain("Jangan terima uang dulu");
    expect(table).not.toContain("Bayar semua");
    expect(chat.says(`BAYAR ${chat.code}`)).toContain("Loket berhenti sebentar");
    expect(pays(chat)).toBe(0);
    chat.says("BUANG 2");
    chat.says(`BAYAR ${chat.code}`);
    chat.says(PIN);
    expect(pays(chat)).toBe(1);
  });

  it("an agent's bill that is covered no more is not confirmed either", () => {
    const chat = agentChat({ style: "numbers" });
    chat.says(`jabar ${NIK} ${CHASSIS}`);
    chat.billed({ kind: "bill", bill: billOf() });
    chat.world.policy = { ...POLICY, sellable: rupiah(DEBIT - 1) };
    expect(chat.says(`BAYAR ${chat.code}`)).toContain(`tagihan ${chat.code} kami simpan. Jangan terima uang dulu`);
    expect(chat.place).toBe("desk");
  });

  it("it is paid as soon as it is covered", () => {
    const chat = chatAt("bill", { style: "numbers", policy: { sellable: rupiah(DEBIT) } });
    chat.says(`BAYAR ${codeOf(chat)}`);
    expect(payTasks(chat)).toHaveLength(1);
  });
});
