import type { ConversationKey } from "../../../src/conversation/message.ts";
import type { Vehicle } from "../biller/books.ts";
import type { User } from "../people/user.ts";
import type { World } from "../world.ts";
import { agentOf } from "./agent.ts";
import { clientOf } from "./client.ts";
import type { Member } from "./crew.ts";
import { phoneOf, rumoursOf } from "./phone.ts";

/** Fills a world with agents, and with customers who pay through them. */
export interface CrewPeople {
  customer(key: ConversationKey, vehicles: readonly Vehicle[]): User;
  /** Resolves to their chats. Customers are there already. */
  agents(silent: ReadonlySet<string>): readonly string[];
}

const MINUTE = 60_000;

/** Undefined where nobody is an agent. */
export function crewPeople(world: World): CrewPeople | undefined {
  const { sim, crew, boss, books, users, platform, purse } = world;
  if (crew === undefined || boss === undefined) return undefined;
  const random = sim.random("agents");
  const rumours = rumoursOf();
  // Customers take the first ones.
  let left = books.vehicles.length;
  const fresh = (): readonly Vehicle[] => {
    const shared = sim.fault("shared-vehicle", random);
    const at = shared ? random.below(6) : --left;
    return books.vehicles.slice(at, at + 1);
  };
  const one = (member: Member) => {
    const vehicles = Array.from({ length: random.between(1, 4) }, fresh).flat();
    const phone = phoneOf({ sim, platform, key: member.key });
    users.set(member.key, agentOf({ sim, member, phone, purse, boss, rumours, vehicles }));
    if (sim.fault("suspended-midway", random)) suspended(world, member);
    if (sim.fault("own-request", random)) ownRequest(world, member);
  };
  return {
    customer: (key, vehicles) => clientOf({ sim, platform, key, vehicles, crew, purse, rumours }),
    agents(silent) {
      const present = crew.members.filter(({ key }) => !silent.has(key));
      for (const member of present) one(member);
      return crew.members.map(({ key }) => key);
    },
  };
}

/** At any time, or when a payment has just been opened. */
function suspended({ sim, boss, oracle }: World, member: Member): void {
  const random = sim.random(`suspended ${member.key}`);
  const now = () => boss?.suspends(member);
  if (random.chance(0.5)) sim.time.after(random.between(MINUTE, 60 * MINUTE), undefined, now);
  else
    sim.time.after(random.between(MINUTE, 20 * MINUTE), undefined, () =>
      oracle.payments.onceOpened(() => sim.time.after(random.between(0, 400), undefined, now)),
    );
}

/** The phone of a customer is an agent's, too: bound to him once it has asked, and then he takes his own request. */
function ownRequest(world: World, member: Member): void {
  const { sim, users, oracle, boss, platform, crew } = world;
  const random = sim.random(`own ${member.key}`);
  const [...keys] = users.keys();
  const key = random.pick(keys.filter((one) => crew?.of(one) === undefined));
  const own = () =>
    [...(oracle.staff?.book.all.values() ?? [])]
      .filter(({ request }) => request.customer.chat === key)
      .map(({ request }) => request.ref);
  const user = users.get(key);
  const waits = (tries: number) =>
    sim.time.after(random.between(5_000, 2 * MINUTE), undefined, () => {
      if (own().length === 0) return tries > 0 ? void waits(tries - 1) : undefined;
      boss?.invites(member, (code) => {
        if (crew?.of(key) !== undefined) return;
        member.chats.add(key);
        platform.sends(key, { kind: "text", text: `DAFTAR ${code}` });
      });
    });
  waits(30);
  users.set(key, {
    key,
    sees(shown) {
      const text = "text" in shown.message ? shown.message.text : "";
      const isHis = member.chats.has(key) && /Chat ini sekarang (?:milik agen|terdaftar)/.test(text);
      if (!isHis) return user?.sees(shown);
      member.bound.set(key, sim.time.steady());
      sim.time.after(random.between(70_000, 4 * MINUTE), undefined, () => {
        for (const ref of own()) platform.sends(member.key, { kind: "text", text: `AMBIL ${ref}` });
      });
    },
  });
}
