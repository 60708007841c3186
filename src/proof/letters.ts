/** The letters that the picture's fonts have; a test draws each of them. */
const DRAWABLE =
  /^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u00B4\u00B6-\u017F\u2013\u2014\u2018-\u201A\u201C-\u201E\u2022\u2026\u20AC]*$/;

/**
 * The text in letters that the picture's fonts have: compatibility forms made plain, a letter with a strange mark
 * without the mark, and anything else a question mark. Else the drawing would take whatever font the machine has, and
 * the same proof would look different on each.
 */
export function drawable(text: string): string {
  return DRAWABLE.test(text) ? text : mapped(text, (letter) => plain(letter, DRAWABLE));
}

const ASCII = /^[\u0020-\u007E]*$/;

/** Letters that do not come apart into a base and a mark. Not Ø: on a plate it may be a zero, so nobody is to guess. */
const PLAIN: Readonly<Record<string, string>> = {
  ø: "o",
  Ł: "L",
  ł: "l",
  Đ: "D",
  đ: "d",
  Æ: "AE",
  æ: "ae",
  Œ: "OE",
  œ: "oe",
  ß: "ss",
  "–": "-",
  "—": "-",
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
  "•": "*",
  "·": "-",
};

/** The text in printable ASCII, where each letter takes one column: all that a small receipt printer is sure to have. */
export function ascii(text: string): string {
  return ASCII.test(text) ? text : mapped(text, (letter) => PLAIN[letter.normalize("NFC")] ?? plain(letter, ASCII));
}

function mapped(text: string, one: (letter: string) => string): string {
  // Made here: it costs a start more than all of this file, and hardly any text comes this far.
  const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
  return Array.from(graphemes.segment(text.replace(/\s+/gu, " ")), ({ segment }) => one(segment)).join("");
}

/** A ligature has up to three letters in it. What Unicode makes longer is a whole phrase, and would flood the page. */
const LONGEST = 3;

function plain(letter: string, allowed: RegExp): string {
  const forms = [letter, letter.normalize("NFKC"), letter.normalize("NFKD").replace(/\p{M}+/gu, "")];
  return forms.find((form) => form !== "" && form.length <= LONGEST && allowed.test(form)) ?? "?";
}
