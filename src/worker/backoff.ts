const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The pauses before the next try of a job, ms: the last one goes on. */
export type Backoff = readonly [number, ...number[]];

/**
 * A message that the platform did not take. It holds its lane: those behind it wait, in order. Never longer than a minute,
 * however long the platform was away: who confirms a bill when it is back is promised a word within the minute.
 */
export const SAY: Backoff = [SECOND, 2 * SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE];
/** A task of ours that threw. */
export const TASK: Backoff = [SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR];

export function pauseAfter(attempt: number, backoff: Backoff): number {
  return backoff[Math.min(attempt, backoff.length) - 1] ?? backoff[0];
}

/** After how many tries at these pauses so much time has passed, ms. A saved job knows how often it was tried, not since when. */
export function triesWithin(ms: number, backoff: Backoff): number {
  let tries = 1;
  for (let passed = 0; passed < ms; tries++) passed += pauseAfter(tries, backoff);
  return tries;
}

/** A message that no platform took in a day is given up. */
export const SAY_TRIES = triesWithin(24 * HOUR, SAY);
