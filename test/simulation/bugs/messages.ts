import type { Channel } from "../../../src/channels/channel.ts";
import type { ConversationKey } from "../../../src/conversation/message.ts";
import type { Parts } from "../program.ts";
import type { Bug } from "./bug.ts";

function channels(parts: Parts, wrong: (channel: Channel) => Channel): Parts {
  return { ...parts, channels: parts.channels.map(wrong) };
}

/** The way in and out. */
export const MESSAGE_BUGS: readonly Bug[] = [
  {
    name: "no dedupe",
    wrong: (parts) => ({
      ...parts,
      conversations: {
        ...parts.conversations,
        commit: ({ seen: _seen, ...change }) => parts.conversations.commit(change),
      },
    }),
  },
  {
    name: "jobs are saved after the conversation",
    wrong: (parts) => ({
      ...parts,
      conversations: {
        ...parts.conversations,
        async commit({ enqueue = [], ...change }) {
          const done = await parts.conversations.commit(change);
          if (done === "done" && enqueue.length > 0) await parts.conversations.commit({ at: change.at, enqueue });
          return done;
        },
      },
    }),
  },
  {
    name: "told when it is handed over",
    wrong: (parts) => ({
      ...parts,
      ledger: {
        ...parts.ledger,
        async owed(now, leaseFor, limit) {
          const owed = await parts.ledger.owed(now, leaseFor, limit);
          for (const { id } of owed) await parts.ledger.told(id, "handed over", now);
          return owed;
        },
      },
    }),
  },
  {
    name: "sent counts as delivered",
    wrong: (parts) =>
      channels(parts, (channel) => ({
        ...channel,
        async send(to, message, id) {
          await channel.send(to, message, id);
          return { kind: "delivered", ref: id };
        },
      })),
  },
  {
    name: "the update is confirmed before it is saved",
    wrong: (parts) =>
      channels(parts, (channel) => ({
        ...channel,
        listen: (receive, stop) =>
          channel.listen(async (inbound) => {
            void receive(inbound).catch(() => undefined);
          }, stop),
      })),
  },
  {
    name: "ya and ok pay",
    wrong: (parts) => {
      const offers = new Map<ConversationKey, string>();
      return channels(parts, (channel) => ({
        ...channel,
        send(to, message, id) {
          const pay =
            message.kind === "choices" ? message.rows.flat().find((button) => button.id.startsWith("pay:")) : undefined;
          if (pay !== undefined) offers.set(to, pay.id);
          return channel.send(to, message, id);
        },
        listen: (receive, stop) =>
          channel.listen((inbound) => {
            const { content, key } = inbound;
            const data = offers.get(key);
            const yes = content.kind === "text" && ["ya", "ok", "1", "gas", "bayar"].includes(content.text);
            return receive(
              yes && data !== undefined ? { ...inbound, content: { kind: "tap", data, on: "last" } } : inbound,
            );
          }, stop),
      }));
    },
  },
  {
    name: "a chat sees the payments of all",
    wrong: (parts) => ({
      ...parts,
      ledger: { ...parts.ledger, find: ({ payer: _payer, ...query }) => parts.ledger.find(query) },
    }),
  },
];
