import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Leases } from "./leases.ts";

export interface KeepLeaseOptions {
  /** Undefined: this program owns its store alone, so it holds every lease from the start and for good. */
  readonly leases: Leases | undefined;
  /** The account, for example `telegram:123456` (a bot's id, never its token). It stands in the log. */
  readonly name: string;
  /** This process: random, and new at each start. */
  readonly owner: string;
  readonly clock: Clock;
  readonly log: Log;
  /** ms; 10 s by default: an account of a process that died is then taken over within 14 s. */
  readonly ttl?: number;
}

export interface KeptLease {
  /**
   * Whether this process may drive the account now: ask in the tick of each write. It looks at the clocks and not at a
   * timer, so a process that stood still knows at once, before anything else in it ran.
   */
  held(): boolean;
  /** Of the present holding; undefined while there is none. */
  fence(): number | undefined;
  /** Resolves once it is held, to a signal that aborts when that holding is over. Aborted already when `stop` is first. */
  whenHeld(stop: AbortSignal): Promise<AbortSignal>;
  /** Resolves when `stop` has aborted and the lease was given back; never rejects. */
  readonly ended: Promise<void>;
}

/** How long a lease holds, ms. */
const TTL = 10_000;

/** The holder stops so much earlier than the store: for what is on its way then, and for clocks of other speed. */
const OWN_PART = 0.9;

/** Renewed after a third; tried again after a tenth when the store did not answer. */
const RENEW_PART = 1 / 3;
const AGAIN_PART = 1 / 10;

/**
 * Takes the lease whenever nobody has it, and keeps it by a heartbeat, until `stop` aborts: then it is given back, so
 * that another process takes over at its next look (a third of the ttl). Abort `stop` only once the account rests:
 *
 *     const over = new AbortController();
 *     const lease = keepLease({ leases, name, owner, clock, log }, over.signal);
 *     while (!stop.aborted) {
 *       const lost = await lease.whenHeld(stop);
 *       await channel.listen(receive, AbortSignal.any([stop, lost]));
 *     }
 *     over.abort();
 *     await lease.ended;
 *
 * `channel.send` asks `lease.held()` in the tick of its write. When the store is away, the holding ends by itself.
 */
export function keepLease(options: KeepLeaseOptions, stop: AbortSignal): KeptLease {
  const { leases, clock, ttl = TTL } = options;
  if (leases === undefined) return heldForGood();
  const hold = makeHold(clock, ttl * OWN_PART);
  const ended = beat({ ...options, leases, ttl }, hold, stop);
  return {
    held: () => hold.now() !== undefined,
    fence: () => hold.now()?.fence,
    whenHeld: (until) => hold.next(AbortSignal.any([stop, until])),
    ended,
  };
}

function heldForGood(): KeptLease {
  const never = new AbortController().signal;
  return {
    held: () => true,
    fence: () => 1,
    whenHeld: async (stop) => (stop.aborted ? stop : never),
    ended: Promise.resolve(),
  };
}

interface Holding {
  readonly fence: number;
  readonly over: AbortController;
  /** When the answer that it rests on was asked for. */
  asked: Moment;
}

interface Moment {
  readonly wall: number;
  readonly steady: number;
}

interface Hold {
  /** The present holding; one whose time is over ends here. */
  now(): Holding | undefined;
  next(stop: AbortSignal): Promise<AbortSignal>;
  moment(): Moment;
  begin(fence: number, asked: Moment): void;
  renewed(holding: Holding, asked: Moment): void;
  end(): void;
}

/** What this process knows of its lease, by its own clocks. */
function makeHold(clock: Clock, lasts: number): Hold {
  let holding: Holding | undefined;
  const waiting = new Set<(of: Holding) => void>();
  const moment = () => ({ wall: clock.now(), steady: clock.monotonic() });
  // The steady clock of a machine that was put to sleep stands still; its wall clock is set on waking.
  const left = ({ asked }: Holding) => {
    const { wall, steady } = moment();
    return lasts - Math.max(steady - asked.steady, wall - asked.wall);
  };
  const end = () => {
    const before = holding;
    holding = undefined;
    before?.over.abort();
  };
  const now = () => {
    if (holding !== undefined && left(holding) <= 0) end();
    return holding;
  };
  const watch = async (of: Holding) => {
    while (now() === of) await clock.sleep(clock.now() + Math.ceil(left(of)), of.over.signal);
  };
  return {
    now,
    moment,
    end,
    next: (stop) => nextHolding(now, waiting, stop),
    begin(fence, asked) {
      const begun = { fence, asked, over: new AbortController() };
      holding = begun;
      // An answer that took too long is no holding.
      if (now() !== begun) return;
      void watch(begun);
      for (const tell of waiting) tell(begun);
    },
    renewed(of, asked) {
      if (now() === of) of.asked = asked;
    },
  };
}

function nextHolding(
  now: () => Holding | undefined,
  waiting: Set<(of: Holding) => void>,
  stop: AbortSignal,
): Promise<AbortSignal> {
  const present = now();
  if (stop.aborted) return Promise.resolve(stop);
  if (present !== undefined) return Promise.resolve(present.over.signal);
  return new Promise((resolve) => {
    const leave = (signal: AbortSignal) => {
      waiting.delete(tell);
      stop.removeEventListener("abort", stopped);
      resolve(signal);
    };
    const tell = (of: Holding) => leave(of.over.signal);
    const stopped = () => leave(stop);
    waiting.add(tell);
    stop.addEventListener("abort", stopped, { once: true });
  });
}

type Beating = KeepLeaseOptions & { readonly leases: Leases; readonly ttl: number };

async function beat(options: Beating, hold: Hold, stop: AbortSignal): Promise<void> {
  const { leases, name, owner, clock, ttl } = options;
  const tell = telling(options);
  while (!stop.aborted) {
    const answer = await ask(options, hold).catch((error: unknown) => error);
    const isHeld = hold.now() !== undefined;
    tell(isHeld, answer);
    // What was just lost is asked for anew at once.
    if (answer === "over") continue;
    const part = answer === "held" || answer === "another's" ? RENEW_PART : AGAIN_PART;
    await clock.sleep(clock.now() + ttl * part, stop);
  }
  const last = hold.now();
  hold.end();
  // Away, it lapses by itself.
  if (last !== undefined) await leases.release({ name, owner, fence: last.fence }).catch(() => {});
}

/** One question to the store. */
async function ask({ leases, name, owner, ttl }: Beating, hold: Hold): Promise<"held" | "another's" | "over"> {
  const asked = hold.moment();
  const holding = hold.now();
  if (holding === undefined) {
    const got = await leases.acquire(name, owner, ttl);
    if (got === undefined) return "another's";
    hold.begin(got.fence, asked);
    return "held";
  }
  if (await leases.renew({ name, owner, fence: holding.fence }, ttl)) {
    hold.renewed(holding, asked);
    return "held";
  }
  if (hold.now() === holding) hold.end();
  return "over";
}

/** Says each change once. */
function telling({ log, name }: Beating): (isHeld: boolean, answer: unknown) => void {
  let said = "";
  return (isHeld, answer) => {
    const isAway = typeof answer !== "string";
    const now = isHeld ? "held" : isAway ? "away" : "another's";
    if (now === said) return;
    said = now;
    if (isHeld) log.info({ account: name }, "this process drives the account");
    else if (isAway) log.warn({ account: name, error: answer }, "the account rests: the store of its lease is away");
    else log.info({ account: name }, "another process drives the account; this one stands by");
  };
}
