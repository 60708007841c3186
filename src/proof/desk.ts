import type { Ink } from "./block.ts";
import type { Writer } from "./write.ts";

/** What every part of the page is made with. */
export interface Desk {
  readonly write: Writer;
  /** All sizes and gaps are multiplied with it: 1, or less on a page that would not hold everything. */
  readonly scale: number;
  /** The width to be filled, in points. Not scaled. */
  readonly width: number;
}

/** Dark enough to be read from a grey print of a cheap printer. */
export const COLORS = {
  ink: "#16202e",
  muted: "#566273",
  line: "#c9d1db",
  panel: "#f1f4f8",
  green: "#0b6b41",
  red: "#a8321f",
  paper: "#ffffff",
  watermark: "rgba(70, 86, 110, 0.14)",
} as const;

export function ink(desk: Desk, weight: 400 | 600 | 700, size: number, color: keyof typeof COLORS = "ink"): Ink {
  return { family: "sans", weight, size: size * desk.scale, color: COLORS[color] };
}

export function monoInk(desk: Desk, size: number, color: keyof typeof COLORS = "ink"): Ink {
  return { family: "mono", weight: 500, size: size * desk.scale, color: COLORS[color] };
}
