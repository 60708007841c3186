/** What our sentences ask a person to type, in each language. */
export const COMMANDS: readonly (readonly [indonesian: string, english: string])[] = [
  ["MENU", "MENU"],
  ["STATUS", "STATUS"],
  ["BATAL", "CANCEL"],
  ["BANTUAN", "HELP"],
  ["BUKTI", "PROOF"],
  ["RIWAYAT", "HISTORY"],
  ["PETUGAS", "STAFF"],
  ["MULAI LAGI", "RESTART"],
  ["LANJUT", "RESUME"],
  ["PRIVASI", "PRIVACY"],
  ["HAPUS DATA", "DELETE MY DATA"],
  ["TETAP", "KEEP"],
  ["UBAH", "CHANGE"],
  ["BAYAR", "PAY"],
  ["ASLI", "GENUINE"],
  ["SALDO", "BALANCE"],
  ["MUTASI", "LINES"],
  ["ISI", "TOPUP"],
  ["LAP", "REPORT"],
  ["BUANG", "DROP"],
  ["KUNCI", "LOCK"],
  ["TUGAS", "DUTY"],
  ["ISTIRAHAT", "BREAK"],
];

/** What they ask for about a request alone: to its customer, and to its agent with its code behind it. */
export const CUSTOMER_COMMANDS: readonly (readonly [indonesian: string, english: string])[] = [
  ["SUDAH", "HANDED OVER"],
  ["SETUJU", "AGREE"],
  ["LOKET LAIN", "OTHER COUNTER"],
  ["TUNGGU", "WAIT"],
];
export const HAND_COMMANDS: readonly (readonly [indonesian: string, english: string])[] = [
  ["AMBIL", "TAKE"],
  ["LEWATI", "SKIP"],
  ["LEPAS", "RELEASE"],
  ["COBA LAGI", "TRY AGAIN"],
  ["KEMBALIKAN", "GIVEN BACK"],
];
export const REQUEST_COMMANDS = [...CUSTOMER_COMMANDS, ...HAND_COMMANDS];
