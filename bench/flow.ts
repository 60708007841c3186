/**
 * The conversation that every peer holds: six messages, six replies. A reply begins with the number of its stage, so
 * that whoever listens knows how far the conversation is.
 */
export const TEXTS = ["/start", "JABAR", "3204110101800001", "MH1JFZ110HK123456", "BAYAR", "YA"] as const;

export function textOf(turn: number): string {
  return TEXTS[turn] ?? "YA";
}

const REGIONS = ["JABAR", "JATENG", "JATIM", "BANTEN", "DKI"];

export type Field = "region" | "nik" | "chassis" | "bayar" | "ya";

/** Whether a text answers the question. */
export const READS: Readonly<Record<Field, (text: string) => boolean>> = {
  region: (text) => REGIONS.includes(text),
  nik: (text) => /^\d{16}$/.test(text),
  chassis: (text) => /^[A-Z0-9]{17}$/.test(text),
  bayar: (text) => text === "BAYAR",
  ya: (text) => text === "YA",
};

export interface PeerBill {
  readonly invoice: string;
  readonly plate: string;
  readonly owner: string;
  readonly total: number;
}

export interface PeerProof {
  readonly reference: string;
  readonly total: number;
}

/** What a conversation has learnt so far. */
export interface Known {
  region?: string;
  nik?: string;
  chassis?: string;
  bill?: PeerBill;
  proof?: PeerProof;
}

export const SAYS = {
  region: () => `1 Pilih wilayah: ${REGIONS.join(", ")}`,
  nik: () => "2 Ketik NIK di KTP, 16 angka",
  chassis: () => "3 Ketik nomor rangka, 17 huruf dan angka",
  bill: ({ region, nik, chassis, bill }: Known) =>
    `4 Pajak ${bill?.plate} (${region}, NIK ${nik}, rangka ${chassis}): Rp${bill?.total}. Balas BAYAR`,
  confirm: ({ bill }: Known) => `5 Rp${bill?.total} untuk ${bill?.plate}, benar? Balas YA`,
  proof: ({ proof }: Known) => `6 LUNAS Rp${proof?.total}, bukti ${proof?.reference}`,
  strange: () => "0 Maaf, itu bukan jawabannya",
  over: () => "0 Sudah selesai",
} as const;

export function stageOf(text: string): number {
  return Number(text.charAt(0));
}

export interface PeerBiller {
  inquire(chassis: string): Promise<PeerBill>;
  pay(bill: PeerBill, user: number): Promise<PeerProof>;
}

/** Answers at once. */
export function peerBiller(paid: (user: number) => void): PeerBiller {
  return {
    inquire: async (chassis) => ({
      invoice: `I${chassis.slice(-6)}`,
      plate: "F 1234 AB",
      owner: "JORDAN",
      total: 183_500,
    }),
    async pay(bill, user) {
      paid(user);
      return { reference: `R${bill.invoice}`, total: bill.total };
    },
  };
}
