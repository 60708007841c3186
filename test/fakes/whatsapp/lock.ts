let tail: Promise<unknown> = Promise.resolve();

/**
 * Runs one piece of Signal work of the simulated people at a time, in the order of the calls. libsignal keeps one queue
 * of jobs per address for the whole process, and Baileys keeps its transaction in the async context of whoever began
 * that queue: two people who write to the same bot at once would save into each other's transactions.
 */
export function alone<T>(work: () => Promise<T>): Promise<T> {
  const done = tail.then(work, work);
  tail = done.then(breathe, breathe);
  return done;
}

function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
