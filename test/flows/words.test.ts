import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { id } from "../../flows/words/id/index.ts";
import { type How, type Language, type Part, part, speak, type WordKey } from "../../flows/words/words.ts";
import { PROVINCES } from "../../src/domain/data/provinces.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { BOLD_OFF, BOLD_ON } from "../../src/domain/text.ts";
import { COMMANDS as EVERYWHERE, REQUEST_COMMANDS } from "./commands.ts";
import { SAMPLES } from "./samples.ts";

const COMMANDS = [...EVERYWHERE, ...REQUEST_COMMANDS];
const KEYS = Object.keys(id) as readonly WordKey[];
const LANGUAGES: readonly Language[] = ["id", "en"];
const STYLES: readonly How["style"][] = ["buttons", "numbers"];

/** A name alone, which is in no language. */
const NAMES: ReadonlySet<WordKey> = new Set(["label_counter"]);

/** Longer than 700 characters with a reason. */
const LONG: Readonly<Partial<Record<WordKey, string>>> = {};

interface Said {
  readonly key: WordKey;
  readonly text: string;
  readonly style: How["style"];
}

/** Each gives what is wrong with a sentence, or undefined. */
const RULES: Readonly<Record<string, (said: Said) => string | undefined>> = {
  "is not empty": ({ text }) => (text.trim() === "" ? "empty" : undefined),
  "holds no leaked value": ({ text }) => found(text, /undefined|NaN|\[object|\bnull\b|\$\{|Infinity|Invalid Date/),
  "does not speak of a biller, an invoice or an inquiry": ({ text }) => found(text, /biller|invoice|inquiry|inkuiri/i),
  "has at most one emoji, at the end of its first line": ({ text }) => {
    const emoji = text.match(/\p{Extended_Pictographic}/gu) ?? [];
    const first = text.split("\n")[0] ?? "";
    return emoji.length > 1 || (emoji.length === 1 && !first.endsWith(emoji[0] ?? "")) ? emoji.join("") : undefined;
  },
  "writes money without a blank, with dots for thousands": ({ text }) =>
    (text.match(/Rp\S*/g) ?? []).find((money) => !/^Rp\d{1,3}(\.\d{3})*\D*$/.test(money)),
  "is shorter than 700 characters": ({ key, text }) =>
    text.length < 700 || LONG[key] !== undefined ? undefined : `${text.length} characters`,
  "has no double blank and none before punctuation or at the end of a line": ({ text }) =>
    found(text, /[ \u00a0]{2}| [,.;:!?)]|\( |[ \t]$|^[ \t]|\n\n/m),
  "has no empty brackets, quotes or list items": ({ text }) => found(text, /\(\)|""|^· | ·$|· ·|, ,|: [.;]/m),
  "has no doubled full stop or word": ({ text }) => found(text, /\.\.|\b(\p{L}{3,}) \1\b/iu),
  "closes what it opens in bold": ({ text }) => {
    const marks = text.replace(new RegExp(`[^${BOLD_ON}${BOLD_OFF}]`, "g"), "");
    return marks === "" || marks === BOLD_ON + BOLD_OFF ? undefined : "bold marks";
  },
  "draws no boxes": ({ text }) => found(text, /[\u2500-\u259f]/),
  "fits a button when it is a label": ({ key, text, style }) =>
    key.startsWith("label_") && style === "buttons" && text.length > 20 ? `${text.length} characters` : undefined,
};

describe.each(LANGUAGES)("every sentence (%s)", (language) => {
  it.each(Object.entries(RULES))("%s", (_name, broken) => {
    forEverySentence(language, (said) => broken(said));
  });

  it("names only the commands of its own language", () => {
    forEverySentence(language, ({ text }) =>
      COMMANDS.filter(([indonesian, english]) => indonesian !== english)
        .map(([indonesian, english]) => (language === "id" ? english : indonesian))
        .find((foreign) => names(text, foreign)),
    );
  });

  it("that is said with buttons never asks to type the code of a bill", () => {
    for (const key of KEYS) {
      fc.assert(
        fc.property(anyPart(key), (spoken) => {
          const text = speak(spoken, language, { style: "buttons" });
          expect(found(text, /\b(BAYAR|PAY) \d{3}\b/), `${key}: ${text}`).toBeUndefined();
        }),
        { numRuns: 10 },
      );
    }
  });

  it("may be saved, and says the same later", () => {
    for (const key of KEYS) {
      fc.assert(
        fc.property(anyPart(key), (spoken) => {
          const saved = JSON.parse(JSON.stringify(spoken)) as Part;
          expect(speak(saved, language, { style: "numbers" })).toBe(speak(spoken, language, { style: "numbers" }));
        }),
        { numRuns: 10 },
      );
    }
  });
});

describe("the Indonesian sentences", () => {
  it("say Anda, not kamu", () => {
    forEverySentence("id", ({ text }) => found(text, /\b(kamu|kau|engkau|kalian|lu|gue|anda)\b/));
  });
});

describe("the two languages", () => {
  it("ask for the same commands", () => {
    for (const key of KEYS) {
      fc.assert(
        fc.property(anyPart(key), anyStyle, (spoken, style) => {
          const indonesian = speak(spoken, "id", { style });
          const english = speak(spoken, "en", { style });
          expect(
            COMMANDS.filter(([, word]) => names(english, word)),
            `${key}: ${indonesian} / ${english}`,
          ).toEqual(COMMANDS.filter(([word]) => names(indonesian, word)));
        }),
        { numRuns: 10 },
      );
    }
  });

  it("do not say the same: nothing was left untranslated", () => {
    // Enough of each: of a few regions all may have a name that is the same in both.
    const same = KEYS.filter((key) => !NAMES.has(key)).filter((key) =>
      fc
        .sample(anyPart(key), 50)
        .every((spoken) => speak(spoken, "id", { style: "numbers" }) === speak(spoken, "en", { style: "numbers" })),
    );
    expect(same).toEqual([]);
  });

  it("name the same sums, references and times", () => {
    for (const key of KEYS) {
      fc.assert(
        fc.property(anyPart(key), anyStyle, (spoken, style) => {
          const values = (language: Language) =>
            [...speak(spoken, language, { style }).matchAll(/Rp[\d.]*\d|TRX-\w+|\d\d\.\d\d WI\w+/g)]
              .map(([value]) => value)
              .sort();
          expect(values("en"), key).toEqual(values("id"));
        }),
        { numRuns: 20 },
      );
    }
  });
});

describe("labels", () => {
  it.each(LANGUAGES)("fit a button for every region that is known, open or closed, whole (%s)", (language) => {
    for (const province of PROVINCES) {
      for (const open of [true, false]) {
        const label = speak(part("label_region", { product: `SAMSAT_${province.product}`, open }), language, {
          style: "buttons",
        });
        expect(label.length, label).toBeLessThanOrEqual(20);
        expect(label).toContain(province.label);
      }
    }
  });

  it.each(LANGUAGES)("are whole in a numbered list, where there is no button to fit (%s)", (language) => {
    const name = "Agen Pak Haji Somad Parung Panjang";
    for (const long of [part("label_op_agent", { id: "K7QM", name }), part("label_counter", { name })]) {
      expect(speak(long, language, { style: "numbers" })).toContain(name);
      expect(speak(long, language, { style: "buttons" }).length).toBeLessThanOrEqual(20);
    }
  });

  it.each(LANGUAGES)("fit a button for the highest sum (%s)", (language) => {
    const label = speak(part("label_pay", { total: rupiah(10_000_000) }), language, { style: "buttons" });
    expect(label.length).toBeLessThanOrEqual(20);
    expect(label).toMatch(/Rp10\.000\.000$/);
  });
});

describe("times", () => {
  const noon = Date.UTC(2019, 6, 7, 5); // 12.00 WIB
  const hour = 60 * 60 * 1000;
  const saidFor = (at: number, language: Language) =>
    speak(part("rate_limited", { at, now: noon }), language, { style: "numbers" });

  it("are said without a date today", () => {
    expect(saidFor(noon + hour, "id")).toContain("Bisa lagi pukul 13.00 WIB.");
    expect(saidFor(noon + hour, "en")).toContain("again at 13.00 WIB.");
  });

  it("are said as tomorrow behind midnight in WIB", () => {
    expect(saidFor(noon + 12 * hour - 60_000, "id")).toContain("pukul 23.59 WIB.");
    expect(saidFor(noon + 12 * hour, "id")).toContain("besok pukul 00.00 WIB.");
    expect(saidFor(noon + 12 * hour, "en")).toContain("at 00.00 WIB tomorrow.");
  });

  it("are said with the date beyond, and before today", () => {
    expect(saidFor(noon + 36 * hour, "id")).toContain("9 Juli 2019 pukul 00.00 WIB.");
    expect(saidFor(noon + 36 * hour, "en")).toContain("at 00.00 WIB on 9 July 2019.");
    expect(saidFor(noon - 24 * hour, "id")).toContain("6 Juli 2019 pukul 12.00 WIB.");
  });
});

const anyStyle = fc.constantFrom(...STYLES);

function anyPart<K extends WordKey>(key: K): Arbitrary<Part> {
  return SAMPLES[key].map((values) => part(key, values));
}

/** Fails with the key and the sentence when `broken` finds something in any of them. */
function forEverySentence(language: Language, broken: (said: Said) => string | undefined): void {
  for (const key of KEYS) {
    fc.assert(
      fc.property(anyPart(key), anyStyle, (spoken, style) => {
        const text = speak(spoken, language, { style });
        expect(broken({ key, text, style }), `${key}: ${text}`).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  }
}

function found(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text)?.[0];
}

function names(text: string, command: string): boolean {
  return new RegExp(`\\b${command}\\b`).test(text);
}
