import { showRef } from "../../src/domain/ref.ts";
import { choice, named } from "../counter/choices.ts";
import { saying } from "../counter/questions.ts";
import type { Choice, OperatorView, Say, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";
import type { Context, Place } from "./context.ts";
import type { Alert, Command, DeskNews, PaymentBrief } from "./events.ts";
import type { AgentCard, Changed, CommandResult, MeantFor, NotDone } from "./results.ts";

/** The operator whose chat it is: his flow is open in no other. */
export function operatorOf({ who }: World): OperatorView {
  if (who.kind !== "operator") throw new Error("the operator's flow was stepped for somebody else");
  return who.operator;
}

/** What is open at a place, after `before`. */
export function asking(_: Context, world: World, before: readonly Part[] = []): Say {
  const { forgets } = world;
  switch (world.place as Place) {
    case "pinNew":
      return saying(...before, part("pin_new", { forgets }));
    case "pinAgain":
      return saying(...before, part("pin_again", { forgets }));
    case "pin":
      return saying(...before, part("pin_ask", { forgets }));
    case "desk":
      return saying(...before);
  }
}

/** Who was made an operator's chat just now. */
export function welcomeSay(world: World): Say {
  return saying(part("op_welcome", { name: operatorOf(world).name, loket: world.policy.loket }), part("op_menu", {}));
}

/** How many choices a list offers at most. */
const MOST = 8;

/** What became of a command, in words, with what may be done next. */
export function resultSay(result: CommandResult, { at: now }: World): Say {
  switch (result.kind) {
    case "story": {
      const { payment } = result.story;
      return offering([part("op_story", { story: result.story, now })], payment === undefined ? [] : actsOn(payment));
    }
    case "found":
      return offering(
        [part("op_found", { ...result, now })],
        [
          ...result.payments.map(({ ref }) => choice(`story:${ref}`, part("label_op_payment", { ref: showRef(ref) }))),
          ...result.agents.map(agentChoice),
        ],
      );
    case "nothing":
      return saying(part("op_nothing", { asked: result.asked }));
    case "tasks": {
      const { tasks, more } = result;
      const each = tasks.slice(0, MOST).map(({ id }) => named(`task:${id}`, part("label_op_task", { id })));
      return offering([part("op_tasks", { tasks, more, now })], each);
    }
    case "task":
      return alertSay(result.alert);
    case "agents":
      return saying(part("op_agents", { agents: result.agents }));
    case "agent":
      return saying(part("op_agent", { agent: result.agent, payments: result.payments, now }));
    case "deposit":
      return saying(part("op_deposit", { deposit: result.deposit }));
    case "today":
      return saying(part("op_today", { today: result.today }));
    case "how-to-resolve":
      return saying(part("op_how_resolve", { ref: showRef(result.ref), bare: result.ref, state: result.state }));
    case "not-asked":
      return saying(part("op_not_asked", { ref: showRef(result.ref), state: result.state }));
    default:
      return isChanged(result)
        ? changedSay(result)
        : offering([part("op_not_done", { no: result, now })], nextOf(result));
  }
}

const CHANGED: ReadonlySet<CommandResult["kind"]> = new Set<Changed["kind"]>([
  "resent",
  "told",
  "resolved",
  "topped-up",
  "wish-declined",
  "opened",
  "deposit-in",
  "replied",
  "closed",
  "waits-for-second",
  "rejected",
  "request-given",
  "request-closed",
  "paying-goes-on",
]);

function isChanged(result: Changed | NotDone): result is Changed {
  return CHANGED.has(result.kind);
}

function changedSay(done: Changed): Say {
  return { ...saying(part("op_changed", { done })), ...answering(done) };
}

/** After words to a customer: more of them, or that it is done. */
function answering(done: Changed): Partial<Say> {
  if (done.kind !== "replied") return {};
  return { choices: humanChoices(done.id), columns: 2, stays: true };
}

function humanChoices(id: number): readonly Choice[] {
  return [named(`reply:${id}`, part("label_op_reply", {})), named(`close:${id}`, part("label_op_close", {}))];
}

/** What may be done when nothing was: which one is meant, or that it is meant so. */
function nextOf(result: NotDone): readonly Choice[] {
  switch (result.kind) {
    case "which-agent":
      return result.agents.map(({ id, name }) => choice(meaning(id, result.act), part("label_op_agent", { id, name })));
    case "how-open": {
      const { id, pin, suspended } = result.agent;
      return [
        ...(pin === "locked" ? [choice(`open:${id}:unlock`, part("label_op_unlock", {}))] : []),
        ...(suspended ? [choice(`open:${id}:resume`, part("label_op_resume", {}))] : []),
        choice(`open:${id}:new-pin`, part("label_op_new_pin", {})),
        choice("no", part("label_op_no", {})),
      ];
    }
    case "twice": {
      const { agent, amount } = result;
      const id = agent === "" ? `deposit-in:${amount}:again` : `top-up:${agent}:${amount}:again`;
      return [choice(id, part("label_op_again", { amount })), choice("no", part("label_op_no", {}))];
    }
    default:
      return [];
  }
}

/** The choice by which he is the one who is meant. */
function meaning(id: AgentCard["id"], act: MeantFor): string {
  switch (act.kind) {
    case "open":
      return `open:${id}:ask`;
    case "top-up":
      return `top-up:${id}:${act.amount}`;
    case "give":
      return `give-request:${act.request}:${id}`;
  }
}

function agentChoice({ id, name }: AgentCard): Choice {
  return choice(`find:${id}`, part("label_op_agent", { id, name }));
}

/** O1: what may be done with a payment. */
function actsOn({ ref, state }: PaymentBrief): readonly Choice[] {
  const live = state === "sent" || state === "checking" || state === "review";
  const proof = choice(`resend:${ref}`, part("label_proof_again", {}));
  const tell = choice(`tell:${ref}`, part("label_op_tell", {}));
  if (!live) return state === "paid" ? [proof, tell] : [tell];
  return [
    choice(`check:${ref}`, part("label_op_check", {})),
    proof,
    tell,
    choice(`how-to-resolve:${ref}`, part("label_op_resolve", {})),
  ];
}

/** Buttons alone: a number typed a moment later must not mean what an alert brought meanwhile. */
export function alertSay(alert: Alert): Say {
  const choices = alertChoices(alert).map((one) => ({ ...one, listed: false }));
  return { ...saying(part("op_alert", { alert })), choices, columns: 2, stays: true };
}

function alertChoices({ id, kind, payment }: Alert): readonly Choice[] {
  const close = named(`close:${id}`, part("label_op_close", {}));
  const either = (what: string, yes: Part, no: Part) => [
    named(`${what}:${id}:yes`, yes),
    named(`${what}:${id}:no`, no),
  ];
  switch (kind) {
    case "suspect":
    case "review":
      return payment === undefined ? [close] : actsOn(payment);
    case "undelivered":
      return payment === undefined ? [close] : [...actsOn(payment), close];
    case "human":
      return humanChoices(id);
    case "wish":
      return either("wish", part("label_op_got", {}), part("label_op_not_got", {}));
    case "approval":
      return either("approve", part("label_op_agree", {}), part("label_op_reject", {}));
    case "paused":
      return [named("resume-paying", part("label_op_go_on", {}))];
    case "erase":
      return [];
    default:
      return payment === undefined ? [close] : [named(`story:${payment.ref}`, part("label_op_look", {})), close];
  }
}

export function newsSay(news: DeskNews): Say {
  const said = saying(part("op_news", { news }));
  const look = [named("tasks", part("label_op_look", {}))];
  if (news.kind === "wrote") return { ...said, choices: humanChoices(news.id), columns: 2, stays: true };
  return news.kind === "handled" ? said : { ...said, choices: look, stays: true };
}

/** A sum that may mean thousands. */
export function sumsSay(commands: readonly Command[]): Say {
  const choices = commands.flatMap((command) => {
    if (command.kind !== "top-up" && command.kind !== "deposit-in") return [];
    const { amount } = command;
    // Of a long name the beginning is enough to find it by: a button holds 64 bytes.
    const id =
      command.kind === "top-up"
        ? `top-up:${command.agent.replaceAll(":", " ").slice(0, 24)}:${amount}`
        : `deposit-in:${amount}`;
    return [choice(id, part("label_op_sum", { amount }))];
  });
  return offering([part("op_sums", {})], [...choices, choice("no", part("label_op_no", {}))]);
}

/** A list whose answers may be tapped, or typed as numbers. */
function offering(parts: readonly Part[], choices: readonly Choice[]): Say {
  return { ...saying(...parts), choices: choices.slice(0, MOST), columns: 2, stays: true };
}
