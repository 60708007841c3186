import { BOLD_OFF, BOLD_ON } from "../../src/domain/text.ts";

/** A text without its bold marks. */
export function plain(text: string): string {
  return text.replaceAll(BOLD_ON, "").replaceAll(BOLD_OFF, "");
}
