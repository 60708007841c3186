/** `3204********0001`: the first four and the last four digits. Too short to hide anything that way: stars alone. */
export function maskNik(nik: string): string {
  if (nik.length < 12) return "*".repeat(8);
  return `${nik.slice(0, 4)}${"*".repeat(nik.length - 8)}${nik.slice(-4)}`;
}

/** `JOR***`: three letters of the first word, never all of it. Initials and titles of one letter are passed over. */
export function maskName(name: string): string {
  const words = name.split(/\s+/).map((word) => word.match(/\p{L}/gu) ?? []);
  const letters = words.find((word) => word.length > 1) ?? [];
  return `${letters.slice(0, Math.min(3, letters.length - 1)).join("")}***`;
}

/** The look-behind keeps a long run of digits from being tried at each of its places. */
const TOKEN = /(?<![0-9])[0-9]{6,}:[\w-]{30,}/g;
const DIGITS = /[0-9](?:[\s./-]{0,3}[0-9]){14,}/g;

/** Blanks, dots, dashes or slashes between two pieces that may belong together. */
const GAP = /^[\s./-]{1,3}$/;

type Secret = "nik" | "chassis";

/**
 * For logs: NIKs (15 digits and more), chassis numbers (17 letters and digits mixed, and 15 to 19 in one piece) and bot
 * tokens, by their shape alone, whole or split by blanks, dots and dashes. Rather too much than too little.
 */
export function maskSecrets(text: string): string {
  if (text.length < 15 || !/[0-9]/.test(text)) return text;
  const bare = text.replace(TOKEN, "[token]");
  const pieces = piecesOf(bare);
  const marks = new Array<Secret | undefined>(pieces.length).fill(undefined);
  for (let first = 0; first < pieces.length; first++) markFrom(pieces, first, marks);
  // What is left are NIKs that hang on letters.
  return withMarks(bare, pieces, marks).replace(DIGITS, "[nik]");
}

/** A run of ASCII letters and digits. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly digits: number;
  readonly small: boolean;
  /** Only a small gap lies before it. */
  readonly joined: boolean;
}

/** Read by character codes: this runs for every string that is logged. */
function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let end = -1;
  while (at < text.length) {
    const from = at;
    let digits = 0;
    let small = false;
    for (let kind = kindAt(text, at); kind !== "other"; kind = kindAt(text, ++at)) {
      if (kind === "digit") digits++;
      else if (kind === "small") small = true;
    }
    if (at > from) {
      const joined = end >= 0 && from - end <= 3 && GAP.test(text.slice(end, from));
      pieces.push({ from, to: at, digits, small, joined });
      end = at;
    }
    at++;
  }
  return pieces;
}

function kindAt(text: string, at: number): "digit" | "small" | "capital" | "other" {
  const code = text.charCodeAt(at); // NaN behind the end
  if (code >= 48 && code <= 57) return "digit";
  if (code >= 97 && code <= 122) return "small";
  return code >= 65 && code <= 90 ? "capital" : "other";
}

/** Marks the pieces that are a NIK or a chassis number together, beginning with the piece `first`. */
function markFrom(pieces: readonly Piece[], first: number, marks: (Secret | undefined)[]): void {
  let length = 0;
  let digits = 0;
  // A chassis in several pieces is told from words by one of three: no small letter, groups of four, a digit in each.
  let noSmall = true;
  let fours = true;
  let digitInEach = true;
  for (let at = first; at < pieces.length && length < 19; at++) {
    const piece = pieces[at];
    if (piece === undefined || (at > first && !piece.joined)) return;
    if (at > first && length % 4 !== 0) fours = false;
    if (piece.to - piece.from > 4) fours = false;
    noSmall &&= !piece.small;
    digitInEach &&= piece.digits > 0;
    length += piece.to - piece.from;
    digits += piece.digits;
    const secret = secretOf(length, digits, at === first);
    if (secret !== undefined && (at === first || noSmall || fours || digitInEach)) marks.fill(secret, first, at + 1);
    if (!noSmall && !fours && !digitInEach) return;
  }
}

function secretOf(length: number, digits: number, whole: boolean): Secret | undefined {
  if (digits === length) return length >= 15 && length <= 17 ? "nik" : undefined;
  if (digits < 3 || length - digits < 3) return undefined;
  return length === 17 || (whole && length >= 15 && length <= 19) ? "chassis" : undefined;
}

function withMarks(text: string, pieces: readonly Piece[], marks: readonly (Secret | undefined)[]): string {
  let out = "";
  let at = 0;
  pieces.forEach((piece, index) => {
    const mark = marks[index];
    if (mark === undefined) return;
    const goesOn = index > 0 && piece.joined && marks[index - 1] === mark;
    out += goesOn ? "" : `${text.slice(at, piece.from)}[${mark}]`;
    at = piece.to;
  });
  return out + text.slice(at);
}
