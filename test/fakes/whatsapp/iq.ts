import type { Books, Connection } from "./books.ts";
import { takeFault } from "./faults.ts";
import { onEncryptQuery } from "./iq-encrypt.ts";
import { onUsync } from "./iq-usync.ts";
import { finishPairing, isPairingSign } from "./pairing.ts";
import { onLinkCode } from "./pairing-code.ts";
import { first, HOST, inside, type Stanza, stanza } from "./stanza.ts";

/** A query: answered with a result, an empty one if we know nothing better. */
export async function onIq(books: Books, connection: Connection, iq: Stanza): Promise<void> {
  const part = first(iq);
  if (iq.attrs.type === "result") {
    if (isPairingSign(iq) && part !== undefined) finishPairing(books, connection, part);
    return;
  }
  const { xmlns, id } = iq.attrs;
  const fault = takeFault(
    books,
    "iq",
    (one) => one.xmlns === xmlns && (one.child === undefined || one.child === part?.tag),
  );
  if (fault !== undefined) {
    const error = stanza("error", { code: String(fault.code), text: "sim" });
    return connection.send(stanza("iq", { from: HOST, id, type: "error" }, [error]));
  }
  const content = await answer(books, connection, iq);
  connection.send(stanza("iq", { from: iq.attrs.to ?? HOST, id, type: "result" }, content));
}

async function answer(books: Books, connection: Connection, iq: Stanza): Promise<Stanza[] | undefined> {
  const part = first(iq);
  switch (iq.attrs.xmlns) {
    case "encrypt":
      return onEncryptQuery(books, connection, iq);
    case "usync":
      return onUsync(books, iq);
    case "w:m": {
      const host = stanza("host", { hostname: books.host, maxContentLengthBytes: "104857600" });
      return [stanza("media_conn", { auth: "sim", ttl: "3600", auth_ttl: "3600", max_buckets: "12" }, [host])];
    }
    case "abt":
      return [stanza("props", {}, [stanza("prop", { name: "10518", value: "0" })])];
    case "privacy":
      if (iq.attrs.type !== "get") return undefined;
      return [stanza("privacy", {}, [stanza("category", { name: "readreceipts", value: "all" })])];
    case "blocklist":
      return [stanza("list")];
    case "w:sync:app:state": {
      const named = inside(part, "collection").map(({ attrs }) => attrs.name);
      return [
        stanza(
          "sync",
          {},
          named.map((name) => stanza("collection", { name, version: "0" })),
        ),
      ];
    }
    case "md":
      return part === undefined ? undefined : onDevices(books, connection, part);
  }
  return undefined;
}

/** The list of linked devices: one wants to be on it, or off it. */
function onDevices(books: Books, connection: Connection, part: Stanza): Stanza[] | undefined {
  if (part.tag === "link_code_companion_reg") return onLinkCode(books, connection, part);
  if (part.tag === "remove-companion-device" && connection.device !== undefined) {
    books.devices.delete(connection.device.number);
  }
  return undefined;
}
