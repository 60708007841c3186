/** Wakes those who wait for work in this process. */
export interface Signal {
  /** With `about` only those who wait for one of these; without it everybody. */
  ring(about?: readonly string[]): void;
  /**
   * Yields after a ring, counted from this call on (not from the first look); rings that come while the reader is busy
   * are one. Ends when `stop` aborts or the reader leaves.
   */
  listen(stop: AbortSignal, about?: readonly string[]): AsyncIterable<void>;
}

export function makeSignal(): Signal {
  const bells = new Map<Bell, readonly string[] | undefined>();
  return {
    ring(about) {
      for (const [bell, of] of bells) {
        if (about === undefined || of === undefined || about.some((one) => of.includes(one))) bell.ring();
      }
    },
    listen(stop, about) {
      // Hung up here and not in the generator: its body starts at the first look, and a ring before it would be lost.
      const bell = makeBell();
      bells.set(bell, about);
      return listened(bell, stop, () => bells.delete(bell));
    },
  };
}

interface Bell {
  ring(): void;
  /** Resolves at once after a ring that nobody heard yet. */
  rung(): Promise<void>;
}

function makeBell(): Bell {
  let unheard = false;
  let hear: (() => void) | undefined;
  return {
    ring() {
      unheard = true;
      hear?.();
    },
    async rung() {
      if (!unheard) {
        await new Promise<void>((resolve) => {
          hear = resolve;
        });
      }
      unheard = false;
      hear = undefined;
    },
  };
}

async function* listened(bell: Bell, stop: AbortSignal, leave: () => void): AsyncGenerator<void, void, undefined> {
  stop.addEventListener("abort", bell.ring, { once: true });
  try {
    while (!stop.aborted) {
      await bell.rung();
      if (!stop.aborted) yield;
    }
  } finally {
    stop.removeEventListener("abort", bell.ring);
    leave();
  }
}
