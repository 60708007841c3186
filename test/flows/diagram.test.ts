import { describe, expect, it } from "vitest";
import { diagramOf } from "./diagram.ts";

describe("docs/flows/counter.md", () => {
  it("is the chart as it is now", async () => {
    await expect(diagramOf()).toMatchFileSnapshot(
      "../../docs/flows/counter.md",
      "docs/flows/counter.md is stale: `npm run diagrams` writes it anew",
    );
  });
});
