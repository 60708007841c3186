import { describe, expect, it } from "vitest";
import { part, type Say } from "../../flows/index.ts";
import { render } from "../../src/conversation/render.ts";

const SAY: Say = {
  parts: [part("greeting_back", {}), part("ask_region", {})],
  tail: [part("ask_region_tail", {})],
  choices: [
    { id: "region:SAMSAT_JABAR", label: part("label_region", { product: "SAMSAT_JABAR", open: true }), listed: true },
    {
      id: "region:SAMSAT_NUSA",
      label: part("label_region", { product: "SAMSAT_NUSA_TENGGARA_BARAT_DAYA", open: true }),
      listed: true,
    },
    { id: "word:help", label: part("label_help", {}), listed: false },
  ],
  columns: 2,
  stays: false,
};

describe("what is said", () => {
  it("has buttons in rows where there are buttons, with labels that a phone shows whole", () => {
    expect(render(SAY, "id", "buttons")).toEqual({
      kind: "choices",
      text: "Selamat datang kembali.\n\nKendaraan terdaftar di wilayah mana?\n\nTekan tombol, atau ketik nama kota atau nomor pelat. Contoh: F 1234 AB",
      rows: [
        [
          { id: "region:SAMSAT_JABAR", label: "Jawa Barat" },
          { id: "region:SAMSAT_NUSA", label: "SAMSAT_NUSA_TENGGARA" },
        ],
        [{ id: "word:help", label: "Bantuan" }],
      ],
    });
  });

  it("has a numbered list where there are none, of what the sentence does not name itself", () => {
    expect(render(SAY, "en", "numbers")).toEqual({
      kind: "text",
      text: "Welcome back.\n\nIn which region is the vehicle registered?\n\n1. Jawa Barat\n2. SAMSAT_NUSA_TENGGARA\n\nReply with a number, a town, or the plate number. Example: F 1234 AB",
    });
  });

  it("is plain text without choices", () => {
    expect(render({ ...SAY, choices: [], tail: [] }, "id", "buttons")).toEqual({
      kind: "text",
      text: "Selamat datang kembali.\n\nKendaraan terdaftar di wilayah mana?",
    });
  });
});
