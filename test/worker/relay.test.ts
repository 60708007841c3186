import { expect, it } from "vitest";
import type { Surroundings } from "../../src/conversation/advance.ts";
import { rupiah, ZERO } from "../../src/domain/rupiah.ts";
import { agentAccount } from "../../src/domain/staff.ts";
import { silentLog } from "../../src/log.ts";
import { type Desk, desk } from "../../src/relay/desk.ts";
import { isOnDuty } from "../../src/relay/duty.ts";
import { setPin } from "../../src/staff/pin.ts";
import { whoIs } from "../../src/staff/who.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { aBill, aChassis } from "../fakes/bills.ts";
import { ANI, BUDI, type WorkRoom, words, workRoom } from "./room.ts";

const HOURS = { from: 480, to: 1200 };
const PIN = "274183";
const CHASSIS = "MH1JFZ110HK123456";

/** Ani is a customer, Budi an agent on duty, and customers do not pay themselves. */
async function relayRoom(balance = 1_000_000): Promise<WorkRoom> {
  const late: { room?: WorkRoom; relay?: Desk; before?: Deps["lookAround"] } = {};
  const relay: Desk = {
    ask: (wish) => must(late.relay).ask(wish),
    byCustomer: (...of) => must(late.relay).byCustomer(...of),
    byAgent: (...of) => must(late.relay).byAgent(...of),
    give: (...of) => must(late.relay).give(...of),
    shut: (...of) => must(late.relay).shut(...of),
    step: () => must(late.relay).step(),
    run: (stop) => must(late.relay).run(stop),
  };
  const lookAround: Deps["lookAround"] = async (key) => around(must(late.room), key);
  const policyOf: Deps["policyOf"] = () => POLICY;
  const room = workRoom({ relay, lookAround, policyOf });
  const { ledger, records } = room.stores;
  const biller = { ...room.deps.biller };
  late.room = room;
  late.relay = desk({ ledger, records, biller, clock: room.clock, log: silentLog, hours: HOURS, markup: ZERO });
  const at = room.clock.now();
  const agent = { role: "agent", name: "Loket Cibinong", place: "Cibinong", handover: "Jalan Raya 1" } as const;
  const added = await records.staff.add({ ...agent, credit: ZERO, daily: undefined, language: "id" }, at);
  const { id } = added.staff;
  await records.staff.enrol(BUDI, added.code, at);
  await records.staff.change(id, { duty: { on: true, since: at, unanswered: 0 } }, at);
  await setPin(records.staff, id, PIN, at);
  const entries = [
    { account: "topups", amount: rupiah(-balance) },
    { account: agentAccount(id), amount: rupiah(balance) },
  ];
  await ledger.post({ id: "topup.1", what: "top-up", entries, by: "ops", why: "paid in" }, at);
  return room;
}

const POLICY = {
  loket: "Loket Samsat",
  sandbox: false,
  mayPay: false,
  contact: "",
  hours: { text: "08.00–20.00 WIB", ...HOURS },
  relayText: "",
  adminFee: rupiah(5_000),
  payMax: rupiah(10_000_000),
  limits: undefined,
} as const;

let steps = 0;

async function around({ clock, stores }: WorkRoom, key: typeof ANI): Promise<Surroundings> {
  steps += 1;
  const { records, ledger } = stores;
  const at = clock.now();
  const who = await whoIs({ staff: records.staff, ledger }, { markup: ZERO, pinAlways: rupiah(2_000_000) }, key);
  const agents = await records.staff.list("agent");
  const region = { product: "SAMSAT_JABAR", code: "SAMSAT_JABAR", debet: "tagihan+5000", cashback: ZERO, open: true };
  return {
    ...{ at, style: "buttons", forgets: true, language: "id", text: "", chance: (steps * 0.37) % 1 },
    ...{ nonce: `nonce${String(steps).padStart(7, "0")}`, regions: [region], policy: POLICY, who },
    counters: agents.filter((one) => isOnDuty(one, HOURS, at)).map(({ id, name, place }) => ({ id, name, place })),
  };
}

/** Ani has a bill, and asks for any counter; gives the name of her request. */
async function asked(room: WorkRoom): Promise<string> {
  room.answer({ kind: "bill", bill: aBill({ chassis: aChassis(CHASSIS) }) });
  await room.say(ANI, `Jawa Barat 3204110101800001 ${CHASSIS}`);
  await room.clock.advance(10_000);
  await room.settle();
  const { context } = must(await room.stores.conversations.load(ANI));
  await room.say(ANI, `BAYAR ${(context as { quote: { code: string } }).quote.code}`);
  await room.say(ANI, "Loket mana saja");
  await room.settle();
  const [request] = await room.stores.ledger.requests.find({ customer: ANI });
  return must(request).ref;
}

const last = (room: WorkRoom, key: typeof ANI) => words(room, key).at(-1) ?? "";

it("a customer asks, an agent takes it with its code, and pays behind his PIN", async () => {
  const room = await relayRoom();
  const ref = await asked(room);
  expect(last(room, ANI)).toContain(`Permintaan ${ref} sudah dikirim`);
  expect(last(room, BUDI)).toContain(`Permintaan ${ref}: F 0001 Z`);
  await room.say(BUDI, ref);
  expect(last(room, BUDI)).toContain(`${ref} (F 0001 Z) milik Anda`);
  expect(last(room, ANI)).toMatch(/Loket Cibinong siap membayarkan F 0001 Z\. Serahkan .*Rp183\.500/);
  await room.say(ANI, "SUDAH");
  expect(last(room, ANI)).toContain("Terima kasih");
  expect(last(room, BUDI)).toContain("menyatakan sudah menyerahkan Rp183.500");
  const { context } = must(await room.stores.conversations.load(BUDI));
  await room.say(BUDI, `BAYAR ${(context as { hands: { code: string }[] }).hands[0]?.code}`);
  expect(last(room, BUDI)).toContain("Ketik PIN");
  await room.say(BUDI, PIN);
  await room.settle();
  expect(await room.stores.ledger.find({ payer: ANI })).toMatchObject([{ state: "intended", request: ref }]);
  expect(words(room, ANI).at(-1)).toContain("sudah diterima Loket Cibinong");
  expect(await room.openTasks()).toEqual([]);
});

it("another chat neither takes it nor says SUDAH for it", async () => {
  const room = await relayRoom();
  const ref = await asked(room);
  const EVE = "telegram:3" as typeof ANI;
  await room.say(EVE, `AMBIL ${ref}`);
  await room.say(EVE, `SUDAH ${ref}`);
  await room.settle();
  expect(await room.stores.ledger.requests.load(ref as never)).toMatchObject({ state: "asked", revision: 1 });
});

it("BATAL before it was taken closes it, and the agent hears that it is gone", async () => {
  const room = await relayRoom();
  const ref = await asked(room);
  await room.say(ANI, "batal");
  await room.settle();
  expect(last(room, ANI)).toContain("dibatalkan");
  expect(last(room, BUDI)).toContain(`${ref} sudah ditutup`);
  await room.say(BUDI, `AMBIL ${ref}`);
  expect(last(room, BUDI)).toContain(`${ref} sudah ditutup`);
});

it("nobody with enough: said before any request is made", async () => {
  const room = await relayRoom(100_000);
  room.answer({ kind: "bill", bill: aBill({ chassis: aChassis(CHASSIS) }) });
  await room.say(ANI, `Jawa Barat 3204110101800001 ${CHASSIS}`);
  await room.clock.advance(10_000);
  await room.settle();
  const { context } = must(await room.stores.conversations.load(ANI));
  await room.say(ANI, `BAYAR ${(context as { quote: { code: string } }).quote.code}`);
  await room.say(ANI, "Loket mana saja");
  await room.settle();
  expect(last(room, ANI)).toContain("Jangan serahkan uang kepada siapa pun");
  expect(await room.stores.ledger.requests.find({})).toEqual([]);
});

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("it should be there");
  return value;
}
