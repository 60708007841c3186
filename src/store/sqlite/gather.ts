import { type Db, MEMORY } from "./open.ts";

/** Does `work` in a transaction and resolves once the disk has it. A throw undoes that work alone. */
export type Together = <T>(work: () => T) => Promise<T>;

interface Waiting {
  /** Inside a transaction. May be called again after a rollback. */
  work(): void;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * One wait for the disk serves all that was asked for in the same turn of the event loop: a commit costs a hundred
 * times less than the disk's answer to it. Each work has its own outcome, as if it had run alone, in the order of asking.
 */
export function gathering(db: Db): Together {
  const known = OF_FILE.get(db);
  if (known !== undefined) return known;
  const made = gatheringOf(db);
  OF_FILE.set(db, made);
  return made;
}

/** All rooms of one file wait for the disk together. */
const OF_FILE = new WeakMap<Db, Together>();

function gatheringOf(db: Db): Together {
  // In memory there is nothing to wait for, and no timer that a moved clock would not know of.
  if (db.path === MEMORY) return async (work) => db.transaction(work);
  let waiting: Waiting[] = [];
  const flush = () => {
    const all = waiting;
    waiting = [];
    allAtOnce(db, all);
  };
  return (work) =>
    new Promise((resolve, reject) => {
      let answer = () => {};
      const one: Waiting = {
        work() {
          const result = work();
          answer = () => resolve(result);
        },
        resolve: () => answer(),
        reject,
      };
      if (waiting.push(one) === 1) setImmediate(flush);
    });
}

function allAtOnce(db: Db, all: readonly Waiting[]): void {
  try {
    db.transaction(() => {
      for (const one of all) one.work();
    });
  } catch (error) {
    const [only, ...others] = all;
    if (others.length === 0) only?.reject(error);
    // One of them is at fault, or the disk: each by itself, so that it takes no other down with it.
    else for (const one of all) allAtOnce(db, [one]);
    return;
  }
  for (const one of all) one.resolve();
}
