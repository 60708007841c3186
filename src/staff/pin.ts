import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { StaffId } from "../domain/staff.ts";
import type { StaffRoom } from "../records/staff.ts";

export type PinCheck =
  | { readonly kind: "right" }
  /** `left`: how many tries there are before it locks. At 0 it has just been locked. */
  | { readonly kind: "wrong"; readonly left: number }
  | { readonly kind: "locked" }
  /** He has none, or there is no such person. */
  | { readonly kind: "none" };

/** A million PINs are soon tried whatever a hash costs: it is the seal that keeps them, and the count of tries. */
const COST = { n: 2 ** 14, r: 8, p: 1 };
const SALT = 16;
const HASH = 32;

/** Keeps his PIN, six digits, and ends a lock. A weak one is refused and changes nothing. */
export async function setPin(
  room: Pick<StaffRoom, "setPin">,
  id: StaffId,
  pin: string,
  at: number,
): Promise<"set" | "weak"> {
  if (isWeak(pin)) return "weak";
  const salt = randomBytes(SALT);
  const hash = await hashed(pin, salt, COST);
  const { n, r, p } = COST;
  await room.setPin(id, ["scrypt", n, r, p, salt.toString("base64url"), hash.toString("base64url")].join("$"), at);
  return "set";
}

/**
 * Whether it is his PIN. The try is counted before the hash is looked at, so that guesses at the same time count each;
 * the same message (`tryId`, the platform's id) with the same PIN counts once, however often it comes.
 */
export async function checkPin(
  room: Pick<StaffRoom, "tryPin" | "rightPin">,
  id: StaffId,
  pin: string,
  tryId: string,
  at: number,
): Promise<PinCheck> {
  // A tab of the web chat makes its own ids: one id with many PINs must not be one try.
  const counted = await room.tryPin(id, `${tryId} ${pin}`, at);
  if (counted.kind !== "try") return counted;
  if (!(await fits(pin, counted.hash))) return { kind: "wrong", left: counted.left };
  await room.rightPin(id, at);
  return { kind: "right" };
}

/** No six digits, all the same, or a run of neighbours in either direction (9 and 0 are neighbours). */
export function isWeak(pin: string): boolean {
  if (!/^[0-9]{6}$/.test(pin)) return true;
  const steps = new Set([...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin.charAt(at)) + 10) % 10));
  const [step] = steps;
  return steps.size === 1 && (step === 0 || step === 1 || step === 9);
}

async function fits(pin: string, kept: string): Promise<boolean> {
  const [kind, n, r, p, salt = "", hash = ""] = kept.split("$");
  if (kind !== "scrypt") throw new Error(`a PIN was hashed by "${kind}", which this program does not know`);
  const cost = { n: Number(n), r: Number(r), p: Number(p) };
  const known = Buffer.from(hash, "base64url");
  return timingSafeEqual(await hashed(pin, Buffer.from(salt, "base64url"), cost), known);
}

/** In a thread of Node's pool: about 50 ms of work and 16 MiB. */
function hashed(pin: string, salt: Uint8Array, { n, r, p }: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Costs of another version may take more than Node's own limit.
    scrypt(pin, salt, HASH, { N: n, r, p, maxmem: 256 * n * r }, (error, key) => {
      if (error === null) resolve(key);
      else reject(new Error("a PIN could not be hashed", { cause: error }));
    });
  });
}
