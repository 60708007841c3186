import type { PinEvent } from "../../flows/index.ts";
import type { Clock } from "../clock.ts";
import type { JudgePin, StaffRoom } from "../records/staff.ts";
import { checkPin, isWeak, setPin } from "./pin.ts";

/** Sets the PIN of whose chat it is, if he has none, or checks it: what a flow may know of it. */
export function judgePins(staff: StaffRoom, clock: Clock): JudgePin {
  return async (who, { pin, purpose, messageRef }, tryId) => {
    const ref = messageRef === undefined ? {} : { messageRef };
    const event = (outcome: PinEvent["outcome"], left = 0): PinEvent => ({ type: "pin", outcome, left, ...ref });
    const person = who.kind === "agent" ? who.agent : who.kind === "operator" ? who.operator : undefined;
    if (person === undefined) return event("wrong");
    const { id } = person;
    // A chat in which a PIN was once to be chosen must not replace the one that there is by now: it is asked for.
    if (purpose === "new" && person.pin === "none") {
      if (isWeak(pin)) return event("weak");
      await setPin(staff, id, pin, clock.now());
      return event("new");
    }
    const checked = await checkPin(staff, id, pin, tryId, clock.now());
    // The last wrong one has locked it: "0 are left" would not say so.
    if (checked.kind === "wrong") return checked.left > 0 ? event("wrong", checked.left) : event("locked");
    return event(checked.kind);
  };
}
