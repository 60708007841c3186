import { Curve, type KeyPair, proto, WA_CERT_DETAILS } from "@whiskeysockets/baileys";

const FOREVER = 4_102_444_800;

/** What a server proves itself with in each handshake: its lasting key, and the chain that vouches for it. */
export interface ServerKey {
  readonly fixed: KeyPair;
  readonly chain: Uint8Array;
}

/** One for all handshakes of a server: two signatures for each connection cost more than all else that it does then. */
export function makeServerKey(root: KeyPair): ServerKey {
  const fixed = Curve.generateKeyPair();
  return { fixed, chain: certificateChain(root, fixed.public) };
}

/**
 * The chain that a client checks in the handshake: the root signs an intermediate key, that one the server's key.
 * rc14 takes any well-formed signature (its Curve.verify drops libsignal's answer); these are true ones, so that the
 * day it looks, only `trustRoot` is needed.
 */
function certificateChain(root: KeyPair, serverKey: Uint8Array): Uint8Array {
  const intermediate = Curve.generateKeyPair();
  const details = proto.CertChain.NoiseCertificate.Details;
  const dates = { notBefore: 0, notAfter: FOREVER };
  const middle = { serial: 1, issuerSerial: WA_CERT_DETAILS.SERIAL, key: intermediate.public, ...dates };
  const upper = Buffer.from(details.encode(middle).finish());
  const lower = Buffer.from(details.encode({ serial: 2, issuerSerial: 1, key: serverKey, ...dates }).finish());
  return proto.CertChain.encode({
    intermediate: { details: upper, signature: Curve.sign(root.private, upper) },
    leaf: { details: lower, signature: Curve.sign(intermediate.private, lower) },
  }).finish();
}

/** Makes Baileys in this process take chains of that root (32 bytes, hex). */
export function trustRoot(root: string): void {
  WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(root, "hex");
}
