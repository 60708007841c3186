import { BOLD_OFF, BOLD_ON } from "../../domain/text.ts";

/** Telegram's limits, in UTF-16 units of what is shown: marks and escapes do not count. */
export const TEXT_LIMIT = 4096;
export const CAPTION_LIMIT = 1024;

/** Text with the domain's bold marks as the HTML that Telegram takes; everything else comes out as it is. */
export function toHtml(marked: string): string {
  let open = false;
  let html = "";
  for (const piece of wellFormed(marked).split(MARK)) {
    if (piece === BOLD_ON || piece === BOLD_OFF) {
      if (open !== (piece === BOLD_ON)) html += open ? "</b>" : "<b>";
      open = piece === BOLD_ON;
    } else html += escaped(piece);
  }
  return open ? `${html}</b>` : html;
}

/** Without the marks, for the one try after Telegram could not read our HTML. */
export function toPlain(marked: string): string {
  return wellFormed(marked).replace(MARK, "");
}

/**
 * Parts of at most `limit` shown units each, cut at the end of a line where there is one, else at a blank, else between
 * two characters; a bold stretch that is cut is left open, and goes on in the next part. At least one part.
 */
export function split(marked: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let rest = marked;
  while (toPlain(rest).length > limit) {
    const cut = cutOf(rest, limit);
    const head = rest.slice(0, cut.at);
    const bold = head.lastIndexOf(BOLD_ON) > head.lastIndexOf(BOLD_OFF);
    // Telegram refuses a message of blanks alone.
    if (toPlain(head).trim() !== "") parts.push(head);
    rest = (bold ? BOLD_ON : "") + rest.slice(cut.at + cut.skip);
  }
  if (parts.length === 0 || toPlain(rest).trim() !== "") parts.push(rest);
  return parts;
}

const MARK = new RegExp(`([${BOLD_ON}${BOLD_OFF}])`, "g");

/** Where the first part ends, and how much of the border itself is dropped. `marked` shows more than `limit` units. */
function cutOf(marked: string, limit: number): { readonly at: number; readonly skip: number } {
  let shown = 0;
  let line = -1;
  let blank = -1;
  let at = 0;
  for (; at < marked.length; at++) {
    const unit = marked.charAt(at);
    if (unit === BOLD_ON || unit === BOLD_OFF) continue;
    if (unit === "\n" && shown > 0) line = at;
    if (unit === " " && shown > 0) blank = at;
    if (shown === limit) break;
    shown++;
  }
  if (line > 0) return { at: line, skip: 1 };
  if (blank > 0) return { at: blank, skip: 1 };
  return { at: splitsPair(marked, at) ? at - 1 : at, skip: 0 };
}

function splitsPair(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Telegram refuses half a surrogate pair. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
