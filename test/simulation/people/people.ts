import { conversationKey } from "../../../src/conversation/message.ts";
import type { Vehicle } from "../biller/books.ts";
import { crewPeople } from "../staff/people.ts";
import { type CustomerOptions, customerOf } from "../till/customer.ts";
import type { Till } from "../till/till.ts";
import type { World } from "../world.ts";
import { userOf } from "./user.ts";

/** Fills a world with people and their vehicles. Resolves to their chats. */
export function people(world: World, silent: ReadonlySet<string>): readonly string[] {
  const { sim, kind, books, users } = world;
  const random = sim.random("people");
  const count = kind === "whole" ? random.between(2, 6) : random.between(6, 20);
  const taken: Vehicle[] = [];
  const names: string[] = [];
  const rush = kind === "till" && sim.fault("rush", random);
  let next = 0;
  const staff = crewPeople(world);
  const fresh = (): Vehicle => {
    const vehicle = books.vehicles[next++ % books.vehicles.length];
    if (vehicle === undefined) throw new Error("no vehicles");
    return vehicle;
  };
  for (let number = 1; number <= count; number++) {
    const key = conversationKey(random.chance(0.7) ? "telegram" : "whatsapp", String(1_000 + number));
    const shared = taken.length > 0 && sim.fault("shared-vehicle", random);
    const vehicles = [shared ? random.pick(taken) : fresh()];
    if (sim.fault("second-vehicle", random)) vehicles.push(fresh());
    taken.push(...vehicles);
    names.push(key);
    const comes = () => (kind === "whole" ? chat(world, key, vehicles) : atTill(world, { key, vehicles, rush }));
    if (!silent.has(key)) users.set(key, staff?.customer(key, vehicles) ?? comes());
  }
  if (staff !== undefined) names.push(...staff.agents(silent));
  return names;
}

type Key = ReturnType<typeof conversationKey>;

function chat({ sim, platform }: World, key: Key, vehicles: readonly Vehicle[]) {
  return userOf({ sim, platform, key, vehicles });
}

function atTill({ sim, oracle, machine }: World, who: Pick<CustomerOptions, "key" | "vehicles" | "rush">) {
  const visit = (act: (till: Till) => void) => machine.visit((program) => act(program as Till));
  return customerOf({ ...who, sim, visit, confirmations: oracle.confirmations });
}
