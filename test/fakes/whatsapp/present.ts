/** The value, or a throw that says what a stanza or a protocol message lacked. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === undefined || value === null) throw new Error(`the client sent no ${what}`);
  return value;
}
