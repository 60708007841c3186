import { freeze } from "./biller/client.ts";
import type { State } from "./machine.ts";
import type { Life } from "./timeline.ts";

type Kill = (life: Life, where: string) => void;

const MINUTE = 60_000;

/** What happens to the machine, whatever the program does. */
export function plan(state: State, die: Kill): void {
  const { sim, random, oracle, database } = state;
  const { running } = oracle;
  const at = (most: number, what: () => void) => sim.time.after(random.between(0, most), undefined, what);
  if (sim.fault("freeze", random)) {
    const ms = random.between(2_000, 25 * MINUTE);
    const soon = () => standStill(state, ms);
    // Half of them with a payment that was just opened: then it has waited for too long when it is looked at.
    if (random.chance(0.5)) at(40 * MINUTE, soon);
    else at(10 * MINUTE, () => oracle.payments.onceOpened(soon));
  }
  if (sim.fault("stop", random)) at(40 * MINUTE, () => state.program?.stop());
  if (sim.fault("crash", random)) {
    at(40 * MINUTE, () => {
      if (state.life !== undefined) die(state.life, "at a time");
    });
  }
  if (sim.fault("disk-full", random)) {
    const ms = random.between(500, 5 * MINUTE);
    at(40 * MINUTE, () => {
      database.fails = Number.POSITIVE_INFINITY;
      running.excuse();
      // Who can write nothing down is as good as not there: what he owes by then comes when there is room again.
      running.away(sim.time.steady(), sim.time.steady() + ms);
      sim.note(() => `the disk is full for ${ms} ms`);
      sim.time.after(ms, undefined, () => {
        database.fails = 0;
        running.excuse();
      });
    });
  }
  if (sim.fault("write-fails", random)) {
    at(40 * MINUTE, () => {
      database.fails = 1;
      running.excuse();
    });
  }
  if (sim.fault("answer-of-store-lost", random)) at(40 * MINUTE, () => (state.losesNext = true));
  if (sim.fault("clock-step", random)) at(60 * MINUTE, () => setClock(state));
  if (sim.restores) planRestore(state, die);
}

function standStill({ sim, life, oracle }: State, ms: number): void {
  if (life === undefined) return;
  freeze(sim, life, ms);
  oracle.running.excuse(sim.time.steady() + ms);
  oracle.running.away(sim.time.steady(), sim.time.steady() + ms);
}

function setClock({ sim, random, oracle }: State): void {
  const size = random.weighted({ small: 6, middle: 2, large: 1 });
  const most = { small: 30_000, middle: 5 * MINUTE, large: 3 * 60 * MINUTE }[size];
  const by = random.between(-most, most);
  oracle.running.clockSet += Math.abs(by);
  oracle.running.excuse();
  sim.note(() => `the clock is set by ${by} ms`);
  sim.time.setWall(by);
}

/** A copy is made, and within the hour put in the place of what came after. */
function planRestore(state: State, die: Kill): void {
  const { sim, random, database, oracle, onRestored } = state;
  const from = random.between(60_000, 20 * MINUTE);
  let marked = false;
  const mark = () => {
    if (marked) return;
    marked = true;
    sim.note(() => "a backup is made");
    database.mark();
  };
  // Half of them while a payment is intended: that moment is too short to be met by chance.
  if (random.chance(0.5)) sim.time.after(from, undefined, mark);
  else state.oracle.payments.onceOpened(() => sim.time.after(0, undefined, mark));
  sim.time.after(from + random.between(MINUTE, 60 * MINUTE), undefined, () => {
    if (!marked) return;
    if (state.life !== undefined) die(state.life, "to be restored");
    database.goBack();
    sim.note(() => "the backup is put back");
    oracle.running.restored = true;
    oracle.outbox.forget();
    const { ledger } = state.stores();
    void ledger.find({ limit: 100_000 }).then((payments) => oracle.payments.relearn(payments));
    const { staff } = oracle;
    if (staff !== undefined) void ledger.requests.find({ limit: 100_000 }).then(staff.book.relearn);
    onRestored();
  });
}
