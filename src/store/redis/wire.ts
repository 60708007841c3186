import { createClient, createCluster, createSentinel, RESP_TYPES } from "redis";
import type { Address, Credentials, Node } from "./address.ts";

/** What is sent; a Buffer goes as it is. */
export type Argument = string | Buffer;

/** A connection of any kind. Commands that are asked for in one turn of the event loop go out together. */
export interface Wire {
  connect(): Promise<unknown>;
  /** `key` picks the node. Bulk strings come back as Buffers. Rejects at once while there is no connection. */
  send(key: string, args: readonly Argument[]): Promise<unknown>;
  publish(channel: string, message: string): Promise<unknown>;
  /** Holds over reconnections. */
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  /** Drops what is under way. */
  destroy(): Promise<void>;
}

export interface Ears {
  /** The connection was lost, or could not be made. */
  readonly lost: (error: unknown) => void;
  /** It is there, at first or again. */
  readonly ready: () => void;
}

/** A peer whose machine went off says nothing: without an answer to a PING the connection is given up, ms. */
const PING = 3_000;
const SILENCE = 10_000;
const LONGEST_PAUSE = 1_000;

/**
 * No command waits in the client for a connection: who asks has a deadline and tries again (`deadline.ts`). The client's
 * own time limit makes an AbortSignal of each command, and is off.
 */
const OPTIONS = { disableOfflineQueue: true, pingInterval: PING } as const;
const COMMANDS = { timeout: 0, typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } } as const;
const SOCKET = { socketTimeout: SILENCE, connectTimeout: 5_000, reconnectStrategy: pauseBefore };

/** 20, 40, 80 ms and so on, and a second at most: a Redis that restarts is back within a blink. */
function pauseBefore(retries: number): number {
  return Math.min(LONGEST_PAUSE, 20 * 2 ** Math.min(retries, 10));
}

export function wireTo(address: Address, ears: Ears): Wire {
  switch (address.kind) {
    case "one":
      return wireToOne(address.url, ears);
    case "sentinel":
      return wireToSentinel(address, ears);
    case "cluster":
      return wireToCluster(address, ears);
  }
}

function wireToOne(url: string, { lost, ready }: Ears): Wire {
  // A URL with rediss: turns TLS on by itself.
  const client = createClient({ url, ...OPTIONS, commandOptions: COMMANDS, socket: SOCKET });
  const ear = client.duplicate();
  for (const one of [client, ear]) one.on("error", lost).on("ready", ready);
  return {
    connect: () => Promise.all([client.connect(), ear.connect()]),
    send: (_, args) => client.sendCommand(args),
    publish: (channel, message) => client.publish(channel, message),
    subscribe: (channel, listener) => ear.subscribe(channel, listener),
    async destroy() {
      client.destroy();
      ear.destroy();
    },
  };
}

function wireToSentinel(address: Extract<Address, { kind: "sentinel" }>, { lost, ready }: Ears): Wire {
  const { name, nodes, database, tls, sentinelPassword } = address;
  const socket = tls ? { ...SOCKET, tls: true as const } : SOCKET;
  const sentinel = createSentinel({
    name,
    sentinelRootNodes: [...nodes],
    // The scan is a fallback: a Sentinel tells of a failover by itself.
    scanInterval: 1_000,
    // One connection for all, so that commands go out together.
    masterPoolSize: 1,
    reserveClient: true,
    passthroughClientErrorEvents: true,
    commandOptions: COMMANDS,
    nodeClientOptions: { ...OPTIONS, ...loginOf(address), database, socket },
    sentinelClientOptions: { ...(sentinelPassword === undefined ? {} : { password: sentinelPassword }), socket },
  });
  sentinel.on("error", lost).on("client-error", lost).on("topology-change", ready);
  return {
    connect: () => sentinel.connect(),
    send: (_, args) => sentinel.sendCommand(false, [...args]),
    publish: (channel, message) => sentinel.sendCommand(false, ["PUBLISH", channel, message]),
    subscribe: (channel, listener) => sentinel.subscribe(channel, listener),
    destroy: () => sentinel.destroy(),
  };
}

function wireToCluster(address: Extract<Address, { kind: "cluster" }>, { lost, ready }: Ears): Wire {
  const socket = address.tls ? { ...SOCKET, tls: true as const } : SOCKET;
  const defaults = { ...OPTIONS, ...loginOf(address), socket };
  const cluster = createCluster({
    rootNodes: address.nodes.map((node: Node) => ({ ...defaults, socket: { ...socket, ...node } })),
    defaults,
    // All keys are on one master: connections to the others are made when the slot moves.
    minimizeConnections: true,
    commandOptions: COMMANDS,
  });
  cluster.on("error", lost).on("node-error", lost).on("node-ready", ready);
  return {
    connect: () => cluster.connect(),
    send: (key, args) => cluster.sendCommand(key, false, [...args]),
    publish: (channel, message) => cluster.publish(channel, message),
    subscribe: (channel, listener) => cluster.subscribe(channel, listener),
    destroy: async () => cluster.destroy(),
  };
}

function loginOf({ username, password }: Credentials): Credentials {
  return { ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }) };
}
