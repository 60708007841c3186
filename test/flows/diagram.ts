import type { Arrow, Chart } from "./chart.ts";

const ANYWHERE = "anywhere";

const TITLES: Readonly<Record<Chart["name"], string>> = {
  counter: "The counter's conversation",
  agent: "An agent's conversation",
  operator: "An operator's conversation",
};

/**
 * docs/flows/<flow>.md: the chart as a picture, and every arrow of it in words. Made from the machines alone. What every
 * state of the counter does just so is told there, and here in a note.
 */
export function diagramOf(chart: Chart, counter: Chart): string {
  const { name, initial, arrows, states } = chart;
  const everywhere = arrows.filter(({ from }) => from === ANYWHERE);
  const shared = name === counter.name ? [] : everywhere.filter((arrow) => counter.arrows.some(isSame(arrow)));
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

${table(["event", "when", "leads to"], everywhere.filter((arrow) => !shared.includes(arrow)).map(cellsOf))}
${noteOf(shared)}`;
}

function isSame(one: Arrow): (other: Arrow) => boolean {
  return ({ from, event, description, to }) =>
    from === one.from &&
    event === one.event &&
    description === one.description &&
    to === undefined &&
    one.to === undefined;
}

/** Where nothing is shared there is none. */
function noteOf(shared: readonly Arrow[]): string {
  if (shared.length === 0) return "";
  const events = [...new Set(shared.map(({ event }) => event))];
  const told = events.map((event) => {
    return `${code(event)} (${shared.flatMap((one) => (one.event === event ? one.description : [])).join("; ")})`;
  });
  return `\nJust as [the counter's conversation](counter.md): ${told.join(", ")}.\n`;
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
