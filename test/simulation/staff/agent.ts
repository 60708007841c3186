import type { Vehicle } from "../biller/books.ts";
import type { User } from "../people/user.ts";
import type { Sim } from "../sim.ts";
import type { Boss } from "./boss.ts";
import type { Member } from "./crew.ts";
import { answersDesk } from "./desk-talk.ts";
import { answersRequest } from "./hand-talk.ts";
import { type Page, type Phone, pageOf, type Rumours } from "./phone.ts";
import type { Purse } from "./purse.ts";

export interface AgentOptions {
  readonly sim: Sim;
  readonly member: Member;
  readonly phone: Phone;
  readonly purse: Purse;
  readonly boss: Boss;
  readonly rumours: Rumours;
  /** What customers bring to his counter, without a phone of their own. */
  readonly vehicles: readonly Vehicle[];
}

/** Somebody behind a counter: takes requests and money, and pays for those who stand before him. */
export interface AgentPerson extends AgentOptions {
  /** What confirms the request that is in his hand: a button's id, or words. */
  readonly confirms: Map<string, { readonly button: string | undefined; readonly words: string }>;
  /** Requests that he has let go, or were taken from him. */
  readonly gone: Set<string>;
  /** Buttons that were ever shown to him. */
  readonly buttons: string[];
  /** How often he asked for more balance. */
  wishes: number;
  /** What he last confirmed, to be said again once he may. */
  again: (() => void) | undefined;
  wrongPins: number;
}

const MINUTE = 60_000;

export function agentOf(options: AgentOptions): User {
  const { phone, rumours } = options;
  const person: AgentPerson = {
    ...options,
    confirms: new Map(),
    gone: new Set(),
    buttons: [],
    wishes: 0,
    again: undefined,
    wrongPins: 0,
  };
  begins(person);
  return {
    key: phone.key,
    sees(shown) {
      const page = pageOf(shown);
      rumours.heard(phone.key, page);
      person.buttons.push(...page.buttons);
      reacts(person, page);
    },
  };
}

function reacts(person: AgentPerson, page: Page): void {
  if (!answersPin(person, page.text) && !answersRequest(person, page)) answersDesk(person, page);
}

function begins(person: AgentPerson): void {
  const { sim, phone, vehicles, rumours } = person;
  const { random } = phone;
  for (let next = 0; next < vehicles.length; ) {
    const some = vehicles.slice(next, next + (random.chance(0.45) ? 1 : random.between(2, 4)));
    next += some.length;
    phone.later(random.between(0, 45 * MINUTE), () => phone.says(listOf(some)));
  }
  const odd = (kind: Parameters<Sim["fault"]>[0], at: number, act: () => void) => {
    if (sim.fault(kind, random)) phone.later(at, act);
  };
  odd("old-button", random.between(2 * MINUTE, 90 * MINUTE), () => {
    if (person.buttons.length > 0) phone.taps(random.pick(person.buttons), "status");
  });
  odd("forwarded-button", random.between(MINUTE, 60 * MINUTE), () => {
    const content = rumours.ofOthers(phone.key, random);
    if (content?.kind === "text") phone.says(content.text);
    if (content?.kind === "tap") phone.taps(content.data, "status");
  });
  odd("nonsense", random.between(0, 40 * MINUTE), () =>
    phone.says(random.pick(["saldo", "mutasi", "status", "kunci", "ya", "batal", "riwayat", "lap hari ini"])),
  );
}

/** One vehicle, or a list as a customer wrote it. */
function listOf(vehicles: readonly Vehicle[]): string {
  const [first] = vehicles;
  const region = first?.product.replace("SAMSAT_", "").toLowerCase() ?? "";
  if (first !== undefined && vehicles.length === 1) return `${region}\n${first.nik}\n${first.chassis}`;
  return [region, ...vehicles.map(({ nik, chassis }, place) => `${place + 1}. ${nik} ${chassis}`)].join("\n");
}

const ASKED =
  /Ketik PIN(?: itu| untuk|\s\()|Buat PIN:|PIN itu mudah|PIN salah, sisa|PIN Anda sudah ada|Tidak sama dengan PIN/;

/** Whether it was about his PIN. */
function answersPin(person: AgentPerson, text: string): boolean {
  const { phone, sim, member, boss } = person;
  const { random } = phone;
  if (/PIN terkunci/.test(text)) {
    boss.unlocks(member, () => phone.later(random.between(MINUTE, 10 * MINUTE), () => person.again?.()));
    return true;
  }
  if (!ASKED.test(text)) return false;
  const wrong = !/Buat PIN/.test(text) && sim.fault("wrong-pin", random);
  if (wrong) person.wrongPins += 1;
  phone.later(random.between(1_000, 20_000), () =>
    phone.says(wrong ? String(310_000 + person.wrongPins * 13) : member.pin),
  );
  return true;
}
