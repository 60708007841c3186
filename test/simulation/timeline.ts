import { heapOf } from "./heap.ts";
import type { Random } from "./random.ts";

/** One run of a program. What belongs to a dead one never happens; what belongs to a frozen one happens later. */
export interface Life {
  readonly name: string;
  alive: boolean;
  frozenUntil: number;
  /** What a death leaves behind in the hands of others, to be let go. */
  readonly leaves: Set<() => void>;
}

export function newLife(name: string): Life {
  return { name, alive: true, frozenUntil: 0, leaves: new Set() };
}

/** What it waited for never comes, and nobody holds on to it. */
export function endLife(life: Life): void {
  life.alive = false;
  for (const leave of life.leaves) leave();
  life.leaves.clear();
}

interface Event {
  at: number;
  readonly order: number;
  readonly life: Life | undefined;
  readonly lazy: boolean;
  run: (() => void) | undefined;
}

/** Virtual time. All that waits in a simulated world waits here. */
export interface Timeline {
  /** Ms since the world began; never goes back. */
  steady(): number;
  /** The program's wall clock, ms since 1970. */
  wall(): number;
  /** Somebody sets the wall clock. */
  setWall(by: number): void;
  /** After `ms`, unless its life is over by then. Gives how to call it off. */
  after(ms: number, life: Life | undefined, run: () => void): () => void;
  /** The same for a look that is taken again and again: passed over while all are waiting for a far time. */
  poll(ms: number, life: Life | undefined, run: () => void): () => void;
  /** The same for a look that finds nothing before `nextDue`: put off until then. */
  duePoll(ms: number, life: Life | undefined, run: () => void): () => void;
  /** Lets the world live until nothing happens any more, or `done`. */
  live(done: () => boolean): Promise<void>;
  /** How many things have happened. */
  readonly happened: number;
}

export interface TimelineOptions {
  readonly start: number;
  readonly random: Random;
  /** The wall time at which something is to be seen; undefined when nothing waits. Asked when all are only polling. */
  readonly nextDue: () => number | undefined;
}

/** A gap shorter than this is not worth asking for, ms. */
const GAP = 1_500;
const PUT_OFF = 60_000;
/** So often the event loop of Node itself gets a turn: it collects what was thrown away. */
const BREATH = 20_000;

export function timeline({ start, random, nextDue }: TimelineOptions): Timeline {
  const events = heapOf<Event>();
  const polls = heapOf<Event>();
  let now = 0;
  let offset = start;
  let happened = 0;

  const add = (heap: typeof events, at: number, life: Life | undefined, run: () => void, lazy = false) => {
    const event: Event = { at, order: random.next(), life, lazy, run };
    heap.push(event);
    return () => {
      event.run = undefined;
    };
  };
  const head = (heap: typeof events): Event | undefined => {
    for (;;) {
      const event = heap.peek();
      if (event === undefined || (event.run !== undefined && event.life?.alive !== false)) return event;
      heap.pop();
    }
  };
  /** Of what another program may do, no bell rings here: looked at now and then all the same. */
  const putOff = (event: Event): boolean => {
    const due = nextDue();
    if (due !== undefined && due - offset <= now) return false;
    event.at = Math.min(due === undefined ? Infinity : due - offset, now + PUT_OFF);
    polls.push(event);
    return true;
  };
  /** Moves to the next event and does it; false when there is none. */
  const turn = (): boolean => {
    const [event, poll] = [head(events), head(polls)];
    if (event === undefined && poll === undefined) return false;
    const polling = poll !== undefined && (event === undefined || poll.at < event.at);
    if (polling && (event === undefined || event.at > poll.at + GAP)) {
      const due = nextDue();
      const target = Math.min(event?.at ?? Number.POSITIVE_INFINITY, due === undefined ? Infinity : due - offset);
      if (target === Number.POSITIVE_INFINITY) return false;
      if (target > poll.at + GAP) now = Math.max(now, target);
    }
    const next = polling ? polls.pop() : events.pop();
    if (next === undefined) return false;
    now = Math.max(now, next.at);
    const { life, run } = next;
    if (next.lazy && putOff(next)) return true;
    if (life !== undefined && life.frozenUntil > now) add(events, life.frozenUntil, life, run ?? (() => undefined));
    else run?.();
    happened += 1;
    return true;
  };
  return {
    steady: () => now,
    wall: () => Math.floor(now) + offset,
    setWall: (by) => {
      offset += by;
    },
    after: (ms, life, run) => add(events, now + ms, life, run),
    poll: (ms, life, run) => add(polls, now + ms, life, run),
    duePoll: (ms, life, run) => add(polls, now + ms, life, run, true),
    live: (done) => living(turn, done),
    get happened() {
      return happened;
    },
  };
}

/** A turn, then all that follows from it, until nothing can go on: only then the next turn. */
function living(turn: () => boolean, done: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let turns = 0;
    const step = () => {
      try {
        if (done() || !turn()) return resolve();
      } catch (error) {
        return reject(error);
      }
      turns += 1;
      if (turns % BREATH === 0) setImmediate(step);
      // A tick that a microtask asks for comes when no microtask is left.
      else queueMicrotask(() => process.nextTick(step));
    };
    step();
  });
}
