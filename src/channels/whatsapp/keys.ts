import {
  type AuthenticationCreds,
  type AuthenticationState,
  BufferJSON,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStore,
} from "@whiskeysockets/baileys";
import type { Log } from "../../log.ts";
import type { KeyRoom, KeyRow } from "./rooms.ts";

export interface Keys {
  readonly auth: AuthenticationState;
  /** Whether a phone has linked this account. */
  readonly linked: () => boolean;
  /** Begins to write the credentials; a failure is logged. */
  readonly saveCreds: () => void;
  /** Resolves when everything that was set is kept; awaited before a connection is made anew. */
  readonly settled: () => Promise<void>;
}

/**
 * Credentials and Signal keys, all in memory, written through in order. With a key store that really waits, Baileys
 * 7.0.0-rc14 uses a Signal message key twice (its decrypts and sends read copies of one session): so `get` never waits,
 * and `set` changes the memory first and then waits for the write of one transaction.
 */
export async function openKeys(room: KeyRoom, log: Log): Promise<Keys> {
  const { creds: text, rows } = await room.load();
  const saved = text === undefined ? undefined : (JSON.parse(text, BufferJSON.reviver) as AuthenticationCreds);
  // A link that was begun and not finished leaves credentials that WhatsApp refuses: the next one starts afresh.
  const unfinished = saved?.account === undefined;
  if (unfinished && (saved !== undefined || rows.length > 0)) await room.clear();
  const creds = unfinished ? initAuthCreds() : saved;
  const memory = new Map((unfinished ? [] : rows).map((row) => [place(row.type, row.id), revived(row)]));
  let last: Promise<void> = Promise.resolve();
  const write = (save: () => Promise<void>): Promise<void> => {
    const next = last.then(save);
    // The next write is tried whatever became of this one; who waits for this one hears of it.
    last = next.catch((error: unknown) => log.error({ error }, "WhatsApp's keys could not be saved"));
    return next;
  };
  return {
    auth: { creds, keys: keyStore(memory, (changed) => write(() => room.saveRows(changed))) },
    linked: () => creds.me !== undefined && creds.account !== undefined,
    saveCreds: () => void write(() => room.saveCreds(JSON.stringify(creds, BufferJSON.replacer))).catch(() => {}),
    settled: () => last,
  };
}

function keyStore(memory: Map<string, unknown>, save: (rows: readonly KeyRow[]) => Promise<void>): SignalKeyStore {
  return {
    get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const found: Record<string, SignalDataTypeMap[T]> = {};
      for (const id of ids) {
        const value = memory.get(place(type, id));
        if (value !== undefined) found[id] = value as SignalDataTypeMap[T];
      }
      return found;
    },
    async set(data) {
      const rows = rowsOf(data);
      for (const { type, id, value } of rows) {
        if (value === null) memory.delete(place(type, id));
        else memory.set(place(type, id), revived({ type, id, value }));
      }
      await save(rows);
    },
  };
}

function rowsOf(data: SignalDataSet): readonly KeyRow[] {
  return Object.entries(data).flatMap(([type, entries]) =>
    Object.entries(entries ?? {}).map(([id, value]) => ({
      type,
      id,
      value: value === null || value === undefined ? null : JSON.stringify(value, BufferJSON.replacer),
    })),
  );
}

/** A fresh copy: what Baileys changes in its hands does not change what is kept. */
function revived({ type, value }: Pick<KeyRow, "type" | "value"> & { readonly id: string }): unknown {
  if (value === null) return undefined;
  const parsed: unknown = JSON.parse(value, BufferJSON.reviver);
  return type === "app-state-sync-key" ? proto.Message.AppStateSyncKeyData.fromObject(parsed as object) : parsed;
}

function place(type: string, id: string): string {
  return `${type}:${id}`;
}
