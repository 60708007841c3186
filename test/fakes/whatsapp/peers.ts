import { Curve } from "@whiskeysockets/baileys";
import type { Books, Peer } from "./books.ts";
import { makeServerKey } from "./certificate.ts";
import { makeEndpoint } from "./endpoint.ts";
import { HOST, LID } from "./stanza.ts";

/** How somebody is known: by a phone number, by a LID (WhatsApp's own number for a person), or by both. */
export interface Who {
  /** Digits with the country's code: "6281234567890". */
  readonly pn?: string;
  readonly lid?: string;
  readonly name?: string;
  /** The bot sees the LID alone, although there is a phone number. */
  readonly hidesNumber?: boolean;
  /** Under which of the two one writes; a LID, if one has it. */
  readonly writesAs?: "lid" | "pn";
}

export function makePeer({ pn, lid, name = "Budi", hidesNumber = false, writesAs }: Who): Peer {
  const asNumber = lid === undefined || (writesAs === "pn" && pn !== undefined);
  if (asNumber && pn === undefined) throw new Error("a person on WhatsApp needs a pn, a lid or both");
  return {
    pn,
    lid,
    name,
    hidesNumber,
    jid: asNumber ? `${pn}${HOST}` : `${lid}${LID}`,
    endpoint: makeEndpoint(),
    chat: [],
    receipts: [],
    states: [],
    undecryptable: 0,
    asked: new Map(),
    away: false,
    waiting: [],
    blocks: false,
  };
}

export function register(books: Pick<Books, "peers">, peer: Peer): void {
  for (const user of [peer.pn, peer.lid]) if (user !== undefined) books.peers.set(user, peer);
}

/** Empty, but for the owner of the shop's phone. */
export function makeBooks({ shop, refs }: { readonly shop: Peer; readonly refs: number }): Books {
  const looks = new Set<() => void>();
  const root = Curve.generateKeyPair();
  const books: Books = {
    root,
    serverKey: makeServerKey(root),
    host: "",
    refs,
    peers: new Map(),
    shop,
    devices: new Map(),
    connections: new Set(),
    blobs: new Map(),
    log: [],
    logins: [],
    faults: [],
    errors: [],
    nextDevice: 1,
    nextMessage: 1,
    reached: (holds) =>
      new Promise((resolve) => {
        const look = () => {
          if (!holds(books)) return;
          looks.delete(look);
          resolve();
        };
        looks.add(look);
        look();
      }),
    changed() {
      for (const look of looks) look();
    },
  };
  register(books, shop);
  return books;
}
