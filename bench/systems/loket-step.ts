import type { FlowEvent } from "../../flows/index.ts";
import { readConfig } from "../../src/config.ts";
import { advance, openOf, type Surroundings } from "../../src/conversation/advance.ts";
import type { Conversation } from "../../src/conversation/conversation.ts";
import { conversationKey } from "../../src/conversation/message.ts";
import { understand } from "../../src/conversation/understand.ts";
import { policyFor } from "../../src/policy.ts";
import { benchBiller } from "../loket/biller.ts";
import { textOf } from "../loket/texts.ts";
import type { System } from "../system.ts";

/** The pure step of Loket's own counter, nothing read and nothing saved: what deciding the reply costs. */
export const loketStep: System = {
  name: "loket-step",
  kind: "limit",
  usesRedis: false,
  payTurn: 5,
  async start({ told }) {
    const around = await surroundings();
    const turns = await eventsOf(around);
    const chats = new Map<number, Conversation>();
    return {
      async deliver(user, _, turn) {
        const key = conversationKey("telegram", String(user));
        let now = chats.get(user);
        for (const event of turns[turn] ?? []) now = advance(key, now, event, around).conversation;
        if (now === undefined || turn === turns.length - 1) chats.delete(user);
        else chats.set(user, now);
        told(user, turn + 1);
      },
      close: async () => {},
    };
  },
};

/** The events of the six messages: of the fourth the biller's answer, too. */
async function eventsOf(around: Surroundings): Promise<readonly (readonly FlowEvent[])[]> {
  const key = conversationKey("telegram", "1");
  let now: Conversation | undefined;
  const all: FlowEvent[][] = [];
  for (let turn = 0; turn < 6; turn++) {
    const open = openOf(now, around);
    const read = understand({ kind: "text", text: textOf(1, turn) }, open, { ...around, place: open.place }, "1");
    if (read.type === "pin-typed") throw new Error("a customer has no PIN");
    const events: FlowEvent[] = [read];
    now = advance(key, now, read, around).conversation;
    const asked = openOf(now, around);
    if (turn === 3 && asked.flow === "counter") {
      const answer = await answered(asked.context.inquiry, around.at);
      events.push(answer);
      now = advance(key, now, answer, around).conversation;
    }
    all.push(events);
  }
  return all;
}

async function answered(number: number, at: number): Promise<FlowEvent> {
  const biller = benchBiller("", () => {});
  const [nik, chassis] = [textOf(1, 2), textOf(1, 3)] as never[];
  const result = await biller.inquire({ product: "SAMSAT_JABAR", nik: nik as never, chassis: chassis as never });
  return { type: "inquired", number, result, inquiredAt: at };
}

async function surroundings(): Promise<Surroundings> {
  const read = readConfig({});
  if (read.kind === "faults") throw new Error(read.faults.join("\n"));
  const looked = await benchBiller("", () => {}).regions(0);
  return {
    at: Date.now(),
    style: "buttons",
    forgets: true,
    language: "id",
    text: "",
    nonce: "nonce-of-12x",
    chance: 0.5,
    regions: looked.kind === "regions" ? looked.regions : [],
    policy: policyFor(read.config)(conversationKey("telegram", "1")),
    who: { kind: "customer" },
  };
}
