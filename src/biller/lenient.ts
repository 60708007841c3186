import JSON5 from "json5";

/**
 * The value that a body's text spells, or undefined when it spells none. Strict JSON first; then JSON5, because the
 * biller's document prints answers whose keys have no quotes. Nothing is repaired: a PHP warning in front, an HTML page,
 * a cut body are undefined, never a guess.
 */
export function readJson(text: string): unknown {
  const trimmed = text.replace(/^\uFEFF+/, "").trim();
  // Every answer of the contract is an object or an array; a bare `error` or a number is a message of something else.
  if (!/^[{[]/.test(trimmed)) return undefined;
  return strict(trimmed) ?? lenient(trimmed);
}

function strict(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lenient(text: string): unknown {
  try {
    // JSON5 warns on the console about these two separators inside strings; they are blanks to us.
    return JSON5.parse(text.replace(/[\u2028\u2029]/g, " "));
  } catch {
    return undefined;
  }
}
