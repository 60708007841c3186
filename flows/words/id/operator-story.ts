import { showRef } from "../../../src/domain/ref.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import { showDate } from "../../../src/domain/time.ts";
import type { PaymentBrief, PaymentShown } from "../../operator/events.ts";
import type { AgentCard, BillerWord, RequestBrief, Story, StoryLine } from "../../operator/results.ts";
import { line } from "../lines.ts";
import { storyTime } from "../story-time.ts";
import { when } from "./times.ts";

export const STATES: Readonly<Record<PaymentShown, string>> = {
  sent: "SEDANG DIKIRIM",
  checking: "SEDANG DICEK",
  review: "PERLU KEPUTUSAN",
  paid: "LUNAS",
  refunded: "DANA KEMBALI",
  "not-charged": "TIDAK TERDEBIT",
  withdrawn: "TIDAK DIKIRIM",
};

const REQUESTS: Readonly<Record<RequestBrief["state"], string>> = {
  asked: "MENUNGGU LOKET",
  taken: "MENUNGGU UANG",
  received: "UANG DITERIMA",
  paying: "SEDANG DIBAYAR",
  unpaid: "BELUM BERHASIL",
  done: "SELESAI DIBAYAR",
  closed: "DITUTUP",
};

const SAID: Readonly<Record<BillerWord, string>> = {
  confirm: "CONFIRM",
  pending: "PENDING",
  refund: "REFUND",
  no: "menolak",
  failure: "FAILURE",
  inquiry: "belum dibayar",
  "not-sent": "tidak terkirim",
  silent: "belum dijawab",
};

const NEWS: Readonly<Record<Extract<StoryLine, { what: "told" }>["news"], string>> = {
  "under-way": "sedang diproses",
  "still-asking": "masih dicek",
  withdrawn: "tidak jadi dikirim",
  paid: "lunas",
  "not-paid": "belum berhasil",
  "changed-its-word": "jawaban sistem berubah",
};

export function paymentLine({ ref, plate, total, state }: PaymentBrief): string {
  return line(showRef(ref), plate, showRupiah(total), STATES[state]);
}

export function requestLine({ ref, plate, total, state }: RequestBrief): string {
  return line(`Permintaan ${ref}`, plate, showRupiah(total), REQUESTS[state]);
}

export function agentLine({ id, name, balance, suspended, pin, onDuty }: AgentCard): string {
  const marks = [suspended ? "nonaktif" : "", pin === "locked" ? "PIN terkunci" : "", onDuty ? "bertugas" : ""];
  return line(id, name, `saldo ${showRupiah(balance)}`, ...marks);
}

function happened(told: StoryLine): string {
  switch (told.what) {
    case "asked":
      return `diajukan (${told.who})`;
    case "confirmed":
      return `dikonfirmasi (${told.who})`;
    case "taken":
      return `diambil ${told.agent}`;
    case "received":
      return `${told.agent}: uang diterima`;
    case "said-paid":
      return `pelanggan: SUDAH${told.photo ? ", dengan foto" : ""}`;
    case "sent":
      return "dikirim ke MMBC";
    case "says":
      return `${told.from === "pay" ? "MMBC" : "status"}: ${SAID[told.said]}${told.times > 1 ? ` (${told.times} kali)` : ""}`;
    case "decided":
      return `ditetapkan petugas: ${told.detail}`;
    case "told":
      return `${told.who} ${told.arrived ? "diberi tahu" : "belum menerima kabar"}: ${NEWS[told.news]}`;
    case "ended":
      return told.state === "request-closed" ? "permintaan ditutup" : `berakhir: ${STATES[told.state]}`;
  }
}

/** O1. */
export function storyText({ payment, request, lines, nextAt, knownAt, agent }: Story, now: number): string {
  const head = [payment === undefined ? "" : paymentLine(payment), request === undefined ? "" : requestLine(request)];
  const ahead = [
    agent === "" ? "" : `Agen: ${agent}.`,
    nextAt === undefined ? "" : `Cek berikutnya ${when(nextAt, now)}.`,
    knownAt === undefined ? "" : `Pelanggan tahu sejak ${when(knownAt, now)}.`,
  ];
  const told = lines.map((one) => `${storyTime(one.at, now, showDate)} ${happened(one)}`);
  return [...head, ...told, ahead.filter((one) => one !== "").join(" ")].filter((one) => one !== "").join("\n");
}
