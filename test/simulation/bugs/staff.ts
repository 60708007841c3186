import { rupiah } from "../../../src/domain/rupiah.ts";
import { agentAccount } from "../../../src/domain/staff.ts";
import { ACCOUNTS, moved } from "../../../src/payments/life/postings.ts";
import type { Bug } from "./bug.ts";
import { beside, ofKind } from "./relay.ts";

/** What an agent pays himself, and who he is. */
export const STAFF_BUGS: readonly Bug[] = [
  {
    name: "an agent's hold is released twice",
    staffed: true,
    wrong: (parts) => ({
      ...parts,
      ledger: {
        ...parts.ledger,
        async commit(change) {
          const done = await parts.ledger.commit(change);
          if (done === "done" && change.payment.next.agent !== undefined)
            await beside(parts, ofKind("release", change.postings), false);
          return done;
        },
      },
    }),
  },
  {
    name: "an agent's payment holds nothing",
    staffed: true,
    wrong: (parts) => ({
      ...parts,
      ledger: {
        ...parts.ledger,
        async open(payment, at, limits) {
          const opened = await parts.ledger.open(payment, at, limits);
          const { agent, bill } = payment;
          if (opened.kind !== "opened" || agent === undefined) return opened;
          const entries = moved(agentAccount(agent.id), ACCOUNTS.holds, bill.total);
          await beside(parts, [{ id: `open.${opened.payment.ref}`, what: "hold", entries }], true);
          return opened;
        },
      },
    }),
  },
  {
    name: "the balance is not looked at when an agent pays",
    staffed: true,
    wrong: (parts) => ({
      ...parts,
      ledger: {
        ...parts.ledger,
        balance: async (account) => rupiah((await parts.ledger.balance(account)) + 100_000_000),
        open: (payment, at) => parts.ledger.open(payment, at, { credit: rupiah(100_000_000) }),
      },
    }),
  },
  {
    name: "self approval",
    staffed: true,
    wrong: (parts) => {
      const { staff } = parts.records;
      return {
        ...parts,
        records: {
          ...parts.records,
          staff: {
            ...staff,
            async byChat(chat) {
              const found = await staff.byChat(chat);
              return found === undefined ? undefined : { ...found, chats: [chat] };
            },
          },
        },
      };
    },
  },
  {
    name: "the PIN is not asked for",
    staffed: true,
    wrong: (parts) => ({
      ...parts,
      conversations: {
        ...parts.conversations,
        async load(key) {
          const found = await parts.conversations.load(key);
          if (found === undefined || found.flow !== "agent") return found;
          const now = parts.clock.now();
          const context = found.context as object;
          return { ...found, context: { ...context, session: { since: now, last: now } } };
        },
      },
      relay: parts.relay === undefined ? undefined : { ...parts.relay, pinAlways: rupiah(100_000_000) },
    }),
  },
  {
    name: "every chat is an agent's",
    staffed: true,
    wrong: (parts) => {
      const { staff } = parts.records;
      const byChat = async (chat: Parameters<typeof staff.byChat>[0]) =>
        (await staff.byChat(chat)) ?? (await staff.list("agent")).at(0);
      return { ...parts, records: { ...parts.records, staff: { ...staff, byChat } } };
    },
  },
  {
    name: "a suspended agent pays on",
    staffed: true,
    wrong: (parts) => {
      const { staff } = parts.records;
      const byChat = async (chat: Parameters<typeof staff.byChat>[0]) => {
        const found = await staff.byChat(chat);
        return found === undefined ? undefined : { ...found, state: "active" as const };
      };
      return { ...parts, records: { ...parts.records, staff: { ...staff, byChat } } };
    },
  },
];
