/** Words of a message that say nothing of a vehicle: greetings, titles, thanks, "please". */
const POLITE: ReadonlySet<string> = new Set(
  [
    "pak bu bpk ibu bapak mas mbak mba kak bang om tante gan min admin saya kami kita ini itu berikut yang untuk dari",
    "tolong mohon minta bantu dibantu dong ya yah nih sih kalau kalo bisa boleh mau ingin semua semuanya juga sama dan",
    "bayar bayarkan dibayar dibayarin bayarin pajak pajaknya cek dicek dicekin tagihan tagihannya data datanya list daftar",
    "motor mobil kendaraan unit total terima kasih makasih trims thanks thank you banyak sebelumnya nuhun suwun",
    "selamat pagi siang sore malam assalamualaikum assalamu'alaikum wr wb halo hai hi hello permisi punten ok oke siap",
    "please kindly dear sir madam the for all and pay check tax",
  ]
    .join(" ")
    .split(" "),
);

/** A forwarded message's own marks. */
const FORWARDED = /^(?:\[?forwarded\]?|diteruskan|pesan diteruskan|\[?\d{1,2}[/.]\d{1,2}.*\])$/i;

/** Whether a line can be passed over: empty, polite, or no more than a name. */
export function isSmallTalk(line: string): boolean {
  const text = line.replace(/[^\p{L}\p{N}'\s]/gu, " ").trim();
  if (text === "" || FORWARDED.test(line.trim())) return true;
  const words = text.toLowerCase().split(/\s+/);
  const strange = words.filter((word) => !POLITE.has(word));
  return strange.length <= 2 && !strange.some((word) => /\d/.test(word));
}
