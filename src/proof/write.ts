import { type Block, type Ink, LEADING, type Mark, type Measure } from "./block.ts";
import { drawable } from "./letters.ts";

/** How a text is set into a width. */
export interface Setting {
  readonly ink: Ink;
  readonly width: number;
  readonly align?: "left" | "right" | "center";
  /** Made smaller, down to this size, to stay on one line; without it the text wraps at its own size. */
  readonly smallest?: number;
}

/** From the top of a line to its baseline, in sizes. */
const BASELINE = 0.96;

export type Writer = (text: string, setting: Setting) => Block;

/** Sets texts so that nothing is ever cut off: first smaller where that is allowed, then on more lines. */
export function writer(measure: Measure): Writer {
  return (text, setting) => {
    const said = drawable(text);
    const ink = shrunk(said, setting, measure);
    const line = ink.size * LEADING;
    const marks = wrapped(said, { ink, width: setting.width, measure }).map((part, index): Mark => {
      const width = measure(part, ink);
      const y = index * line + ink.size * BASELINE;
      return { kind: "text", text: part, x: startOf(setting, width), y, width, ink };
    });
    return { height: marks.length * line, marks };
  };
}

function startOf({ width, align = "left" }: Setting, taken: number): number {
  if (align === "right") return width - taken;
  return align === "center" ? (width - taken) / 2 : 0;
}

function shrunk(text: string, { ink, width, smallest = ink.size }: Setting, measure: Measure): Ink {
  const natural = measure(text, ink);
  if (natural <= width) return ink;
  const size = Math.floor(((ink.size * width) / natural) * 10) / 10;
  return { ...ink, size: Math.max(Math.min(size, ink.size), Math.min(smallest, ink.size)) };
}

interface Line {
  readonly ink: Ink;
  readonly width: number;
  readonly measure: Measure;
}

function wrapped(text: string, line: Line): readonly string[] {
  const fits = (part: string) => line.measure(part, line.ink) <= line.width + 0.01;
  if (fits(text)) return [text];
  const done: string[] = [];
  let open = "";
  for (const word of text.split(" ").flatMap((long) => pieces(long, fits))) {
    const longer = open === "" ? word : `${open} ${word}`;
    if (fits(longer)) open = longer;
    else {
      if (open !== "") done.push(open);
      open = word;
    }
  }
  return [...done, open];
}

/** A word that is wider than the line, cut into pieces that are not. */
function pieces(word: string, fits: (part: string) => boolean): readonly string[] {
  if (fits(word)) return [word];
  const done: string[] = [];
  let open = "";
  for (const letter of word) {
    if (open !== "" && !fits(open + letter)) {
      done.push(open);
      open = "";
    }
    open += letter;
  }
  return [...done, open];
}
