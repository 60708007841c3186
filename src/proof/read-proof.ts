import { z } from "zod";
import { keepChassis } from "../domain/chassis.ts";
import { type AuthenticityCode, type PaymentRef, readCode, readRef } from "../domain/ref.ts";
import { readRupiah } from "../domain/rupiah.ts";
import { PROOF_VERSION, type Proof } from "./proof.ts";

/** Reads with a reader of the domain, so that a brand is only ever given by the one who checks it. */
const by = <T>(read: (value: string) => T | undefined) =>
  z.string().transform((value, context): T => {
    const found = read(value);
    if (found !== undefined) return found;
    context.addIssue({ code: "custom", message: "cannot be read" });
    return z.NEVER;
  });

const sum = z.number().transform((value, context) => {
  const found = readRupiah(value);
  if (found !== undefined) return found;
  context.addIssue({ code: "custom", message: "is no sum in whole rupiah" });
  return z.NEVER;
});

const text = z.string();

const SAVED = z.object({
  version: z.literal(PROOF_VERSION),
  title: text,
  sandbox: z.boolean(),
  counter: text,
  contact: text,
  ref: by<PaymentRef>(readRef),
  code: by<AuthenticityCode>(readCode),
  copy: z.int().min(0),
  invoice: text,
  paymentCode: text,
  reference: text,
  trace: text,
  paidAt: z.int(),
  zone: z.enum(["WIB", "WITA", "WIT"]),
  tanggal: text,
  product: text,
  region: text,
  plate: text,
  owner: text,
  chassis: by(keepChassis),
  brand: text,
  model: text,
  color: text,
  year: text,
  maskedNik: text.regex(/\*/, "is not masked"),
  sums: z.object({ pkb: sum, swdkllj: sum, bbn: sum, pkbPenalty: sum, swdklljPenalty: sum, bbnPenalty: sum }),
  other: sum,
  fee: sum,
  total: sum,
  totalInWords: text,
  validation: z.object({ place: text, bring: text, receive: text }),
});

/** A saved proof. Throws when it is damaged or newer than this program; the error names fields, never their values. */
export function readProof(json: string): Proof {
  const saved = parsed(json);
  const { success, data: header } = z.object({ version: z.int() }).safeParse(saved);
  if (success && header.version > PROOF_VERSION) {
    throw new Error(
      `This proof has version ${header.version}; this program reads up to ${PROOF_VERSION}. Start the newer program again.`,
    );
  }
  const read = SAVED.safeParse(saved);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new Error(`A saved proof cannot be read: ${faults.join("; ")}. Restore it from a backup.`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The parser's own message quotes the text, and the text holds a name and a chassis number.
    throw new Error("A saved proof cannot be read: it is no JSON. Restore it from a backup.");
  }
}
