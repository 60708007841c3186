import type { Context } from "../../../flows/counter/context.ts";
import type { Conversations } from "../../../src/conversation/conversations.ts";
import type { ConversationKey } from "../../../src/conversation/message.ts";
import type { Ledger } from "../../../src/payments/ledger.ts";
import type { OperatorTask } from "../../../src/records/records.ts";
import type { Sim } from "../sim.ts";
import { isLive } from "./payments.ts";

export interface ViewsOptions {
  readonly sim: Sim;
  readonly conversations: Conversations;
  readonly ledger: Ledger;
  readonly keys: Iterable<ConversationKey>;
  readonly tasks: readonly OperatorTask[];
}

/** When the world has come to rest: no chat waits for news of a payment that is over, or was never opened. */
export async function checkViews(options: ViewsOptions): Promise<void> {
  const { sim, conversations, keys, tasks } = options;
  for (const key of keys) {
    const conversation = await conversations.load(key);
    // What the program gave up is the operator's.
    if (conversation?.flow !== "counter" || tasks.some(({ kind, chat }) => kind === "stuck" && chat === key)) continue;
    const { bills } = conversation.context as Pick<Context, "bills">;
    for (const { state, ref, plate } of bills) {
      if (state !== "live" && state !== "asked") continue;
      const payment = ref === undefined ? undefined : await options.ledger.load(ref);
      if (payment === undefined) sim.violate("view", `${key} waits for a payment of ${plate} that was never opened`);
      else if (!isLive(payment)) sim.violate("view", `${key} waits for ${ref}, which is ${payment.state}`);
    }
  }
}
