import type { Clock } from "../../clock.ts";

/** What WhatsApp's server said of a message; "none" when no answer came in time, or the connection ended. */
export type Ack =
  | { readonly kind: "accepted" }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "none" };

/** Who waits for which answer of the server. */
export interface Acks {
  wait(id: string, ms: number): Promise<Ack>;
  hear(id: string, ack: Ack): void;
  /** The connection ended: nobody gets an answer any more. */
  end(): void;
}

export function makeAcks(clock: Clock): Acks {
  const waiting = new Map<string, (ack: Ack) => void>();
  return {
    async wait(id, ms) {
      const heard = new AbortController();
      let said: Ack = { kind: "none" };
      const settle = (ack: Ack) => {
        said = ack;
        heard.abort();
      };
      waiting.set(id, settle);
      await clock.sleep(clock.now() + ms, heard.signal);
      if (waiting.get(id) === settle) waiting.delete(id);
      return said;
    },
    hear: (id, ack) => waiting.get(id)?.(ack),
    end() {
      for (const settle of [...waiting.values()]) settle({ kind: "none" });
    },
  };
}
