import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Channel } from "../src/channels/channel.ts";
import { systemClock } from "../src/clock.ts";
import { conversationKey } from "../src/conversation/message.ts";
import { measured } from "../src/metrics/measured.ts";
import { makeMeasures } from "../src/metrics/measures.ts";
import { standing } from "../src/metrics/standing.ts";
import { openSqliteStores } from "../src/store/sqlite/stores.ts";
import { happened, NOW, opened, paid, send } from "./contract/ledger-samples.ts";
import { otherBill } from "./fakes/bills.ts";

const CHANNEL: Channel = {
  name: "telegram",
  style: "buttons",
  forgets: true,
  listen: async () => {},
  send: async () => ({ kind: "gone", reason: "blocked" }),
  typing: async () => {},
  state: () => ({ ready: true, detail: "polling" }),
};

/** A counter with one payment in `sending` and one that is paid, and a store that can be shut. */
async function counter() {
  const stores = openSqliteStores({ databaseUrl: "sqlite::memory:", secret: "x".repeat(32), as: "program" });
  const { conversations, records } = stores;
  const measures = makeMeasures();
  const doors = measured(measures, systemClock);
  const ledger = doors.ledger(stores.ledger);
  await paid(ledger, { bill: otherBill(1) });
  await happened(ledger, await opened(ledger, { bill: otherBill(2) }), send());
  await records.tasks.add({ key: "a", kind: "stuck", text: "Look." }, NOW);
  standing(measures.registry, {
    ...{ conversations, ledger, records, channels: [CHANNEL], clock: systemClock },
    stateOf: (channel) => channel.state(),
    drives: () => false,
  });
  return { stores, doors, text: () => measures.registry.metrics() };
}

it("says how the counter stands and what went through its doors", async () => {
  const { stores, doors, text } = await counter();
  const to = conversationKey("telegram", "1");
  await doors.channel(CHANNEL).send(to, { kind: "text", text: "halo" }, "m1");
  await doors.receive(async () => {})({
    id: "1",
    key: to,
    sender: { name: "Ani" },
    content: { kind: "text", text: "halo" },
  });
  const said = await text();
  for (const line of [
    'loket_payments_live{state="sending"} 1',
    'loket_payments_live{state="suspect"} 0',
    'loket_payment_moves_total{state="paid"} 1',
    'loket_tasks_open{kind="stuck"} 1',
    'loket_send_seconds_count{channel="telegram",result="gone"} 1',
    'loket_turn_seconds_count{channel="telegram",result="taken"} 1',
    'loket_jobs{state="waiting"} 0',
    'loket_channel_ready{channel="telegram"} 1',
    'loket_channel_driven{channel="telegram"} 0',
  ]) {
    expect(said.split("\n")).toContain(line);
  }
  expect(said).toMatch(/^process_resident_memory_bytes \d+/m);
  // Law 5: no chat, no plate, no chassis.
  expect(said).not.toMatch(/telegram:1|F \d{4}|MH1/);
  stores.close();
});

it("leaves out what a store that is away does not say, and says the rest", async () => {
  const { stores, text } = await counter();
  stores.close();
  const said = await text();
  expect(said).not.toMatch(/^loket_payments_live\{/m);
  expect(said).toContain('loket_channel_ready{channel="telegram"} 1');
});

it("knows every figure that an alert asks for", async () => {
  const { stores, text } = await counter();
  const said = await text();
  const rules = readFileSync(new URL("../docs/prometheus-alerts.yml", import.meta.url), "utf8");
  const asked = [...rules.matchAll(/\bloket_[a-z_]+/g)].map(([name]) => name.replace(/_count$/, ""));
  expect(asked.length).toBeGreaterThan(8);
  expect([...new Set(asked)].filter((name) => !said.includes(`# TYPE ${name} `))).toEqual([]);
  stores.close();
});
