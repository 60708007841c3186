import type { UserEvent } from "../../flows/index.ts";
import { readCode, readRef, refOfCode } from "../domain/ref.ts";
import { readEnrolCode } from "../domain/staff.ts";
import { ANOTHER, GLOBAL_WORDS, isThanks } from "./words.ts";

/** The words that mean the same in every state (script rule 3), with what stands behind them. */
export function commandEvent(word: string): UserEvent | undefined {
  const known = GLOBAL_WORDS.get(word);
  if (known !== undefined) return { type: "word", word: known };
  if (isThanks(word)) return { type: "thanks" };
  if (ANOTHER.has(word)) return { type: "another" };
  const [verb = "", ...rest] = word.split(" ");
  const said = rest.join(" ");
  switch (verb) {
    case "bukti":
    case "proof":
      return proofEvent(said);
    case "daftar":
    case "enrol":
    case "enroll":
      return enrolEvent(said);
    case "asli":
    case "genuine":
      return authenticEvent(said);
    case "ubah":
    case "ganti":
    case "change":
    case "salah":
    case "data":
      return changeEvent(word);
    case "tetap":
    case "keep":
      return said === "" ? { type: "doubt", answer: "keep", number: undefined } : undefined;
    case "start":
      // Telegram's link with a parameter.
      return { type: "word", word: "menu" };
    default:
      return undefined;
  }
}

/** BUKTI and a reference, or the code of a proof; one that cannot be read gets the list of what there is. */
function proofEvent(said: string): UserEvent | undefined {
  const code = readCode(said);
  const ref = readRef(said) ?? (code === undefined ? undefined : refOfCode(code));
  if (ref !== undefined) return { type: "word", word: "proof", ref, ...(code === undefined ? {} : { code }) };
  return /^(?:trx\S*|\S*\d\S*)$/.test(said) ? { type: "word", word: "history" } : undefined;
}

/** DAFTAR and a code, or what was meant for one; "daftar pajak" is no code. */
function enrolEvent(said: string): UserEvent | undefined {
  const code = said.replace(/[\s.-]/g, "");
  if (readEnrolCode(said) === undefined && !/^(?=.*\d)[a-z0-9]{5,12}$/.test(code)) return undefined;
  return { type: "enrol", code: readEnrolCode(said) ?? code };
}

function authenticEvent(said: string): UserEvent | undefined {
  const code = readCode(said);
  if (code !== undefined) return { type: "word", word: "authentic", code };
  return /^\S*\d\S*$/.test(said) ? { type: "word", word: "authentic" } : undefined;
}

const CHANGE =
  /^(?:ubah|ganti|change|salah)(?: (?:data(?:nya)?|the data|(?:the )?(?:(wilayah|region|daerah)|(?:no(?:mor)? )?(nik|ktp)|(?:no(?:mor)? )?(rangka|chassis)(?: number)?)(?:nya)?))?$/;
const WRONG = /^data (?:salah|wrong)$/;

/** UBAH, alone or with its field; "salah satu motor saya…" is a sentence. */
function changeEvent(word: string): UserEvent | undefined {
  if (WRONG.test(word)) return { type: "change", field: "unsaid" };
  const match = CHANGE.exec(word);
  if (match === null) return undefined;
  const [, region, nik, chassis] = match;
  if (region !== undefined) return { type: "change", field: "region" };
  if (nik !== undefined) return { type: "change", field: "nik" };
  return { type: "change", field: chassis === undefined ? "unsaid" : "chassis" };
}
