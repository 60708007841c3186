import {
  type AuthenticationCreds,
  DEFAULT_CONNECTION_CONFIG,
  encodeBigEndian,
  getNextPreKeys,
  initAuthCreds,
  KEY_BUNDLE_TYPE,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStore,
  type SignalRepositoryWithLIDStore,
  xmppPreKey,
  xmppSignedPreKey,
} from "@whiskeysockets/baileys";
import { present } from "./present.ts";
import { type Stanza, stanza } from "./stanza.ts";

/** The phone of one simulated person: its keys, and the real Signal repository over them. Use it under `alone`. */
export interface Endpoint {
  readonly creds: AuthenticationCreds;
  readonly repository: SignalRepositoryWithLIDStore;
  /** What a stranger needs for a session with it: a one-time prekey is used up. */
  bundle(): Promise<Bundle>;
}

export interface Bundle {
  readonly registration: Stanza;
  readonly type: Stanza;
  readonly identity: Stanza;
  readonly signedPreKey: Stanza;
  readonly preKey: Stanza;
}

type Logger = Parameters<typeof DEFAULT_CONNECTION_CONFIG.makeSignalRepository>[1];

const mute = () => {};
const silent: Logger = {
  level: "silent",
  child: () => silent,
  trace: mute,
  debug: mute,
  info: mute,
  warn: mute,
  error: mute,
};

export function makeEndpoint(): Endpoint {
  const creds = initAuthCreds();
  // Under `alone` nothing happens in between: no transaction is needed, and Baileys' own would cost every promise of the
  // process a little for each person.
  const keys = { ...memoryKeys(), isInTransaction: () => false, transaction: <T>(work: () => Promise<T>) => work() };
  const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds, keys }, silent, async () => []);
  return {
    creds,
    repository,
    async bundle() {
      const { update, preKeys } = await getNextPreKeys({ creds, keys }, 1);
      Object.assign(creds, update);
      const [id, pair] = present(Object.entries(preKeys)[0], "prekey");
      return {
        registration: stanza("registration", {}, encodeBigEndian(creds.registrationId)),
        type: stanza("type", {}, KEY_BUNDLE_TYPE),
        identity: stanza("identity", {}, creds.signedIdentityKey.public),
        signedPreKey: xmppSignedPreKey(creds.signedPreKey),
        preKey: xmppPreKey(pair, Number(id)),
      };
    },
  };
}

/** Gone with the process. */
export function memoryKeys(): SignalKeyStore {
  const kept: { [T in keyof SignalDataTypeMap]?: Map<string, SignalDataTypeMap[T]> } = {};
  const save = <T extends keyof SignalDataTypeMap>(type: T, rows: SignalDataSet[T]) => {
    const map: Map<string, SignalDataTypeMap[T]> = kept[type] ?? new Map();
    Object.assign(kept, { [type]: map });
    for (const [id, value] of Object.entries<SignalDataTypeMap[T] | null>(rows ?? {})) {
      if (value === null) map.delete(id);
      else map.set(id, value);
    }
  };
  return {
    get: (type, ids) => {
      const found: { [id: string]: SignalDataTypeMap[typeof type] } = {};
      for (const id of ids) {
        const value = kept[type]?.get(id);
        if (value !== undefined) found[id] = value;
      }
      return found;
    },
    set: (data) => {
      for (const type of Object.keys(data))
        save(type as keyof SignalDataTypeMap, data[type as keyof SignalDataTypeMap]);
    },
  };
}
