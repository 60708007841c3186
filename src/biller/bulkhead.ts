/** Runs at most `atOnce` things at a time; `waiting` more stand in line, and who comes then is told so at once. */
export interface Bulkhead {
  run<T>(work: () => Promise<T>): Promise<T | "full">;
}

export function bulkhead(atOnce: number, waiting: number): Bulkhead {
  let running = 0;
  const line: (() => void)[] = [];
  const leave = () => {
    const next = line.shift();
    // The place is handed on: `running` falls only when nobody waits.
    if (next === undefined) running -= 1;
    else next();
  };
  return {
    async run(work) {
      if (running >= atOnce) {
        if (line.length >= waiting) return "full";
        await new Promise<void>((resolve) => line.push(resolve));
      } else {
        running += 1;
      }
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
