// One process of a history: opens the file that others are at, too, makes its moves, and says what it was told.
import { openSealer } from "../../src/store/sealing.ts";
import { sqliteLedger } from "../../src/store/sqlite/ledger.ts";
import { openSqlite } from "../../src/store/sqlite/open.ts";
import { play } from "./moves.ts";
import { playerOf } from "./player.ts";

const [path = "", name = "", operations = "0", seed = "", secret = ""] = process.argv.slice(2);
const db = openSqlite(path);
// What is tried here are the sums; that they outlive a power cut is tried elsewhere.
db.exec("PRAGMA synchronous = OFF; PRAGMA busy_timeout = 60000");
const player = playerOf(sqliteLedger({ db, sealer: openSealer({ secret }) }), name, seed);
for (let done = 0; done < Number(operations); done++) await play(player);
db.close();
process.stdout.write(`${JSON.stringify({ tally: player.tally, outcomes: player.outcomes })}\n`);
