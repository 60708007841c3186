import qrcode from "qrcode";

/** A QR for a terminal, with what to do with it. */
export async function qrText(qr: string): Promise<string> {
  const drawn = await qrcode.toString(qr, { type: "terminal", small: true });
  return `${drawn}\nOn the phone that has the counter's number: WhatsApp, Linked devices, Link a device, and scan this.`;
}
