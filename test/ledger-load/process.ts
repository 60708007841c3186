// One process of a history: opens the store that others are at, too, makes its moves, and says what it was told.
import { play } from "./moves.ts";
import { playerOf } from "./player.ts";
import { openStore } from "./store.ts";

/** How many moves it is silent for. */
const SAYS_EACH = 25_000;

const [address = "", name = "", operations = "0", seed = "", secret = ""] = process.argv.slice(2);
const store = await openStore(address, secret);
const player = playerOf(store.ledger, name, seed);
for (let done = 0; done < Number(operations); done++) {
  if (done > 0 && done % SAYS_EACH === 0) process.stderr.write(`${name}: ${done} of ${operations}\n`);
  await play(player);
}
await store.close();
process.stdout.write(`${JSON.stringify({ tally: player.tally, outcomes: player.outcomes })}\n`);
