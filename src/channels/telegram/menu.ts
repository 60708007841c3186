/** The menu beside Telegram's text field. */
export const MENU = {
  id: [
    { command: "menu", description: "Cek dan bayar pajak kendaraan" },
    { command: "status", description: "Status pembayaran" },
    { command: "riwayat", description: "Pembayaran Anda" },
    { command: "bukti", description: "Bukti pembayaran terakhir" },
    { command: "bantuan", description: "Bantuan" },
    { command: "petugas", description: "Bicara dengan petugas" },
    { command: "batal", description: "Batalkan" },
    { command: "privasi", description: "Data pribadi Anda" },
  ],
  en: [
    { command: "menu", description: "Check and pay vehicle tax" },
    { command: "status", description: "Payment status" },
    { command: "history", description: "Your payments" },
    { command: "proof", description: "Proof of the last payment" },
    { command: "help", description: "Help" },
    { command: "staff", description: "Talk to our staff" },
    { command: "cancel", description: "Cancel" },
    { command: "privacy", description: "Your personal data" },
  ],
} as const;
