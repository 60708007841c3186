import { StoreError } from "../store-error.ts";

export interface Node {
  readonly host: string;
  readonly port: number;
}

export interface Credentials {
  readonly username?: string;
  readonly password?: string;
}

/** What REDIS_URL names. */
export type Address =
  | { readonly kind: "one"; readonly url: string; readonly shown: string }
  | ({
      readonly kind: "sentinel";
      readonly nodes: readonly Node[];
      /** The name under which the Sentinels know the master. */
      readonly name: string;
      readonly database: number;
      readonly sentinelPassword?: string;
      readonly tls: boolean;
      readonly shown: string;
    } & Credentials)
  | ({
      readonly kind: "cluster";
      readonly nodes: readonly Node[];
      readonly tls: boolean;
      readonly shown: string;
    } & Credentials);

const EXAMPLE =
  "Write redis://:password@host:6379, rediss://… with TLS, redis+sentinel://host:26379,host:26379/mymaster, or redis+cluster://host:6379,host:6379.";

/**
 * Reads REDIS_URL:
 * - `redis[s]://[user:password@]host[:port][/database]`
 * - `redis[s]+sentinel://[user:password@]host[:port][,host[:port]…]/name[/database][?sentinel-password=…]`: user and
 *   password are those of the servers behind the Sentinels
 * - `redis[s]+cluster://[user:password@]host[:port][,host[:port]…]`
 *
 * `shown` names it without its secrets. Throws StoreError.
 */
export function readAddress(url: string): Address {
  const found = /^(rediss?)(\+sentinel|\+cluster)?:\/\/(?:([^@/?]*)@)?([^@/?]+)(\/[^?]*)?(\?.*)?$/.exec(url);
  if (found === null) throw unread("is no address of a Redis");
  const [, scheme = "", kind = "", login = "", hosts = "", path = "", query = ""] = found;
  const shown = `${scheme}${kind}://${hosts}`;
  if (kind === "") return { kind: "one", url, shown: hosts };
  const tls = scheme === "rediss";
  const base = { nodes: hosts.split(",").map((host) => nodeOf(host, kind)), tls, shown, ...credentials(login) };
  if (kind === "+cluster") return { kind: "cluster", ...base };
  const [name = "", database = "0"] = path.slice(1).split("/");
  if (name === "") throw unread("names no master behind its Sentinels");
  const sentinelPassword = new URLSearchParams(query).get("sentinel-password") ?? undefined;
  return {
    kind: "sentinel",
    ...base,
    name: decodeURIComponent(name),
    database: Number(database) || 0,
    ...(sentinelPassword === undefined ? {} : { sentinelPassword }),
  };
}

function nodeOf(text: string, kind: string): Node {
  const found = /^(\[[0-9a-f:]+\]|[^:]+)(?::(\d{1,5}))?$/i.exec(text);
  if (found === null) throw unread("has a host that cannot be read");
  const [, host = "", port] = found;
  return { host: host.replace(/^\[|\]$/g, ""), port: Number(port ?? (kind === "+sentinel" ? 26_379 : 6379)) };
}

function credentials(login: string): Credentials {
  if (login === "") return {};
  const colon = login.indexOf(":");
  const [username, password] = colon < 0 ? [login, ""] : [login.slice(0, colon), login.slice(colon + 1)];
  return {
    ...(username === "" ? {} : { username: decodeURIComponent(username) }),
    ...(password === "" ? {} : { password: decodeURIComponent(password) }),
  };
}

/** Nothing of the address goes into the sentence: it may hold a password. */
function unread(how: string): StoreError {
  return new StoreError(`REDIS_URL ${how}.`, EXAMPLE);
}
