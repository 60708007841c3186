import { showTime, startOfDay } from "../../src/domain/time.ts";

/** `21.04`, in WIB; with its date when it is another day than `now`. */
export function storyTime(at: number, now: number, date: (ms: number) => string): string {
  const clock = showTime(at).replace(/ WIB$/, "");
  return startOfDay(at) === startOfDay(now) ? clock : `${date(at)} ${clock}`;
}
