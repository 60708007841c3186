import type { AgentAct, Open, UserEvent } from "../../flows/index.ts";
import { readRequestRef } from "../domain/staff.ts";
import { NO, YES } from "./words.ts";

const SAID = new Set([
  ...["sudah", "sudah diserahkan", "sudah saya serahkan", "sudah bayar", "sudah saya bayar", "sudah transfer"],
  ...["sudah saya transfer", "sudah dibayar", "sudah ditransfer", "done", "handed over", "i have", "sudah ya"],
]);
const OTHERS = new Set(["loket lain", "ke loket lain", "tawarkan ke loket lain", "other counter", "other counters"]);
const WAIT = new Set(["tunggu", "tunggu 10 menit lagi", "tunggu lagi", "wait", "10 more minutes"]);
const AGREE = new Set(["setuju", "agree", "i agree"]);

const TAKE = new Set(["ambil", "take"]);
const HANDS: ReadonlyMap<string, AgentAct> = new Map([
  ...["lewati", "lewat", "skip"].map((word) => [word, "skip"] as const),
  ...["lepas", "lepaskan", "release"].map((word) => [word, "let-go"] as const),
  ...["lagi", "coba lagi", "again", "try again"].map((word) => [word, "again"] as const),
  ...["kembalikan", "dikembalikan", "given back", "returned"].map((word) => [word, "returned"] as const),
]);

/** What an agent types about a request; its bare code takes it (A3). */
export function handEvent(word: string): UserEvent | undefined {
  const words = word.split(" ");
  const ref = readRequestRef(words.at(-1) ?? "");
  if (ref === undefined) return undefined;
  const verb = words.slice(0, -1).join(" ");
  if (verb === "" || TAKE.has(verb)) return { type: "agent-act", act: "take", ref };
  const act = HANDS.get(verb);
  return act === undefined ? undefined : { type: "agent-act", act, ref };
}

/** What a customer types about his request, with its code behind it or without. When none is open SUDAH alone is. */
export function requestEvent(word: string, open: Extract<Open, { flow: "counter" }>): UserEvent | undefined {
  const { requests = [], overlay } = open.context;
  if (requests.length === 0) return saidLate(word, open);
  if (overlay === "handed") return handedEvent(word);
  const words = word.split(" ");
  const ref = words.length > 1 ? readRequestRef(words.at(-1) ?? "") : undefined;
  const said = ref === undefined ? word : words.slice(0, -1).join(" ");
  if (SAID.has(said)) return { type: "customer-act", act: "said", ref };
  if (OTHERS.has(said)) return { type: "customer-act", act: "others", ref };
  if (WAIT.has(said)) return { type: "customer-act", act: "wait", ref };
  const moved = requests.some(({ stage }) => stage === "sum-moved");
  return moved && AGREE.has(said) ? { type: "customer-act", act: "yes", ref } : undefined;
}

/** SUDAH of what is paid, or closed, by now: with the code of a request, or where something was confirmed. */
function saidLate(word: string, { place, context }: Extract<Open, { flow: "counter" }>): UserEvent | undefined {
  const words = word.split(" ");
  const ref = words.length > 1 ? readRequestRef(words.at(-1) ?? "") : undefined;
  const isMeant = ref !== undefined || context.bills.some(({ state }) => state !== "open");
  const isSaid = SAID.has(ref === undefined ? word : words.slice(0, -1).join(" "));
  return isSaid && isMeant && place !== "human" ? { type: "customer-act", act: "said", ref } : undefined;
}

/** Whether the money was handed over. */
function handedEvent(word: string): UserEvent | undefined {
  if (YES.has(word) || SAID.has(word)) return { type: "customer-act", act: "taken-back", ref: undefined };
  const no = NO.has(word) || word === "belum" || word === "not yet";
  return no ? { type: "customer-act", act: "cancelled", ref: undefined } : undefined;
}
