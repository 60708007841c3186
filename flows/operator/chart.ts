import { charting } from "../chart.ts";
import type { Context } from "./context.ts";

export type { Of, Stamped } from "../chart.ts";

export const { chart, ask, say, set, when, both } = charting<Context>();
