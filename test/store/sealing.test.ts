import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openSealer, sealerOf } from "../../src/store/sealing.ts";
import { inFolder } from "./folder.ts";

const SECRET = "a secret of more than thirty-two characters";
const key = (n: number) => new Uint8Array(32).fill(n);

describe("what was sealed", () => {
  const sealer = openSealer({ secret: SECRET });

  it("opens as it was, in its own row alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, about) => {
        const sealed = sealer.seal(text, about);
        expect(sealed).toMatch(/^[\w-]{8}\.[\w-]+$/);
        expect(sealer.open(sealed, about)).toBe(text);
        expect(() => sealer.open(sealed, `${about}2`)).toThrow("changed or moved");
      }),
    );
  });

  it("looks different each time, and does not hold the text", () => {
    const sealed = [1, 2, 3].map(() => sealer.seal("3204123456780001", "jobs:a"));
    expect(new Set(sealed).size).toBe(3);
    for (const one of sealed)
      expect(Buffer.from(one.split(".")[1] ?? "", "base64url").toString("latin1")).not.toContain("3204");
  });

  it("does not open when any character of it was changed, cut or added", () => {
    const sealed = sealer.seal("text", "jobs:a");
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === "A" ? "w" : "A";
      expect(() => sealer.open(sealed.slice(0, at) + other + sealed.slice(at + 1), "jobs:a")).toThrow();
      expect(() => sealer.open(sealed.slice(0, at), "jobs:a")).toThrow();
    }
    expect(() => sealer.open(`${sealed}AAAA`, "jobs:a")).toThrow();
    expect(() => sealer.open("", "jobs:a")).toThrow();
  });

  it("opens with the same secret in another process, and with no other", () => {
    const sealed = sealer.seal("text", "jobs:a");
    expect(openSealer({ secret: SECRET }).open(sealed, "jobs:a")).toBe("text");
    expect(() => openSealer({ secret: `${SECRET}.` }).open(sealed, "jobs:a")).toThrow("a key that is not here");
  });

  it("is not named in the error: neither the text nor the chat", () => {
    const sealed = sealer.seal("text", "conversations:telegram:4242");
    expect(() => sealer.open(sealed, "conversations:telegram:777")).toThrow(/^(?!.*777)/);
  });
});

describe("a rotated key", () => {
  const before = sealerOf({ seal: [key(1)], index: key(9) });
  const after = sealerOf({ seal: [key(2), key(1)], index: key(9) });

  it("opens what the old one sealed, and seals with the new one", () => {
    expect(after.open(before.seal("text", "a:b"), "a:b")).toBe("text");
    expect(() => before.open(after.seal("text", "a:b"), "a:b")).toThrow("a key that is not here");
  });

  it("leaves the index as it was", () => {
    expect(after.index("chassis:MH1")).toBe(before.index("chassis:MH1"));
    expect(after.index("chassis:MH1")).not.toBe(after.index("chassis:MH2"));
    expect(after.index("chassis:MH1")).toMatch(/^[\w-]{43}$/);
  });
});

describe("the secret", () => {
  it("is refused with a sentence when it is short, and not shown", () => {
    expect(() => openSealer({ secret: "short-secret" })).toThrow(/^LOKET_SECRET has 12 characters(?!.*short-secret)/);
  });
});

describe("the key file", () => {
  const folder = inFolder();

  it("is made once, for its owner alone, and read again", () => {
    const keyFile = folder.path("new/loket.db.key");
    const sealed = openSealer({ keyFile }).seal("text", "a:b");
    const written = readFileSync(keyFile, "utf8");
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(keyFile)).mode & 0o777).toBe(0o700);
    expect(openSealer({ keyFile }).open(sealed, "a:b")).toBe("text");
    expect(readFileSync(keyFile, "utf8")).toBe(written);
    expect(readdirSync(dirname(keyFile))).toEqual(["loket.db.key"]);
  });

  it("is rotated by putting a new key in front", () => {
    const keyFile = folder.path("rotated.key");
    const old = openSealer({ keyFile });
    const file = JSON.parse(readFileSync(keyFile, "utf8"));
    file.seal.unshift(Buffer.alloc(32, 7).toString("base64url"));
    writeFileSync(keyFile, JSON.stringify(file));
    const rotated = openSealer({ keyFile });
    expect(rotated.open(old.seal("text", "a:b"), "a:b")).toBe("text");
    expect(rotated.index("x")).toBe(old.index("x"));
  });

  it("is not made when the database was sealed before", () => {
    const keyFile = folder.path("missing.key");
    expect(() => openSealer({ keyFile, mayMake: false })).toThrow(/missing, and the database was sealed with it/);
    expect(existsSync(keyFile)).toBe(false);
  });

  it.each(["", "{}", "no json", '{"version":1,"seal":[],"index":""}', '{"version":2,"seal":["x"],"index":"x"}'])(
    "is refused and left alone when it holds %j",
    (text) => {
      const keyFile = folder.path("damaged.key");
      writeFileSync(keyFile, text);
      expect(() => openSealer({ keyFile })).toThrow(/damaged.key is no key file/);
      expect(readFileSync(keyFile, "utf8")).toBe(text);
    },
  );

  it("is refused with a sentence when it is a folder", () => {
    mkdirSync(folder.path("a-folder"));
    expect(() => openSealer({ keyFile: folder.path("a-folder") })).toThrow(/is a folder/);
  });
});
