/** How often each thing happened, by its name. */
export interface Coverage {
  count(group: Group, name: string, by?: number): void;
  of(group: Group): Readonly<Record<string, number>>;
  merge(other: Coverage): void;
  /** All of it, for another process. */
  groups(): Groups;
}

export type Groups = Readonly<Record<Group, Readonly<Record<string, number>>>>;

/**
 * edges: of a payment's life. places: of the conversation. faults: by kind. crashes: the call at which the program died.
 * outcomes: what became of payments. orders: which of two racing things came first. told: what people were told.
 * requests: what became of what customers ask of agents, and of agents' balances.
 */
export const GROUPS = ["edges", "places", "faults", "crashes", "outcomes", "orders", "told", "requests"] as const;
export type Group = (typeof GROUPS)[number];

export function coverage(before?: Groups): Coverage {
  const groups = new Map<Group, Map<string, number>>(
    GROUPS.map((group) => [group, new Map(Object.entries(before?.[group] ?? {}))]),
  );
  const counts = (group: Group) => groups.get(group) ?? new Map<string, number>();
  const count = (group: Group, name: string, by = 1) => {
    const of = counts(group);
    of.set(name, (of.get(name) ?? 0) + by);
  };
  const of = (group: Group) => Object.fromEntries([...counts(group)].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    count,
    of,
    groups: () => Object.fromEntries(GROUPS.map((group) => [group, of(group)])) as Groups,
    merge(other) {
      for (const group of GROUPS) {
        for (const [name, by] of Object.entries(other.of(group))) count(group, name, by);
      }
    },
  };
}
