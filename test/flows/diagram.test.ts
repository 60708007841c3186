import { describe, expect, it } from "vitest";
import { type FlowName, flows } from "../../flows/index.ts";
import { chartOf } from "./chart.ts";
import { diagramOf } from "./diagram.ts";

const NAMES = Object.keys(flows) as readonly FlowName[];

describe.each(NAMES)("docs/flows/%s.md", (name) => {
  it("is the chart as it is now", async () => {
    await expect(diagramOf(chartOf(name), chartOf("counter"))).toMatchFileSnapshot(
      `../../docs/flows/${name}.md`,
      `docs/flows/${name}.md is stale: \`npm run diagrams\` writes it anew`,
    );
  });

  it("says what every state and every arrow is, no two arrows of an event alike", () => {
    const { arrows, states } = chartOf(name);
    expect(states.filter(({ description }) => description === "")).toEqual([]);
    const names = arrows.map(({ from, event, description }) => `${from} ${event} ${description}`);
    expect(arrows.filter(({ description }) => description === "")).toEqual([]);
    expect(names.filter((one, index) => names.indexOf(one) !== index)).toEqual([]);
  });
});
