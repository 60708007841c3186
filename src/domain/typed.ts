/**
 * What a person typed, without what a keyboard or a copy adds unseen: full-width forms become plain ASCII, typographic
 * dashes a dash, line breaks blanks, invisible characters go. No letter becomes another letter.
 */
export function plainTyping(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/\s/g, " ")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim();
}

/** Longer than anything that a field of ours may hold; what is longer is not looked at. */
export const LONGEST_ANSWER = 200;
