import type { BinaryNode, WASocket } from "@whiskeysockets/baileys";
import type { Turns } from "./signal.ts";

type Handle = (node: BinaryNode) => Promise<void>;

/**
 * Lets a connection handle the messages of one chat in the order in which they came. By itself Baileys works on all at
 * once, those that waited while it was away apart from the new ones, so that one can overtake another. A phone that asks
 * for a message again has a whole turn of Signal work, as a send has.
 */
export function inOrder({ ws }: WASocket, turns: Turns): void {
  const tails = new Map<string, Promise<void>>();
  instead(ws, "CB:message", (node, handle) => {
    const chat = node.attrs.from ?? "";
    const tail = (tails.get(chat) ?? Promise.resolve()).then(() => handle(node));
    tails.set(chat, tail);
    void tail.then(() => {
      if (tails.get(chat) === tail) tails.delete(chat);
    });
  });
  instead(ws, "CB:receipt", (node, handle) => {
    void (node.attrs.type === "retry" ? turns(() => handle(node)) : handle(node));
  });
}

/**
 * Puts ours before Baileys' own. That a stanza had waited is taken off it: Baileys would put it into a queue of its own,
 * and for us its age is what counts. Baileys answers for its own failures, so `handle` never rejects.
 */
function instead(ws: WASocket["ws"], event: string, ours: (node: BinaryNode, handle: Handle) => void): void {
  const theirs = ws.listeners(event);
  ws.removeAllListeners(event);
  const handle: Handle = async (node) => {
    for (const one of theirs) await Promise.resolve(one(node)).catch(() => {});
  };
  ws.on(event, ({ attrs: { offline: _, ...attrs }, ...rest }: BinaryNode) => ours({ ...rest, attrs }, handle));
}
