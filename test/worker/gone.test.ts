import { expect, it } from "vitest";
import { paid } from "../contract/ledger-samples.ts";
import { ANI, workRoom } from "./room.ts";

const DELIVERED = { kind: "delivered", ref: "x" } as const;
const GONE = { kind: "gone", reason: "blocked" } as const;

// Found by the simulation: the news was told, so its task was never written, and the proof went nowhere.
it("a proof whose chat is gone after the news of the payment is the operator's", async () => {
  const room = workRoom();
  room.deliver(ANI, DELIVERED, DELIVERED, GONE);
  await paid(room.stores.ledger, { payer: ANI }, room.clock.now());
  await room.clock.advance(5_000);
  await room.settle();
  expect(await room.openTasks()).toEqual(["proof-undelivered"]);
});
