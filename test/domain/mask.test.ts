import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskName, maskNik, maskSecrets } from "../../src/domain/mask.ts";
import { anyText } from "./any-text.ts";

const nik = fc.stringMatching(/^[1-9][0-9]{15}$/);
const chassis = fc.stringMatching(/^[A-HJ-NPR-Z]{3}[A-HJ-NPR-Z0-9]{10}[0-9]{4}$/);
const separator = fc.constantFrom(" ", ".", "-");
const prose = fc.oneof(
  anyText,
  fc
    .array(fc.constantFrom("NIK", "rangka", "12", "gagal:", "chat", "F 1234 AB", "2019-07-07", "a1", "Rp183.500"), {
      maxLength: 6,
    })
    .map((words) => words.join(" ")),
);

/** Cut into pieces of the given lengths. */
function split(text: string, lengths: readonly number[], between: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (let n = 0; at < text.length; n++) {
    const length = lengths[n % lengths.length] ?? 4;
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces.join(between);
}

const squeezed = (text: string) => text.replace(/[\s./-]/g, "").toUpperCase();

describe("a masked NIK", () => {
  it("shows the first four and the last four digits", () => {
    expect(maskNik("3204120101900001")).toBe("3204********0001");
    expect(maskNik("320412010190001")).toBe("3204*******0001");
  });

  it("never shows more than eight characters, and none of what is too short", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 30 }).map((text) => text.replaceAll("*", "")),
        (text) => {
          const shown = maskNik(text).replaceAll("*", "");
          expect(shown.length).toBeLessThanOrEqual(text.length < 12 ? 0 : 8);
        },
      ),
    );
  });
});

describe("a masked name", () => {
  it.each([
    ["JORDAN", "JOR***"],
    ["SITI NURHALIZA", "SIT***"],
    ["ALI", "AL***"],
    ["JO", "J***"],
    ["H. AHMAD", "AHM***"],
    ["A", "***"],
    ["", "***"],
    ["TG11~!@#$^", "T***"],
    ["😀😀😀", "***"],
  ])("%s: %s", (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it("never shows more than three letters, nor a whole word", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (name) => {
        const shown = maskName(name);
        expect(shown.endsWith("***")).toBe(true);
        const letters = [...shown.slice(0, -3)];
        expect(letters.length).toBeLessThanOrEqual(3);
        for (const letter of letters) expect(letter).toMatch(/^\p{L}$/u);
        expect(name.split(/\s+/)).not.toContain(letters.length > 0 ? letters.join("") : "never");
      }),
    );
  });
});

describe("secrets in a log", () => {
  it.each([
    ["nik=3204120101900001", "nik=[nik]"],
    ["3204 1201 0190 0001", "[nik]"],
    ["ktp3204.1201.0190.0001x", "ktp[nik]x"],
    ["code 322020060719000.", "code [nik]."],
    ['{"structure_number":"MH1JFZ110HK123456"}', '{"structure_number":"[chassis]"}'],
    ["rangka mh1j fz11 0hk1 2345 6", "rangka [chassis]"],
    ["MH1JFZ110-HK123456", "[chassis]"],
    ["MH1JFZ110HK123456 3204120101900001", "[chassis] [nik]"],
    ["https://api/bot123456789:AAEabcdefghijklmnopqrstuvwxyz01234/getMe", "https://api/bot[token]/getMe"],
  ])("%s", (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  it("leaves the usual log line alone", () => {
    for (const line of [
      "",
      "listening on http://127.0.0.1:3000",
      "2019-07-07T06:14:15.123Z took 183 ms (attempt 2 of 5)",
      "chat whatsapp:6281234567890 revision 17, job say 3 delivered",
      "TRX-7K2MQ F 0001 Z Rp183.500 paid, invoice 11111111111",
      "paid 3 of 17 bills in 2019 at 10.0.0.1 port 5432",
      "Ref. bank 5A834FE7A6394BA0A387EA9E8EFB1E48",
      "at Object.send (file:///app/dist/src/channels/telegram.js:12:34)",
    ]) {
      expect(maskSecrets(line)).toBe(line);
    }
  });

  it("no NIK survives, whatever stands around it and however it is split", () => {
    fc.assert(
      fc.property(
        nik,
        prose,
        prose,
        fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1 }),
        separator,
        (secret, before, after, lengths, between) => {
          for (const written of [secret, split(secret, lengths, between)]) {
            expect(squeezed(maskSecrets(before + written + after))).not.toContain(secret);
            expect(maskSecrets(`${before}:${written}:${after}`)).not.toContain(written);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("no chassis number survives, whole, in groups of four, or in capitals however split", () => {
    fc.assert(
      fc.property(
        chassis,
        prose,
        prose,
        fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1 }),
        separator,
        (secret, before, after, lengths, between) => {
          const writings = [
            secret,
            secret.toLowerCase(),
            split(secret, [4], between),
            split(secret.toLowerCase(), [4], between),
            split(secret, lengths, between),
          ];
          for (const written of writings) {
            // Glued to other letters or digits it is no token any more: a mark or a blank stands beside it.
            expect(squeezed(maskSecrets(`${before} ${written} ${after}`))).not.toContain(secret);
            expect(squeezed(maskSecrets(`${before}"${written}"${after}`))).not.toContain(secret);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("no bot token survives", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{8,10}:[A-Za-z0-9_-]{35}$/), prose, (token, around) => {
        expect(maskSecrets(`${around}/bot${token}/sendMessage`)).not.toContain(token.slice(-30));
      }),
    );
  });

  it("changes nothing the second time, and takes long texts in its stride", () => {
    fc.assert(
      fc.property(fc.oneof(prose, nik, chassis), prose, (one, two) => {
        const once = maskSecrets(`${one} ${two}`);
        expect(maskSecrets(once)).toBe(once);
      }),
    );
    const started = performance.now();
    for (const part of ["1", "a", "A1", "1 ", "A1 ", "1:", "1234 ab-"]) maskSecrets(part.repeat(20_000));
    // Far above what it takes, far below what a quadratic search would.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
