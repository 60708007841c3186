import { describe, expect, it } from "vitest";
import { StoreAway } from "../../src/store/store-error.ts";
import { paid } from "../contract/ledger-samples.ts";
import { aBill, aChassis } from "../fakes/bills.ts";
import { ANI, words, workRoom } from "./room.ts";

const CHASSIS = "MH1JFZ110HK123456";
const MINUTE = 60_000;

const gone = () => new StoreAway("PostgreSQL cannot be reached.", "See that it runs.");

describe("while the ledger is away", () => {
  it("an inquiry is not given up, however long that is, and is answered soon after it is back", async () => {
    let away = true;
    const room = workRoom(({ ledger }) => ({
      ledger: { ...ledger, find: (query) => (away ? Promise.reject(gone()) : ledger.find(query)) },
    }));
    const bill = { kind: "bill", bill: aBill({ chassis: aChassis(CHASSIS) }) } as const;
    for (let tries = 0; tries < 100; tries++) room.answer(bill);
    await room.say(ANI, `Jawa Barat 3204110101800001 ${CHASSIS}`);
    await room.clock.advance(5 * MINUTE);
    expect(await room.openTasks()).toEqual([]);
    away = false;
    await room.clock.advance(15_000);
    expect(words(room, ANI).at(-1)).toContain("Tagihan ditemukan");
  });

  it("what a payer was told is not said again", async () => {
    let away = true;
    const room = workRoom(({ ledger }) => ({
      ledger: { ...ledger, told: (...told) => (away ? Promise.reject(gone()) : ledger.told(...told)) },
    }));
    await paid(room.stores.ledger, { payer: ANI }, room.clock.now());
    await room.clock.advance(MINUTE);
    // The next word waits for the first one to be known as told.
    expect(words(room, ANI)).toHaveLength(1);
    away = false;
    await room.clock.advance(5 * MINUTE);
    const all = words(room, ANI);
    expect(all).toEqual([...new Set(all)]);
    expect(all.filter((text) => text.includes("Pembayaran berhasil"))).toHaveLength(1);
    expect(await room.stores.ledger.overdue(room.clock.now(), 9)).toEqual([]);
  });
});
