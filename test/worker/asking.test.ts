import { describe, expect, it } from "vitest";
import type { Task } from "../../flows/index.ts";
import { makeReceive } from "../../src/conversation/receive.ts";
import { judgePins } from "../../src/staff/judge.ts";
import { StoreAway } from "../../src/store/store-error.ts";
import { notCharged, opened, paid } from "../contract/ledger-samples.ts";
import { aBill, aChassis, aNik } from "../fakes/bills.ts";
import { ANI, aJob, BUDI, type WorkRoom, words, workRoom } from "./room.ts";

const CHASSIS = "MH1JFZ110HK123456";
const QUESTION = `Jawa Barat 3204110101800001 ${CHASSIS}`;

/** Ani asks for her bill, and hears what came of it. */
async function hears(room: WorkRoom): Promise<string> {
  await room.say(ANI, QUESTION);
  await room.clock.advance(10_000);
  await room.settle();
  return words(room, ANI).at(-1) ?? "";
}

const bill = (over = {}) => ({ kind: "bill", bill: aBill({ chassis: aChassis(CHASSIS), ...over }) }) as const;

describe("an inquiry", () => {
  it("shows that we are at it, as long as it takes", async () => {
    const room = workRoom();
    room.answer(bill());
    expect(await hears(room)).toContain("Tagihan ditemukan");
    // At once, after four seconds, after eight.
    expect(room.typed).toEqual([ANI, ANI, ANI]);
    await room.clock.advance(60_000);
    expect(room.typed).toHaveLength(3);
  });

  it("that hangs keeps nobody's words back", async () => {
    const room = workRoom();
    await room.say(ANI, QUESTION);
    await room.say(BUDI, "halo");
    expect(words(room, BUDI)).toHaveLength(1);
    await room.say(ANI, "bantuan");
    expect(words(room, ANI)).toContainEqual(expect.stringContaining("Apa yang bisa kami bantu?"));
  });

  it("whose bill cannot be read is the operator's, once a bill", async () => {
    const room = workRoom();
    for (let time = 0; time < 2; time++) {
      room.answer({ kind: "bad-bill", why: "its parts are more than its total", invoice: "111" });
      expect(await hears(room)).toContain("tidak dapat kami baca dengan pasti");
    }
    expect(await room.openTasks()).toEqual(["bad-bill"]);
  });

  it("that finds the login refused is the operator's", async () => {
    const room = workRoom();
    room.answer({ kind: "unavailable", why: "login", reason: "invalid login" });
    expect(await hears(room)).toContain("Belum ada pembayaran");
    expect(await room.openTasks()).toEqual(["biller-login"]);
  });

  it("that brings an invoice which was sent before offers nothing to pay, and is the operator's", async () => {
    const room = workRoom();
    await notCharged(room.stores.ledger, { payer: BUDI, bill: bill().bill }, room.clock.now());
    room.answer(bill());
    expect(await hears(room)).toContain("Tidak kami bayar dua kali");
    expect(await room.openTasks()).toEqual(["invoice-reused"]);
    expect(room.sent(ANI).flatMap(({ message }) => (message.kind === "choices" ? message.rows.flat() : []))).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ id: expect.stringMatching(/^pay:/) })]),
    );
  });

  it("for a vehicle that is being paid, or was paid today, names the payment to its own payer alone", async () => {
    for (const [payer, own] of [
      [ANI, true],
      [BUDI, false],
    ] as const) {
      const room = workRoom();
      const { ref } = await opened(room.stores.ledger, { payer, bill: bill().bill }, room.clock.now());
      room.answer(bill({ invoice: "222" }));
      const busy = await hears(room);
      expect(busy).toContain("sedang dibayar sejak");
      expect(busy.includes(ref)).toBe(own);
    }
    for (const [payer, own] of [
      [ANI, true],
      [BUDI, false],
    ] as const) {
      const room = workRoom();
      const { ref } = await paid(room.stores.ledger, { payer, bill: bill().bill }, room.clock.now());
      room.answer(bill({ invoice: "222" }));
      const said = await hears(room);
      expect(said).toContain("lunas");
      expect(said.includes(ref)).toBe(own);
    }
  });

  it("whose answer nobody waits for any more changes nothing", async () => {
    const room = workRoom();
    const task: Task = {
      kind: "inquire",
      number: 99,
      product: "SAMSAT_JABAR",
      nik: aNik("3204110101800001"),
      chassis: aChassis(CHASSIS),
    };
    room.answer(bill());
    await room.enqueue({ ...aJob("late", ANI, task), queue: "inquire" });
    await room.clock.advance(11_000);
    await room.settle();
    expect(words(room, ANI)).toEqual([]);
    expect(await room.stores.conversations.depth()).toMatchObject({ waiting: 0, dead: 0 });
  });

  it("that is under way at a stop is given back, and its late answer changes nothing", async () => {
    const room = workRoom();
    await room.say(ANI, QUESTION);
    const { conversations } = room.stores;
    expect(await conversations.claim(["inquire"], room.clock.now(), 1, 9)).toEqual([]);
    await room.stop();
    const [job] = await conversations.claim(["inquire"], room.clock.now(), 60_000, 9);
    expect(job).toMatchObject({ task: { kind: "inquire", chassis: CHASSIS } });
  });
});

describe("a confirmation", () => {
  it("that is handed over twice opens one payment", async () => {
    const room = workRoom();
    const task: Task = {
      kind: "pay",
      nonce: "n",
      bill: aBill(),
      inquiredAt: room.clock.now(),
      expiresAt: room.clock.now() + 60_000,
      language: "id",
    };
    await room.enqueue(...["one", "two"].map((id) => ({ ...aJob(id, ANI, task), queue: "pay" as const })));
    expect(await room.stores.ledger.find({})).toMatchObject([{ state: "intended", payer: ANI, debit: 183_500 }]);
  });
});

describe("a message that cannot be taken", () => {
  it("five times is kept sealed for the operator, and those behind it are answered", async () => {
    let broken = true;
    const usual = workRoom().deps.lookAround;
    const room = workRoom({
      lookAround: (key, sender) => (broken ? Promise.reject(new Error("no such thing")) : usual(key, sender)),
    });
    await room.say(ANI, "halo");
    expect(words(room, ANI)).toEqual([expect.stringContaining("Ada gangguan pada sistem kami, bukan pada data Anda.")]);
    expect(await room.openTasks()).toEqual(["message-poison"]);
    expect(await room.stores.records.poison.list(9)).toMatchObject([{ chat: ANI, inboundId: "m1" }]);
    broken = false;
    await room.say(ANI, "halo");
    expect(words(room, ANI)).toHaveLength(2);
  });

  it("while the store of conversations is away is nobody's fault: it is left to the channel to offer it again", async () => {
    let away = true;
    const room = workRoom(({ conversations }) => ({
      conversations: {
        ...conversations,
        commit: async (change) => {
          if (away) throw new StoreAway("Redis did not answer.", "See that it runs.");
          return conversations.commit(change);
        },
      },
    }));
    const receive = makeReceive({ ...room.deps, judgePin: judgePins(room.deps.records.staff, room.clock) });
    const content = { kind: "text", text: "halo" } as const;
    const refused = expect(receive({ id: "m0", key: ANI, sender: {}, content })).rejects.toThrow("did not answer");
    await room.clock.advance(1_000);
    await refused;
    expect(await room.openTasks()).toEqual([]);
    expect(await room.stores.records.poison.list(9)).toEqual([]);
    away = false;
    await room.say(ANI, "halo");
    expect(words(room, ANI)).toHaveLength(1);
  });
});
