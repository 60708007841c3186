/** Around what is to be bold in an Outbound's text. Each channel turns them into its own marks. */
export const BOLD_ON = "\u0002";
export const BOLD_OFF = "\u0003";

export function bold(text: string): string {
  return `${BOLD_ON}${text.replaceAll(BOLD_ON, "").replaceAll(BOLD_OFF, "")}${BOLD_OFF}`;
}

/**
 * Foreign text, fit to be shown: no control, bidi or other invisible characters (our bold marks are among them), no
 * halves of surrogate pairs, runs of blanks made one, trimmed, at most `max` UTF-16 units. Cleaning twice changes
 * nothing. Markup stays: each channel escapes its own.
 */
export function clean(value: string, max = 64): string {
  const oneLine = value
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replace(/[\s\u2800]+/g, " ")
    .trim();
  return cut(oneLine, max).trimEnd();
}

/** At most `max` UTF-16 units, without splitting a pair. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}
