import { expect, test } from "vitest";
import { freshBytes } from "../../src/store/fresh-bytes.ts";

test("no two draws are the same, and a piece stays what it was while others are drawn", () => {
  const kept = Array.from({ length: 3000 }, () => freshBytes(12));
  const seen = kept.map((bytes) => bytes.toString("hex"));
  expect(new Set(seen).size).toBe(3000);
  expect(seen.every((hex) => hex.length === 24)).toBe(true);
  for (let draw = 0; draw < 3000; draw++) freshBytes(12);
  expect(kept.map((bytes) => bytes.toString("hex"))).toEqual(seen);
});

test("more than is drawn at once is refused, and never given short", () => {
  expect(freshBytes(8192)).toHaveLength(8192);
  expect(() => freshBytes(8193)).toThrow(RangeError);
});
