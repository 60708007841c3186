import { describe } from "vitest";
import { openSealer } from "../../src/store/sealing.ts";
import { sqliteConversations } from "../../src/store/sqlite/conversations.ts";
import { openSqlite } from "../../src/store/sqlite/open.ts";
import { conversationsLaw } from "../contract/conversations.ts";
import { inFolder } from "./folder.ts";

describe("conversations on SQLite in memory", () => conversationsLaw(async () => made(":memory:")));

describe("conversations on a SQLite file", () => {
  const folder = inFolder();
  let files = 0;
  conversationsLaw(async () => made(folder.path(`${++files}.db`)), 20);
});

function made(path: string) {
  const db = openSqlite(path);
  return { conversations: sqliteConversations({ db, sealer: openSealer({}) }), close: async () => db.close() };
}
