import { describe, expect, test } from "vitest";
import { codeOf, files, placesOf, read, sources } from "./tree.ts";

/** Files that may do what the others may not, each with its reason. */
type Allowed = Readonly<Record<string, string>>;

const OWN = sources();
const TESTS = files("test").filter((path) => path.endsWith(".ts"));

/** Where the pattern is found in code outside of the files that may. A file that may and does not is found as well. */
function strays(paths: readonly string[], pattern: RegExp, allowed: Allowed = {}): readonly string[] {
  const found = paths.flatMap((path) => placesOf(path, codeOf(path), pattern));
  const users = new Set(found.map((place) => place.slice(0, place.lastIndexOf(":"))));
  const idle = Object.keys(allowed).filter((path) => !users.has(path));
  return [
    ...found.filter((place) => allowed[place.slice(0, place.lastIndexOf(":"))] === undefined),
    ...idle.map((path) => `${path} needs its exception no more`),
  ];
}

describe("the house's words and manners", () => {
  test("no file is named after nothing in particular", () => {
    const vague = /(^|[/.-])(utils?|helpers?|common|misc|shared|managers?|services?|impl)([/.-]|$)/i;
    expect(files("src", "flows", "test").filter((path) => vague.test(path))).toEqual([]);
  });

  test("types are not given up", () => {
    expect(
      [...OWN, ...TESTS].flatMap((path) => placesOf(path, read(path), /@ts-(ignore|expect-error|nocheck)\b/)),
    ).toEqual([]);
  });

  test("a rule of the linter is switched off in biome.jsonc, with its reason, and not in passing", () => {
    expect(OWN.flatMap((path) => placesOf(path, read(path), /biome-ignore/))).toEqual([]);
  });

  test("only the clock asks what time it is", () => {
    expect(strays(OWN, /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/, READS_TIME)).toEqual([]);
  });

  test("only the clock waits", () => {
    expect(strays(OWN, /\bsetTimeout\b|\bsetInterval\b/, WAITS)).toEqual([]);
  });

  test("chance comes in as an argument", () => {
    expect(strays(OWN, /\bMath\.random\b|\brandom(Bytes|UUID|Int|FillSync)\(|\bfreshBytes\(/, DRAWS)).toEqual([]);
  });

  test("no test is left out", () => {
    expect(strays(TESTS, /\b(it|test|describe)\.(skip|todo|only|skipIf|runIf|fails)\b|\.skip\(\)/)).toEqual([]);
  });

  test("a test waits for a signal, not for a while", () => {
    expect(strays(TESTS, /\bsetTimeout\b/, TESTS_WAIT)).toEqual([]);
  });

  test("no path or host of the machine it was written on is in the tree", () => {
    // The brackets keep the pattern from finding itself.
    const machine = /\/(w[o]rk|f[a]rm|t[m]p\/[a-z]+)\/|npmj[s]\.org|debia[n]\.org/;
    const texts = files(".").filter(
      (path) => path !== "package-lock.json" && !/\.(png|jpg|pdf|ttf|woff2?)$/.test(path),
    );
    expect(texts.flatMap((path) => placesOf(path, read(path), machine))).toEqual([]);
  });
});

const READS_TIME: Allowed = {
  "src/clock.ts": "it is the clock",
};

const WAITS: Allowed = {
  "src/clock.ts": "it is the clock",
  "src/biller/mmbc-connect.ts": "a wait on the network goes by real time: a step of the wall clock must not stretch it",
  "src/biller/mmbc-post.ts": "the same",
  "src/store/redis/deadline.ts": "the same",
};

const TESTS_WAIT: Allowed = {
  "test/channels/whatsapp-send.test.ts": "a line comes back by itself, and nothing announces it",
  "test/fakes/telegram/polling.ts": "Telegram itself holds a question for so long",
  "test/fakes/telegram/webhook.ts": "Telegram itself waits before it calls again",
  "test/program/fleet.ts": "a balancer gives up on a process that does not answer",
  "test/program/stop.test.ts": "that a second signal does not cut a stop short shows only in a while of nothing",
  "test/program/tab.ts": "the program is looked at from outside, where no signal comes out",
};

const DRAWS: Allowed = {
  "src/store/fresh-bytes.ts": "the bytes of nonces, drawn many at a time",
  "src/main.ts": "the composition root hands chance to the payments",
  "src/surroundings.ts": "and to the pure step",
  "src/whatsapp.ts": "it composes too",
  "src/cli/whatsapp-tools.ts": "it composes a tool, which names its process",
  "src/channels/whatsapp/pair.ts": "the spread of its tries",
  "src/staff/pin.ts": "the salt of a PIN's hash",
  "src/store/sealing.ts": "the nonce of a sealed value",
  "src/store/key-file.ts": "the key itself",
  "src/store/sqlite/conversations.ts": "the name of a lease",
  "src/store/redis/conversations.ts": "the name of a lease, and of a process",
  "src/store/rows/opening.ts": "a payment's reference and its authenticity code",
  "src/store/rows/staff.ts": "the name and the code of one of the staff",
  "src/store/postgres/web-inbox.ts": "the name of a process",
};
