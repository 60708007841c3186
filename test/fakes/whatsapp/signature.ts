import { createPublicKey, verify } from "node:crypto";

/** The prime of Curve25519. */
const P = 2n ** 255n - 19n;

/**
 * Whether a Curve25519 key (32 bytes) made this XEdDSA signature (64 bytes). Baileys' own Curve.verify says yes to
 * anything well formed. The key is turned into its Ed25519 form, y = (u - 1) / (u + 1); the sign of x travels in the
 * signature's highest bit.
 */
export function isSignedBy(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.length !== 32 || signature.length !== 64) return false;
  const u = fromLittleEndian(key) % P;
  const y = (((u - 1n + P) % P) * power(u + 1n, P - 2n)) % P;
  const point = toLittleEndian(y);
  const plain = Buffer.from(signature);
  const sign = plain.readUInt8(63) & 0x80;
  point[31] = point.readUInt8(31) | sign;
  plain[63] = plain.readUInt8(63) & 0x7f;
  const jwk = { kty: "OKP", crv: "Ed25519", x: point.toString("base64url") };
  return verify(null, message, createPublicKey({ key: jwk, format: "jwk" }), plain);
}

function fromLittleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
}

function toLittleEndian(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse();
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % P;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}
