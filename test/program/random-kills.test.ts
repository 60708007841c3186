import { describe, expect, it } from "vitest";
import { testChassis } from "../../src/biller/sandbox/vehicles.ts";
import { makeCounter } from "./counter.ts";
import { type Customer, isProof, NIK, onTelegram, proofsOf, refIn, says } from "./customer.ts";
import { randomFrom } from "./random.ts";
import { openTab } from "./tab.ts";

const SEED = Number(process.env.SEED ?? 20_190_707);
const PEOPLE = 20;
const KILLS = 10;
/** How long the program lives once it is open, ms. */
const [SHORTEST, LONGEST] = [30, 1_200];

/** The word of the 60th second: what became of the call is not known. */
const isWithoutAnswer = says("Sistem pembayaran belum memberi jawaban");
const isLetGo = says("Belum ada pembayaran", "LANJUT");

/** Goes on as a patient person does: taps whatever bill is shown, until there is a proof or nothing can be said. */
async function wholeWay(customer: Customer, chassis: string): Promise<"proof" | "no-answer"> {
  await customer.say(`Jawa Barat ${NIK} ${chassis}`);
  for (;;) {
    const said = await customer.next();
    if (isProof(said)) return "proof";
    if (isWithoutAnswer(said)) return "no-answer";
    if (isLetGo(said)) await customer.say("lanjut");
    const pays = said.buttons.find((label) => label.startsWith("Bayar "));
    // After a kill a bill may have come twice, and the buttons of the first may be gone.
    if (pays !== undefined) await customer.tap(pays).catch(() => undefined);
  }
}

describe("a program that is killed at random moments under load", () => {
  it(`loses no payment and makes none twice (seed ${SEED})`, async () => {
    const random = randomFrom(SEED);
    const { telegram, biller, home } = await makeCounter();
    const people = Array.from({ length: PEOPLE }, (_, at) => ({
      chassis: testChassis("ordinary", 300 + at),
      customer: at % 2 === 0 ? openTab(home.open) : onTelegram(telegram.user(6000 + at)),
    }));
    let program = await home.start();
    const ways = Promise.all(
      people.map(async ({ customer, chassis }) => {
        // They come one after the other, so that every kill meets somebody at every step.
        await pause(random() * KILLS * LONGEST);
        return wholeWay(customer, chassis);
      }),
    );
    for (let kill = 0; kill < KILLS; kill++) {
      await pause(SHORTEST + random() * (LONGEST - SHORTEST));
      await program.kill();
      program = await home.start();
    }
    const ends = await ways;
    people.forEach(({ customer, chassis }, at) => {
      // A kill between the commit of the intent and the first byte: no debit, so no proof (money rule 8).
      const money = ends[at] === "proof" ? { debits: 1, pays: 1 } : { debits: 0, pays: 0 };
      expect({ chassis, ...biller.moneyOf(chassis) }).toEqual({ chassis, ...money });
      expect(new Set(proofsOf(customer).map(refIn)).size).toBe(money.debits);
    });
    const { stdout } = await home.loket(["payments", "list", "--limit", "100"]);
    const listed = (state: string) => stdout.split("\n").filter((line) => line.endsWith(`  ${state}`)).length;
    expect(listed("paid")).toBe(ends.filter((end) => end === "proof").length);
    expect(listed("suspect")).toBe(ends.filter((end) => end === "no-answer").length);
    expect(biller.sandbox.book.debits).toHaveLength(listed("paid"));
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
