import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { DEFAULT_CONNECTION_CONFIG, type SocketConfig } from "@whiskeysockets/baileys";
import type { Clock } from "../../clock.ts";
import type { OpenedRoom } from "./rooms.ts";

type MakeRepository = SocketConfig["makeSignalRepository"];

/** One piece of Signal work after the other. Work inside work runs at once. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Baileys 7.0.0-rc14 reads a session at the start of a send and writes it at its end; a message that is decrypted
 * meanwhile is forgotten, and a key used twice. One at a time there is no meanwhile.
 */
export function makeTurns(): Turns {
  const inside = new AsyncLocalStorage<true>();
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    if (inside.getStore() === true) return work();
    const done = tail.then(() => inside.run(true, work));
    tail = done.catch(() => {});
    return done;
  };
}

export interface SignalTools {
  readonly turns: Turns;
  readonly opened: OpenedRoom;
  readonly clock: Clock;
}

/** How long a decrypted message is kept for the case that it comes again, ms. */
export const KEEP_OPENED = 10 * 60 * 1000;

/** Baileys' Signal repository, one turn at a time, that opens the same ciphertext as often as it comes. */
export function signalRepository({ turns, opened, clock }: SignalTools): MakeRepository {
  return (auth, logger, lidsOf) => {
    const inner = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, lidsOf);
    return {
      ...inner,
      encryptMessage: (of) => turns(() => inner.encryptMessage(of)),
      injectE2ESession: (of) => turns(() => inner.injectE2ESession(of)),
      migrateSession: (from, to) => turns(() => inner.migrateSession(from, to)),
      deleteSession: (jids) => turns(() => inner.deleteSession(jids)),
      decryptMessage: (of) =>
        turns(async () => {
          const mark = createHash("sha256").update(`${of.jid} ${of.type} `).update(of.ciphertext).digest("base64url");
          const before = await opened.find(mark);
          if (before !== undefined) return before;
          const plain = await inner.decryptMessage(of);
          const now = clock.now();
          await opened.keep(mark, plain, now, now - KEEP_OPENED);
          return plain;
        }),
    };
  };
}
