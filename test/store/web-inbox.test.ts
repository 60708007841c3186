import { describe } from "vitest";
import { openSealer } from "../../src/store/sealing.ts";
import { MEMORY, openSqlite } from "../../src/store/sqlite/open.ts";
import { sqliteWebInbox } from "../../src/store/sqlite/web-inbox.ts";
import { webInboxLaw } from "../contract/web-inbox.ts";

describe("the web chat's inbox in SQLite", () =>
  webInboxLaw(async () => sqliteWebInbox(openSqlite(MEMORY), openSealer({}))));
