import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, it } from "vitest";
import { conversationKey } from "../../src/conversation/message.ts";
import { openSqliteStores } from "../../src/store/sqlite/stores.ts";
import { inFolder } from "./folder.ts";

const folder = inFolder();
let program = "";

/** The child is compiled into the folder of this test: Node 20 runs no TypeScript. */
beforeAll(() => {
  const root = resolve(import.meta.dirname, "../..");
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const flags =
    "--ignoreConfig --noCheck --target ES2023 --module NodeNext --types node --rewriteRelativeImportExtensions";
  const where = ["--rootDir", root, "--outDir", folder.path("out"), join(root, "test/store/writing-child.ts")];
  execFileSync(process.execPath, [tsc, ...flags.split(" "), ...where]);
  writeFileSync(folder.path("out/package.json"), '{"type":"module"}');
  symlinkSync(join(root, "node_modules"), folder.path("out/node_modules"));
  program = folder.path("out/test/store/writing-child.js");
});

/** Runs the child until it said `lines` turns, kills it, and gives the last turn of each chat that it said was saved. */
async function killedAfter(database: string, lines: number, chats: number): Promise<ReadonlyMap<string, number>> {
  const child = spawn(process.execPath, [program, `sqlite:${database}`, String(chats)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  const saved = new Map<string, number>();
  let heard = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, chat = "", turn] = line.split(" ");
    if (word === "owner") expect(chat).toBe("true");
    if (word === "saved") saved.set(chat, Number(turn));
    if (++heard === lines) child.kill("SIGKILL");
  }
  expect(await closed).toEqual([null, "SIGKILL"]);
  return saved;
}

describe("a program that is killed in the middle of writing", () => {
  it.each([
    [2, 1],
    [17, 1],
    [60, 8],
    [333, 20],
  ])(
    "leaves whole turns, all that it said were saved, and no lock (after %i lines, %i chats)",
    async (lines, chats) => {
      const database = folder.path(`killed-${lines}.db`);
      for (let life = 0; life < 2; life++) {
        const saved = await killedAfter(database, lines, chats);
        const stores = openSqliteStores({ databaseUrl: `sqlite:${database}`, as: "program" });
        expect(stores.ownsAlone).toBe(true);
        for (let chat = 0; chat < chats; chat++) {
          const key = conversationKey("telegram", String(chat));
          const turn = (await stores.conversations.load(key))?.revision ?? 0;
          expect(turn).toBeGreaterThanOrEqual(saved.get(String(chat)) ?? 0);
          const count = (table: string) =>
            stores.db.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE key = ?`).get(key)?.n;
          expect([count("seen"), count("jobs")]).toEqual([turn, 2 * turn]);
        }
        const check = stores.db.prepare<Record<string, unknown>>("PRAGMA integrity_check").get();
        expect(check).toMatchObject({ integrity_check: "ok" });
        stores.close();
      }
    },
  );
});
