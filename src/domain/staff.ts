import type { Brand } from "./brand.ts";
import { ALPHABET, bare, nameFrom } from "./ref.ts";

/** One of the counter's own people: an agent or the operator. Four of ref.ts' ALPHABET, `K7QM`. */
export type StaffId = Brand<string, "StaffId">;

/** A customer's request that an agent takes his money and pays: spelled like a payment's reference, `7K2MQ`. */
export type RequestRef = Brand<string, "RequestRef">;

/** The account of an agent's balance in the ledger. */
export function agentAccount(id: StaffId): string {
  return `agent:${id}`;
}

/** From at least four random bytes. */
export function staffIdFrom(bytes: Uint8Array): StaffId {
  return nameFrom(bytes, ID_LENGTH) as StaffId;
}

/** `K7QM`, `k7qm`: case, blanks and dashes do not matter. Says nothing of whether there is such a person. */
export function readStaffId(text: string): StaffId | undefined {
  const typed = bare(text);
  return ID.test(typed) ? (typed as StaffId) : undefined;
}

/** `7K2MQ`, `7k2mq`: with a digit, so that no word is one. Says nothing of whether there is such a request. */
export function readRequestRef(text: string): RequestRef | undefined {
  const typed = bare(text);
  return REQUEST.test(typed) ? (typed as RequestRef) : undefined;
}

/** What binds a chat to one of the staff, once: eight of ALPHABET, from at least 16 bytes that nobody can guess. */
export function enrolCodeFrom(bytes: Uint8Array): string {
  if (bytes.length < 2 * CODE_LENGTH) throw new RangeError(`a code takes ${2 * CODE_LENGTH} random bytes`);
  // Two bytes a sign: one alone would make the first eight of the alphabet likelier.
  const sign = (place: number) => ((bytes[2 * place] ?? 0) * 256 + (bytes[2 * place + 1] ?? 0)) % ALPHABET.length;
  return Array.from({ length: CODE_LENGTH }, (_, place) => ALPHABET.charAt(sign(place))).join("");
}

/** `K7QM94QD`, `k7qm-94qd`. */
export function readEnrolCode(text: string): string | undefined {
  const typed = bare(text);
  return CODE.test(typed) ? typed : undefined;
}

const ID_LENGTH = 4;
const CODE_LENGTH = 8;
const ID = new RegExp(`^(?=.*[2-9])[${ALPHABET}]{${ID_LENGTH}}$`);
const REQUEST = new RegExp(`^(?=.*[2-9])[${ALPHABET}]{5}$`);
const CODE = new RegExp(`^[${ALPHABET}]{${CODE_LENGTH}}$`);
