import { expect, it } from "vitest";
import { testChassis } from "../../src/biller/sandbox/vehicles.ts";
import { startTelegram } from "../fakes/telegram/server.ts";
import { startBiller } from "./biller-gate.ts";
import { onTelegram, proofsOf, toProof } from "./customer.ts";
import { makeHome } from "./program.ts";
import { openTab } from "./tab.ts";

it("pays on both", async () => {
  const telegram = await startTelegram();
  const biller = await startBiller();
  const home = makeHome({ ...biller.settings, TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot });
  const began = Date.now();
  const program = await home.start();
  console.log("started in", Date.now() - began);
  const tab = openTab(home.open);
  const user = onTelegram(telegram.user(1));
  const [a, b] = await Promise.all([toProof(tab, testChassis("ordinary", 1)), toProof(user, testChassis("ordinary", 2))]);
  console.log(a.text, b.text, Date.now() - began);
  console.log((await tab.files())[0]?.length)
  expect(proofsOf(tab).length).toBe(1);
  console.log(await program.stop());
  await telegram.close();
}, 30000);
