import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flows, type Place, type UserEvent, type World } from "../../flows/index.ts";
import { advance, openOf } from "../../src/conversation/advance.ts";
import type { Conversation } from "../../src/conversation/conversation.ts";
import { type Content, conversationKey } from "../../src/conversation/message.ts";
import { understand } from "../../src/conversation/understand.ts";
import { bare, isPayVerb, isThanks, nearly, wantsToPay, withoutFaces } from "../../src/conversation/words.ts";
import { CHASSIS, type FlowChat, NIK, NOON, POLICY, REGIONS } from "../fakes/flow-chat.ts";
import { chatAt, PLACES } from "../flows/chats.ts";
import { COMMANDS } from "../flows/commands.ts";

const KEY = conversationKey("test", "1");

/** A chat at each place, made once: understanding changes nothing. */
const CHATS: ReadonlyMap<Place, FlowChat> = new Map(PLACES.map((place) => [place, chatAt(place)]));

function worldAt(place: Place, over: Partial<World> = {}): World {
  return {
    at: NOON,
    style: "numbers",
    forgets: true,
    language: "id",
    place,
    text: "",
    nonce: "n",
    chance: 0.5,
    regions: REGIONS,
    policy: POLICY,
    who: { kind: "customer" },
    ...over,
  };
}

function readAt(place: Place, content: Content): UserEvent {
  const { context } = CHATS.get(place) ?? chatAt(place);
  const event = understand(content, { flow: "counter", place, context }, worldAt(place), "m");
  if (event.type === "pin-typed") throw new Error("a customer has no PIN");
  return event;
}

const anyPlace = fc.constantFrom(...PLACES);
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(..."0123456789 .-"), maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(..."ABFIOQZabz0158 .-/:,\n"), maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        "nik",
        "rangka",
        "plat",
        "bayar",
        "bukti",
        "asli",
        "ubah",
        "482",
        NIK,
        CHASSIS,
        "F 1234 AB",
        "jawa",
        "?",
        "\n",
        "🙏",
      ),
      { maxLength: 8 },
    )
    .map((words) => words.join(" ")),
);

/** A conversation at a place, as it is saved. */
function savedAt(place: Place): Conversation {
  const { context } = CHATS.get(place) ?? chatAt(place);
  return {
    key: KEY,
    revision: 7,
    flow: "counter",
    version: flows.counter.version,
    value: place,
    context,
    quietAt: undefined,
    updatedAt: NOON,
  };
}

describe("understanding", () => {
  it("makes an event of any text at any place, the same each time, and the flow can take it", () => {
    fc.assert(
      fc.property(anyPlace, anyText, (place, text) => {
        const event = readAt(place, { kind: "text", text });
        expect(readAt(place, { kind: "text", text })).toEqual(event);
        const { place: _, ...around } = worldAt(place, { text });
        const { conversation, tasks } = advance(KEY, savedAt(place), event, around);
        expect(openOf(conversation, around).place).toBe(conversation.value);
        expect(tasks.length).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });

  it("makes an event of any tap at any place, and the flow can take it", () => {
    const anyData = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc
        .array(
          fc.constantFrom(
            "region",
            "pay",
            "word",
            "change",
            "doubt",
            "open",
            "proof",
            "erase",
            "yes",
            "1",
            "fix",
            "keep",
            "toString",
            "__proto__",
            "constructor",
            "SAMSAT_JABAR",
            "7K2MQ",
            "image",
            "",
          ),
          { maxLength: 4 },
        )
        .map((words) => words.join(":")),
    );
    fc.assert(
      fc.property(anyPlace, anyData, (place, data) => {
        const event = readAt(place, { kind: "tap", data, on: "1" });
        expect(typeof event.type).toBe("string");
        const { place: _, ...around } = worldAt(place);
        expect(advance(KEY, savedAt(place), event, around).tasks.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  it("never takes anything but the code of the bill, alone or behind BAYAR, for a confirmation of it", () => {
    const { context } = CHATS.get("bill") ?? chatAt("bill");
    const code = context.quote?.code ?? "";
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          anyText.map((text) => `${text}${code}`),
          anyText.map((text) => `${code} ${text}`),
        ),
        (text) => {
          const event = readAt("bill", { kind: "text", text });
          expect(event.type).not.toBe("confirm");
          if (event.type !== "confirm-code" || event.code !== code) return;
          const word = bare(text);
          expect(word === code || (word.endsWith(code) && isPayVerb(word.slice(0, -3).trim())), text).toBe(true);
          expect(text).not.toMatch(/[?？]/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(COMMANDS)("takes %s and %s, which our sentences name, for the same", (indonesian, english) => {
    for (const place of PLACES) {
      const [meant, same] = [indonesian, english].map((text) => readAt(place, { kind: "text", text }));
      expect(same).toMatchObject({ type: meant?.type });
      if (indonesian !== "BAYAR") expect(meant?.type, place).not.toBe("nonsense");
      if (meant?.type === "word") expect(same).toEqual(meant);
    }
  });

  it("sees through marks that nobody sees, wide digits and closing signs", () => {
    expect(readAt("idle", { kind: "text", text: "\u200f\u2068MENU\u2069." })).toEqual({ type: "word", word: "menu" });
    expect(readAt("nik", { kind: "text", text: "３２０４１２３１０８９００００１" })).toMatchObject({
      type: "fill",
      nik: { kind: "nik", nik: NIK },
    });
    expect(readAt("idle", { kind: "text", text: "/batal" })).toEqual({ type: "word", word: "cancel" });
    expect(readAt("idle", { kind: "text", text: "batal 😢" })).toEqual({ type: "word", word: "cancel" });
  });

  it("does not search long texts for long", { timeout: 15_000 }, () => {
    for (const unit of ["1", "A1", "1 ", "F 1 ", "no ", "rangka ", "\n", "? ", "🙏"]) {
      for (const length of [2000, 60_000]) {
        for (const place of PLACES) readAt(place, { kind: "text", text: unit.repeat(length / unit.length) });
      }
    }
  });
});

describe("words", () => {
  it("are compared bare", () => {
    expect(["  MENU  ", "/menu", "Menu!", "menu?!", "menu , "].map(bare)).toEqual([
      "menu",
      "menu",
      "menu",
      "menu",
      "menu",
    ]);
    expect(bare("?")).toBe("?");
    expect(withoutFaces("ya 👍🏽")).toBe("ya");
    expect(withoutFaces("👍")).toBe("👍");
  });

  it("forgive one slip of BAYAR, and no more", () => {
    for (const slip of ["bayar", "bayr", "byar", "bayarr", "bbayar", "bayra", "nayar", "baysr"])
      expect(nearly(slip, "bayar"), slip).toBe(true);
    for (const other of ["bayi", "bar", "bayaran", "batal", "rayab", "yabar", ""])
      expect(nearly(other, "bayar"), other).toBe(false);
    fc.assert(
      fc.property(fc.nat({ max: 4 }), fc.constantFrom(..."abcxyz"), (place, letter) => {
        expect(nearly(`${"bayar".slice(0, place)}${letter}${"bayar".slice(place + 1)}`, "bayar")).toBe(true);
        expect(nearly(`${"bayar".slice(0, place)}${letter}${"bayar".slice(place)}`, "bayar")).toBe(true);
        expect(nearly(`${"bayar".slice(0, place)}${"bayar".slice(place + 1)}`, "bayar")).toBe(true);
      }),
    );
  });

  it("of a wish to pay and of thanks are told from others", () => {
    expect(["ya", "1", "mau bayar", "bayar dong", "sudah benar"].every(wantsToPay)).toBe(true);
    expect(["tidak", "2", "salah", "apa"].some(wantsToPay)).toBe(false);
    expect(["terima kasih pak", "makasih", "🙏🏽", "ok thanks"].every(isThanks)).toBe(true);
    expect(["terima paket", "kasih tahu", "thanksgiving"].some(isThanks)).toBe(false);
  });
});
