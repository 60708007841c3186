import { expect, it } from "vitest";
import { agentChat, paidNotice, REF } from "../fakes/agent-chat.ts";
import { billOf } from "../fakes/flow-chat.ts";
import { COUNTERS, relays } from "./chats.ts";
import { news as handNews } from "./hand-chat.ts";
import { nonceOf, REQUEST, requested } from "./relay-chat.ts";

type Chat = ReturnType<typeof requested>;

/** The same vehicle is asked for once more, and its bill given to the desk. */
function asksAgain(chat: Chat): void {
  relays(chat, COUNTERS);
  chat.says("Jawa Barat 3204110101800001 MH1JFZ110HK123456");
  chat.billed({ kind: "bill", bill: billOf() });
  chat.taps("Ajukan pembayaran");
  chat.tapsId("counter:any");
}

const states = (chat: Chat) => chat.context.bills.map(({ state }) => state);

it("a bill whose vehicle has a request already is over, and its chat waits for nothing of it", () => {
  const chat = requested();
  asksAgain(chat);
  expect(states(chat)).toEqual(["relayed", "relayed"]);
  chat.hears({ type: "requested", nonce: nonceOf(chat), result: { kind: "exists", ref: REQUEST } });
  expect(chat.context.requests).toHaveLength(1);
  expect(states(chat)).toEqual(["relayed", "ended"]);
});

it("the proof of what an agent paid at the counter comes to him, though he was once asked to pay that vehicle", () => {
  const chat = agentChat();
  handNews(chat, "offer");
  handNews(chat, "offer-gone");
  chat.says("Jawa Barat 3204110101800001 MH1JFZ110HK123456");
  chat.billed({ kind: "bill", bill: billOf() });
  chat.taps("Bayar Rp183.500");
  chat.says("274183");
  chat.opens({ kind: "opened", ref: REF, state: "live" });
  chat.tells(paidNotice());
  expect(chat.last).toContainEqual(expect.objectContaining({ kind: "document", ref: REF, form: "struk" }));
});

it("Uang dikembalikan of another desk's payment is not written down", () => {
  const chat = agentChat();
  expect(chat.tapsId(`returned:${REF}`)).not.toContain(REF);
});
