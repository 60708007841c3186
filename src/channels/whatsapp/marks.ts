import { BOLD_OFF, BOLD_ON } from "../../domain/text.ts";

/** WhatsApp's own marks, in runs. A zero-width space on both sides takes their meaning away and is not seen. */
const MARKS = /\*+|_+|~+|^[>-](?= )/gm;
const NEUTRAL = "\u200b";
/** Between backticks everything is code, blanks too: only another letter that looks the same is none. */
const BACKTICK = /`/g;
const LOOKALIKE = "\u02cb";

/** A text for WhatsApp: foreign marks mean nothing, ours become its own. */
export function marked(text: string): string {
  return text
    .replace(MARKS, (run) => `${NEUTRAL}${run}${NEUTRAL}`)
    .replace(BACKTICK, LOOKALIKE)
    .replaceAll(BOLD_ON, "*")
    .replaceAll(BOLD_OFF, "*");
}
