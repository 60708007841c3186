import type { Policy } from "../../flows/index.ts";
import type { Biller } from "../../src/biller/biller.ts";
import type { Channel } from "../../src/channels/channel.ts";
import { systemClock } from "../../src/clock.ts";
import { makeReceive } from "../../src/conversation/receive.ts";
import { rupiah } from "../../src/domain/rupiah.ts";
import { silentLog } from "../../src/log.ts";
import { judgePins } from "../../src/staff/judge.ts";
import { openSqliteStores } from "../../src/store/sqlite/stores.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { runWorker } from "../../src/worker/worker.ts";
import { otherBill } from "../fakes/bills.ts";
import type { Message } from "../fakes/whatsapp/books.ts";
import type { Person } from "../fakes/whatsapp/person.ts";
import { reusedKeys } from "../fakes/whatsapp/ratchet.ts";
import type { WhatsAppServer } from "../fakes/whatsapp/server.ts";

/** What came of many conversations at once. */
export interface Crowded {
  /** Texts in a chat that name another chat's KTP number or vehicle. */
  readonly strange: readonly string[];
  /** Signal keys that were used twice, messages that a phone could not read, and faults of the server itself. */
  readonly reused: number;
  readonly retries: number;
  readonly errors: readonly Error[];
}

/** Each person goes from "halo" to a bill of his own, all at the same time, through the real worker and the real flows. */
export async function crowd(server: WhatsAppServer, channel: Channel, size: number): Promise<Crowded> {
  const stop = new AbortController();
  const stores = openSqliteStores({ databaseUrl: "sqlite::memory:", secret: "x".repeat(32), as: "program" });
  const deps = depsOf(stores, channel);
  const work = runWorker(deps, stop.signal);
  const listening = channel.listen(
    makeReceive({ ...deps, judgePin: judgePins(deps.records.staff, deps.clock) }),
    stop.signal,
  );
  const people = Array.from({ length: size }, (_, at) => server.person(nameOf(at)));
  await Promise.all(people.map((person, at) => converse(person, at)));
  stop.abort();
  await Promise.all([listening, work]);
  stores.close();
  return {
    strange: people.flatMap((person, at) => strangers(person, at)),
    reused: reusedKeys(server.books),
    retries: people.flatMap((person) => person.receipts()).filter(({ type }) => type === "retry").length,
    errors: server.books.errors,
  };
}

async function converse(person: Person, at: number): Promise<void> {
  const steps = [
    ["halo", "wilayah mana?"],
    ["jawa barat", "Ketik NIK"],
    [nikOf(at), `********${nikOf(at).slice(-4)}`],
    [otherBill(at).chassis, otherBill(at).plate],
  ] as const;
  for (const [say, reads] of steps) {
    await person.say(say);
    await person.next((message) => seen(message).includes(reads));
  }
}

/** What was said to somebody and names somebody else. */
function strangers(person: Person, at: number): readonly string[] {
  return person.chat().flatMap((message) => {
    if (message.from !== "bot") return [];
    const text = seen(message);
    const niks = [...text.matchAll(/\*{8}(\d{4})/g)].map(([, digits]) => digits === nikOf(at).slice(-4));
    const plates = [...text.matchAll(/F \d{4} AB/g)].map(([plate]) => plate === otherBill(at).plate);
    // The first question has a plate as its example.
    const example = text.includes("Contoh: F 1234 AB");
    return [...niks, ...(example ? [] : plates)].every(Boolean) ? [] : [`${at}: ${text}`];
  });
}

function seen({ text }: Pick<Message, "text">): string {
  return text.replaceAll("\u200b", "");
}

/** A third of them with the number hidden, a third by number alone. */
function nameOf(at: number) {
  const digits = String(at).padStart(5, "0");
  const [pn, lid] = [`62812000${digits}`, `2000000000${digits}`];
  const name = `Orang ${at}`;
  return at % 3 === 0 ? { lid, name } : at % 3 === 1 ? { pn, name } : { pn, lid, name };
}

function nikOf(at: number): string {
  return `320411010780${String(at + 1).padStart(4, "0")}`;
}

function depsOf({ conversations, ledger, records }: ReturnType<typeof openSqliteStores>, channel: Channel): Deps {
  return {
    conversations,
    ledger,
    records,
    biller: BILLER,
    channels: new Map([[channel.name, channel]]),
    clock: systemClock,
    log: silentLog,
    policyOf: () => POLICY,
    draw: { pdf: () => new Uint8Array(), image: () => new Uint8Array() },
    lookAround: async () => ({
      at: Date.now(),
      style: channel.style,
      forgets: channel.forgets,
      language: "id",
      text: "",
      nonce: Math.random().toString(36).slice(2, 14).padEnd(12, "0"),
      chance: Math.random(),
      regions: REGIONS,
      policy: POLICY,
      who: { kind: "customer" } as const,
    }),
  };
}

const REGIONS = [
  { product: "SAMSAT_JABAR", code: "SAMSAT_JABAR", debet: "tagihan+5000", cashback: rupiah(2_000), open: true },
];

const never = new Promise<never>(() => {});

const BILLER: Biller = {
  regions: async () => ({ kind: "regions", regions: REGIONS, at: Date.now() }),
  inquire: async ({ chassis }) => ({ kind: "bill", bill: otherBill(Number(chassis.slice(-6)) - 200_000) }),
  pay: () => never,
  status: () => never,
};

const POLICY: Policy = {
  loket: "Loket Samsat",
  sandbox: true,
  mayPay: true,
  contact: "",
  hours: { text: "08.00–20.00 WIB", from: 480, to: 1200 },
  relayText: "",
  adminFee: rupiah(5_000),
  payMax: rupiah(10_000_000),
  limits: undefined,
};
