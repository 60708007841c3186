import { rupiah } from "../../src/domain/rupiah.ts";
import { openOne, payOn, resolveOne } from "./payments.ts";
import { AGENTS, type Agent } from "./people.ts";
import { count, nameOf, type Player } from "./player.ts";
import { askOne, workOnRequest } from "./requests.ts";
import { entries, move } from "./tally.ts";

/** How likely each move is. What is asked and opened is also brought to its end: a heap of open requests grows in no counter. */
const MOVES = {
  topUp: 14,
  adjust: 3,
  open: 22,
  payOn: 52,
  resolve: 3,
  ask: 5,
  work: 48,
} as const;

/** One operation on the ledger. */
export async function play(player: Player): Promise<void> {
  player.at += 20_000;
  const next = player.random.weighted(MOVES);
  await { topUp, adjust, open: openOne, payOn, resolve: resolveOne, ask: askOne, work: workOnRequest }[next](player);
}

async function topUp(player: Player): Promise<void> {
  const { ledger, random, tally, at } = player;
  const { id } = random.pick(AGENTS);
  const sum = random.between(1, 5) * 100_000;
  const lines = { what: "top-up", by: "ops", why: "transfer", entries: entries("topups", `agent:${id}`, sum) };
  const posting = { id: nameOf(player, "topup"), ...lines };
  const posted = await ledger.post(posting, at);
  if (posted === "done") move(tally, "topups", `agent:${id}`, sum);
  count(player, `top-up: ${typeof posted === "string" ? posted : posted.kind}`);
  // Typed twice.
  if (random.chance(0.1)) count(player, `top-up: ${await ledger.post(posting, at)}`);
}

/** The operator takes something back. */
async function adjust(player: Player): Promise<void> {
  const { ledger, random, tally, at } = player;
  const { id, credit }: Agent = random.pick(AGENTS);
  const sum = random.between(1, 600_000);
  const lines = { by: "ops", why: "counted twice", entries: entries(`agent:${id}`, "adjustments", sum) };
  const posting = { id: nameOf(player, "adjust"), what: "adjustment", ...lines };
  const posted = await ledger.post(posting, at, rupiah(-credit));
  if (posted === "done") move(tally, `agent:${id}`, "adjustments", sum);
  count(player, `adjustment: ${typeof posted === "string" ? posted : posted.kind}`);
}
