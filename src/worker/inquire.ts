import type { InquiryResult, Task } from "../../flows/index.ts";
import type { Inquiry } from "../biller/biller.ts";
import type { Job } from "../conversation/conversation.ts";
import { channelOf } from "../conversation/message.ts";
import { take } from "../conversation/receive.ts";
import type { Bill } from "../domain/bill.ts";
import { LIVE } from "../payments/payment.ts";
import type { Deps } from "./deps.ts";

type InquireTask = Extract<Task, { kind: "inquire" }>;

/** How often the typing sign is renewed while the biller thinks, ms. */
const TYPING = 4000;
const DAY = 24 * 60 * 60 * 1000;

/** Asks the biller for a bill. Harmless to repeat: an answer that nobody waits for any more is dropped by its number. */
export async function handleInquire(deps: Deps, job: Job, task: InquireTask): Promise<void> {
  const inquiredAt = deps.clock.now();
  const { number } = task;
  const limited = deps.policyOf(job.key).limits !== undefined;
  const until = limited ? await deps.crowd?.enter(job.key, inquiredAt) : undefined;
  const result = until === undefined ? await asked(deps, job, task) : ({ kind: "crowded", until } as const);
  await take(deps, job.key, () => ({ type: "inquired", number, result, inquiredAt }), {
    finish: { job: job.id, lease: job.lease, next: "done" },
  });
}

async function asked(deps: Deps, job: Job, { product, nik, chassis }: InquireTask): Promise<InquiryResult> {
  const answer = await whileTyping(deps, job, deps.biller.inquire({ product, nik, chassis }));
  await alert(deps, job, answer);
  return answer.kind === "bill" ? checked(deps, job, answer.bill) : answer;
}

async function whileTyping<T>(deps: Deps, job: Job, work: Promise<T>): Promise<T> {
  const channel = deps.channels.get(channelOf(job.key));
  if (channel === undefined) return work;
  const done = new AbortController();
  const typing = (async () => {
    while (!done.signal.aborted) {
      await channel.typing(job.key);
      await deps.clock.sleep(deps.clock.now() + TYPING, done.signal);
    }
  })();
  try {
    return await work;
  } finally {
    // With a reason no error is made of each answer.
    done.abort("answered");
    await typing;
  }
}

/** A bill that may not be paid is not put on offer (money rules 1 and 6). */
async function checked(deps: Deps, job: Job, bill: Bill): Promise<InquiryResult> {
  const [used] = await deps.ledger.find({ invoice: bill.invoice, limit: 1 });
  if (used !== undefined && used.state !== "withdrawn" && used.state !== "intended") {
    await deps.records.tasks.add(
      {
        key: `invoice-reused:${bill.invoice}`,
        kind: "invoice-reused",
        text: `The biller gave invoice ${bill.invoice} again, which was sent before (${used.ref}, ${used.state}). Look at the payment; the customer was not offered to pay.`,
        ref: used.ref,
      },
      deps.clock.now(),
    );
    return { kind: "invoice-used" };
  }
  const vehicle = await deps.ledger.find({ vehicle: bill, limit: 20 });
  const mine = (payer: string) => payer === job.key;
  const live = vehicle.find(({ state }) => LIVE.includes(state));
  if (live !== undefined) {
    const ref = mine(live.payer) ? live.ref : undefined;
    return { kind: "vehicle-busy", plate: bill.plate, since: live.openedAt, ref };
  }
  const lately = vehicle.find(({ state, paidAt }) => state === "paid" && deps.clock.now() - (paidAt ?? 0) < DAY);
  if (lately !== undefined) {
    return { kind: "paid-lately", plate: bill.plate, ref: mine(lately.payer) ? lately.ref : undefined };
  }
  return { kind: "bill", bill };
}

/** What only a human can mend is told to a human. */
async function alert(deps: Deps, job: Job, answer: Inquiry): Promise<void> {
  const at = deps.clock.now();
  if (answer.kind === "bad-bill") {
    const text = `The biller's bill ${answer.invoice} could not be read with certainty: ${answer.why}. Ask the biller; the customer was told that staff look at it.`;
    await deps.records.tasks.add({ key: `bad-bill:${answer.invoice}`, kind: "bad-bill", text, chat: job.key }, at);
  }
  if (answer.kind === "unavailable" && answer.why === "login") {
    const text = `The biller refuses our login or our address: ${answer.reason}. Check MMBC_USERNAME, MMBC_PASSWORD and the address that the biller has on its list.`;
    await deps.records.tasks.add({ key: "biller-login", kind: "biller-login", text }, at);
  }
}
