import type { Content, ConversationKey } from "../../../src/conversation/message.ts";
import { rupiah, showRupiah } from "../../../src/domain/rupiah.ts";
import type { Payment } from "../../../src/payments/payment.ts";
import type { Request } from "../../../src/relay/request.ts";
import type { Sheet } from "../biller/books.ts";
import type { Running } from "../oracle/running.ts";
import type { Sim } from "../sim.ts";
import type { Crew, Member } from "./crew.ts";
import type { Page } from "./phone.ts";

/** What agents were shown, and what they did about it: an agent's money moves by his own word alone. */
export interface Approvals {
  shown(key: ConversationKey, page: Page): void;
  acted(key: ConversationKey, content: Content): void;
  /** It came into an agent's hand: what he said before counts no more. */
  taken(ref: string): void;
  /** Its payment is opened. */
  opens(before: Request, next: Request): void;
  /** A pay call leaves that an agent's balance secures. */
  use(payment: Payment, sheet: Sheet): void;
}

/** Something that a chat may confirm: by a button's id, or by words. */
interface Offer {
  readonly ids: readonly string[];
  readonly text: string;
  confirmed: boolean;
  /** The invoices that it was used for: of a table one for each row. */
  readonly used: Set<string>;
}

/** So long a PIN may count: four hours, and what a crash or a stand-still adds, ms. */
const SESSION = 6 * 3_600_000;
const REF = /^([2-9A-HJKMNP-Z]{5}) \(|Pelanggan ([2-9A-HJKMNP-Z]{5}) /;

const CODE = /(?:BAYAR|Bayar:) (\d{3})|tagihan (\d{3}) kami simpan/;

export interface ApprovalsOptions {
  readonly sim: Sim;
  readonly crew: Crew;
  readonly running: Running;
}

export function approvalsOf({ sim, crew, running }: ApprovalsOptions): Approvals {
  const offers = new Map<Member, Offer[]>();
  /** Of a request: what confirms it, and when it was taken and confirmed last. */
  const requests = new Map<string, { readonly ids: Set<string>; takenAt: number; saidAt: number }>();
  const pins = new Map<Member, number>();
  const of = (ref: string) => {
    const known = requests.get(ref) ?? { ids: new Set<string>(), takenAt: 0, saidAt: -1 };
    requests.set(ref, known);
    return known;
  };
  return {
    shown(key, { text, buttons }) {
      const member = crew.of(key);
      if (member === undefined) return;
      for (const listed of listedIn(text)) offers.set(member, [...(offers.get(member) ?? []), listed]);
      const ids = idsIn(text, buttons);
      if (ids.length === 0) return;
      const [, yours, asks] = REF.exec(text) ?? [];
      const ref = yours ?? asks;
      if (ref !== undefined) for (const id of ids) of(ref).ids.add(id);
      else offers.set(member, [...(offers.get(member) ?? []), { ids, text, confirmed: false, used: new Set() }]);
    },
    acted(key, content) {
      const member = crew.of(key);
      if (member === undefined) return;
      const said = content.kind === "tap" ? content.data : content.kind === "text" ? content.text : "";
      if (said === member.pin) pins.set(member, sim.time.steady());
      for (const offer of offers.get(member) ?? []) if (offer.ids.includes(said)) offer.confirmed = true;
      for (const known of requests.values()) if (known.ids.has(said)) known.saidAt = sim.time.steady();
    },
    taken: (ref) => {
      of(ref).takenAt = sim.time.steady();
    },
    opens(before, next) {
      const { takenAt, saidAt } = of(next.ref);
      const isHis = before.taken !== undefined && before.taken.id === next.taken?.id;
      if (!isHis) sim.violate("second act", `${next.ref} is paid, and was not in the hand of ${next.taken?.id}`);
      if (saidAt < takenAt)
        sim.violate("second act", `${next.ref} is paid, and its agent has not said that he has the money`);
    },
    use(payment, sheet) {
      if (running.restored) return;
      const member = crew.withId(payment.agent?.id);
      if (member === undefined) return sim.violate("I13", `${payment.ref} is secured by nobody who is an agent`);
      const pin = pins.get(member) ?? Number.NEGATIVE_INFINITY;
      if (sim.time.steady() - pin > SESSION)
        sim.violate("PIN", `${payment.ref} goes out, and ${member.name} has typed no PIN`);
      if (payment.request === undefined) confirmed({ sim, member, payment, sheet }, offers.get(member) ?? []);
    },
  };
}

function idsIn(text: string, buttons: readonly string[]): readonly string[] {
  const [, shown, kept] = CODE.exec(text) ?? [];
  const code = shown ?? kept ?? /^(\d{3}) · /m.exec(text)?.[1];
  return [...buttons.filter((id) => id.startsWith("pay:")), ...(code === undefined ? [] : [code, `BAYAR ${code}`])];
}

/** What waits for a balance, or is open: named by its code and its plate, a table by its code alone. */
function listedIn(text: string): readonly Offer[] {
  const waiting = /Masih menunggu: (.*)/.exec(text)?.[1] ?? "";
  const named = [...waiting.matchAll(/([^;]+) · (\d{3})/g)].map(([, name = "", code = ""]) => [code, name] as const);
  const open = [...text.matchAll(/^(\d{3}) · (.*)$/gm)].map(([, code = "", name = ""]) => [code, name] as const);
  return [...named, ...open].map(([code, name]) => {
    return { ids: [code, `BAYAR ${code}`], text: `${name} ${LISTED}`, confirmed: false, used: new Set() };
  });
}

const LISTED = "(listed)";

interface Using {
  readonly sim: Sim;
  readonly member: Member;
  readonly payment: Payment;
  readonly sheet: Sheet;
}

/** Rule 9 at the counter: he confirmed what showed this plate with this sum, and it caused no other call. */
function confirmed({ sim, member, payment, sheet }: Using, offers: readonly Offer[]): void {
  const total = showRupiah(rupiah(sheet.total));
  const { plate } = sheet.vehicle;
  if (!member.chats.has(payment.payer))
    sim.violate("I13", `${payment.ref} was made in ${payment.payer}, which is not ${member.name}'s`);
  const names = (text: string) =>
    text.endsWith(LISTED)
      ? /daftar|kendaraan/.test(text) || text.includes(plate)
      : text.includes(plate) && text.includes(total);
  const found = offers.find(({ confirmed: said, text, used }) => said && names(text) && !used.has(plate));
  if (found === undefined) sim.violate("rule 9", `${sheet.invoice} is paid, and ${member.name} has not confirmed it`);
  else for (const same of offers) if (same.ids.some((id) => found.ids.includes(id))) same.used.add(plate);
}
