import { randomBytes } from "node:crypto";
import type { proto } from "@whiskeysockets/baileys";
import type { Books, Connection, Device } from "./books.ts";
import { takeFault } from "./faults.ts";
import { offerQr, type Pairing, readPairing } from "./pairing.ts";
import { LID, seconds, stanza } from "./stanza.ts";

/** Whom a client turned out to be. */
export type Login =
  | { readonly kind: "device"; readonly device: Device }
  | { readonly kind: "stranger"; readonly pairing: Pairing }
  | { readonly kind: "refused"; readonly reason: number };

/** A client without a user name wants to be linked; one with must hold the key that it had when it was linked. */
export function judge(books: Books, payload: proto.ClientPayload, noiseKey: Buffer): Login {
  books.logins.push(payload);
  const fault = takeFault(books, "login");
  if (fault !== undefined) return { kind: "refused", reason: fault.reason };
  if (payload.devicePairingData) return { kind: "stranger", pairing: readPairing(payload.devicePairingData) };
  const device = books.devices.get(payload.device ?? 0);
  const known = String(payload.username) === books.shop.pn && device?.noiseKey.equals(noiseKey) === true;
  return known && device !== undefined ? { kind: "device", device } : { kind: "refused", reason: 401 };
}

/** What the server says first. */
export function welcome(books: Books, connection: Connection, login: Login): void {
  switch (login.kind) {
    case "stranger":
      offerQr(books, connection, () => Buffer.from(`2@${randomBytes(24).toString("base64")}`));
      break;
    case "refused":
      connection.send(stanza("failure", { reason: String(login.reason), location: "sim", t: seconds() }));
      connection.close();
      break;
    case "device":
      takeOver(books, connection, login.device);
      break;
  }
}

/** Another connection of the same device ends; what the device has not confirmed yet is sent again, marked as such. */
function takeOver(books: Books, connection: Connection, device: Device): void {
  const other = device.connection;
  if (other !== undefined) {
    other.send(stanza("stream:error", {}, [stanza("conflict", { type: "replaced" })]));
    other.close();
  }
  device.connection = connection;
  const { number, queue } = device;
  connection.send(stanza("success", { t: seconds(), lid: `${books.shop.lid}:${number}${LID}`, props: "27" }));
  const waiting = [...queue.values()];
  const of = (tag: string) => String(waiting.filter((one) => one.tag === tag).length);
  const count = String(waiting.length);
  const preview = { count, message: of("message"), receipt: of("receipt"), notification: of("notification") };
  if (waiting.length > 0) connection.send(stanza("ib", {}, [stanza("offline_preview", preview)]));
  for (const one of waiting) connection.send({ ...one, attrs: { ...one.attrs, offline: "0" } });
  connection.send(stanza("ib", {}, [stanza("offline", { count })]));
}
