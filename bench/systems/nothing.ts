import type { System } from "../system.ts";

/** Answers and does nothing else: what the measuring itself costs. */
export const nothing: System = {
  name: "nothing",
  kind: "limit",
  usesRedis: false,
  payTurn: 5,
  start: async ({ told }) => ({
    async deliver(user, _, turn) {
      told(user, turn + 1);
    },
    close: async () => {},
  }),
};
