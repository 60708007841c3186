import type { Arrow, Chart } from "./chart.ts";

const ANYWHERE = "anywhere";

const TITLES: Readonly<Record<Chart["name"], string>> = {
  counter: "The counter's conversation",
  agent: "An agent's conversation",
  operator: "An operator's conversation",
};

/** docs/flows/<flow>.md: the chart as a picture, and every arrow of it in words. Made from the machine alone. */
export function diagramOf(chart: Chart): string {
  const { name, initial, arrows, states } = chart;
  const passing = states.some((state) => state.name === "route") ? " `route` is passed through, never rested in." : "";
  return `# ${TITLES[name]}

Made from \`flows/${name}.ts\` by \`npm run diagrams\`. What one state does by itself stands before what every state does;
the first arrow of an event whose condition holds is taken.${passing}

\`\`\`mermaid
stateDiagram-v2
  [*] --> ${initial}
  state "any state" as ${ANYWHERE}
${edges(arrows).join("\n")}
\`\`\`

## The states

${table(
  ["state", "what it is"],
  states.map(({ name, description }) => [code(name), description]),
)}

## What a state does by itself

${table(
  ["in", "event", "when", "leads to"],
  arrows.filter(({ from }) => from !== ANYWHERE).map((arrow) => [code(arrow.from), ...cellsOf(arrow)]),
)}

## What every state does

${table(["event", "when", "leads to"], arrows.filter(({ from }) => from === ANYWHERE).map(cellsOf))}
`;
}

/** One edge for each pair of states, with what takes it: the events alone where any state has it. */
function edges(arrows: readonly Arrow[]): readonly string[] {
  const labels = new Map<string, Set<string>>();
  for (const { from, to, event, description } of arrows) {
    if (to === undefined) continue;
    const label = from === ANYWHERE ? event : description;
    const pair = `${from} --> ${to}`;
    labels.set(pair, (labels.get(pair) ?? new Set()).add(label));
  }
  // A colon ends a label's name in Mermaid.
  return [...labels].map(([pair, all]) => `  ${pair} : ${[...all].join(", ").replaceAll(":", " –")}`);
}

function cellsOf({ event, description, to }: Arrow): readonly string[] {
  return [event === "" ? "at once" : code(event), description, to === undefined ? "" : code(to)];
}

function code(name: string): string {
  return `\`${name}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
}
