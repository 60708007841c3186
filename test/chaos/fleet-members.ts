import type { Balancer } from "../program/fleet.ts";
import type { Ended, Home, Program, Settings } from "../program/program.ts";

/** A process of the fleet. */
export interface Member {
  readonly program: Program;
  /** What it was started with beyond the others: one that is started in its place gets it, too. */
  readonly settings: Settings;
}

/** The processes of a fleet, behind one door. */
export interface Members {
  all(): readonly Member[];
  start(settings: Settings): Promise<Member>;
  /** SIGKILL; the door goes on leading to it until somebody finds out. */
  kill(member: Member): Promise<void>;
  /** SIGTERM, once the door leads elsewhere; resolves when it has ended. */
  stop(member: Member): Promise<void>;
  /** From now on processes are started so. */
  change(settings: Settings): void;
  /** Who asks Telegram for messages, as far as they say themselves. */
  poller(): Member | undefined;
  /** All that they wrote. */
  written(): readonly string[];
  /** Who ended in another way than it was told to. */
  readonly ownEnds: readonly Ended[];
}

export function makeMembers(home: Home, door: Balancer): Members {
  const all: Member[] = [];
  const gone: string[] = [];
  const ownEnds: Ended[] = [];
  const told = new Set<Member>();
  let common: Settings = {};
  const leave = (member: Member) => {
    door.remove(member.program.url);
    all.splice(all.indexOf(member), 1);
    gone.push(member.program.output());
  };
  return {
    all: () => [...all],
    ownEnds,
    async start(settings) {
      const program = await home.start({ ...common, ...settings });
      const member = { program, settings };
      all.push(member);
      door.add(program.url);
      void program.ended.then((ended) => {
        if (!told.has(member)) ownEnds.push(ended);
      });
      return member;
    },
    async kill(member) {
      told.add(member);
      await member.program.kill();
      leave(member);
    },
    async stop(member) {
      told.add(member);
      door.remove(member.program.url);
      const ended = await member.program.stop();
      if (ended.code !== 0) ownEnds.push(ended);
      leave(member);
    },
    change: (settings) => {
      common = { ...common, ...settings };
    },
    poller: () => all.find(({ program }) => drives(program.output())),
    written: () => [...gone, ...all.map(({ program }) => program.output())],
  };
}

function drives(output: string): boolean {
  const words = [...output.matchAll(/(this|another) process drives the account|the account rests/g)];
  return words.at(-1)?.[1] === "this";
}
