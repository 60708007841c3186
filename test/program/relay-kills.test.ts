import { expect, it } from "vitest";
import { testChassis, testPlate } from "../../src/biller/sandbox/vehicles.ts";
import { received } from "./agents.ts";
import { isProof, proofsOf, refIn, says } from "./customer.ts";
import { askFor, onDuty, openRelay, PAID_IN, take } from "./relay-counter.ts";

const UNPAID = vehicle(220);
const PAID = vehicle(221);

function vehicle(number: number) {
  return { chassis: testChassis("ordinary", number), plate: testPlate("ordinary", number) };
}

it("a kill between the money in the hand and the debit, and one after the debit: each is paid once, and both hear it", async () => {
  // Nothing can be paid today: so the first is not paid.
  const counter = await openRelay({ PAY_MAX_DAY: "100000" });
  const { agents, biller, home, program } = counter;
  const [agent] = agents;
  await onDuty(agent);
  const [eka, fitri] = [counter.asker(5), counter.asker(6)];
  const ref = await askFor(eka, UNPAID.chassis);
  await take(agent, eka, ref);
  await eka.say("SUDAH");
  await agent.chat.next(says("menyatakan sudah menyerahkan"));
  await received(agent);
  const told = await eka.next(says(UNPAID.plate, "belum berhasil", "ada di Loket Cibinong", "Bu Ani"));
  const unpaid = await agent.chat.next(says(UNPAID.plate, "belum berhasil", refIn(told)));
  expect(unpaid.buttons).toEqual(["Coba lagi", "Uang dikembalikan"]);
  expect(await counter.balances()).toEqual([PAID_IN, PAID_IN]);

  await agent.chat.tap("Coba lagi");
  await agent.chat.next(says(`${ref} (${UNPAID.plate}) milik Anda`, "ditahan"));
  const fresh = biller.hold("inquiry_esamsat", "before");
  await received(agent);
  await fresh.reached;
  await program.kill();
  fresh.release();
  const second = await home.start({ PAY_MAX_DAY: "90000000" });
  await eka.next(isProof);
  await agent.chat.next(says(`Lunas: ${UNPAID.plate}`));

  await take(agent, fitri, await askFor(fitri, PAID.chassis));
  const debit = biller.hold("pay_esamsat", "after");
  await received(agent);
  await debit.reached;
  await second.kill();
  debit.release();
  await home.start({ PAY_MAX_DAY: "90000000" });
  await fitri.next(isProof);
  await agent.chat.next(says(`Lunas: ${PAID.plate}`));

  for (const { chassis } of [UNPAID, PAID]) expect(biller.moneyOf(chassis)).toEqual({ debits: 1, pays: 1 });
  for (const customer of [eka, fitri]) expect(proofsOf(customer)).toHaveLength(1);
  expect(await counter.balances()).toEqual([PAID_IN - 2 * 183_500, PAID_IN]);
}, 240_000);
