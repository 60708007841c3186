import type { Content, ConversationKey } from "../../../src/conversation/message.ts";
import { plain } from "../../fakes/plain.ts";
import { type Platform, type Shown, styleOf } from "../platform/platform.ts";
import type { Random } from "../random.ts";
import type { Sim } from "../sim.ts";

/** What a person reads, as far as it can be answered. */
export interface Page {
  readonly text: string;
  /** Ids of buttons. */
  readonly buttons: readonly string[];
}

/** A chat on somebody's phone. */
export interface Phone {
  readonly key: ConversationKey;
  readonly random: Random;
  later(ms: number, act: () => void): void;
  says(text: string): void;
  /** A button where there are any; else the words that mean the same. */
  taps(id: string | undefined, words: string): void;
}

/** All that was ever shown to anybody and can be answered: people pass such things on. */
export interface Rumours {
  heard(key: ConversationKey, page: Page): void;
  /** Something that was shown in another chat. */
  ofOthers(key: ConversationKey, random: Random): Content | undefined;
}

export function pageOf({ message }: Pick<Shown, "message">): Page {
  const text = plain(message.kind === "text" || message.kind === "choices" ? message.text : message.caption);
  return { text, buttons: message.kind === "choices" ? message.rows.flat().map(({ id }) => id) : [] };
}

export interface PhoneOptions {
  readonly sim: Sim;
  readonly platform: Platform;
  readonly key: ConversationKey;
}

export function phoneOf({ sim, platform, key }: PhoneOptions): Phone {
  const random = sim.random(`phone ${key}`);
  const later = (ms: number, act: () => void) => void sim.time.after(ms, undefined, act);
  const twice = (content: Content) => {
    platform.sends(key, content);
    if (sim.fault("double-tap", random)) later(random.between(0, 3_000), () => platform.sends(key, content));
  };
  return {
    key,
    random,
    later,
    says: (text) => twice({ kind: "text", text }),
    taps(id, words) {
      const can = id !== undefined && styleOf(key) === "buttons";
      twice(can ? { kind: "tap", data: id, on: "last" } : { kind: "text", text: words });
    },
  };
}

/** Only what means something of itself: a number of a list means another thing in every chat. */
const TELLING = /^(?:pay|hand|req|retry|returned|counter):/;

export function rumoursOf(): Rumours {
  const all: { readonly key: ConversationKey; readonly content: Content }[] = [];
  return {
    heard(key, { text, buttons }) {
      for (const data of buttons) {
        if (TELLING.test(data)) all.push({ key, content: { kind: "tap", data, on: "passed on" } });
      }
      const ref = /^(?:Permintaan )?([2-9A-HJKMNP-Z]{5})\b/.exec(text)?.[1];
      for (const verb of ref === undefined ? [] : ["AMBIL", "LEPAS", "SUDAH", "COBA LAGI", "KEMBALIKAN"]) {
        all.push({ key, content: { kind: "text", text: `${verb} ${ref}` } });
      }
    },
    ofOthers(key, random) {
      const others = all.filter((one) => one.key !== key);
      return others.length === 0 ? undefined : random.pick(others).content;
    },
  };
}
