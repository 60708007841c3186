import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/biller/sandbox/server.ts";
import { systemClock } from "../../src/clock.ts";
import type { Settings, WhenOver } from "./program.ts";

export type CallName = "list_esamsat" | "inquiry_esamsat" | "pay_esamsat" | "status_invoice";

/** A call that stands still: before it reached the biller, or with the biller's answer in hand. */
export interface Held {
  readonly reached: Promise<void>;
  release(): void;
}

/** Where a call is: before the biller, or on its way back with the biller's answer. */
export interface Stage {
  readonly name: string;
  readonly where: "before" | "after";
}

/**
 * What befalls a call at a stage, once it resolves. A throw breaks the connection off. "alone": the call reaches the
 * biller even when its caller has gone; all others that have lost their caller on the way never arrive.
 */
export type Trouble = (stage: Stage) => Promise<"alone" | undefined>;

export interface GateOptions {
  readonly whenOver?: WhenOver;
  readonly trouble?: Trouble;
}

/** A sandbox biller behind a gate of the test's, so that a call can be stopped at a known place. */
export interface GatedBiller {
  readonly sandbox: Sandbox;
  /** What a program needs to use it. */
  readonly settings: Settings;
  /** The next `count` calls of that name stand still until they are released; `reached` when all of them do. */
  hold(name: CallName, where: "before" | "after", count?: number): Held;
  /** Standing debits and pay calls of one chassis. */
  moneyOf(chassis: string): { readonly debits: number; readonly pays: number };
  /** Resolves once `holds` does; looked at after every answer of the biller. */
  reached(holds: () => boolean): Promise<void>;
}

export const LOGIN = { username: "partner-of-the-tests", password: "PASSWORD-CANARY-77" };

interface Stop extends Stage {
  readonly arrive: () => Promise<void>;
}

/** Must be called in a test, or told when it is to be closed. */
export async function startBiller(
  options: Partial<SandboxOptions> = {},
  { whenOver = onTestFinished, trouble }: GateOptions = {},
): Promise<GatedBiller> {
  const sandbox = await startSandbox({ clock: systemClock, ...LOGIN, ...options });
  const stops: Stop[] = [];
  const looks = makeLooks();
  /** Whose bill an invoice is, as the inquiries went by. */
  const chassisOf = new Map<string, string>();
  const stand: Trouble = async (stage) => {
    const at = stops.findIndex(({ name, where }) => name === stage.name && where === stage.where);
    if (at >= 0) await stops.splice(at, 1)[0]?.arrive();
    return trouble?.(stage);
  };
  const server = createServer(async (asked, answer) => {
    const call = { name: asked.url?.split("/").at(-1) ?? "", asked, answer };
    await pass(sandbox.url, call, { stand, bill: (invoice, chassis) => chassisOf.set(invoice, chassis) });
    looks.changed();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  whenOver(async () => {
    server.close();
    server.closeAllConnections();
    await sandbox.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    sandbox,
    settings: {
      MMBC_URL: `http://127.0.0.1:${port}`,
      MMBC_USERNAME: LOGIN.username,
      MMBC_PASSWORD: LOGIN.password,
      CUSTOMER_PAYMENT: "direct",
      PAY_MAX_DAY: "90000000",
    },
    hold(name, where, count = 1) {
      const standing = makeStanding(count);
      for (let one = 0; one < count; one++) stops.push({ name, where, arrive: standing.arrive });
      return standing;
    },
    moneyOf(chassis) {
      const { debits, pays } = sandbox.book;
      return {
        debits: debits.filter((debit) => debit.chassis === chassis && debit.refundedAt === undefined).length,
        pays: pays.filter(({ invoice }) => chassisOf.get(invoice) === chassis).length,
      };
    },
    reached: looks.reached,
  };
}

interface Passing {
  readonly name: string;
  readonly asked: IncomingMessage;
  readonly answer: ServerResponse;
}

interface Gate {
  readonly stand: Trouble;
  readonly bill: (invoice: string, chassis: string) => void;
}

/** Hands a call on and its answer back, byte for byte. A caller who has gone before the biller was reached never called. */
async function pass(url: string, { name, asked, answer }: Passing, gate: Gate): Promise<void> {
  const body = await textOf(asked).catch(() => undefined);
  try {
    const alone = (await gate.stand({ name, where: "before" })) === "alone";
    if (body === undefined || (answer.destroyed && !alone)) return;
    const said = await new Promise<IncomingMessage>((resolve, reject) => {
      const { "content-type": type = "" } = asked.headers;
      const call = request(`${url}${asked.url}`, { method: asked.method, headers: { "content-type": type } }, resolve);
      if (!alone) answer.once("close", () => call.destroy());
      call.once("error", reject);
      call.end(body);
    });
    const text = await textOf(said);
    const invoice = /invoice"?\s*:\s*"(\d+)"/.exec(text)?.[1];
    if (name === "inquiry_esamsat" && invoice !== undefined) {
      gate.bill(invoice, new URLSearchParams(body).get("structure_number") ?? "");
    }
    await gate.stand({ name, where: "after" });
    answer.writeHead(said.statusCode ?? 500, { "content-type": said.headers["content-type"] ?? "" }).end(text);
  } catch {
    // The biller broke the connection off, or the caller did: so does the gate.
    answer.socket?.resetAndDestroy();
  }
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Where `count` calls stand until they are released. */
function makeStanding(count: number) {
  let arrived = 0;
  let allHere = () => {};
  let letGo = () => {};
  const reached = new Promise<void>((resolve) => {
    allHere = resolve;
  });
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const arrive = () => {
    arrived += 1;
    if (arrived === count) allHere();
    return released;
  };
  return { reached, arrive, release: () => letGo() };
}

/** Resolves promises once their condition holds. */
export function makeLooks() {
  const looks = new Set<() => void>();
  return {
    changed() {
      for (const look of [...looks]) look();
    },
    reached: (holds: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!holds()) return;
          looks.delete(look);
          resolve();
        };
        looks.add(look);
        look();
      }),
  };
}
