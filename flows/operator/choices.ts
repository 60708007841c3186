import { readRef } from "../../src/domain/ref.ts";
import { readRupiah } from "../../src/domain/rupiah.ts";
import { readRequestRef, readStaffId } from "../../src/domain/staff.ts";
import type { UserEvent } from "../flow.ts";
import type { Command } from "./events.ts";

/**
 * The event that a choice of an operator's list stands for. A Telegram button holds 64 bytes; what comes back in a tap
 * is foreign.
 */
export function eventOfOperatorChoice(id: string): UserEvent | undefined {
  if (id === "no") return { type: "word", word: "cancel" };
  const [kind = "", first = "", second = "", third = ""] = id.split(":");
  if (kind === "reply") {
    const task = number(first);
    return task === undefined ? undefined : { type: "reply-to", id: task };
  }
  const command = commandOf(kind, first, second, third);
  return command === undefined ? undefined : { type: "command", command };
}

function commandOf(kind: string, first: string, second: string, third: string): Command | undefined {
  switch (kind) {
    case "story":
    case "check":
    case "resend":
    case "tell":
    case "how-to-resolve": {
      const ref = readRef(first);
      return ref === undefined ? undefined : { kind, ref };
    }
    case "tasks":
    case "agents":
    case "deposit":
    case "today":
    case "resume-paying":
      return { kind };
    case "task":
    case "close":
      return withNumber(first, (task) => ({ kind, id: task }));
    case "wish":
      return withNumber(first, (task) => ({ kind, id: task, got: second === "yes" }));
    case "approve":
      return withNumber(first, (task) => ({ kind, id: task, yes: second === "yes" }));
    case "find":
      return readStaffId(first) === undefined ? undefined : { kind, text: first };
    case "top-up":
      return topUp(first, second, third === "again");
    case "deposit-in": {
      const amount = readRupiah(first);
      return amount === undefined ? undefined : { kind, amount, again: second === "again" };
    }
    case "open":
      return opening(first, second);
    case "give-request": {
      const [request, agent] = [readRequestRef(first), readStaffId(second)];
      return request === undefined || agent === undefined ? undefined : { kind, request, agent };
    }
    default:
      return undefined;
  }
}

/** `agent` may be a name as it was typed: whom it means is looked up when it is done. */
function topUp(agent: string, sum: string, again: boolean): Command | undefined {
  const amount = readRupiah(sum);
  return agent === "" || amount === undefined ? undefined : { kind: "top-up", agent, amount, again };
}

function opening(typed: string, how: string): Command | undefined {
  const who = readStaffId(typed);
  const known = (["ask", "unlock", "new-pin", "resume"] as const).find((one) => one === how);
  return who === undefined || known === undefined ? undefined : { kind: "open", who, how: known };
}

function number(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function withNumber(text: string, make: (id: number) => Command): Command | undefined {
  const id = number(text);
  return id === undefined ? undefined : make(id);
}
