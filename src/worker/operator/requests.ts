import type { Command, CommandResult } from "../../../flows/index.ts";
import type { RequestRef } from "../../domain/staff.ts";
import type { Relayed } from "../../relay/desk/happen.ts";
import type { Desk, OperatorWord } from "../../relay/desk.ts";
import { requestKey } from "../../relay/life/tasks.ts";
import type { Request } from "../../relay/request.ts";
import { theOne } from "./agents.ts";
import { type Hand, tellOthers } from "./people.ts";
import { requestBrief } from "./shown.ts";

type CommandOf<K extends Command["kind"]> = Extract<Command, { kind: K }>;

/** BERIKAN: to another agent, also when the money is handed over. */
export async function giveRequest(hand: Hand, command: CommandOf<"give-request">): Promise<CommandResult> {
  const { deps } = hand;
  const { request: ref } = command;
  const request = await deps.ledger.requests.load(ref);
  if (request === undefined) return { kind: "no-request", request: ref };
  const agent = await theOne(deps, { asked: command.agent, role: "agent", act: { kind: "give", request: ref } });
  if ("result" in agent) return agent.result;
  if (agent.chats.length === 0) return stays(request, "no-chat");
  const why = command.why ?? `BERIKAN ${ref} ${command.agent}, by chat`;
  const relayed = await settled(hand, ref, (relay) => relay.give(ref, agent.id, wordOf(hand, why)));
  if (relayed.kind === "done")
    return { kind: "request-given", request: requestBrief(relayed.request), name: agent.name };
  return notDone(relayed, ref, ({ state, taken }) =>
    // Its job was done before, up to this answer; or somebody else had the same thought.
    state === "taken" && taken?.id === agent.id ? { kind: "request-given", name: agent.name } : undefined,
  );
}

/** TUTUP and a request's name: the customer's money is where the reason says. */
export async function closeRequest(hand: Hand, command: CommandOf<"close-request">): Promise<CommandResult> {
  const { request: ref, why } = command;
  const relayed = await settled(hand, ref, (relay) => relay.shut(ref, wordOf(hand, why)));
  if (relayed.kind === "done") return { kind: "request-closed", request: requestBrief(relayed.request) };
  return notDone(relayed, ref, ({ closed }) => (closed?.why === "operator" ? { kind: "request-closed" } : undefined));
}

function wordOf({ operator }: Hand, why: string): OperatorWord {
  return { by: operator.name, why };
}

/** The task that it settles is no other operator's any more. */
async function settled(hand: Hand, ref: RequestRef, act: (relay: Desk) => Promise<Relayed>): Promise<Relayed> {
  const { deps, operator } = hand;
  if (deps.relay === undefined) return { kind: "unknown" };
  const task = await deps.records.tasks.open(requestKey({ ref }));
  const relayed = await act(deps.relay);
  if (relayed.kind === "done" && task !== undefined) {
    await tellOthers(hand, { kind: "handled", id: task.id, by: operator.name, how: "closed" });
  }
  return relayed;
}

type Already = { readonly kind: "request-given"; readonly name: string } | { readonly kind: "request-closed" };

function notDone(
  relayed: Exclude<Relayed, { kind: "done" }>,
  ref: RequestRef,
  already: (request: Request) => Already | undefined,
): CommandResult {
  switch (relayed.kind) {
    case "unknown":
      return { kind: "no-request", request: ref };
    case "short":
    case "capped":
      return stays(relayed.request, relayed.kind);
    case "impossible": {
      const done = already(relayed.request);
      if (done !== undefined) return { ...done, request: requestBrief(relayed.request) };
      return stays(relayed.request, "impossible", relayed.why);
    }
    case "not-opened":
      throw new Error(`request ${ref} would have opened a payment by an operator's word: nothing was written`);
  }
}

function stays(
  request: Request,
  why: Extract<CommandResult, { kind: "request-stays" }>["why"],
  detail = "",
): CommandResult {
  return { kind: "request-stays", request: requestBrief(request), why, detail };
}
