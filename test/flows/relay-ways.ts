import { HOUR, MINUTE } from "../fakes/flow-chat.ts";
import { COUNTERS, type Options, paid, relays } from "./chats.ts";
import { answers, atBill, news, nonceOf, REQUEST, requested } from "./relay-chat.ts";

type Way = (options: Options) => void;

function asking(options: Options) {
  const chat = atBill(options);
  chat.taps("Ajukan pembayaran");
  chat.tapsId("counter:any");
  return chat;
}

function taken(options: Options) {
  const chat = requested(options);
  news(chat, "taken");
  return chat;
}

/** What chance seldom finds of requests: each way once. */
export const RELAY_WAYS: readonly Way[] = [
  (options) => {
    const chat = requested(options);
    chat.hears({ type: "agent-act", act: "take", ref: REQUEST });
    chat.hears({ type: "agent-acted", act: "take", ref: REQUEST, result: { kind: "unknown" } });
  },
  (options) => {
    const chat = taken(options);
    chat.says("batal");
    chat.tapsId(`req:said:${REQUEST}`);
    answers(chat, "taken-back", { state: "unpaid" });
    news(chat, "unpaid-with-agent");
    news(chat, "returned");
  },
  (options) => {
    const chat = taken(options);
    news(chat, "received");
    paid(chat);
    chat.says("sudah");
  },
  (options) => {
    const chat = taken(options);
    chat.sends("photo");
    chat.says("bayar");
    answers(chat, "cancelled", { state: "closed" });
  },
  (options) => {
    const chat = asking(options);
    const nonce = nonceOf(chat);
    chat.says("menu");
    chat.hears({ type: "requested", nonce, result: { kind: "nobody" } });
  },
  (options) => {
    const chat = asking(options);
    chat.hears({ type: "requested", nonce: nonceOf(chat), result: { kind: "nobody" } });
    relays(chat, COUNTERS);
    chat.says("lanjut");
  },
  (options) => {
    const chat = asking(options);
    chat.hears({ type: "requested", nonce: nonceOf(chat), result: { kind: "asked", ref: REQUEST } });
  },
  (options) => {
    const chat = asking(options);
    chat.hears({ type: "requested", nonce: nonceOf(chat), result: { kind: "late" } });
  },
  (options) => {
    const chat = atBill(options);
    chat.taps("Ajukan pembayaran");
    chat.says("kembali");
    chat.taps("Ajukan pembayaran");
    relays(chat, COUNTERS.slice(1));
    chat.tapsId("counter:K7QM");
    chat.waits(2 * HOUR);
    chat.tapsId("counter:any");
  },
  (options) => void atBill(options, COUNTERS.slice(2)).taps("Ajukan pembayaran"),
  (options) => void atBill({ ...options, at: Date.UTC(2026, 6, 7, 16, 20) }).taps("Ajukan pembayaran"),
  (options) => {
    const chat = atBill(options, []);
    chat.taps("Ajukan pembayaran");
    chat.says("kembali");
    chat.taps("Ajukan pembayaran");
    chat.taps("Kabari saat buka");
    relays(chat, COUNTERS);
    chat.waits(6 * MINUTE);
  },
  (options) => {
    const chat = atBill(options, []);
    chat.taps("Ajukan pembayaran");
    chat.taps("Kabari saat buka");
    chat.waits(25 * HOUR);
  },
];
