/** Waits by real time: a step of the wall clock must not stretch a wait on the network. */

export interface Step<T> {
  /** ms for all its tries together. */
  readonly within: number;
  readonly work: () => Promise<T>;
  /** Whether another try may go better. */
  readonly mayPass: (error: unknown) => boolean;
  /** The error after the deadline; `last` is that of the last try, if one ended. */
  readonly late: (last: unknown) => unknown;
}

const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 200;

/** Tries until it works, an error will not pass, or the deadline has come. What is still under way then is left alone. */
export function stepped<T>({ within, work, mayPass, late }: Step<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let last: unknown;
    let isOver = false;
    let again: NodeJS.Timeout | undefined;
    const deadline = setTimeout(() => {
      isOver = true;
      clearTimeout(again);
      reject(late(last));
    }, within);
    const attempt = (pause: number): void => {
      work().then(
        (result) => {
          clearTimeout(deadline);
          resolve(result);
        },
        (error: unknown) => {
          if (isOver) return;
          last = error;
          if (mayPass(error)) {
            again = setTimeout(() => attempt(Math.min(LONGEST_PAUSE, pause * 2)), pause);
            return;
          }
          clearTimeout(deadline);
          reject(error);
        },
      );
    };
    attempt(FIRST_PAUSE);
  });
}
