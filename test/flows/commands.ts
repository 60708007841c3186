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
];
