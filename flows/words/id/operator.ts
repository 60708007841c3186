import type { Rupiah } from "../../../src/domain/rupiah.ts";
import { showRupiah } from "../../../src/domain/rupiah.ts";
import { showDate } from "../../../src/domain/time.ts";
import type { Alert, DepositShown, DeskNews, PaymentBrief, PaymentShown, Usage } from "../../operator/events.ts";
import type { AgentCard, Changed, NotDone, RequestBrief, Story, TaskLine, Today } from "../../operator/results.ts";
import { label, line } from "../lines.ts";
import { storyTime } from "../story-time.ts";
import type { How } from "../words.ts";
import { alertText, depositOf, kindOf, newsText, todayText } from "./operator-alerts.ts";
import { changedText, notDoneText, USAGES } from "./operator-results.ts";
import { agentLine, paymentLine, requestLine, STATES, storyText } from "./operator-story.ts";

type None = Readonly<Record<never, never>>;

/** The operator's chat. */
export const operator = {
  op_welcome: (v: { readonly name: string; readonly loket: string }) =>
    `Selamat datang, ${v.name}. Chat ini sekarang chat petugas ${v.loket}. Yang perlu Anda kami kabarkan di sini.`,
  op_menu: (_: None) =>
    [
      "CARI pelat, TRX, angka akhir HP, atau agen",
      "PERLU: yang menunggu Anda · HARI INI: ringkasan",
      "TETAPKAN TRX LUNAS ref · KEMBALI · TIDAK alasan",
      "KIRIM ULANG TRX: bukti sekali lagi",
      "AGEN: saldo semua · ISI agen jumlah · BUKA agen",
      "DEPOSIT: isinya · DEPOSIT jumlah: setoran baru",
      "JAWAB nomor pesan: ke pelanggan · SELESAI nomor",
      "BERIKAN permintaan agen · TUTUP permintaan alasan",
      "KUNCI: PIN diminta lagi",
    ].join("\n"),
  op_not_understood: (_: None) => "Belum kami mengerti. Ketik BANTUAN untuk daftar perintah.",
  op_media: (_: None) => "Chat ini hanya membaca tulisan. Ketik BANTUAN untuk daftar perintah.",
  op_usage: (v: { readonly usage: Usage }) => USAGES[v.usage],
  op_sums: (_: None) => "Jumlah yang mana?",
  op_cancelled: (_: None) => "Dibatalkan. Tidak ada yang diubah.",
  op_nothing_waiting: (_: None) => "Tidak ada yang menunggu untuk dibatalkan.",
  op_pin_first: (_: None) => "PIN Anda belum ada, dan setiap perubahan memerlukannya. Buat dulu.",
  op_pin_later: (_: None) => "Baik. PIN kami minta saat Anda mau mengubah sesuatu.",
  op_pin_locked: (_: None) =>
    "PIN terkunci. Petugas lain bisa membukanya dengan BUKA dan nama Anda; atau hubungkan ulang di komputer: npx loket operator unlink, lalu link.",
  op_pin_lapsed: (_: None) => "PIN tidak diketik, jadi tidak jadi. Tidak ada yang diubah.",
  op_session_locked: (_: None) => "Terkunci. PIN kami minta lagi sebelum perubahan berikutnya.",
  op_reply_to: (v: { readonly id: number }) => `Ketik pesan untuk pelanggan #${v.id}. BATAL: tidak jadi.`,
  op_back_online: (_: None) => "Kami baru tersambung lagi. Mohon kirim ulang pesan tadi.",

  op_story: (v: { readonly story: Story; readonly now: number }) => storyText(v.story, v.now),
  op_found: (v: {
    readonly payments: readonly PaymentBrief[];
    readonly requests: readonly RequestBrief[];
    readonly agents: readonly AgentCard[];
    readonly now: number;
  }) =>
    [
      "Yang cocok, terbaru di atas:",
      ...v.payments.map((one) => `${storyTime(one.openedAt, v.now, showDate)} ${paymentLine(one)}`),
      ...v.requests.map(requestLine),
      ...v.agents.map(agentLine),
    ].join("\n"),
  op_nothing: (v: { readonly asked: string }) =>
    `Tidak ada yang cocok dengan “${v.asked}”. Coba nomor pelat, TRX, angka akhir nomor HP, atau nama agen.`,
  op_tasks: (v: { readonly tasks: readonly TaskLine[]; readonly more: number; readonly now: number }) =>
    v.tasks.length === 0
      ? "Tidak ada tugas. Semua beres."
      : [
          "Tugas terbuka, ketik PERLU dan nomornya:",
          ...v.tasks.map((one) =>
            line(`#${one.id}`, storyTime(one.at, v.now, showDate), kindOf(one.kind), one.ref ?? "", one.who),
          ),
          ...(v.more === 0 ? [] : [`dan ${v.more} lagi`]),
        ].join("\n"),
  op_agents: (v: { readonly agents: readonly AgentCard[] }) =>
    v.agents.length === 0 ? "Belum ada agen." : ["Agen:", ...v.agents.map(agentLine)].join("\n"),
  op_agent: (v: { readonly agent: AgentCard; readonly payments: readonly PaymentBrief[]; readonly now: number }) =>
    [
      `Agen ${agentLine(v.agent)}`,
      v.payments.length === 0 ? "Belum ada pembayaran." : "Pembayaran terakhir:",
      ...v.payments.map((one) => `${storyTime(one.openedAt, v.now, showDate)} ${paymentLine(one)}`),
    ].join("\n"),
  op_deposit: (v: { readonly deposit: DepositShown }) =>
    v.deposit.started
      ? `${depositOf(v.deposit)} Sedang berjalan: ${showRupiah(v.deposit.underWay)}.`
      : depositOf(v.deposit),
  op_today: (v: { readonly today: Today }) => todayText(v.today),
  op_how_resolve: (v: { readonly ref: string; readonly bare: string; readonly state: PaymentShown }) =>
    [
      `${v.ref} (${STATES[v.state]}). Tanyakan dulu ke MMBC, lalu ketik salah satu:`,
      `TETAPKAN ${v.bare} LUNAS dan ref. bank`,
      `TETAPKAN ${v.bare} KEMBALI`,
      `TETAPKAN ${v.bare} TIDAK dan alasannya`,
    ].join("\n"),
  op_not_asked: (v: { readonly ref: string; readonly state: PaymentShown }) =>
    `${v.ref}: ${STATES[v.state]}. MMBC tidak perlu ditanya.`,
  op_changed: (v: { readonly done: Changed }) => changedText(v.done),
  op_not_done: (v: { readonly no: NotDone; readonly now: number }) => notDoneText(v.no, v.now),
  op_alert: (v: { readonly alert: Alert }, how: How) => alertText(v.alert, how),
  op_news: (v: { readonly news: DeskNews }) => newsText(v.news),

  /** To a customer. */
  staff_says: (v: { readonly text: string }) => `Petugas: ${v.text}`,
  handed_back: (_: None) => "Petugas sudah selesai. Layanan otomatis kembali: ketik MENU untuk cek pajak.",
  /** To an agent. */
  wish_not_in: (v: { readonly amount: Rupiah }) =>
    `Isi saldo ${showRupiah(v.amount)}: uangnya belum kami lihat. Kirim bukti transfer ke petugas, lalu minta lagi.`,
};

/** At most 20 characters. */
export const operatorLabels = {
  label_op_check: (_: None) => "Cek sekarang",
  label_op_task: (v: { readonly id: number }) => `Lihat #${v.id}`,
  label_op_tell: (_: None) => "Kabari pelanggan",
  label_op_resolve: (_: None) => "Tetapkan",
  label_op_got: (_: None) => "Sudah masuk",
  label_op_not_got: (_: None) => "Belum",
  label_op_agree: (_: None) => "Setuju",
  label_op_reject: (_: None) => "Tolak",
  label_op_reply: (_: None) => "Balas",
  label_op_close: (_: None) => "Selesai",
  label_op_look: (_: None) => "Lihat",
  label_op_go_on: (_: None) => "Lanjutkan bayar",
  label_op_unlock: (_: None) => "Buka, PIN lama",
  label_op_new_pin: (_: None) => "PIN baru",
  label_op_resume: (_: None) => "Aktifkan lagi",
  label_op_again: (v: { readonly amount: Rupiah }) => `Lagi ${showRupiah(v.amount)}`,
  label_op_no: (_: None) => "Jangan",
  label_op_sum: (v: { readonly amount: Rupiah }) => `Ya, ${showRupiah(v.amount)}`,
  label_op_agent: (v: { readonly name: string; readonly id: string }, how: How) => label(`Agen ${v.id} ${v.name}`, how),
  label_op_payment: (v: { readonly ref: string }) => `Lihat ${v.ref}`,
};
