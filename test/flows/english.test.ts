import { describe, expect, it } from "vitest";
import { billOf, CHASSIS, flowChat, NIK } from "../fakes/flow-chat.ts";
import { chatAt, codeOf, notPaid, opens, paid, payTasks, underWay } from "./chats.ts";

describe("in English", () => {
  it("a bill is found, paid and proved (numbers)", () => {
    const chat = flowChat({ language: "en", style: "numbers", forgets: false });
    expect(chat.says("hello")).toContain("Reply with a number, a town, or the plate number. Example: F 1234 AB");
    expect(chat.says("bandung")).toContain("Region: Jawa Barat. If that is wrong, type CHANGE REGION.");
    expect(chat.says(NIK)).toContain("NIK received: 3204********0001. You may delete your message now.");
    expect(chat.says("MH1JFZI10HK123456")).toContain(
      "Please check the chassis number: MH1J FZI1 0HK1 2345 6. The letter I is rarely used; perhaps the digit 1.\n\n1. Change to 1\n2. Keep\n3. Type again",
    );
    chat.says("change to 1");
    expect(chat.last.find(({ kind }) => kind === "inquire")).toMatchObject({ chassis: CHASSIS });
    const bill = chat.billed({ kind: "bill", bill: billOf() });
    expect(bill).toContain(`Total: Rp183.500\nValid until 14.00 WIB. A payment that succeeded cannot be cancelled.`);
    expect(bill).toContain(`Name and plate right? Reply PAY ${codeOf(chat)}. Wrong? Reply CHANGE.`);
    expect(chat.says("yes")).toBe(`Nothing was paid yet. To pay Rp183.500 for F 0001 Z, reply PAY ${codeOf(chat)}.`);
    chat.says(`PAY ${codeOf(chat)}`);
    expect(payTasks(chat)).toMatchObject([{ language: "en" }]);
    opens(chat);
    expect(underWay(chat)).toContain(
      "Payment under way. No. TRX-7K2MQ. Please do not pay elsewhere. Next news by 13.01 WIB.",
    );
    expect(chat.says("cancel")).toBe("");
    expect(chat.hears({ type: "not-cancelled" })).toBe(
      "TRX-7K2MQ has been sent and cannot be cancelled. We will tell you the result.",
    );
    expect(paid(chat)).toMatch(/^Payment successful ✅\n[\s\S]*1. Another vehicle\n2. Proof once more$/);
    expect(chat.says("thanks")).toBe("You're welcome.");
  });

  it("a chat is left, and taken up again", () => {
    const chat = chatAt("chassis");
    chat.says("english");
    expect(chat.says("cancel")).toBe(
      "Cancelled. Nothing was paid. Your answers are kept for 24 hours: type RESUME when you need them, or MENU to start again.",
    );
    expect(chat.says("resume")).toContain("Type the chassis number");
    expect(chat.says("back")).toContain("Type the owner's NIK");
    expect(chat.says("staff")).toContain("We are passing you to our staff (08.00–20.00 WIB).");
    expect(chat.says("restart")).toContain("In which region is the vehicle registered?");
  });

  it("the news of a payment come in the language of the chat", () => {
    const chat = chatAt("watching");
    chat.says("english");
    expect(notPaid(chat)).toBe(
      "The payment for F 0001 Z has not succeeded; the tax is not paid (TRX-7K2MQ). You may try again: type RESUME.",
    );
    chat.says("resume");
    expect(chat.place).toBe("inquiring");
  });
});
