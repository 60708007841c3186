import { en } from "./en/index.ts";
import { id } from "./id/index.ts";

export type Language = "id" | "en";

/** How the person answers: a sentence that says what to do says it for that. */
export interface How {
  readonly style: "buttons" | "numbers";
}

/** Every sentence a person reads: the Indonesian ones say which there are, the English ones are the same keys. */
export type Words = typeof id;

export type WordKey = keyof Words;

/** A sentence with its values: plain JSON, so that it can be saved and said later, in either language. */
export type Part = { [K in WordKey]: { readonly key: K; readonly values: Parameters<Words[K]>[0] } }[WordKey];

export function part<K extends WordKey>(key: K, values: Parameters<Words[K]>[0]): Part {
  return { key, values } as Part;
}

const DICTIONARIES: Readonly<Record<Language, Words>> = { id, en };

export function speak(spoken: Part, language: Language, how: How): string {
  const say = DICTIONARIES[language][spoken.key] as (values: Part["values"], how: How) => string;
  return say(spoken.values, how);
}
