import { type Rupiah, rupiah, ZERO } from "../../src/domain/rupiah.ts";
import type { StaffId } from "../../src/domain/staff.ts";
import type { AgentView, World } from "../flow.ts";
import { type Part, part } from "../words/words.ts";

/** Who writes in an agent's conversation. Of anybody else nothing is secured: he could do nothing here. */
export function agentOf({ who }: World): AgentView {
  return who.kind === "agent" ? who.agent : NOBODY;
}

const NOBODY: AgentView = {
  id: "" as StaffId,
  name: "",
  place: "",
  suspended: true,
  pin: "none",
  balance: ZERO,
  credit: ZERO,
  daily: undefined,
  proofForm: "pdf",
  onDuty: false,
  markup: ZERO,
  pinAlways: ZERO,
};

/** What he may still confirm: his balance and his credit. Below zero never. */
export function availableTo(world: World): Rupiah {
  const { balance, credit } = agentOf(world);
  return rupiah(Math.max(0, balance + credit));
}

/** A wish is for so many at least, and in steps of so many. */
const STEP = 100_000;

/** A5: so much is missing, and how the agent asks for it. `code`: the bill that is kept meanwhile, or empty. */
export function shortPart(missing: Rupiah, code: string, world: World): Part {
  const wish = rupiah(Math.ceil(missing / STEP) * STEP);
  return part("desk_short", { missing, has: availableTo(world), wish: String(wish), code });
}
