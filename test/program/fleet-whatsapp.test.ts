import { expect, it, onTestFinished } from "vitest";
import { testChassis } from "../../src/biller/sandbox/vehicles.ts";
import { startPostgres } from "../fakes/servers/postgres.ts";
import { startRedis } from "../fakes/servers/redis.ts";
import { isProof, proofsOf, says } from "./customer.ts";
import { makeWhatsappCounter, onWhatsApp, payCode, toBillOn } from "./whatsapp-counter.ts";

const driving = /"account":"whatsapp".*this process drives the account/;
const standingBy = /"account":"whatsapp".*another process drives the account/;

/** Two counters with one linked number. */
async function two() {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  onTestFinished(() => postgres.stop());
  onTestFinished(() => redis.stop());
  const counter = await makeWhatsappCounter({ DATABASE_URL: await postgres.database(), REDIS_URL: redis.url });
  const linked = await counter.link();
  expect(linked.stderr).toBe("");
  const first = await counter.home.start();
  await first.line(driving);
  const second = await counter.home.start();
  await second.line(standingBy);
  return { ...counter, first, second };
}

it("a driver that stood still while another took over writes nothing more, and does not throw it out", async () => {
  const { server, biller, home, first, second } = await two();
  const customer = onWhatsApp(server.person({ pn: "6281200000002", lid: "200000000000002", name: "Budi" }));
  const chassis = testChassis("ordinary", 2);
  const bill = await toBillOn(customer, chassis);
  first.send("SIGSTOP");
  await second.line(driving);
  await customer.say(payCode(bill));
  await customer.next(isProof);
  const pairing = await home.loket(["whatsapp", "unlink"]);
  expect([pairing.code, pairing.stderr]).toEqual([1, expect.stringContaining("A counter drives the WhatsApp number.")]);
  first.send("SIGCONT");
  await first.line(standingBy);
  await customer.say("status");
  await customer.next(says("lunas"));
  expect(proofsOf(customer)).toHaveLength(1);
  expect(biller.moneyOf(chassis)).toEqual({ debits: 1, pays: 1 });
  await second.kill();
  // The one that stood by goes on.
  await customer.say("status");
  await customer.next(says("lunas"));
});
