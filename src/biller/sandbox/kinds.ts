/** What the sandbox does with a vehicle: its chassis number alone decides it. */
export type VehicleKind =
  | "ordinary"
  | "penalties"
  | "other-part"
  | "plate-b"
  | "not-found"
  | "already-paid"
  | "pending-confirm"
  | "pending-refund"
  | "hang-applied"
  | "hang-not-applied"
  | "reset-applied"
  | "bad-gateway"
  | "garbage"
  | "bare-keys"
  | "wrong-total"
  | "bad-bill"
  | "refused"
  | "slow"
  | "down";

export interface Kind {
  readonly kind: VehicleKind;
  /** At most seven letters and digits, none of them I, O or Q, so that the chassis number raises no doubt. */
  readonly word: string;
  /** Prefix and suffix of the plate: each vehicle has one of its own. */
  readonly plate: readonly [prefix: string, suffix: string];
  readonly title: string;
  readonly titleId: string;
  readonly what: string;
}

export const KINDS: readonly Kind[] = [
  {
    kind: "ordinary",
    word: "LANCAR",
    plate: ["F", "Z"],
    title: "Ordinary",
    titleId: "Lancar",
    what: "The bill of Rp183.500 is found and paid at once.",
  },
  {
    kind: "penalties",
    word: "DENDA",
    plate: ["F", "DA"],
    title: "Penalties and BBN",
    titleId: "Denda dan BBN",
    what: "The bill has BBN and all three penalties, one of them Rp75.",
  },
  {
    kind: "other-part",
    word: "TAMBAH",
    plate: ["F", "TA"],
    title: "Other components",
    titleId: "Komponen lain",
    what: "The total is Rp2.500 more than its parts.",
  },
  {
    kind: "plate-b",
    word: "PLATB",
    plate: ["B", "KZB"],
    title: "B plate",
    titleId: "Pelat B",
    what: "An ordinary bill of a vehicle from Bekasi, whose STNK is validated elsewhere.",
  },
  {
    kind: "not-found",
    word: "TAKADA",
    plate: ["F", "TK"],
    title: "Not found",
    titleId: "Tidak ditemukan",
    what: "The biller does not know it. So it is with every chassis number that is not in this list.",
  },
  {
    kind: "already-paid",
    word: "LUNAS",
    plate: ["F", "LS"],
    title: "Already paid",
    titleId: "Sudah lunas",
    what: "The inquiry says that the tax is paid.",
  },
  {
    kind: "pending-confirm",
    word: "PENDYES",
    plate: ["F", "PY"],
    title: "Pending, then paid",
    titleId: "Tertunda, lalu lunas",
    what: "pay answers PENDING; after a while the status is CONFIRM.",
  },
  {
    kind: "pending-refund",
    word: "PENDREF",
    plate: ["F", "PR"],
    title: "Pending, then refunded",
    titleId: "Tertunda, lalu dikembalikan",
    what: "pay answers PENDING; after a while the status is REFUND and the deposit has the money back.",
  },
  {
    kind: "hang-applied",
    word: "HANGYES",
    plate: ["F", "HY"],
    title: "No answer, but paid",
    titleId: "Tanpa jawaban, tetapi lunas",
    what: "pay debits the deposit and never answers in time; the status is CONFIRM.",
  },
  {
    kind: "hang-not-applied",
    word: "HANGNAY",
    plate: ["F", "HN"],
    title: "No answer, not paid",
    titleId: "Tanpa jawaban, tidak lunas",
    what: "pay does nothing and never answers in time; the status is FAILURE.",
  },
  {
    kind: "reset-applied",
    word: "RESET",
    plate: ["F", "RS"],
    title: "Connection broken, but paid",
    titleId: "Sambungan putus, tetapi lunas",
    what: "pay debits the deposit and breaks the connection off; the status is CONFIRM.",
  },
  {
    kind: "bad-gateway",
    word: "ERR502",
    plate: ["F", "ER"],
    title: "502 Bad Gateway",
    titleId: "502 Bad Gateway",
    what: "pay is answered by a gateway's error page and does nothing; the status is FAILURE.",
  },
  {
    kind: "garbage",
    word: "GARBAGE",
    plate: ["F", "GB"],
    title: "Garbage",
    titleId: "Jawaban rusak",
    what: "pay debits the deposit and answers with a PHP warning and half an answer; the status is CONFIRM.",
  },
  {
    kind: "bare-keys",
    word: "BAREKEY",
    plate: ["F", "BK"],
    title: "Keys without quotes",
    titleId: "Kunci tanpa tanda kutip",
    what: "Every answer is written as the document prints it: not strict JSON. It is found and paid.",
  },
  {
    kind: "wrong-total",
    word: "BADSUM",
    plate: ["F", "BS"],
    title: "Another total",
    titleId: "Jumlah berbeda",
    what: "pay and status say CONFIRM with a total that is Rp1.000 more than the bill's: never paid by itself.",
  },
  {
    kind: "bad-bill",
    word: "KURANG",
    plate: ["F", "KR"],
    title: "Bad bill",
    titleId: "Tagihan rusak",
    what: "The bill's total is less than its parts: it cannot be paid.",
  },
  {
    kind: "refused",
    word: "REFUSED",
    plate: ["F", "RF"],
    title: "Refused",
    titleId: "Ditolak",
    what: 'pay says "already paid (Kode: 0054)" though nothing was; the status is FAILURE.',
  },
  {
    kind: "slow",
    word: "LAMBAT",
    plate: ["F", "LB"],
    title: "Slow",
    titleId: "Lambat",
    what: "The inquiry takes a few seconds; then all is ordinary.",
  },
  {
    kind: "down",
    word: "RUSAK",
    plate: ["F", "RK"],
    title: "Biller down",
    titleId: "Gangguan",
    what: "The inquiry is answered with 503 (even numbers) or with a broken connection (odd ones).",
  },
];
