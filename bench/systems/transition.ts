import { initialTransition, type SnapshotFrom, transition } from "xstate";
import { peerBiller, stageOf, textOf } from "../flow.ts";
import { peerMachine, reply } from "../machine.ts";
import type { System } from "../system.ts";

/** xstate's pure step of the same conversation, the snapshots in memory: what deciding the reply costs. */
export const pureTransition: System = {
  name: "xstate-transition",
  kind: "limit",
  usesRedis: false,
  payTurn: 5,
  async start({ told, paid }) {
    const biller = peerBiller(paid);
    const machine = peerMachine(biller);
    const chats = new Map<number, SnapshotFrom<typeof machine>>();
    const done = (id: string, output: unknown) => ({ type: `xstate.done.actor.${id}`, output }) as never;
    return {
      async deliver(user, _, turn) {
        let now = chats.get(user) ?? initialTransition(machine, { user })[0];
        const from = String(now.value);
        [now] = transition(machine, now, { type: "said", text: textOf(turn) });
        const { chassis, bill } = now.context;
        if (now.value === "inquiring") {
          [now] = transition(machine, now, done("inquire", await biller.inquire(chassis ?? "")));
        } else if (now.value === "paying" && bill !== undefined) {
          [now] = transition(machine, now, done("pay", await biller.pay(bill, user)));
        }
        if (now.value === "proof") chats.delete(user);
        else chats.set(user, now);
        told(user, stageOf(reply(from, String(now.value), now.context)));
      },
      close: async () => {},
    };
  },
};
