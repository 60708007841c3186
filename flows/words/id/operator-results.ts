import { showRef } from "../../../src/domain/ref.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import type { Usage } from "../../operator/events.ts";
import type { Changed, NotDone, StaysWhy } from "../../operator/results.ts";
import { depositOf } from "./operator-alerts.ts";
import { agentLine, requestLine, STATES } from "./operator-story.ts";
import { when } from "./times.ts";

export function changedText(done: Changed): string {
  switch (done.kind) {
    case "resent":
      return `Bukti ${showRef(done.ref)} dikirim sekali lagi ke ${done.who}.`;
    case "told":
      return `${done.who} kami kabari tentang ${showRef(done.ref)}.`;
    case "resolved":
      return `${showRef(done.ref)} ditetapkan: ${STATES[done.state]}. Pembayar kami kabari.`;
    case "topped-up": {
      const heard = done.told ? "Ia kami kabari." : "Ia belum punya chat: kabari sendiri.";
      return `Saldo ${done.name} ditambah ${showRupiah(done.amount)}, kini ${showRupiah(done.balance)}. ${heard}`;
    }
    case "wish-declined":
      return `${done.name} kami kabari: ${showRupiah(done.amount)} belum masuk.`;
    case "opened":
      return OPENED[done.how].replace("{}", done.name);
    case "deposit-in":
      return `Deposit ditambah ${showRupiah(done.amount)}. ${depositOf(done.deposit)}`;
    case "replied":
      return `Terkirim ke ${done.who} (#${done.id}). Jawabannya kami teruskan ke sini. Sudah beres? Ketik SELESAI ${done.id}.`;
    case "closed":
      return done.human
        ? `#${done.id} selesai. Layanan otomatis kembali di chat pelanggan.`
        : `#${done.id} selesai, tercatat atas nama Anda.`;
    case "waits-for-second":
      return done.others === 0
        ? `Di atas batas: perlu petugas kedua, dan belum ada yang terhubung. Tersimpan sebagai #${done.id}.`
        : `Di atas batas: menunggu persetujuan petugas lain (#${done.id}).`;
    case "rejected":
      return `#${done.id} ditolak. Tidak ada yang diubah.`;
    case "request-given":
      return `${requestLine(done.request)}. Kini di tangan ${done.name}; ia dan pelanggan kami kabari.`;
    case "request-closed":
      return `${requestLine(done.request)}. Pelanggan dan agennya kami kabari.`;
    case "paying-goes-on":
      return "Pembayaran berjalan lagi.";
  }
}

const OPENED = {
  unlock: "PIN {} terbuka lagi; PIN lamanya tetap berlaku.",
  "new-pin": "PIN {} dihapus. Ia membuat PIN baru dengan pesan berikutnya; pastikan HP itu masih di tangannya.",
  resume: "{} aktif lagi.",
} as const;

export function notDoneText(no: NotDone, now: number): string {
  switch (no.kind) {
    case "no-proof":
      return `${showRef(no.ref)} belum punya bukti.`;
    case "no-payment":
      return `Tidak ada pembayaran ${showRef(no.ref)}.`;
    case "not-resolved":
      return notResolved(no);
    case "no-agent":
      return `Tidak ada agen “${no.asked}”. Ketik AGEN untuk daftarnya.`;
    case "which-agent":
      return [`Yang mana “${no.asked}”?`, ...no.agents.map(agentLine)].join("\n");
    case "how-open":
      return `${agentLine(no.agent)}\nApa yang dibuka?`;
    case "twice": {
      const whose = no.name === "" ? "deposit" : no.name;
      return `Isi yang sama (${showRupiah(no.amount)}, ${whose}) sudah dicatat ${when(no.since, now)}. Tambah satu lagi?`;
    }
    case "deposit-not-started":
      return "Deposit belum punya jumlah awal. Isi dulu di komputer: npx loket deposit start.";
    case "no-task":
      return `Tidak ada tugas #${no.id}. Ketik PERLU.`;
    case "handled":
      return `#${no.id} sudah dibereskan ${no.by}, ${when(no.at, now)}.`;
    case "not-for-that":
      return `#${no.id} bukan tugas untuk itu. Ketik PERLU ${no.id}.`;
    case "own-approval":
      return `#${no.id} permintaan Anda sendiri: harus petugas lain yang setuju.`;
    case "unreachable":
      return `Chat pelanggan #${no.id} tidak bisa menerima pesan lagi. Hubungi dengan cara lain.`;
    case "no-request":
      return `Tidak ada permintaan ${no.request}.`;
    case "request-stays":
      return requestStays(no);
    case "not-paused":
      return "Pembayaran tidak sedang dihentikan.";
    case "refused":
      return "Chat ini bukan chat petugas lagi. Tidak ada yang diubah.";
  }
}

function requestStays({ request, why, detail }: Extract<NotDone, { kind: "request-stays" }>): string {
  return `${requestLine(request)}. Tidak ada yang diubah: ${STAYS[why]}.${detail === "" ? "" : ` Rincian: ${detail}`}`;
}

const STAYS: Readonly<Record<StaysWhy, string>> = {
  short: "saldo agen itu kurang",
  capped: "batas harian agen itu tidak cukup",
  "no-chat": "agen itu belum punya chat",
  impossible: "sekarang belum bisa",
};

function notResolved({ ref, why, state, detail }: Extract<NotDone, { kind: "not-resolved" }>): string {
  switch (why) {
    case "biller-confirms":
      return `MMBC mengatakan CONFIRM untuk ${showRef(ref)}: hanya bisa ditetapkan LUNAS.`;
    case "ended":
      return `${showRef(ref)} baru saja berakhir: ${STATES[state]}.`;
    case "changed":
      return `${showRef(ref)} baru saja berubah. Lihat lagi: CARI ${ref}.`;
    case "impossible":
      return `${showRef(ref)} (${STATES[state]}) tidak bisa ditetapkan sekarang.${detail === "" ? "" : ` Rincian: ${detail}`}`;
  }
}

export const USAGES: Readonly<Record<Usage, string>> = {
  find: "Ketik CARI dan nomor pelat, TRX, angka akhir nomor HP, atau nama agen. Contoh: CARI F 1234 AB",
  resolve:
    "Ketik TETAPKAN, nomornya, lalu LUNAS dan ref. bank, KEMBALI, atau TIDAK dan alasannya. Contoh: TETAPKAN 7K2MQ LUNAS 5A834FE7",
  why: "Alasannya harus ada, contoh: TETAPKAN 7K2MQ TIDAK belum ada di daftar MMBC",
  resend: "Ketik KIRIM ULANG dan nomornya. Contoh: KIRIM ULANG 7K2MQ",
  "top-up": "Ketik ISI, nama atau kode agen, lalu jumlahnya. Contoh: ISI Cibinong 500000",
  open: "Ketik BUKA dan nama atau kode agen. Contoh: BUKA K7QM",
  reply: "Ketik JAWAB, nomor tugas, lalu pesannya. Contoh: JAWAB 12 Silakan datang besok.",
  give: "Ketik BERIKAN, nomor permintaan, lalu nama atau kode agen. Contoh: BERIKAN 7K2MQ K7QM",
  close: "Alasannya harus ada, dan di mana uang pelanggan. Contoh: TUTUP 7K2MQ uang sudah kembali",
  number: "Sebutkan nomor tugasnya, contoh: SELESAI 12. Daftarnya: PERLU",
  sum: "Jumlahnya tidak terbaca. Contoh: 500000, 500.000, 500rb, 1,5jt",
};
