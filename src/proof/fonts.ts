import { createRequire } from "node:module";
import { createCanvas, GlobalFonts, type SKRSContext2D } from "@napi-rs/canvas";
import type { Measure, Type } from "./block.ts";

/**
 * IBM Plex (OFL): I, l and 1 can be told apart, and in the mono the zero has a dot, so that a clerk can type a chassis
 * number from it. Names of our own, so that an installed font is never taken for ours.
 */
const FILES = {
  "Loket Sans": [
    "@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf",
    "@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf",
    "@expo-google-fonts/ibm-plex-sans/700Bold/IBMPlexSans_700Bold.ttf",
  ],
  "Loket Mono": ["@expo-google-fonts/ibm-plex-mono/500Medium/IBMPlexMono_500Medium.ttf"],
};

const FAMILY = { sans: "Loket Sans", mono: "Loket Mono" } as const;

/** Registers the fonts at its first call. Throws when a font's file is missing or damaged. */
export const measure: Measure = (text, type) => {
  shared ??= makeRuler();
  setType(shared, type);
  return shared.measureText(text).width;
};

export function setType(context: SKRSContext2D, { family, weight, size }: Type): void {
  context.font = `${weight} ${size}px "${FAMILY[family]}"`;
  // A PDF's text comes from the font's table of letters: a glyph that stands there for no letter (a ligature, a slashed
  // zero) is lost when the text is selected or searched. So no feature that swaps glyphs is ever on.
  context.fontVariantLigatures = "none";
}

let shared: SKRSContext2D | undefined;

function makeRuler(): SKRSContext2D {
  register();
  return createCanvas(1, 1).getContext("2d");
}

function register(): void {
  const { resolve } = createRequire(import.meta.url);
  for (const [family, files] of Object.entries(FILES)) {
    for (const file of files) {
      if (GlobalFonts.registerFromPath(resolve(file), family) === null) {
        throw new Error(`The font ${file} cannot be read. Install the packages again: npm ci.`);
      }
    }
  }
}
