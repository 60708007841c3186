import { describe, expect, it } from "vitest";
import type { Surroundings } from "../../src/conversation/advance.ts";
import { rupiah, ZERO } from "../../src/domain/rupiah.ts";
import { agentAccount, type RequestRef } from "../../src/domain/staff.ts";
import { silentLog } from "../../src/log.ts";
import { type Desk, desk } from "../../src/relay/desk.ts";
import { isOnDuty } from "../../src/relay/duty.ts";
import { setPin } from "../../src/staff/pin.ts";
import { whoIs } from "../../src/staff/who.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { handOver } from "../../src/worker/notices.ts";
import { aBill, aChassis } from "../fakes/bills.ts";
import { tinyPng } from "../fakes/tiny-files.ts";
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

const PNG = { kind: "bytes", bytes: tinyPng() } as const;
const AGAIN = { kind: "retry", reason: "busy" } as const;
const images = (room: WorkRoom, key: typeof ANI) =>
  room.sent(key).flatMap(({ message }) => (message.kind === "image" ? [message] : []));

/** Budi has taken Ani's request. */
async function taken(): Promise<{ readonly room: WorkRoom; readonly ref: string }> {
  const room = await relayRoom();
  const ref = await asked(room);
  await room.say(BUDI, ref);
  return { room, ref };
}

describe("a picture of the transfer", () => {
  it("goes to the agent who has the request, once, with what it is worth; the next ones too, and not a fourth", async () => {
    const { room, ref } = await taken();
    await room.shows(ANI, PNG);
    expect(images(room, BUDI)).toMatchObject([{ bytes: PNG.bytes, mime: "image/png", name: `${ref}.png` }]);
    const [image] = images(room, BUDI);
    expect(image?.caption).toContain(`Foto dari pelanggan ${ref} (F 0001 Z)`);
    expect(image?.caption).toContain("cari Rp183.500 di rekening Anda sendiri");
    expect(last(room, ANI)).toContain("Terima kasih");
    expect(last(room, ANI)).toContain(`Foto kami teruskan ke Loket Cibinong (${ref}) dan tidak kami simpan`);
    expect(words(room, BUDI).filter((text) => text.includes("menyatakan sudah menyerahkan"))).toHaveLength(1);
    for (let more = 0; more < 3; more++) await room.shows(ANI, PNG);
    expect(images(room, BUDI)).toHaveLength(3);
    expect(last(room, ANI)).toContain("Sudah kami catat");
  });

  it.each([
    ["is none, whatever it was called", [{ kind: "bytes", bytes: Buffer.from("MZ is no picture") }]],
    ["cannot be had any more", [{ kind: "gone", reason: "404" }]],
    ["is not to be had for minutes", Array.from({ length: 8 }, () => AGAIN)],
  ] as const)("that %s: the agent hears that there was one", async (_, fetched) => {
    const { room, ref } = await taken();
    await room.shows(ANI, ...fetched);
    await room.pass(5 * 60_000, 10_000);
    expect(images(room, BUDI)).toEqual([]);
    const told = words(room, BUDI).filter((text) => text.includes("mengirim foto yang tidak bisa kami teruskan"));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(ref);
  });

  it("that the platform refuses, or twice leaves in doubt, is sent no more: a sentence instead", async () => {
    for (const deliveries of [["refused"], ["ambiguous", "ambiguous"]] as const) {
      const { room } = await taken();
      // With the first one comes the news that the customer has paid.
      await room.shows(ANI, PNG);
      room.deliver(BUDI, ...deliveries.map((kind) => ({ kind, reason: "test" })));
      await room.shows(ANI, ...deliveries.map(() => PNG));
      await room.pass(60_000, 5_000);
      expect(images(room, BUDI)).toHaveLength(1 + deliveries.length);
      expect(words(room, BUDI).at(-1)).toContain("mengirim foto yang tidak bisa kami teruskan");
    }
  });

  it("of a request that nobody has goes to nobody, and the customer hears what he always heard", async () => {
    const room = await relayRoom();
    await asked(room);
    await room.shows(ANI, PNG);
    expect(images(room, BUDI)).toEqual([]);
    expect(last(room, ANI)).toContain("Foto belum bisa kami baca dan tidak kami simpan");
  });

  it("does not go to a chat whose files we would store: the customer is told to show it himself", async () => {
    const { room } = await taken();
    const channel = must(room.deps.channels.get("telegram"));
    Object.assign(channel, { keepsFiles: true });
    await room.shows(ANI, PNG);
    expect(images(room, BUDI)).toEqual([]);
    expect(last(room, ANI)).toContain("tidak bisa kami teruskan: tunjukkan sendiri bila ditanya");
    expect(last(room, BUDI)).toContain("punya foto buktinya");
  });
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

it("what is still owed of a request when BATAL closes it is said no more, and opens it no more", async () => {
  const room = await relayRoom();
  const ref = (await asked(room)) as RequestRef;
  const { ledger, conversations } = room.stores;
  await room.stop();
  await room.clock.freeze(11 * 60_000);
  await must(room.deps.relay).step();
  await must(room.deps.relay).byCustomer(ref, ANI, { act: "cancelled", sum: undefined });
  const before = must(await conversations.load(ANI));
  expect(await handOver(room.deps)).toBeGreaterThan(0);
  expect(await conversations.load(ANI)).toEqual(before);
  expect((await ledger.owed(room.clock.now() + 3_600_000, 1, 9)).filter(({ to }) => to === ANI)).toEqual([]);
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
