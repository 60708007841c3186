/** The setting's value or undefined, with blanks at the ends taken off; every fault goes to the list. */
export interface Reader {
  readonly text: (name: string) => string | undefined;
  readonly fault: (name: string, what: string, example: string) => void;
}
