import { type Asked, billAnswer, type Fields, failureAnswer, noAnswer, paidAnswer, written } from "./answers.ts";
import type { ServerBook } from "./book.ts";
import type { VehicleKind } from "./kinds.ts";
import { DEBET, type Slip } from "./paying.ts";
import { sandboxVehicle } from "./vehicles.ts";

/** What the server does with a call: a value, so that the faults can be read in one place. */
export type Reaction =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: string;
      readonly delay: "none" | "slow" | "hang";
    }
  /** The connection is broken off. */
  | { readonly kind: "reset" };

export interface Login {
  readonly username: string;
  readonly password: string;
}

const NOT_FOUND =
  "Maaf, Datamu Tidak Ketemu. Silakan periksa kembali nomor rangka dan nomor KTP yang telah dimasukkan.";
const ALREADY_PAID = "Tagihan sudah dibayar (Kode: 0054)";
const GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

/** One call of the API; undefined when it has no such name. `fields` are the body's. */
export function react(
  name: string,
  fields: Fields,
  world: { book: ServerBook; login: Login; at: number },
): Reaction | undefined {
  const { book, login, at } = world;
  if (!["list_esamsat", "inquiry_esamsat", "pay_esamsat", "status_invoice"].includes(name)) return undefined;
  if (fields.username !== login.username || fields.password !== login.password) {
    return answer({ result: "no", reason: "invalid login" });
  }
  const invoice = fields.invoice ?? "";
  switch (name) {
    case "list_esamsat":
      return { kind: "answer", status: 200, body: JSON.stringify(regionsOf(book)), delay: "none" };
    case "inquiry_esamsat":
      return inquiry(book, askedIn(fields), at);
    case "pay_esamsat":
      return pay(book, invoice, at);
    default:
      return status(book, invoice, at);
  }
}

function regionsOf(book: ServerBook): readonly Fields[] {
  return Object.entries(book.regions).map(([product, status]) => ({
    product,
    product_code: product,
    debet: DEBET,
    cashback: "2000",
    status,
  }));
}

function askedIn(fields: Fields): Asked {
  return {
    product: fields.product ?? "",
    nik: (fields.customer_number ?? "").trim(),
    chassis: (fields.structure_number ?? "").trim().toUpperCase(),
  };
}

function inquiry(book: ServerBook, asked: Asked, at: number): Reaction {
  const no = (reason: string) => answer(noAnswer(asked, "", reason, at));
  if (book.regions[asked.product] !== "ON") return no("Produk sedang tutup");
  const vehicle = sandboxVehicle(asked.chassis);
  if (vehicle === undefined || vehicle.kind === "not-found" || !/^[0-9]{15,16}$/.test(asked.nik)) return no(NOT_FOUND);
  if (vehicle.kind === "down") {
    return vehicle.number % 2 === 0
      ? { ...answer({ result: "no", reason: "gangguan" }), status: 503 }
      : { kind: "reset" };
  }
  if (vehicle.kind === "already-paid" || book.isPaid(asked.chassis)) return no(ALREADY_PAID);
  const slip = book.invoice(asked);
  if (slip === undefined) return no(NOT_FOUND);
  const found = answer(billAnswer(slip, at), slip);
  return vehicle.kind === "slow" ? { ...found, delay: "slow" } : found;
}

function pay(book: ServerBook, invoice: string, at: number): Reaction {
  const paid = book.pay(invoice);
  if (paid.kind === "no") {
    return answer(noAnswer(askedOf(paid.slip), invoice, paid.reason, at), paid.slip);
  }
  const { slip } = paid;
  const usual = answer(paidAnswer(slip, book.statusOf(slip), at), slip);
  switch (slip.vehicle.kind satisfies VehicleKind) {
    case "hang-applied":
      return { ...usual, delay: "hang" };
    case "hang-not-applied":
      return { ...answer(failureAnswer(invoice)), delay: "hang" };
    case "reset-applied":
      return { kind: "reset" };
    case "bad-gateway":
      return { kind: "answer", status: 502, body: GATEWAY, delay: "none" };
    case "garbage":
      return {
        ...usual,
        body: `<br />\n<b>Warning</b>: mysqli_connect() in <b>pay.php</b>\n${usual.body.slice(0, 90)}`,
      };
    default:
      return usual;
  }
}

function status(book: ServerBook, invoice: string, at: number): Reaction {
  const slip = book.slip(invoice);
  if (slip === undefined) return answer(failureAnswer(invoice));
  const now = book.statusOf(slip);
  if (now === "FAILURE") return answer(failureAnswer(invoice), slip);
  return answer(now === "INQUIRY" ? billAnswer(slip, at) : paidAnswer(slip, now, at), slip);
}

function askedOf(slip: Slip | undefined): Asked {
  if (slip === undefined) return { product: "", nik: "", chassis: "" };
  return slip.invoiced;
}

type Answered = Extract<Reaction, { kind: "answer" }>;

function answer(fields: Fields, slip?: Slip): Answered {
  const keys = slip?.vehicle.kind === "bare-keys" ? "bare" : "quoted";
  return { kind: "answer", status: 200, body: written(fields, keys), delay: "none" };
}
