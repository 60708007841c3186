/** A store that cannot be used: what failed, with what, and what to do, in sentences for the operator. */
export class StoreError extends Error {
  override readonly name: string = "StoreError";
  readonly what: string;
  readonly toDo: string;

  constructor(what: string, toDo: string, cause?: unknown) {
    super(`${what} ${toDo}`, cause === undefined ? undefined : { cause });
    this.what = what;
    this.toDo = toDo;
  }
}

/** A store that is away for now: the same may be asked for again. The port knows it by its name (`isAway`). */
export class StoreAway extends StoreError {
  override readonly name = "StoreAway";
}

/**
 * The sentence for an error of the file system or of SQLite; what has no sentence here (a broken constraint, a fault
 * in the SQL) comes back as it is: it is no matter for the operator.
 */
export function explained(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const code = "code" in error ? String(error.code) : "";
  // libsql gives its own error at the opening: SQLite's number is in the text alone.
  const number = /^ConnectionFailed\(.*: (\d+)"\)$/.exec(error.message)?.[1];
  const entry = SENTENCES.find(([of]) => (number === "14" ? of.test("SQLITE_CANTOPEN") : of.test(code)));
  return entry === undefined ? error : new StoreError(`${path} ${entry[1]}`, entry[2], error);
}

const SENTENCES: readonly (readonly [code: RegExp, what: string, toDo: string])[] = [
  [/^SQLITE_NOTADB/, "is no database.", "Name another file in DATABASE_URL, or put the right one back from a backup."],
  [
    /^SQLITE_CORRUPT/,
    "is damaged.",
    "Stop the program and put the last backup in its place, then run `npx loket restored`.",
  ],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, "cannot grow: the disk is full.", "Make room on the disk; nothing half was saved."],
  [/^(SQLITE_READONLY|EROFS)/, "is read-only.", "Give the program's user the right to write the file and its folder."],
  [
    /^(SQLITE_PERM|SQLITE_AUTH|EACCES|EPERM)/,
    "may not be opened.",
    "Give the program's user the right to read and write the file and its folder.",
  ],
  [
    /^(SQLITE_CANTOPEN|ENOENT)/,
    "cannot be opened.",
    "See that its folder exists and that the program's user may write in it.",
  ],
  [/^(ENOTDIR|EEXIST)/, "cannot be made: a part of its path is a file.", "Name another path in DATABASE_URL."],
  [/^EISDIR/, "is a folder.", "Name a file in DATABASE_URL, for example sqlite:data/loket.db."],
  [
    /^SQLITE_IOERR/,
    "cannot be read or written: the disk reports an error.",
    "Look at the disk and the system's log, then start again.",
  ],
  [
    /^SQLITE_(BUSY|LOCKED)/,
    "is held by another program.",
    "Wait until that program (a backup, another tool) is done, then try again.",
  ],
];
