/** What either database keeps in a cell. */
export type Cell = string | number | null;

/** `a = ?, b = ?` */
export function marked(names: readonly string[]): string {
  return names.map((name) => `${name} = ?`).join(", ");
}

/** `a = $1, b = $2`, or from another number on. */
export function numbered(names: readonly string[], first = 1): string {
  return names.map((name, place) => `${name} = $${first + place}`).join(", ");
}

/** `$1, $2, $3` */
export function places(count: number): string {
  return Array.from({ length: count }, (_, place) => `$${place + 1}`).join(", ");
}
