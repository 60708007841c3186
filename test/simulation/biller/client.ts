import type { Biller, Inquiry, Regions, Settlement } from "../../../src/biller/biller.ts";
import { readSettlement, readUntrusted } from "../../../src/biller/read-settlement.ts";
import { readInquiry, readRegions } from "../../../src/biller/wire.ts";
import type { Gate } from "../gate.ts";
import type { Random } from "../random.ts";
import type { Sim } from "../sim.ts";
import type { Life } from "../timeline.ts";
import { garbled } from "./answers.ts";
import type { Books, Sheet } from "./books.ts";
import type { Counter } from "./counter.ts";
import type { Desk, Reply } from "./desk.ts";
import { RESET_MS } from "./fate.ts";

export interface Office {
  readonly sim: Sim;
  readonly books: Books;
  readonly desk: Desk;
  readonly counter: Counter;
  /** Nothing reaches the biller now. */
  readonly isDown: () => boolean;
  /** A pay call is about to leave: the last moment at which it could be held back has passed. */
  readonly onFirstByte: (sheet: Sheet) => void;
  readonly onFreeze: (ms: number) => void;
}

/** What a call comes to: an answer's text, or why there is none. */
type Heard = Reply | "not-sent" | "timeout" | "network";

interface Line {
  readonly office: Office;
  readonly life: Life;
  readonly gate: Gate;
  readonly random: Random;
}

/** The client of the biller as one life of the program has it: the real readers over a modelled wire. */
export function billerClient(office: Office, life: Life, gate: Gate): Biller {
  const line: Line = { office, life, gate, random: office.sim.random(`client ${life.name}`) };
  return {
    regions: regionsOf(line),
    inquire: (query) => inquire(line, query),
    pay: (order, mayGo) => pay(line, order, mayGo),
    status: (order) => status(line, order),
  };
}

function pay(line: Line, order: Parameters<Biller["pay"]>[0], mayGo: () => boolean): Promise<Settlement> {
  const { office, life, gate, random } = line;
  const { sim } = office;
  return gate.call("biller.pay", () => {
    if (sim.fault("freeze-before-first-byte", random)) stop(line, random.between(5_000, 20 * 60_000));
    const connects = sim.fault("slow-connect", random) ? random.between(2_000, 14_000) : random.between(5, 300);
    return new Promise<Settlement>((resolve) => {
      sim.time.after(Math.min(connects, 10_000), life, () => {
        const cause = refusedBefore(line, connects, mayGo);
        if (cause !== undefined) return resolve({ kind: "not-sent", cause });
        const sheet = office.books.sheets.get(order.invoice);
        if (sheet === undefined) throw new Error("an invoice that the biller never gave was paid");
        office.onFirstByte(sheet);
        if (sim.fault("freeze-in-call", random)) stop(line, random.between(60_000, 15 * 60_000));
        exchange(line, sheet, (heard) => resolve(settlementOf("pay", order, heard)));
        gate.dies("biller.pay.sent", "after");
      });
    });
  });
}

function refusedBefore({ office: { sim, isDown }, random }: Line, connects: number, mayGo: () => boolean) {
  if (connects >= 10_000) return "connect timeout";
  if (isDown() || sim.fault("connect-failed", random)) return "ECONNREFUSED";
  if (mayGo()) return undefined;
  sim.cover.count("faults", "held-back");
  return "held back before the first byte";
}

function exchange({ office, life }: Line, sheet: Sheet, done: (heard: Heard) => void): void {
  const { sim, desk } = office;
  const began = sim.time.steady();
  let open = true;
  const end = (heard: Heard) => {
    if (!life.alive) return;
    if (open) done(heard);
    else if (heard !== "timeout") sim.cover.count("orders", "pay: timeout, then the answer");
    if (open && heard !== "timeout" && sim.time.steady() - began > 55_000) {
      sim.cover.count("orders", "pay: answer just before the timeout");
    }
    open = false;
  };
  desk.pay(sheet, (reply) => {
    // A frozen process reads it when it wakes.
    sim.time.after(0, life, () => end(reply));
  });
  sim.time.after(RESET_MS, life, () => end("timeout"));
}

function status(line: Line, order: Parameters<Biller["status"]>[0]): Promise<Settlement> {
  const { office, gate, random } = line;
  const { sim } = office;
  const ask = async (): Promise<Settlement> => {
    const heard = await roundTrip(line, "status", () => office.desk.status(order.invoice));
    if (typeof heard === "string") return settlementOf("status", order, heard);
    const { text } = heard;
    if (sim.fault("status-garbage", random)) {
      return settlementOf("status", order, { status: 200, text: garbled(text, random) });
    }
    if (sim.fault("status-untrusted", random)) return settlementOf("status", order, { status: 500, text });
    if (sim.fault("status-other-invoice", random)) {
      return settlementOf("status", order, { status: 200, text: text.replaceAll(order.invoice, "78888888888") });
    }
    return settlementOf("status", order, heard);
  };
  return gate.call("biller.status", ask);
}

function settlementOf(from: "pay" | "status", order: Parameters<Biller["pay"]>[0], heard: Heard): Settlement {
  if (heard === "timeout" || heard === "network") return { kind: "unknown", cause: heard, ok: false };
  if (heard === "not-sent") return { kind: "unknown", cause: "network", ok: false };
  const read = heard.status === 200 ? readSettlement : readUntrusted;
  return read(from, order, heard.text);
}

/** A harmless question: asked at one moment, answered at a later one. */
function roundTrip(line: Line, kind: "status" | "inquiry", answer: () => Reply): Promise<Heard> {
  const { office, life, random } = line;
  const { sim } = office;
  return new Promise((resolve) => {
    const to = random.between(5, 400);
    const slow = sim.fault(kind === "status" ? "status-slow" : "inquiry-slow", random);
    const back = slow ? random.between(2_000, 80_000) : random.between(5, 1_500);
    const lost = sim.fault(kind === "status" ? "status-lost" : "inquiry-lost", random);
    if (office.isDown()) {
      const ms = random.chance(0.5) ? to : RESET_MS;
      return sim.time.after(ms, life, () => resolve(ms === to ? "network" : "timeout"));
    }
    sim.time.after(to, undefined, () => {
      const reply = answer();
      if (!lost && back < RESET_MS) sim.time.after(back, life, () => resolve(reply));
    });
    return sim.time.after(RESET_MS, life, () => resolve("timeout"));
  });
}

function inquire(line: Line, query: Parameters<Biller["inquire"]>[0]): Promise<Inquiry> {
  const { office, gate, random } = line;
  const { sim, counter } = office;
  return gate.call("biller.inquire", async () => {
    const heard = await roundTrip(line, "inquiry", () => ({ status: 200, text: counter.inquire(query) }));
    if (typeof heard === "string") {
      return { kind: "unavailable", why: heard === "timeout" ? "timeout" : "network", reason: heard };
    }
    const text = sim.fault("inquiry-garbage", random) ? garbled(heard.text, random) : heard.text;
    return readInquiry(text, query);
  });
}

/** Like the real client, it keeps the last good look, which is as old as its question: who stands still hears it late. */
function regionsOf({ office, life, gate, random }: Line): Biller["regions"] {
  const { sim, counter, isDown } = office;
  let kept: { readonly regions: Regions; readonly askedAt: number } | undefined;
  const look = (): Promise<Regions> =>
    new Promise((resolve) => {
      const asked = { wall: sim.time.wall(), steady: sim.time.steady() };
      const lost = isDown() || sim.fault("regions-lost", random);
      if (lost) {
        const why = random.chance(0.5) ? "timeout" : "network";
        return sim.time.after(why === "timeout" ? 20_000 : 50, life, () =>
          resolve({ kind: "unavailable", why, reason: why }),
        );
      }
      return sim.time.after(random.between(5, 300), undefined, () => {
        const text = counter.list();
        sim.time.after(random.between(5, 300), life, () => {
          const regions = readRegions(text, asked.wall);
          kept = { regions, askedAt: asked.steady };
          resolve(regions);
        });
      });
    });
  return (maxAgeMs) =>
    gate.call("biller.regions", async () => {
      if (kept !== undefined && sim.time.steady() - kept.askedAt <= maxAgeMs) return kept.regions;
      return look();
    });
}

function stop({ office, life }: Line, ms: number): void {
  freeze(office.sim, life, ms);
  office.onFreeze(ms);
}

/** The whole process stands still. */
export function freeze(sim: Sim, life: Life, ms: number): void {
  sim.note(() => `the program stands still for ${ms} ms`);
  life.frozenUntil = Math.max(life.frozenUntil, sim.time.steady() + ms);
}
