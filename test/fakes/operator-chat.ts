import type { Command, OperatorContext, OperatorPlace, OperatorView, PinEvent, PinTyped } from "../../flows/index.ts";
import type { StaffId } from "../../src/domain/staff.ts";
import { NOON, POLICY, REGIONS } from "./flow-chat.ts";
import { type ChatOptions, type PureChat, pureChat } from "./pure-chat.ts";

export const PIN = "274183";

export type OperatorChat = PureChat<OperatorPlace, OperatorContext>;

/** The commands of the last step. */
export function commandsOf(chat: OperatorChat): readonly Command[] {
  return chat.last.flatMap((task) => (task.kind === "command" ? [task.command] : []));
}

/** An operator's conversation, with a PIN that is judged as the staff's room does. */
export function operatorChat(options: ChatOptions & { pin?: OperatorView["pin"] } = {}): OperatorChat {
  const operator: OperatorView = { id: "2ABC" as StaffId, name: "Sari", pin: options.pin ?? "set" };
  const who = { kind: "operator" as const, operator };
  const world = { policy: POLICY, regions: REGIONS, who };
  let pin = PIN;
  let left = 5;
  const judgePin = ({ pin: typed, purpose }: PinTyped): PinEvent => {
    const { operator } = world.who;
    if (purpose === "new" && operator.pin === "none") {
      if (typed.length !== 6 || /^(\d)\1*$/.test(typed)) return { type: "pin", outcome: "weak", left: 0 };
      pin = typed;
      world.who = { ...world.who, operator: { ...world.who.operator, pin: "set" } };
      return { type: "pin", outcome: "new", left: 5 };
    }
    if (operator.pin !== "set") return { type: "pin", outcome: operator.pin, left: 0 };
    left = typed === pin ? 5 : left - 1;
    const outcome = typed === pin ? "right" : left === 0 ? "locked" : "wrong";
    if (outcome === "locked") world.who = { ...world.who, operator: { ...world.who.operator, pin: "locked" } };
    return { type: "pin", outcome, left };
  };
  return pureChat<OperatorPlace, OperatorContext>({
    options,
    world,
    at: NOON,
    judgePin,
    openAs(open) {
      if (open.flow !== "operator") throw new Error(`the chat is in the flow ${open.flow}`);
      return open;
    },
  });
}
