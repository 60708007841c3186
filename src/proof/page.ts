import { type Mark, type Measure, moved, stack } from "./block.ts";
import type { Desk } from "./desk.ts";
import { SANDBOX_MARK } from "./lines.ts";
import { sums, validation, vehicle } from "./page-body.ts";
import { foot } from "./page-foot.ts";
import { head, hero } from "./page-head.ts";
import type { Proof } from "./proof.ts";
import { writer } from "./write.ts";

/** A page ready to be drawn. Points. */
export interface Page {
  readonly width: number;
  readonly height: number;
  /** Written across the page, over everything else. Empty for none. */
  readonly watermark: string;
  readonly marks: readonly Mark[];
}

/** A5 upright, which an office prints and a phone shows without turning. */
const A5 = { width: 420, height: 595 };
const MARGIN = { x: 28, y: 24 };
/** Between the parts of the page: as much as there is, within these. */
const GAP = { least: 7, most: 15 };
/** How much smaller each try is, and where the tries end: far below what 64 wide letters in every field need. */
const STEP = 0.04;
const SMALLEST = 0.2;

/** Sets the proof on one page. Never cuts anything off: long values wrap, and a full page is set smaller. */
export function pageOf(proof: Proof, measure: Measure): Page {
  const write = writer(measure);
  for (let scale = 1; scale > SMALLEST; scale -= STEP) {
    const marks = set(proof, { write, scale, width: A5.width - 2 * MARGIN.x });
    if (marks !== undefined) return { ...A5, watermark: proof.sandbox ? SANDBOX_MARK : "", marks };
  }
  throw new Error("A proof does not fit on its page. Its fields are longer than the biller's decoder lets through.");
}

/** Undefined when the page is too small at this scale. The foot stands at the bottom, whatever is above it. */
function set(proof: Proof, desk: Desk): readonly Mark[] | undefined {
  const parts = [head, hero, vehicle, sums, validation].map((part) => part(desk, proof));
  const bottom = foot(desk, proof);
  const footAt = A5.height - MARGIN.y - bottom.height;
  const spare = footAt - MARGIN.y - parts.reduce((sum, part) => sum + part.height, 0);
  const gap = Math.min(spare / parts.length, GAP.most);
  if (gap < GAP.least * desk.scale) return undefined;
  return [...moved(stack(parts, gap), MARGIN), ...moved(bottom, { x: MARGIN.x, y: footAt })];
}
