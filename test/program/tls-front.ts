import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { onTestFinished } from "vitest";
import { certificate } from "../fakes/whatsapp/tls.ts";

/** TLS before a biller that speaks plain http; its certificate is that of the fake WhatsApp. */
export interface TlsFront {
  readonly url: string;
  /**
   * From now on each connection waits before its handshake until it is known whether it may pass. Resolves with the first
   * that may not: it stands there, and its caller can have written nothing of his call.
   */
  guard(mayPass: () => Promise<boolean>): Promise<void>;
  /** All pass from now on. */
  open(): void;
}

/** Must be called in a test. */
export async function startTlsFront(to: string): Promise<TlsFront> {
  let mayPass = async () => true;
  let keep = () => {};
  const inner = createTlsServer(await certificate(), (secure) => {
    const onward = connect(Number(new URL(to).port), "127.0.0.1");
    secure.on("error", () => onward.destroy());
    onward.on("error", () => secure.destroy());
    secure.pipe(onward).pipe(secure);
  });
  const outer = createServer(async (socket) => {
    socket.on("error", () => socket.destroy());
    if (await mayPass()) inner.emit("connection", socket);
    else keep();
  });
  await new Promise<void>((resolve) => outer.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void outer.close());
  const { port } = outer.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    guard(passes) {
      mayPass = passes;
      return new Promise<void>((resolve) => {
        keep = resolve;
      });
    },
    open() {
      mayPass = async () => true;
    },
  };
}
