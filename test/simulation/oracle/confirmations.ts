import type { Content, ConversationKey } from "../../../src/conversation/message.ts";
import { rupiah, showRupiah } from "../../../src/domain/rupiah.ts";
import type { Sheet } from "../biller/books.ts";
import type { Read } from "../people/reads.ts";
import type { Sim } from "../sim.ts";

/** What people were shown as a bill, and what they did about it: nothing is paid that nobody confirmed. */
export interface Confirmations {
  shown(key: ConversationKey, read: Read): void;
  acted(key: ConversationKey, content: Content): void;
  /** A pay call leaves for a bill of this chat: there must be a confirmation of it that caused no other. */
  use(key: ConversationKey, sheet: Sheet): void;
}

interface Offer {
  /** The button's id, or the words with the code. */
  readonly confirm: string;
  readonly text: string;
  confirmed: boolean;
  used: boolean;
}

export function confirmationsOf(sim: Sim): Confirmations {
  const chats = new Map<ConversationKey, Offer[]>();
  return {
    shown(key, { confirm, text }) {
      if (confirm === undefined) return;
      const offers = chats.get(key) ?? [];
      if (!offers.some((offer) => offer.confirm === confirm && offer.text === text)) {
        offers.push({ confirm, text, confirmed: false, used: false });
      }
      chats.set(key, offers);
    },
    acted(key, content) {
      const said = content.kind === "tap" ? content.data : content.kind === "text" ? content.text : "";
      for (const offer of chats.get(key) ?? []) if (offer.confirm === said) offer.confirmed = true;
    },
    use(key, sheet) {
      const total = showRupiah(rupiah(sheet.total));
      const offer = (chats.get(key) ?? []).find(
        ({ confirmed, used, text }) => confirmed && !used && text.includes(total) && fits(text, sheet),
      );
      if (offer === undefined)
        return sim.violate("rule 9", `${sheet.invoice} is paid, and ${key} has not confirmed it`);
      for (const same of chats.get(key) ?? []) if (same.confirm === offer.confirm) same.used = true;
    },
  };
}

/** A bill that was asked for again is shown in a sentence without its plate. */
function fits(text: string, { vehicle }: Sheet): boolean {
  return text.includes(vehicle.plate) || !/[A-Z] \d{4} [A-Z]/.test(text);
}
