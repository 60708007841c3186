/** How many do one kind of work at once. */
export interface Places {
  /** A place, to be given back by calling it (twice is once); undefined when all are taken. */
  take(): (() => void) | undefined;
  /** Waits for a place. */
  wait(): Promise<() => void>;
}

export function places(count: number): Places {
  let free = count;
  const line: (() => void)[] = [];
  const giveBack = () => {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = line.shift();
      if (next === undefined) free += 1;
      else next();
    };
  };
  const take = () => {
    if (free === 0) return undefined;
    free -= 1;
    return giveBack();
  };
  return {
    take,
    async wait() {
      const place = take();
      if (place !== undefined) return place;
      await new Promise<void>((resolve) => line.push(resolve));
      return giveBack();
    },
  };
}
