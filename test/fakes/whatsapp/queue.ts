import type { Device } from "./books.ts";
import type { Stanza } from "./stanza.ts";

/** Keeps a stanza until the device has confirmed it, and sends it if the device is there. */
export function give(device: Device, key: string, of: Stanza): void {
  device.queue.set(key, of);
  device.connection?.send(of);
}

export function receiptKey(id: string, type: string | undefined): string {
  return `receipt ${id} ${type ?? ""}`;
}
