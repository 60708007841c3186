import type { KeyRow, Progress } from "../../channels/whatsapp/rooms.ts";
import type { Sealer } from "../sealing.ts";

/** What a sealed value is bound to: moved to another row, it does not open. */
export const ABOUT = {
  creds: "whatsapp_creds:",
  key: (place: string) => `whatsapp_keys:${place}`,
  opened: (mark: string) => `whatsapp_opened:${mark}`,
  sent: (id: string) => `whatsapp_sent:${id}`,
  person: (place: string) => `whatsapp_people:${place}`,
  answer: (identity: string) => `whatsapp_answers:${identity}`,
} as const;

// Names of keys and people hold phone numbers: they stand in a database as keyed hashes, and themselves only sealed.

export function placeOfKey(sealer: Sealer, { type, id }: Pick<KeyRow, "type" | "id">): string {
  return sealer.index(`whatsapp-key:${type}:${id}`);
}

export function placeOfAddress(sealer: Sealer, address: string): string {
  return sealer.index(`whatsapp-address:${address}`);
}

/** Long enough that no two people have the same. */
const NAME = 16;

/** The name of somebody who is not known yet. */
export function newIdentity(sealer: Sealer, addresses: readonly string[], answer: string): string {
  // A hidden address is the better name: it stays when the number changes.
  const first = addresses.find((address) => address.endsWith("@lid")) ?? answer;
  return placeOfAddress(sealer, first).slice(0, NAME);
}

/** How far a message of ours may get, the least first. */
export const PROGRESS: readonly (Progress | "kept")[] = ["kept", "written", "accepted", "delivered", "read"];
