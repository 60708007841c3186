import { assign, fromPromise, setup } from "xstate";
import { type Known, type PeerBill, type PeerBiller, type PeerProof, READS, SAYS } from "./flow.ts";

interface Context extends Known {
  user: number;
}

/** The same conversation as one would first write it with xstate: the biller is invoked. */
export function peerMachine(biller: PeerBiller) {
  return parts(biller).createMachine({
    id: "pay",
    initial: "start",
    context: ({ input }) => ({ user: input.user }),
    states: {
      start: { on: { said: "region" } },
      region: { on: { said: { guard: "region", target: "nik", actions: "keepRegion" } } },
      nik: { on: { said: { guard: "nik", target: "chassis", actions: "keepNik" } } },
      chassis: { on: { said: { guard: "chassis", target: "inquiring", actions: "keepChassis" } } },
      inquiring: {
        tags: "busy",
        invoke: {
          src: "inquire",
          id: "inquire",
          input: ({ context }) => context.chassis ?? "",
          onDone: { target: "bill", actions: assign({ bill: ({ event }) => event.output }) },
        },
      },
      bill: { on: { said: { guard: "bayar", target: "confirm" } } },
      confirm: { on: { said: { guard: "ya", target: "paying" } } },
      paying: {
        tags: "busy",
        invoke: {
          src: "pay",
          id: "pay",
          input: ({ context }) => ({ bill: context.bill, user: context.user }),
          onDone: { target: "proof", actions: assign({ proof: ({ event }) => event.output }) },
        },
      },
      proof: { type: "final" },
    },
  });
}

function parts(biller: PeerBiller) {
  return setup({
    types: {
      context: {} as Context,
      events: {} as { type: "said"; text: string },
      input: {} as { user: number },
      tags: {} as "busy",
    },
    actors: {
      inquire: fromPromise<PeerBill, string>(({ input }) => biller.inquire(input)),
      pay: fromPromise<PeerProof, { bill: PeerBill | undefined; user: number }>(({ input }) =>
        input.bill === undefined ? Promise.reject(new Error("no bill")) : biller.pay(input.bill, input.user),
      ),
    },
    guards: {
      region: ({ event }) => READS.region(event.text),
      nik: ({ event }) => READS.nik(event.text),
      chassis: ({ event }) => READS.chassis(event.text),
      bayar: ({ event }) => READS.bayar(event.text),
      ya: ({ event }) => READS.ya(event.text),
    },
    actions: {
      keepRegion: assign({ region: ({ event }) => event.text }),
      keepNik: assign({ nik: ({ event }) => event.text }),
      keepChassis: assign({ chassis: ({ event }) => event.text }),
    },
  });
}

/** What is said on the way from one state to another. */
export function reply(from: string, to: string, known: Known): string {
  if (from === to) return to === "proof" ? SAYS.over() : SAYS.strange();
  switch (to) {
    case "region":
    case "nik":
    case "chassis":
    case "bill":
    case "confirm":
    case "proof":
      return SAYS[to](known);
    default:
      return SAYS.strange();
  }
}
