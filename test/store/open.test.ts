import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { NewJob } from "../../src/conversation/conversation.ts";
import { readRef } from "../../src/domain/ref.ts";
import { lockOwner } from "../../src/store/sqlite/lock.ts";
import { openSqliteStores, type SqliteStores } from "../../src/store/sqlite/stores.ts";
import type { StoreOptions } from "../../src/store/stores.ts";
import { ANI, aConversation, aJob } from "../contract/conversations-samples.ts";
import { inFolder } from "./folder.ts";
import { makeOldFile, shapeOf } from "./old-file.ts";

const folder = inFolder();
const SECRET = "a secret of more than thirty-two characters";

const opened: SqliteStores[] = [];
afterEach(() => {
  for (const stores of opened.splice(0)) stores.close();
});

function open(name: string, over: Partial<StoreOptions> = {}): SqliteStores {
  const stores = openSqliteStores({ databaseUrl: `sqlite:${folder.path(name)}`, as: "program", ...over });
  opened.push(stores);
  return stores;
}

function person(text: string): NewJob["task"] {
  return { kind: "say", text } as unknown as NewJob["task"];
}

describe("the stores", () => {
  it("hold everything after they were closed and opened again", async () => {
    const first = open("again.db");
    const job = aJob("a", { lane: "l" });
    const change = {
      at: 1,
      seen: { key: ANI, id: "m" },
      conversation: { next: aConversation(), expect: 0 },
      enqueue: [job],
    };
    expect(await first.conversations.commit(change)).toBe("done");
    await first.records.flags.set("paused", "yes", 1);
    first.close();
    const second = open("again.db");
    expect(await second.conversations.load(ANI)).toEqual(aConversation());
    expect(await second.conversations.commit(change)).toBe("duplicate");
    expect(await second.conversations.claim(["say"], 5, 10, 9)).toMatchObject([{ ...job, attempt: 1 }]);
    expect(await second.records.flags.get("paused")).toBe("yes");
  });

  it("belong to one program; a tool sees them and takes nothing", async () => {
    const tool = open("shared.db", { as: "tool" });
    const program = open("shared.db");
    const second = open("shared.db");
    expect([tool, program, second].map((stores) => stores.ownsAlone)).toEqual([false, true, false]);
    await program.records.flags.set("paused", "yes", 1);
    expect(await tool.records.flags.get("paused")).toBe("yes");
    program.close();
    expect(open("shared.db").ownsAlone).toBe(true);
  });

  it("of an older version are brought up to date by their owner alone: nobody else changes anything", () => {
    const path = folder.path("older.db");
    makeOldFile(path, SECRET);
    const before = shapeOf(path);
    const older =
      /older\.db is of an older version \(ledger \d+, this one knows \d+\); nothing was changed\. If a counter/;
    const how = { secret: SECRET };
    expect(() => open("older.db", { ...how, as: "tool" })).toThrow(older);
    const running = lockOwner(path);
    expect(() => open("older.db", { ...how, as: "program" })).toThrow(older);
    expect(() => open("older.db", { ...how, as: "owner" })).toThrow(
      /^Another Loket is running on .*older\.db\. Stop that/,
    );
    expect(shapeOf(path)).toEqual(before);
    running?.release();
    open("older.db", { ...how, as: "owner" });
    expect(shapeOf(path)).not.toEqual(before);
    expect(open("older.db", { ...how, as: "tool" }).ownsAlone).toBe(false);
  });

  it("in memory leave nothing behind", async () => {
    const stores = open("", { databaseUrl: "sqlite::memory:" });
    await stores.conversations.commit({ at: 1, conversation: { next: aConversation(), expect: 0 } });
    expect(stores.ownsAlone).toBe(true);
    expect(readdirSync(".").filter((name) => name.includes("memory"))).toEqual([]);
  });

  it("of another kind are refused, without a password in the sentence", () => {
    const databaseUrl = "postgres://loket:hunter2@db/loket";
    expect(() => openSqliteStores({ databaseUrl, as: "program" })).toThrow(
      /^DATABASE_URL begins with "postgres:"(?!.*hunter2).*sqlite:data/,
    );
  });
});

describe("the key", () => {
  it("is refused when the database was sealed with another one, in a sentence", async () => {
    open("sealed.db", { secret: SECRET }).close();
    const sentence = /sealed\.db was sealed with another key\. Set the LOKET_SECRET, or put back the key file/;
    expect(() => open("sealed.db", { secret: `${SECRET}!` })).toThrow(sentence);
    expect(() => open("sealed.db")).toThrow(/key file .*sealed\.db\.key is missing/);
    open("sealed.db", { secret: SECRET });
  });

  it("is not made anew when its file was lost", () => {
    open("lost.db").close();
    rmSync(folder.path("lost.db.key"));
    expect(() => open("lost.db")).toThrow(/lost\.db\.key is missing, and the database was sealed with it/);
    expect(readdirSync(folder.path(".")).filter((name) => name === "lost.db.key")).toEqual([]);
  });

  it("keeps what is personal out of the file: the database, its log of writes and a backup hold none of it", async () => {
    const canaries = ["3204123456780001", "MH1JFZ110HK123456", "Jordan Canary"];
    const text = canaries.join(" ");
    const stores = open("canary.db");
    const next = aConversation({
      value: { asking: canaries[0] },
      context: { nik: canaries[0], chassis: canaries[1], owner: text },
    });
    await stores.conversations.commit({
      at: 1,
      conversation: { next, expect: 0 },
      enqueue: [aJob("a", { task: person(text) })],
    });
    const ref = readRef("7K2MQ");
    if (ref === undefined) throw new Error("no reference");
    await stores.records.proofs.save(ref, text, 1);
    await stores.records.letters.keep(ANI, text, 1);
    await stores.records.poison.keep(ANI, "m", text, "TypeError", 1);
    stores.backup(folder.path("canary.backup"));
    // Copied by another process: closing a file of SQLite's in this one would drop its locks.
    const copy = folder.path("copies");
    mkdirSync(copy);
    execFileSync("sh", ["-c", "cp canary* copies"], { cwd: folder.path(".") });
    const files = readdirSync(copy);
    expect(files).toEqual(expect.arrayContaining(["canary.backup", "canary.db", "canary.db-wal"]));
    const bytes = files.map((name) => readFileSync(`${copy}/${name}`, "latin1")).join("");
    expect(bytes).toContain("conversations");
    for (const canary of canaries) expect(bytes).not.toContain(canary);
    expect(await stores.conversations.load(ANI)).toEqual(next);
    expect((await stores.records.proofs.take(ref))?.proof).toBe(text);
  });
});
