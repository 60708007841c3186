import type { BinaryNode, WASocket } from "@whiskeysockets/baileys";

const MESSAGE = "CB:message";

/**
 * Lets a connection handle the messages of one chat in the order in which they came. By itself Baileys works on all at
 * once, those that waited while it was away apart from the new ones, so that one can overtake another. Whether it had
 * waited is taken off: its age is what counts.
 */
export function inOrder({ ws }: WASocket): void {
  const handlers = ws.listeners(MESSAGE);
  ws.removeAllListeners(MESSAGE);
  const tails = new Map<string, Promise<unknown>>();
  ws.on(MESSAGE, ({ attrs: { offline: _, ...attrs }, ...rest }: BinaryNode) => {
    const node = { ...rest, attrs };
    const chat = attrs.from ?? "";
    const next = (tails.get(chat) ?? Promise.resolve()).then(async () => {
      for (const handle of handlers) await handle(node);
    });
    // Baileys answers for its own failures; those behind it go on.
    const tail = next.catch(() => {});
    tails.set(chat, tail);
    void tail.then(() => {
      if (tails.get(chat) === tail) tails.delete(chat);
    });
  });
}
