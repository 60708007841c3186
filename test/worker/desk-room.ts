import type { Biller } from "../../src/biller/biller.ts";
import { type ConversationKey, conversationKey } from "../../src/conversation/message.ts";
import { rupiah, ZERO } from "../../src/domain/rupiah.ts";
import type { StaffId } from "../../src/domain/staff.ts";
import { silentLog } from "../../src/log.ts";
import { depositKeeper } from "../../src/payments/deposit/keeper.ts";
import { desk } from "../../src/relay/desk.ts";
import { setPin } from "../../src/staff/pin.ts";
import { whoIs } from "../../src/staff/who.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { type WorkRoom, words, workRoom } from "./room.ts";

export const SARI = conversationKey("telegram", "900");
export const BUDI = conversationKey("telegram", "901");
export const LOKET = conversationKey("telegram", "700");
export const PIN = "274183";

/** A biller that the desk asks in vain. */
const AWAY: Pick<Biller, "inquire" | "regions"> = {
  inquire: async () => ({ kind: "unavailable", why: "network", reason: "" }),
  regions: async () => ({ kind: "unavailable", why: "network", reason: "" }),
};

export interface DeskRoom extends WorkRoom {
  /** What the operator hears next after this, in order. */
  asks(chat: ConversationKey, text: string): Promise<readonly string[]>;
  /** The same after the buttons of the last message that has one of that label. */
  taps(chat: ConversationKey, label: string): Promise<readonly string[]>;
  /** What came to a chat since the last look at it. */
  news(chat: ConversationKey): readonly string[];
  /** One of the staff with a chat and a PIN. */
  staff(role: "operator" | "agent", name: string, chat: ConversationKey): Promise<StaffId>;
  audit(): Promise<readonly string[]>;
}

export interface DeskOptions {
  readonly twoPersonsAbove?: number;
  readonly floor?: number;
  readonly deps?: Partial<Deps>;
}

/** A worker whose chats belong to whom the staff's room says, and whose alerts run. */
export function deskRoom({ twoPersonsAbove, floor, deps = {} }: DeskOptions = {}): DeskRoom {
  const sum = (amount: number | undefined) => (amount === undefined ? undefined : rupiah(amount));
  const room = workRoom((ground) => {
    const staff = { staff: ground.records.staff, ledger: ground.ledger };
    return {
      lookAround: async (key, sender) => ({
        ...(await ground.lookAround(key, sender)),
        who: await whoIs(staff, { markup: ZERO, pinAlways: rupiah(2_000_000) }, key),
      }),
      operators: { twoPersonsAbove: sum(twoPersonsAbove), numberOf: async () => undefined },
      relay: desk({ ...ground, biller: AWAY, log: silentLog, hours: { from: 480, to: 1200 }, markup: ZERO }),
      deposit: depositKeeper({ ...ground, log: silentLog, floor: sum(floor) }),
      ...deps,
    };
  });
  const heard = new Map<ConversationKey, number>();
  const news = (chat: ConversationKey) => {
    const all = words(room, chat);
    const fresh = all.slice(heard.get(chat) ?? 0);
    heard.set(chat, all.length);
    return fresh;
  };
  const { staff, audit } = room.stores.records;
  let taps = 0;
  return {
    ...room,
    news,
    async asks(chat, text) {
      news(chat);
      await room.say(chat, text);
      await room.clock.advance(3_000);
      await room.settle();
      return news(chat);
    },
    async taps(chat, label) {
      news(chat);
      const choices = room.sent(chat).flatMap(({ message }) => (message.kind === "choices" ? message.rows.flat() : []));
      const button = choices.findLast((one) => one.label === label);
      if (button === undefined) throw new Error(`no button "${label}" was sent to ${chat}`);
      await room.tap(chat, button.id, `t${++taps}`);
      await room.clock.advance(3_000);
      await room.settle();
      return news(chat);
    },
    async staff(role, name, chat) {
      const at = room.clock.now();
      const limits = { place: "", handover: "", credit: ZERO, daily: undefined, language: "id" } as const;
      const { staff: added, code } = await staff.add({ role, name, ...limits }, at);
      await staff.enrol(chat, code, at);
      await setPin(staff, added.id, PIN, at);
      return added.id;
    },
    audit: async () => (await audit.list(99)).map(({ who, what, ref, detail }) => `${who}: ${what} ${ref}: ${detail}`),
  };
}
