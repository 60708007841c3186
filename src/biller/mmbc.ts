import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Biller, Inquiry, Order, Regions, Settlement } from "./biller.ts";
import { breaker } from "./breaker.ts";
import { bulkhead } from "./bulkhead.ts";
import { endpointOf } from "./mmbc-connect.ts";
import { type Call, post, type Reply } from "./mmbc-post.ts";
import { readSettlement, readUntrusted } from "./read-settlement.ts";
import { readInquiry, readRegions } from "./wire.ts";

export interface MmbcOptions {
  /** The biller's origin; `/json/esamsat` behind it is taken too. Plain http only to this machine. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** How a call's body is written: the document does not say, its owner's other services take forms. */
  readonly body: "form" | "json";
  readonly clock: Pick<Clock, "now" | "monotonic">;
  readonly log: Log;
  readonly timeouts?: {
    /** From the connection to the last byte of the answer, ms; the document's longest wait is 60 s. */
    readonly answerMs?: number;
    readonly regionsMs?: number;
    /** How long a connection may take, ms. */
    readonly connectMs?: number;
  };
  /** How many inquiries run at once, and how many more may wait for their turn. */
  readonly inquiries?: { readonly atOnce: number; readonly waiting: number };
  /** Certificates (PEM) to trust instead of the system's. */
  readonly ca?: string;
}

type Unavailable = Extract<Inquiry, { kind: "unavailable" }>;
type Send = (name: string, fields: Readonly<Record<string, string>>, limits: Partial<Call>) => Promise<Reply>;

const TOO_MANY: Unavailable = { kind: "unavailable", why: "network", reason: "too many inquiries at once" };

/**
 * The client of MMBC's e-Samsat API. Throws here when the address is unusable; afterwards every outcome is a value, and
 * nothing is ever tried twice. The `reason` of an unavailable is the biller's sentence or, without one, the fault's code.
 */
export function mmbcBiller(options: MmbcOptions): Biller {
  const send = sender(options);
  const rail = inquiryRail(options);
  const settle = (from: "pay" | "status", order: Order, mayGo: () => boolean) =>
    send(from === "pay" ? "pay_esamsat" : "status_invoice", { invoice: order.invoice }, { mayGo }).then((reply) =>
      settlementOf(from, order, reply),
    );
  return {
    regions: regionsOf(options, send),
    inquire: (query) =>
      rail(async () => {
        const { product, nik, chassis } = query;
        const fields = { product, customer_number: nik, structure_number: chassis };
        const reply = await send("inquiry_esamsat", fields, {});
        return unanswered(reply) ?? readInquiry(textOf(reply), query);
      }),
    pay: (order, mayGo) => settle("pay", order, mayGo),
    status: (order) => settle("status", order, () => true),
  };
}

/** Writes the call's body, sends it, and logs what came of it: the call's name, its time and outcome, nothing said in it. */
function sender(options: MmbcOptions): Send {
  const { log, clock, timeouts } = options;
  const endpoint = endpointOf(options.url, options.ca);
  const contentType = options.body === "json" ? "application/json" : "application/x-www-form-urlencoded";
  return async (name, fields, limits) => {
    const said = { username: options.username, password: options.password, ...fields };
    const body = options.body === "json" ? JSON.stringify(said) : new URLSearchParams(said).toString();
    const began = clock.monotonic();
    const answerMs = timeouts?.answerMs ?? 65_000;
    const call = { name, body, contentType, connectMs: timeouts?.connectMs ?? 10_000, answerMs, mayGo: () => true };
    const reply = await post(endpoint, { ...call, ...limits });
    const ms = Math.round(clock.monotonic() - began);
    if (reply.kind === "answer") log.debug({ call: name, ms, status: reply.status }, "the biller answered");
    else log.warn({ call: name, ms, outcome: reply.kind, cause: reply.cause }, "the biller gave no answer");
    return reply;
  };
}

/** The last good look is kept; looks at the same time are one. A look is as old as its question: an answer may be slow. */
function regionsOf({ clock, timeouts }: MmbcOptions, send: Send): Biller["regions"] {
  let kept: { readonly regions: Regions; readonly askedAt: number } | undefined;
  let underWay: Promise<Regions> | undefined;
  const look = async (): Promise<Regions> => {
    const asked = { wall: clock.now(), steady: clock.monotonic() };
    const reply = await send("list_esamsat", {}, { answerMs: timeouts?.regionsMs ?? 20_000 });
    const regions = unanswered(reply) ?? readRegions(textOf(reply), asked.wall);
    if (regions.kind === "regions") kept = { regions, askedAt: asked.steady };
    return regions;
  };
  return async (maxAgeMs) => {
    if (kept !== undefined && clock.monotonic() - kept.askedAt <= maxAgeMs) return kept.regions;
    underWay ??= look().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

/** Bulkhead and breaker around an inquiry. */
function inquiryRail({ clock, inquiries }: MmbcOptions): (ask: () => Promise<Inquiry>) => Promise<Inquiry> {
  const places = bulkhead(inquiries?.atOnce ?? 16, inquiries?.waiting ?? 64);
  const fuse = breaker<Unavailable>(clock, { failures: 5, restMs: 15_000 });
  return async (ask) => {
    const inquiry = await places.run(async () => {
      const refusal = fuse.refusal();
      if (refusal !== undefined) return refusal;
      const heard = await ask();
      fuse.heard(heard.kind === "unavailable" && !isSentence(heard) ? heard : undefined);
      return heard;
    });
    return inquiry === "full" ? TOO_MANY : inquiry;
  };
}

/** A "no" whose sentence nobody could place: the biller is there, and says something of this one vehicle. */
function isSentence(heard: Unavailable): boolean {
  return heard.why === "garbled" && heard.reason !== "";
}

/** Why there is no answer to read, for inquiries and lists; undefined when there is one. */
function unanswered(reply: Reply): Unavailable | undefined {
  if (reply.kind === "answer") return reply.status === 200 ? undefined : badStatus(reply.status);
  const why = reply.why === "timeout" ? "timeout" : reply.why === "too-large" ? "garbled" : "network";
  return { kind: "unavailable", why, reason: reply.cause };
}

function badStatus(status: number): Unavailable {
  const why = status === 401 || status === 403 ? "login" : "network";
  return { kind: "unavailable", why, reason: `HTTP ${status}` };
}

function textOf(reply: Reply): string {
  return reply.kind === "answer" ? reply.text : "";
}

function settlementOf(from: "pay" | "status", order: Order, reply: Reply): Settlement {
  switch (reply.kind) {
    case "answer":
      return reply.status === 200 ? readSettlement(from, order, reply.text) : readUntrusted(from, order, reply.text);
    case "lost":
      return { kind: "unknown", cause: reply.why, ok: false };
    case "not-sent":
      // A question that was not sent says nothing of the payment.
      if (from === "status")
        return { kind: "unknown", cause: reply.why === "timeout" ? "timeout" : "network", ok: false };
      return { kind: "not-sent", cause: reply.cause };
  }
}
