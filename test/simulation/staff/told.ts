import type { ConversationKey } from "../../../src/conversation/message.ts";
import type { Running } from "../oracle/running.ts";
import type { Sim } from "../sim.ts";
import type { Crew } from "./crew.ts";
import type { Page } from "./phone.ts";
import type { RequestBook, Seen } from "./request-book.ts";

/** What was said of requests, against what they were (I13, and whom the money goes to). */
export interface RequestsTold {
  shown(key: ConversationKey, page: Page): void;
  acted(key: ConversationKey, text: string): void;
  /** Requests whose customer was told in whose hand his money is. */
  readonly whoHasIt: ReadonlySet<string>;
}

const HAND_OVER = /^(.*) siap membayarkan [\s\S]*Sebutkan kode ([2-9A-HJKMNP-Z]{5})/;
const WHO_HAS_IT = /Uang Anda Rp[\d.]+ (?:ada di|diminta kembali di|sudah dikembalikan)|Menurut .*, uang Anda/;

export interface RequestsToldOptions {
  readonly sim: Sim;
  readonly crew: Crew;
  readonly running: Running;
  readonly book: RequestBook;
}

export function requestsTold(options: RequestsToldOptions): RequestsTold {
  const { crew, book } = options;
  const whoHasIt = new Set<string>();
  const typed = new Map<ConversationKey, string>();
  return {
    whoHasIt,
    acted: (key, text) => void typed.set(key, `${typed.get(key) ?? ""} ${text.toUpperCase()}`),
    shown(key, { text }) {
      handsOver(options, text);
      for (const [ref, seen] of book.all) {
        const { request } = seen;
        const isIts = request.customer.chat === key;
        if (isIts && text.includes(request.bill.plate) && WHO_HAS_IT.test(text)) whoHasIt.add(ref);
        // Who types a name hears it again: that there is none such, or that it is not his.
        const said = typed.get(key) ?? "";
        if (text.includes(ref) && !mayKnow(crew, seen, key) && !said.includes(ref))
          options.sim.violate("I13", `${key} was shown the request ${ref}, which is none of his`);
        const { nik, chassis } = request.bill;
        if (!isIts && (shows(text, nik) || shows(text, chassis)) && !said.includes(nik) && !said.includes(chassis))
          options.sim.violate("I13", `${key} was shown the person of the request ${ref}`);
      }
    },
  };
}

function shows(text: string, number: string): boolean {
  return number !== "" && text.replace(/[ .]/g, "").includes(number);
}

function mayKnow(crew: Crew, { request, offered, takers }: Seen, key: ConversationKey): boolean {
  if (request.customer.chat === key) return true;
  const member = crew.of(key);
  return member !== undefined && (offered.has(member.id) || takers.has(member.id));
}

/** R3: only to whom has taken it. */
function handsOver({ sim, crew, book, running }: RequestsToldOptions, text: string): void {
  const [, name, ref] = HAND_OVER.exec(text) ?? [];
  if (name === undefined || ref === undefined) return;
  const seen = book.all.get(ref);
  const member = crew.members.find((one) => one.name === name);
  sim.cover.count("told", "hand over");
  if (running.restored || (seen !== undefined && member !== undefined && seen.takers.has(member.id))) return;
  sim.violate("hand over", `a customer was told to hand money to ${name} for ${ref}, who has not taken it`);
}
