const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** How long things are kept (security: personal data), ms. */
export const KEEP = {
  /** A paid one, for the proof. Amounts and references stay without the person. */
  paid: 90 * DAY,
  /** A request that is over: what was paid stands in its payment. */
  request: DAY,
  /** A conversation that nobody wrote to. What was typed in it is forgotten after 24 h by the flow itself. */
  conversation: 91 * DAY,
  /** Seen ids: longer than any platform delivers again. */
  seen: 8 * DAY,
  /** Finished jobs, whose platform's ids take keyboards off. */
  jobs: 2 * DAY,
  /** What was written to a human, and what could not be taken at all. */
  letters: 30 * DAY,
} as const;
