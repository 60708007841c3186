import type { AgentWord, UserEvent } from "../../flows/index.ts";
import { readRange } from "./report-range.ts";
import { readTopUp } from "./top-up-sum.ts";

const WORDS: ReadonlyMap<string, AgentWord> = new Map([
  ...["saldo", "cek saldo", "sisa saldo", "balance"].map((word) => [word, "balance"] as const),
  ...["mutasi", "mutasi saldo", "lines"].map((word) => [word, "lines"] as const),
  ...["kunci", "lock"].map((word) => [word, "lock"] as const),
  ...["tugas", "bertugas", "duty", "on duty"].map((word) => [word, "on-duty"] as const),
  ...["istirahat", "break"].map((word) => [word, "off-duty"] as const),
]);

const FORMS = new Map([
  ...["struk", "slip"].map((word) => [word, "struk"] as const),
  ...["pdf"].map((word) => [word, "pdf"] as const),
  ...["gambar", "image", "picture", "foto"].map((word) => [word, "image"] as const),
]);

/** What an agent types beside what everybody may. `word` is bare: lower case, single blanks. */
export function agentCommand(word: string, now: number): UserEvent | undefined {
  const known = WORDS.get(word);
  if (known !== undefined) return { type: "agent-word", word: known };
  const [verb = "", ...rest] = word.split(" ");
  const said = rest.join(" ");
  switch (verb) {
    case "isi":
    case "topup":
      return topUp(said.replace(/^saldo ?/, ""));
    case "lap":
    case "laporan":
    case "report":
      return { type: "report", range: readRange(said, now) };
    case "buang":
    case "drop":
      return dropEvent(said);
    case "bukti":
    case "proof": {
      const form = FORMS.get(said);
      return form === undefined ? undefined : { type: "proof-form", form };
    }
    default:
      return undefined;
  }
}

/** "isi saldo dong" asks how; "isi bensin" is no command. */
function topUp(said: string): UserEvent | undefined {
  if (said !== "" && !/^(?:rp\b|\d)/.test(said)) return undefined;
  return { type: "top-up", ...readTopUp(said), again: false };
}

/** BUANG 2, BUANG 1,3, BUANG 2 dan 4, BUANG 482. */
function dropEvent(said: string): UserEvent | undefined {
  const numbers = said
    .replace(/\b(?:no|nomor|number|dan|and)\b/g, " ")
    .split(/[\s,;&+.]+/)
    .filter((number) => number !== "");
  if (!numbers.every((number) => /^\d{1,3}$/.test(number))) return undefined;
  return {
    type: "drop",
    rows: numbers.filter((number) => number.length < 3).map(Number),
    codes: numbers.filter((number) => number.length === 3),
  };
}
