/** Telegram's HTML, read as Telegram reads it: what is shown, and which stretches are bold; or what is wrong with it. */
export type Markup =
  | { readonly ok: true; readonly text: string; readonly bold: readonly string[] }
  | { readonly ok: false; readonly error: string };

const TAGS = new Set("b strong i em u ins s strike del span tg-spoiler a tg-emoji code pre blockquote".split(" "));

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

const TOKEN = /<(\/?)([a-zA-Z][\w-]*)([^<>]*)>|<|&(\w+|#\d+|#x[\da-f]+);|[^<&]+|&/gi;

export function readHtml(source: string): Markup {
  const stack: string[] = [];
  const bold: string[] = [];
  let text = "";
  for (const token of source.matchAll(TOKEN)) {
    const [whole, end, name, , entity] = token;
    if (name !== undefined) {
      const tag = name.toLowerCase();
      const wrong = tagFault(stack, tag, end === "/", token.index);
      if (wrong !== undefined) return { ok: false, error: wrong };
      if (end !== "/" && isBold(tag)) bold.push("");
      continue;
    }
    if (whole === "<") return { ok: false, error: `Unsupported start tag "" at byte offset ${token.index}` };
    const shown = cleaned(entity === undefined ? whole : character(entity, whole));
    text += shown;
    if (stack.some(isBold)) bold.push((bold.pop() ?? "") + shown);
  }
  const open = stack.at(-1);
  if (open !== undefined) return { ok: false, error: `Can't find end tag corresponding to start tag "${open}"` };
  return { ok: true, text: trimmed(text), bold };
}

/** Text without a parse mode. */
export function readPlain(source: string): Markup {
  return { ok: true, text: trimmed(cleaned(source)), bold: [] };
}

/** Keeps the stack of open tags, and says what is wrong with this one. */
function tagFault(stack: string[], tag: string, end: boolean, at: number): string | undefined {
  if (!TAGS.has(tag)) return `Unsupported start tag "${tag}" at byte offset ${at}`;
  if (!end) stack.push(tag);
  else if (stack.pop() !== tag) return `Unmatched end tag at byte offset ${at}`;
  return undefined;
}

function isBold(tag: string): boolean {
  return tag === "b" || tag === "strong";
}

function character(entity: string, whole: string): string {
  if (!entity.startsWith("#")) return ENTITIES[entity] ?? whole;
  return String.fromCodePoint(
    /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number.parseInt(entity.slice(1), 10),
  );
}

/** Telegram makes blanks of control characters and drops what turns the direction of writing. */
function cleaned(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
  return text.replace(/[\r\u2028-\u202E]/g, "").replace(/[\u0000-\u0009\u000B-\u001F]/g, " ");
}

/** Telegram drops empty lines before a message and blanks behind it. */
function trimmed(text: string): string {
  return text.replace(/^\s*\n/, "").trimEnd();
}
