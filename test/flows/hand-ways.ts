import { rupiah } from "../../src/domain/rupiah.ts";
import { type AgentChat, type agentChat, PIN } from "../fakes/agent-chat.ts";
import { answers, news, taken } from "./hand-chat.ts";
import { facts, REQUEST } from "./relay-chat.ts";

type Open = typeof agentChat;
type Way = (open: Open) => void;

const tap = (chat: AgentChat) => void chat.tapsId(`pay:${chat.context.hands?.at(-1)?.nonce}`);
const type = (chat: AgentChat) => void chat.says(chat.context.hands?.at(-1)?.code ?? "");

/** What has become of a request by the time that its money is confirmed. */
const MEANWHILE: readonly ((chat: AgentChat) => void)[] = [
  () => {},
  (chat) => chat.becomes({ pin: "locked" }),
  (chat) => chat.becomes({ pin: "none" }),
  (chat) => chat.becomes({ suspended: true }),
  (chat) => void news(chat, "bill-wait"),
  (chat) => void news(chat, "unpaid"),
  (chat) => void news(chat, "not-yours"),
  waitsForYes,
];

/** The sum moves while the name of the old one is still in the chat: the same nonce, and it waits for the customer. */
function waitsForYes(chat: AgentChat): void {
  news(chat, "sum-asked", { total: rupiah(196_300) });
}

const CONFIRMED: readonly Way[] = [tap, type].flatMap((confirm) => [
  ...MEANWHILE.map(
    (meanwhile): Way =>
      (open) => {
        const chat = taken({}, open);
        const { nonce = "", code = "" } = chat.context.hands?.[0] ?? {};
        meanwhile(chat);
        if (confirm === tap) chat.tapsId(`pay:${nonce}`);
        else chat.says(code);
      },
  ),
]);

/** A confirmation that waits for its PIN, and what the world is by the time that it comes. */
const PINNED: readonly Way[] = MEANWHILE.flatMap((meanwhile) => [
  (open) => {
    const chat = taken({}, open);
    tap(chat);
    meanwhile(chat);
    chat.says(PIN);
  },
  (open) => {
    const chat = taken({ agent: { pin: "none" } }, open);
    tap(chat);
    chat.says("835201");
    chat.becomes({ pin: "set" });
    meanwhile(chat);
    chat.says("835201");
  },
]);

/** What chance seldom finds of requests in an agent's chat: each way once. */
export const HAND_WAYS: readonly Way[] = [
  ...CONFIRMED,
  ...PINNED,
  (open) => {
    const chat = taken({}, open);
    waitsForYes(chat);
    news(chat, "sum-agreed", { total: rupiah(196_300) });
    tap(chat);
  },
  (open) => {
    const chat = open();
    chat.says("tugas");
    chat.hears({ type: "timer", name: "duty", number: chat.context.dutySince ?? 0 });
  },
  (open) => {
    const chat = open();
    news(chat, "offer");
    chat.taps("Ambil");
    answers(chat, "take", "done");
    answers(chat, "take", "short", { state: "asked" });
    for (const id of ["counter:any", "tell-duty", `req:said:${REQUEST}`]) chat.tapsId(id);
    chat.hears({ type: "requested", nonce: "n", result: { kind: "nobody" } });
    const none = { mine: false, said: false, received: false, declined: false } as const;
    const view = { ...facts(), ...none, agent: "", state: "closed", closed: "otherwise" } as const;
    chat.hears({ type: "customer-acted", act: "said", ref: REQUEST, result: { kind: "done", request: view } });
  },
];
