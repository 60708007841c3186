/** A message as WhatsApp shows it: marks applied, and which stretches are bold. */
export interface Marked {
  readonly text: string;
  readonly bold: readonly string[];
}

/** What the eye does not see: a mark beside one of these, or beside a blank, is only a character. */
const UNSEEN = "[\\s\\u200B-\\u200D\\u2060\\uFEFF]";

/** A mark opens and closes a stretch within one line, and never inside a word. */
const stretch = (mark: string) => {
  const inner = `(?!${UNSEEN})[^${mark}\\n]+(?<!${UNSEEN})`;
  return new RegExp(`(?<![\\p{L}\\p{N}])[${mark}](${inner})[${mark}](?![\\p{L}\\p{N}])`, "u");
};

const RULES = [
  { is: "code", pattern: /```([\s\S]+?)```/u },
  { is: "code", pattern: /`([^`\n]+)`/u },
  { is: "bold", pattern: stretch("*") },
  { is: "other", pattern: stretch("_") },
  { is: "other", pattern: stretch("~") },
] as const;

export function readMarks(source: string): Marked {
  const { text, bold } = apply(source.replace(/^> ?/gm, ""));
  return { text: seen(text), bold: bold.map(seen) };
}

function apply(source: string): Marked {
  const found = RULES.flatMap(({ is, pattern }) => {
    const match = pattern.exec(source);
    return match === null ? [] : [{ is, at: match.index, whole: match[0], inner: match[1] ?? "" }];
  });
  const next = found.reduce<(typeof found)[number] | undefined>(
    (best, one) => (best === undefined || one.at < best.at ? one : best),
    undefined,
  );
  if (next === undefined) return { text: source, bold: [] };
  const inner = next.is === "code" ? { text: next.inner, bold: [] } : apply(next.inner);
  const after = apply(source.slice(next.at + next.whole.length));
  const bold = next.is === "bold" ? [inner.text] : inner.bold;
  return { text: source.slice(0, next.at) + inner.text + after.text, bold: [...bold, ...after.bold] };
}

function seen(text: string): string {
  return text.replace(/[\u200B\u2060\uFEFF]/g, "");
}
