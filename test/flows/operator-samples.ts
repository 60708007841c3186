import fc, { type Arbitrary } from "fast-check";
import type {
  AgentCard,
  Alert,
  AlertKind,
  Changed,
  DepositShown,
  DeskNews,
  ErrandShown,
  MeantFor,
  NotDone,
  PaymentBrief,
  RequestBrief,
  Story,
  StoryLine,
  TaskLine,
  Today,
  Usage,
  Verdict,
} from "../../flows/index.ts";
import type { PaymentRef } from "../../src/domain/ref.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import type { RequestRef, StaffId } from "../../src/domain/staff.ts";

const none = fc.constant({});
const sum = fc.integer({ min: 0, max: 10_000_000 }).map(rupiah);
const now = fc.integer({ min: Date.UTC(2019, 6, 1), max: Date.UTC(2031, 0, 1) });
const ref = fc.constantFrom("7K2MQ", "9PXMA").map((one) => one as PaymentRef);
const id = fc.integer({ min: 1, max: 9_999 });
const name = fc.constantFrom("Loket Cibinong", "Sari", "Agen Pak Haji Somad Parung Panjang");
const staffId = fc.constantFrom("K7QM", "2ABC").map((one) => one as StaffId);
const who = fc.constantFrom("WA …789", "TG …042", "Loket Cibinong");
const plate = fc.constantFrom("F 0001 Z", "B 1234 ABC", "");
const state = fc.constantFrom("sent", "checking", "review", "paid", "refunded", "not-charged", "withdrawn");
const detail = fc.constantFrom("", "it is sending, and only what is suspect or in review can be");
const words = fc.constantFrom("Motor saya hilang, bagaimana?", "Sudah saya transfer, mohon dicek");
const maybe = <T>(some: Arbitrary<T>) => fc.option(some, { nil: undefined });

const payment: Arbitrary<PaymentBrief> = fc.record({ ref, plate, total: sum, state, openedAt: now });
const request: Arbitrary<RequestBrief> = fc.record({
  ref: fc.constant("8XWQ2"),
  plate,
  total: sum,
  state: fc.constantFrom("asked", "taken", "received", "paying", "unpaid", "done", "closed"),
});
const agent: Arbitrary<AgentCard> = fc.record({
  id: staffId,
  name,
  place: fc.constantFrom("", "Cibinong"),
  suspended: fc.boolean(),
  pin: fc.constantFrom("none", "set", "locked"),
  onDuty: fc.boolean(),
  balance: sum,
});
const deposit: Arbitrary<DepositShown> = fc.record({
  started: fc.boolean(),
  sum,
  underWay: sum,
  bills: maybe(fc.integer({ min: 0, max: 99 })),
  floor: maybe(sum),
  paused: fc.boolean(),
});
const today: Arbitrary<Today> = fc.record({
  at: now,
  count: fc.integer({ min: 0, max: 300 }),
  total: sum,
  profit: sum,
  unsure: fc.array(ref, { maxLength: 7 }),
  undelivered: fc.array(ref, { maxLength: 7 }),
  openTasks: id,
  deposit,
});
const verdict: Arbitrary<Verdict> = fc.oneof(
  fc.record({ kind: fc.constant("paid" as const), reference: fc.constant("5A834FE7") }),
  fc.record({ kind: fc.constantFrom("refunded", "not-charged") }),
);
const errand: Arbitrary<ErrandShown> = fc.oneof(
  fc.record({
    kind: fc.constant("top-up" as const),
    agent: staffId,
    name,
    amount: sum,
    balance: sum,
    by: fc.constantFrom("", "Budi"),
  }),
  fc.record({ kind: fc.constant("resolve" as const), ref, verdict, by: fc.constant("Budi") }),
);

const alertKind: Arbitrary<AlertKind> = fc.constantFrom(
  ...(["suspect", "review", "undelivered", "human", "wish", "approval", "paused", "deposit"] as const),
  ...(["channel", "login", "bill", "request", "restored", "erase", "fault"] as const),
);
const alert: Arbitrary<Alert> = fc.record({
  id,
  kind: alertKind,
  at: now,
  text: fc.constant("Something is the matter with the line. Look at the log."),
  payment: maybe(payment),
  who: fc.oneof(who, fc.constant("")),
  letters: fc.array(words, { maxLength: 3 }),
  errand: maybe(errand),
  deposit: maybe(deposit),
});

const line: Arbitrary<StoryLine> = fc
  .tuple(
    now,
    fc.oneof(
      fc.record({ what: fc.constantFrom("asked", "confirmed"), who }),
      fc.record({ what: fc.constantFrom("taken", "received"), agent: name }),
      fc.record({ what: fc.constant("said-paid" as const), photo: fc.boolean() }),
      fc.record({ what: fc.constant("sent" as const) }),
      fc.record({
        what: fc.constant("says" as const),
        from: fc.constantFrom("pay", "status"),
        said: fc.constantFrom("confirm", "pending", "refund", "no", "failure", "inquiry", "not-sent", "silent"),
        times: fc.integer({ min: 1, max: 9 }),
      }),
      fc.record({ what: fc.constant("decided" as const), detail: fc.constant("paid by Sari: asked MMBC") }),
      fc.record({
        what: fc.constant("told" as const),
        who,
        news: fc.constantFrom("under-way", "still-asking", "withdrawn", "paid", "not-paid", "changed-its-word"),
        arrived: fc.boolean(),
      }),
      fc.record({
        what: fc.constant("ended" as const),
        state: fc.oneof(state, fc.constant("request-closed" as const)),
      }),
    ),
  )
  .map(([at, told]) => ({ at, ...told }) as StoryLine);
const story: Arbitrary<Story> = fc.record({
  payment: fc.option(payment, { nil: undefined, freq: 4 }),
  request: maybe(request),
  lines: fc.array(line, { minLength: 1, maxLength: 6 }),
  nextAt: maybe(now),
  knownAt: maybe(now),
  agent: fc.constantFrom("", "Loket Cibinong"),
});
const task: Arbitrary<TaskLine> = fc.record({
  id,
  kind: alertKind,
  at: now,
  ref: maybe(ref),
  who: fc.oneof(who, fc.constant("")),
});

const changed: Arbitrary<Changed> = fc.oneof(
  fc.record({ kind: fc.constantFrom("resent", "told"), ref, who }),
  fc.record({ kind: fc.constant("resolved" as const), ref, state }),
  fc.record({ kind: fc.constant("topped-up" as const), name, amount: sum, balance: sum, told: fc.boolean() }),
  fc.record({ kind: fc.constant("wish-declined" as const), name, amount: sum }),
  fc.record({ kind: fc.constant("opened" as const), name, how: fc.constantFrom("unlock", "new-pin", "resume") }),
  fc.record({ kind: fc.constant("deposit-in" as const), amount: sum, deposit }),
  fc.record({ kind: fc.constant("replied" as const), id, who }),
  fc.record({ kind: fc.constant("closed" as const), id, human: fc.boolean() }),
  fc.record({ kind: fc.constant("waits-for-second" as const), id, others: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ kind: fc.constant("rejected" as const), id }),
  fc.record({ kind: fc.constant("request-given" as const), request, name }),
  fc.record({ kind: fc.constant("request-closed" as const), request }),
  fc.record({ kind: fc.constant("paying-goes-on" as const) }),
);
const agents = fc.array(agent, { minLength: 1, maxLength: 4 });
const requestRef = fc.constant("8XWQ2" as RequestRef);
const meantFor: Arbitrary<MeantFor> = fc.oneof(
  fc.record({ kind: fc.constant("top-up" as const), amount: sum }),
  fc.record({ kind: fc.constant("open" as const) }),
  fc.record({ kind: fc.constant("give" as const), request: requestRef }),
);
const notDone: Arbitrary<NotDone> = fc.oneof(
  fc.record({ kind: fc.constantFrom("no-proof", "no-payment"), ref }),
  fc.record({
    kind: fc.constant("not-resolved" as const),
    ref,
    why: fc.constantFrom("biller-confirms", "ended", "changed", "impossible"),
    state,
    detail,
  }),
  fc.record({ kind: fc.constant("no-agent" as const), asked: name }),
  fc.record({ kind: fc.constant("which-agent" as const), asked: name, agents, act: meantFor }),
  fc.record({ kind: fc.constant("how-open" as const), agent }),
  fc.record({
    kind: fc.constant("twice" as const),
    agent: fc.constant("" as const),
    name: fc.oneof(name, fc.constant("")),
    amount: sum,
    since: now,
  }),
  fc.record({ kind: fc.constant("no-request" as const), request: requestRef }),
  fc.record({
    kind: fc.constant("request-stays" as const),
    request,
    why: fc.constantFrom("short", "capped", "no-chat", "impossible"),
    detail: fc.constantFrom("", "it is being paid, and that cannot be stopped"),
  }),
  fc.record({ kind: fc.constantFrom("deposit-not-started", "not-paused", "refused") }),
  fc.record({ kind: fc.constantFrom("no-task", "not-for-that", "own-approval", "unreachable"), id }),
  fc.record({ kind: fc.constant("handled" as const), id, by: fc.constant("Budi"), at: now }),
);
const news: Arbitrary<DeskNews> = fc.oneof(
  fc.record({
    kind: fc.constant("handled" as const),
    id,
    by: fc.constant("Budi"),
    how: fc.constantFrom("closed", "answers"),
  }),
  fc.record({ kind: fc.constant("wrote" as const), id, who, text: words }),
  fc.record({ kind: fc.constant("evening" as const), today }),
  fc.record({ kind: fc.constant("many" as const), count: id }),
);
const usage: Arbitrary<Usage> = fc.constantFrom(
  ...(["find", "resolve", "why", "resend", "top-up", "open", "reply", "number", "sum", "give", "close"] as const),
);

/** Values for the sentences of the operator's chat. */
export const OPERATOR_SAMPLES = {
  op_welcome: fc.record({ name, loket: fc.constantFrom("Loket Samsat", "Loket Samsat Keliling Cibinong Raya") }),
  op_menu: none,
  op_not_understood: none,
  op_media: none,
  op_usage: fc.record({ usage }),
  op_sums: none,
  op_cancelled: none,
  op_nothing_waiting: none,
  op_pin_first: none,
  op_pin_later: none,
  op_pin_locked: none,
  op_pin_lapsed: none,
  op_session_locked: none,
  op_reply_to: fc.record({ id }),
  op_back_online: none,
  op_story: fc.record({ story, now }).filter((v) => v.story.payment !== undefined || v.story.request !== undefined),
  op_found: fc.record({
    payments: fc.array(payment, { minLength: 1, maxLength: 4 }),
    requests: fc.array(request, { maxLength: 2 }),
    agents: fc.array(agent, { maxLength: 2 }),
    now,
  }),
  op_nothing: fc.record({ asked: fc.constantFrom("F 1234 AB", "motornya yang merah") }),
  op_tasks: fc.record({ tasks: fc.array(task, { maxLength: 6 }), more: fc.integer({ min: 0, max: 9 }), now }),
  op_agents: fc.record({ agents: fc.array(agent, { maxLength: 5 }) }),
  op_agent: fc.record({ agent, payments: fc.array(payment, { maxLength: 4 }), now }),
  op_deposit: fc.record({ deposit }),
  op_today: fc.record({ today }),
  op_how_resolve: fc.record({ ref: fc.constant("TRX-7K2MQ"), bare: fc.constant("7K2MQ"), state }),
  op_not_asked: fc.record({ ref: fc.constant("TRX-7K2MQ"), state }),
  op_changed: fc.record({ done: changed }),
  op_not_done: fc.record({ no: notDone, now }),
  op_alert: fc.record({ alert }),
  op_news: fc.record({ news }),
  staff_says: fc.record({ text: words }),
  handed_back: none,
  wish_not_in: fc.record({ amount: sum }),
  label_op_check: none,
  label_op_task: fc.record({ id }),
  label_op_tell: none,
  label_op_resolve: none,
  label_op_got: none,
  label_op_not_got: none,
  label_op_agree: none,
  label_op_reject: none,
  label_op_reply: none,
  label_op_close: none,
  label_op_look: none,
  label_op_go_on: none,
  label_op_unlock: none,
  label_op_new_pin: none,
  label_op_resume: none,
  label_op_again: fc.record({ amount: sum }),
  label_op_no: none,
  label_op_sum: fc.record({ amount: sum }),
  label_op_agent: fc.record({ name, id: fc.constant("K7QM") }),
  label_op_payment: fc.record({ ref: fc.constant("TRX-7K2MQ") }),
};
