import { type User, type UserOptions, userOf } from "../people/user.ts";
import type { Crew, Member } from "./crew.ts";
import { type Page, type Phone, pageOf, phoneOf, type Rumours } from "./phone.ts";
import type { Purse } from "./purse.ts";

export interface ClientOptions extends UserOptions {
  readonly crew: Crew;
  readonly purse: Purse;
  readonly rumours: Rumours;
}

interface Client extends ClientOptions {
  readonly phone: Phone;
  /** In whose hand his requests are, as he was told. */
  readonly taken: Map<string, Member>;
  /** The request that he heard of last. */
  last: string | undefined;
  waits: number;
}

const MINUTE = 60_000;
const REF = "([2-9A-HJKMNP-Z]{5})";
const ASKED = new RegExp(`^Permintaan ${REF} sudah dikirim ke`);
const TAKEN = new RegExp(`^(.*) siap membayarkan [\\s\\S]*Sebutkan kode ${REF}`);
/** After these the money is not to be handed over, or to be had back. */
const NOT_NOW = new RegExp(
  `(?:tidak jadi mengambil permintaan|permintaan|Permintaan) ${REF}.*(?:tutup|dibatalkan|loket lain)`,
);

/** A customer whose tax an agent pays: what he does with his bill is another's, the rest is here. */
export function clientOf(options: ClientOptions): User {
  const { key, rumours, sim } = options;
  const user = userOf(options);
  const phone = phoneOf(options);
  const client: Client = { ...options, phone, taken: new Map(), last: undefined, waits: 0 };
  if (sim.fault("forwarded-button", phone.random))
    phone.later(phone.random.between(MINUTE, 60 * MINUTE), () => passesOn(client));
  if (sim.fault("cancel-request", phone.random))
    phone.later(phone.random.between(MINUTE, 50 * MINUTE), () => phone.says("batal"));
  return {
    key,
    sees(shown) {
      const page = pageOf(shown);
      rumours.heard(key, page);
      if (!answers(client, page)) user.sees(shown);
    },
  };
}

function passesOn({ phone, rumours, key, platform }: Client): void {
  const content = rumours.ofOthers(key, phone.random);
  if (content?.kind === "text") phone.says(content.text);
  else if (content?.kind === "tap" && phone.key.startsWith("telegram")) platform.sends(key, content);
}

/** Whether it was about a request, and is no more than that. */
function answers(client: Client, page: Page): boolean {
  const { phone } = client;
  const { text } = page;
  if (/^Serahkan uang di loket mana/m.test(text)) return chooses(client, page);
  if (/tidak ada loket yang bertugas/.test(text)) return nobody(client, page);
  const asked = ASKED.exec(text)?.[1];
  if (asked !== undefined) return isAsked(client, asked);
  const [, name, taken] = TAKEN.exec(text) ?? [];
  if (taken !== undefined) return isTaken(client, taken, name);
  if (/LOKET LAIN|belum ada loket yang mengambil|belum mengambil permintaan/i.test(text) && !/tutup/.test(text))
    return waits(client, page);
  if (/sudah Anda serahkan ke .*\?/.test(text)) return handed(client, page);
  if (/Setuju\? Serahkan atau terima selisihnya/.test(text)) return agrees(client, page);
  if (/Pajak sedang dibayarkan|menunggu loket|Terima kasih\. |Sudah kami catat/.test(text)) {
    if (client.sim.fault("cancel-request", phone.random))
      phone.later(phone.random.between(500, 30_000), () => phone.says("batal"));
    return true;
  }
  const over = NOT_NOW.exec(text)?.[1];
  if (over !== undefined) client.purse.back(over);
  return (
    /Permintaan Anda sedang kami teruskan|ada di Loket|siap membayarkan|menunggu Rp/.test(text) && !/LANJUT/.test(text)
  );
}

/** R1. */
function chooses({ phone }: Client, { buttons, text }: Page): true {
  const { random } = phone;
  const ids = buttons.filter((id) => id.startsWith("counter:"));
  const listed = [...text.matchAll(/^(\d)\. /gm)].length;
  const pick = random.below(Math.max(1, ids.length, listed));
  phone.later(random.between(1_000, 30_000), () => phone.taps(ids[pick], String(pick + 1)));
  return true;
}

/** R7. */
function nobody({ phone }: Client, { buttons }: Page): true {
  phone.later(phone.random.between(1_000, 30_000), () =>
    phone.taps(
      buttons.find((id) => id === "tell-duty"),
      "1",
    ),
  );
  return true;
}

/** R2: some cannot wait, and some say SUDAH before anybody has it. */
function isAsked(client: Client, ref: string): true {
  const { sim, phone } = client;
  const { random } = phone;
  client.last = ref;
  if (sim.fault("brings-code", random)) phone.later(random.between(2_000, 5 * MINUTE), () => bringsCode(client, ref));
  if (sim.fault("sudah-early", random)) phone.later(random.between(500, 2 * MINUTE), () => phone.says("sudah"));
  if (sim.fault("cancel-request", random)) phone.later(random.between(200, 4 * MINUTE), () => phone.says("batal"));
  return true;
}

/** A3: he goes to a counter, which may have no balance for it, and the agent types his code. */
function bringsCode({ crew, platform, phone }: Client, ref: string): void {
  const { key } = phone.random.pick(crew.members);
  platform.sends(key, { kind: "text", text: ref });
}

/** R3: the money is brought, or not; he says so, or not. */
function isTaken(client: Client, ref: string, name: string | undefined): true {
  const { sim, phone, crew, purse } = client;
  const { random } = phone;
  const member = crew.members.find((one) => one.name === name);
  client.last = ref;
  if (member === undefined) return true;
  client.taken.set(ref, member);
  if (sim.fault("cancel-request", random)) phone.later(random.between(200, 10 * MINUTE), () => phone.says("batal"));
  if (sim.fault("never-comes", random)) return true;
  const brings = random.between(10_000, random.chance(0.8) ? 12 * MINUTE : 45 * MINUTE);
  if (sim.fault("sudah-early", random)) phone.later(random.between(1_000, brings), () => saysSo(client, ref));
  phone.later(brings, () => {
    if (client.taken.get(ref) !== member) return;
    purse.give(ref, member);
    if (!sim.fault("says-nothing", random)) phone.later(random.between(500, 40_000), () => saysSo(client, ref));
  });
  return true;
}

function saysSo({ phone }: Client, ref: string): void {
  phone.taps(`req:said:${ref}`, phone.random.chance(0.5) ? "sudah" : `SUDAH ${ref}`);
}

/** R5. */
function waits(client: Client, { buttons }: Page): true {
  const { phone } = client;
  const { random } = phone;
  const act = random.weighted({ others: 5, wait: 3, cancel: 1, nothing: 1 });
  const id = (start: string) => buttons.find((one) => one.startsWith(start));
  phone.later(random.between(2_000, 2 * MINUTE), () => {
    if (act === "others") phone.taps(id("req:others:"), "loket lain");
    else if (act === "wait") phone.taps(id("req:wait:"), "tunggu");
    else if (act === "cancel") phone.says("batal");
  });
  return true;
}

/** R9: mostly the truth. */
function handed(client: Client, { buttons }: Page): true {
  const { phone, purse } = client;
  const { random } = phone;
  const gave = client.last !== undefined && purse.holder(client.last) !== undefined;
  const yes = random.chance(0.05) ? !gave : gave;
  const id = buttons.find((one) => one.startsWith(yes ? "req:taken-back:" : "req:cancelled:"));
  phone.later(random.between(1_000, MINUTE), () => {
    if (!yes && client.last !== undefined) client.taken.delete(client.last);
    phone.taps(id, yes ? "2" : "1");
  });
  return true;
}

/** The sum has moved. */
function agrees({ phone }: Client, { buttons }: Page): true {
  const { random } = phone;
  if (random.chance(0.15)) return true;
  const yes = random.chance(0.75);
  phone.later(random.between(2_000, 20 * MINUTE), () => {
    const id = buttons.find((one) => one.startsWith(yes ? "req:yes:" : "req:taken-back:"));
    phone.taps(id, yes ? "setuju" : "batal");
  });
  return true;
}
